"""The whole suite on SQLite, browser tests included, then on PostgreSQL and Redis.

There the browser tests are left out, and what only reads files or draws components and says the same
everywhere (``one_engine``). Both engines are tested even if the first one failed. Further arguments go to
pytest.
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


def run(engine: str, environment: dict[str, str], *options: str) -> bool:
    """Test on one engine; whether all went well and something was tested."""
    report = REPORTS / f"{engine}.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    print(f"\n=== Testing on {engine} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup"]
    command += ["--no-loadscope-reorder", f"--junitxml={report}", *options, *sys.argv[1:]]
    outcome = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment, "TEST_ENGINE": engine})
    return outcome.returncode == 0 and executed(report) > 0


def main() -> None:
    fonts()
    chromium = browser()
    with postgres() as database_url, redis_server() as redis_url:
        servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        embedded = run("sqlite", {"CHROMIUM": chromium})
        real = run("postgres", servers, "-m", "not browser and not one_engine")
    failed = [name for name, well in [("SQLite", embedded), ("PostgreSQL", real)] if not well]
    if failed:
        sys.exit(f"The suite failed, or tested nothing, on {' and on '.join(failed)}.")


if __name__ == "__main__":
    main()
