"""``manage.py up``: web and worker live and die together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command

from network.foundations.supervisor import Supervisor, answers, is_free

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
SERVE = (
    "import socket, sys, time; s = socket.socket(); s.bind(('127.0.0.1', int(sys.argv[1]))); "
    "s.listen(); time.sleep(60)"
)
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def alarm() -> Iterator[None]:
    """A supervisor that would never end, ends the test instead of the suite."""

    def give_up(number, frame):
        raise TimeoutError("the supervisor did not end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _supervise(commands: dict[str, list[str]]) -> Supervisor:
    return Supervisor(commands, dict(os.environ))


def test_the_death_of_one_ends_the_other(alarm):
    supervisor = _supervise({"web": SLEEP, "worker": [sys.executable, "-c", "raise SystemExit(3)"]})
    assert supervisor.run(lambda: False, lambda: None) == "worker"
    assert all(process.poll() is not None for process in supervisor._processes.values())


def test_a_signal_stops_all_within_seconds(alarm):
    supervisor = _supervise({"web": SLEEP, "worker": SLEEP})
    began = time.monotonic()
    assert supervisor.run(lambda: True, lambda: os.kill(os.getpid(), signal.SIGTERM)) == ""
    assert time.monotonic() - began < 5
    assert all(process.poll() is not None for process in supervisor._processes.values())


def test_one_that_will_not_end_is_ended(alarm, monkeypatch):
    monkeypatch.setattr("network.foundations.supervisor.GRACE", 0.5)
    supervisor = _supervise({"web": [sys.executable, "-c", STUBBORN]})
    began = time.monotonic()
    supervisor.run(lambda: time.monotonic() - began > 1, lambda: os.kill(os.getpid(), signal.SIGINT))
    assert supervisor._processes["web"].returncode == -signal.SIGKILL


def test_it_is_announced_when_it_answers_and_once(alarm, port):
    told: list[str] = []

    def announce() -> None:
        told.append("up")
        signal.setitimer(signal.ITIMER_REAL, 1)

    def stop(number, frame):
        os.kill(os.getpid(), signal.SIGINT)

    signal.signal(signal.SIGALRM, stop)
    supervisor = _supervise({"web": [sys.executable, "-c", SERVE, str(port)]})
    assert supervisor.run(lambda: answers("127.0.0.1", port), announce) == ""
    assert told == ["up"]


def test_a_busy_port_is_told_in_a_sentence(port):
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)])
    try:
        deadline = time.monotonic() + 10
        while is_free("127.0.0.1", port) and time.monotonic() < deadline:
            time.sleep(0.05)
        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            call_command("up", port=port)
    finally:
        with suppress(ProcessLookupError):
            server.kill()
        server.wait()
