"""Lock what requirements*.in ask for: exact versions with hashes, the same for every system."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
# The full version matters: "3.11" means 3.11.0, which some packages no longer accept.
OPTIONS = [
    *("--python-version", "3.11.7", "--universal", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "--quiet"),
]


def lock(name: str, *constraints: str) -> None:
    source, target = f"{name}.in", f"{name}.txt"
    command = [str(UV), "pip", "compile", source, *constraints, *OPTIONS, "--output-file", target]
    subprocess.run(command, cwd=ROOT, check=True)


lock("requirements")
lock("requirements-dev", "--constraints", "requirements.txt")
lock("requirements-tools")
