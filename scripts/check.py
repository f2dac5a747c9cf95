"""Everything that can be said about the code without running it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
MANAGE = [str(BIN / "python"), "manage.py"]
#: A public installation as production settings expect to find it described.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "network.settings.production",
    "SECRET_KEY": "only-to-check-the-settings-with-a-key-that-is-long-and-varied-0123456789",
    "KEY_ENCRYPTION_KEY": "only-to-check-the-settings-with-another-key-that-is-long-9876543210",
    "ALLOWED_HOSTS": "network.example.org",
    "NETWORK_BASE_URL": "https://network.example.org",
    "DEFAULT_FROM_EMAIL": "Network <network@example.org>",
}
CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."], {}),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
    ("types", [str(BIN / "mypy")], {}),
    ("contracts", [str(BIN / "lint-imports")], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("catalogues", [*MANAGE, "catalogues", "check"], {}),
    ("settings of production", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def main() -> None:
    failed = []
    for name, command, environment in CHECKS:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
        )
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
