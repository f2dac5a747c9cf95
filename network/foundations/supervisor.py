"""Keeps a few processes together: the death of one ends all, and one signal ends all cleanly."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

#: How long processes get to end by themselves before they are killed.
GRACE = 8.0


class Supervisor:
    """Runs named commands until one ends or SIGINT or SIGTERM comes.

    Each command leads a process group of its own, so that Ctrl-C in a terminal reaches the supervisor
    alone and whatever a command starts ends with it.
    """

    def __init__(self, commands: dict[str, list[str]], environment: dict[str, str]) -> None:
        self._commands = commands
        self._environment = environment
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> str:
        """Returns the name of the command that ended by itself, or "" when a signal asked to stop.

        ``announce`` is called once, when ``ready`` first says yes.
        """
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for name, command in self._commands.items():
                self._processes[name] = subprocess.Popen(  # noqa: S603 - our own commands
                    command, env=self._environment, start_new_session=True
                )
            return self._watch(ready, announce)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _watch(self, ready: Callable[[], bool], announce: Callable[[], None]) -> str:
        announced = False
        while not self._asked_to_stop:
            for name, process in self._processes.items():
                if process.poll() is not None:
                    return name
            if not announced and ready():
                announced = True
                announce()
            time.sleep(0.2)
        return ""

    def _end_all(self) -> None:
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _kill_group(process.pid)
            process.wait()


def _kill_group(leader: int) -> None:
    """Whatever is left of a process group; usually nothing."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False
