"""Make ``.venv`` and install locked, hashed requirements into it; nothing to do is done in no time."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / "requirements-tools.txt"


def fingerprint(requirements: Path) -> str:
    digest = hashlib.sha256(repr((sys.version_info[:3], str(VENV.resolve()))).encode())
    digest.update(requirements.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """A virtual environment with pip; one that was moved or broken is made again."""
    try:
        if (
            PYTHON.exists()
            and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
        ):
            return
        print("Making .venv", flush=True)
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"Python could not make a virtual environment ({error}). On Debian: apt install python3-venv"
        )


def install(requirements: Path) -> None:
    """With uv, which is quick; where it cannot be had, with pip. Both refuse a file whose hash differs."""
    print(f"Installing {requirements.name} (once)", flush=True)
    hashed = ["install", "--quiet", "--require-hashes", "--requirement", str(requirements)]
    pip = [str(PYTHON), "-m", "pip"]
    tools = [*pip, "install", "--quiet", "--require-hashes", "--requirement", str(TOOLS)]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "VIRTUAL_ENV": str(VENV)}
    uv = [str(VENV / "bin" / "uv"), "pip", *hashed, "--compile-bytecode"]
    if (
        subprocess.run(tools, env=environment).returncode == 0
        and subprocess.run(uv, env=environment).returncode == 0
    ):
        return
    if subprocess.run([*pip, *hashed], env=environment).returncode != 0:
        sys.exit("The packages could not be installed. Is the package index within reach?")


def main() -> None:
    for name in sys.argv[1:]:
        requirements = ROOT / name
        stamp = VENV / f".installed-{requirements.stem}"
        wanted = fingerprint(requirements)
        if stamp.exists() and PYTHON.exists() and stamp.read_text() == wanted:
            continue
        make_environment()
        install(requirements)
        stamp.write_text(wanted)


if __name__ == "__main__":
    main()
