"""PostgreSQL, Redis, a browser and fonts for the tests: those that answer, else throw-away ones.

What is missing is installed where the system's package manager may be used, else one sentence says what to
install. ``NETWORK_IGNORE_SERVICES=1`` leaves running services alone and starts throw-away ones.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import redis

STANDARD_DATABASE = "postgres://postgres@127.0.0.1:5432/postgres"
STANDARD_REDIS = "redis://127.0.0.1:6379"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ignore = os.environ.get("NETWORK_IGNORE_SERVICES") == "1"
_updated = False


def apt_install(*packages: str) -> None:
    """Install Debian packages; without root or apt, say in one sentence what is missing."""
    global _updated
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"The tests need {', '.join(packages)}: install them with your system's package manager.")
    print(f"Installing {', '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not _updated:
        subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True)
        _updated = True
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(answers: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not answers():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not answer within a minute.")
        time.sleep(0.1)


def postgres_answers(url: str) -> bool:
    with suppress(psycopg.Error), psycopg.connect(url, connect_timeout=3) as connection:
        allowed = connection.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        return bool(allowed.fetchone()[0])
    return False


def redis_answers(url: str) -> bool:
    with suppress(redis.RedisError), redis.from_url(url, socket_timeout=3) as client:
        return bool(client.ping())
    return False


def _as(user: str | None) -> dict[str, Any]:
    """What makes ``subprocess`` run a program as ``user``."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


@contextmanager
def running(command: list[str], user: str | None) -> Iterator[None]:
    """A server that is stopped at the end; ``user`` runs it where we are root."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **_as(user)
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _postgres_program(name: str) -> str | None:
    """PostgreSQL's server programs, which Debian keeps off the PATH; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def _throw_away(prefix: str, user: str | None) -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        if user:
            shutil.chown(directory, user)
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server on which databases may be made."""
    for url in filter(None, [os.environ.get("DATABASE_URL"), STANDARD_DATABASE]):
        if not _ignore and postgres_answers(url):
            yield url
            return
    if not _postgres_program("initdb"):
        apt_install("postgresql")
    user = _unprivileged()
    with ExitStack() as stack:
        directory = stack.enter_context(_throw_away("network-postgres-", user))
        data, port = directory / "data", free_port()
        initdb = [str(_postgres_program("initdb")), "-D", str(data), "-A", "trust", "-U", "postgres"]
        subprocess.run(
            [*initdb, "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **_as(user),
        )
        options = ["listen_addresses=127.0.0.1", f"unix_socket_directories={directory}"]
        # Nothing here has to survive a power cut.
        options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [str(_postgres_program("postgres")), "-D", str(data), "-p", str(port)]
        for option in options:
            command += ["-c", option]
        stack.enter_context(running(command, user))
        url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        wait_for(lambda: postgres_answers(url), "PostgreSQL")
        yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis server."""
    for url in filter(None, [os.environ.get("REDIS_URL"), STANDARD_REDIS]):
        if not _ignore and redis_answers(url):
            yield url
            return
    if not shutil.which("redis-server"):
        apt_install("redis-server")
    with ExitStack() as stack:
        directory = stack.enter_context(_throw_away("network-redis-", None))
        port = free_port()
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(directory)]
        stack.enter_context(running([*command, "--save", "", "--appendonly", "no"], None))
        url = f"redis://127.0.0.1:{port}"
        wait_for(lambda: redis_answers(url), "Redis")
        yield url


def browser() -> str:
    """The path of a Chromium."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    apt_install("chromium")
    return shutil.which("chromium") or sys.exit("chromium was installed but is not on the PATH.")


def fonts() -> None:
    """Fonts for every script that the tests look at."""
    for script, package in (("ar", "fonts-noto-core"), ("zh", "fonts-noto-cjk")):
        listed = (
            shutil.which("fc-list")
            and subprocess.run(["fc-list", f":lang={script}"], capture_output=True, check=False).stdout
        )
        if not listed:
            apt_install("fontconfig", package)
