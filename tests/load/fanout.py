"""How long until the last of N sockets has one new message: the network against a bare ASGI loop.

    python -m tests.load.fanout --sockets 500 --rounds 12

Both run in uvicorn on this machine, in turns; with REDIS_URL the network's hub is hastened through Redis as
in production, else it finds the entry at its tick (add up to a second). Prints medians in milliseconds, their
ratio, and the memory that one idle socket costs. Not part of the test suite: numbers need a quiet machine.
"""

import argparse
import asyncio
import base64
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STREAM = "load:1"


def masked(text: str) -> bytes:
    """A client's text frame; the mask is zero."""
    data = text.encode()
    assert len(data) < 126
    return bytes([0x81, 0x80 | len(data), 0, 0, 0, 0]) + data


class Round:
    """Counts who has the message."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.got = 0
        self.done = asyncio.get_running_loop().create_future()

    def one_more(self) -> None:
        self.got += 1
        if self.got == self.wanted and not self.done.done():
            self.done.set_result(time.perf_counter())


class Socket(asyncio.Protocol):
    """As little of a WebSocket client as can count frames."""

    current: Round | None = None

    def __init__(self, port: int, hello: str) -> None:
        self.port, self.hello = port, hello
        self.buffer = b""
        self.is_open = False
        self.is_ready = not hello.startswith("{")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            assert b" 101 " in head, head
            self.is_open, self.buffer = True, rest
            if self.hello:
                self.transport.write(masked(self.hello))
        while (frame := self._frame()) is not None:
            if self.current and len(frame) > 200:
                self.current.one_more()
            self.is_ready = self.is_ready or b"following" in frame

    def _frame(self) -> bytes | None:
        if len(self.buffer) < 2:
            return None
        opcode, length, start = self.buffer[0] & 15, self.buffer[1] & 127, 2
        if length == 126:
            length, start = int.from_bytes(self.buffer[2:4], "big"), 4
        if len(self.buffer) < start + length:
            return None
        frame, self.buffer = self.buffer[start : start + length], self.buffer[start + length :]
        if opcode == 9:
            self.transport.write(bytes([0x8A, 0x80, 0, 0, 0, 0]))
        return frame


class Side:
    """One of the two servers with its sockets."""

    def __init__(self, app: str, environment: dict[str, str], hello: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "uvicorn", f"tests.load.fanout_app:{app}", "--port", str(self.port)]
        command += ["--log-level", "warning", "--lifespan", "off", "--ws-per-message-deflate", "false"]
        self.hello = hello
        self.process = subprocess.Popen(command, env=environment)
        self.sockets: list[Socket] = []
        self.times: list[float] = []

    async def connect(self, count: int) -> float:
        """Open the sockets; returns the kilobytes that each costs the server."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                break
            except OSError:
                await asyncio.sleep(0.2)
        _, first = await loop.create_connection(lambda: Socket(self.port, self.hello), "127.0.0.1", self.port)
        self.sockets = [first]
        await asyncio.sleep(2)
        before = self.memory()
        while len(self.sockets) < count:
            some = min(50, count - len(self.sockets))
            made = [
                loop.create_connection(lambda: Socket(self.port, self.hello), "127.0.0.1", self.port)
                for _ in range(some)
            ]
            self.sockets += [protocol for _, protocol in await asyncio.gather(*made)]
        while not all(each.is_open and each.is_ready for each in self.sockets):
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        return (self.memory() - before) / max(1, count - 1)

    def memory(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    async def measure(self, trigger) -> None:
        Socket.current = Round(len(self.sockets))
        began = time.perf_counter()
        await trigger()
        ended = await asyncio.wait_for(Socket.current.done, 30)
        self.times.append((ended - began) * 1000)
        Socket.current = None
        await asyncio.sleep(0.2)


async def run(sockets: int, rounds: int, environment: dict[str, str]) -> None:
    from channels.db import database_sync_to_async
    from django.db import transaction

    from network.outbox.actions import announce

    @transaction.atomic
    def post() -> None:
        announce(STREAM, "load.posted")

    follow = json.dumps({"follow": STREAM, "language": "en"})
    ours, bare = Side("network", environment, follow), Side("bare", environment, "hi")
    try:
        memory = {"ours": await ours.connect(sockets), "bare": await bare.connect(sockets)}

        async def write() -> None:
            await database_sync_to_async(post)()

        async def go() -> None:
            bare.sockets[0].transport.write(masked("go"))

        for _ in range(rounds + 2):
            await bare.measure(go)
            await ours.measure(write)
        left, right = statistics.median(ours.times[2:]), statistics.median(bare.times[2:])
        for line in (
            f"{sockets} sockets, {rounds} rounds, milliseconds until the last has it:",
            f"  the network {left:.1f}, a bare loop {right:.1f}, {left / right:.2f} times",
            f"  memory for each idle socket: {memory['ours']:.1f} KB, {memory['bare']:.1f} KB",
        ):
            sys.stdout.write(f"{line}\n")
    finally:
        for side in (ours, bare):
            side.process.terminate()
            side.process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sockets", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=12)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        os.environ |= {"NETWORK_VAR_DIR": directory, "DJANGO_SETTINGS_MODULE": "network.settings.dev"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        asyncio.run(run(asked.sockets, asked.rounds, dict(os.environ)))


if __name__ == "__main__":
    main()
