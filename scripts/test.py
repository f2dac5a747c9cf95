"""The whole suite on SQLite, browser tests included, then all but those on PostgreSQL and Redis.

Further arguments go to pytest. The last line is pytest's own summary; a run that failed or tested nothing
ends it there.
"""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from services import browser, fonts, postgres, redis_server

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "var" / "reports"


def executed(report: Path) -> int:
    """How many tests a run really ran."""
    if not report.exists():
        return 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    return sum(int(suite.get("tests", 0)) - int(suite.get("skipped", 0)) for suite in suites)


def run(engine: str, environment: dict[str, str], *options: str) -> None:
    report = REPORTS / f"{engine}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    print(f"\n=== Testing on {engine} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]
    command += [f"--junitxml={report}", *options, *sys.argv[1:]]
    outcome = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment, "TEST_ENGINE": engine})
    if outcome.returncode != 0:
        sys.exit(outcome.returncode)
    if not executed(report):
        sys.exit(f"No test ran on {engine}.")


def main() -> None:
    fonts()
    chromium = browser()
    with postgres() as database_url, redis_server() as redis_url:
        run("sqlite", {"CHROMIUM": chromium})
        run("postgres", {"DATABASE_URL": database_url, "REDIS_URL": redis_url}, "-m", "not browser")


if __name__ == "__main__":
    main()
