"""What is offered to a socket goes out at once where nothing waits, in order, and nothing of it twice."""

import asyncio

from network.live import consumers
from network.live.readers import QUEUE_SIZE, Reader
from tests.loops import waited


class Line:
    """A client that takes ``takes`` frames and then none until it is let."""

    def __init__(self, takes: int) -> None:
        self.takes = takes
        self.free = asyncio.Event()
        self.got: list[str] = []

    async def send(self, message: dict) -> None:
        while self.takes < 1:
            self.free.clear()
            await self.free.wait()
        self.takes -= 1
        self.got.append(message.get("text") or str(message["code"]))

    def let(self, takes: int) -> None:
        self.takes += takes
        self.free.set()


async def _open(takes: int) -> tuple[Reader, Line, asyncio.Task]:
    line, reader = Line(takes), Reader()
    reader.send = lambda frame: consumers._send(line.send, frame)
    writer = asyncio.ensure_future(consumers._write(reader, line.send))
    await asyncio.sleep(0)
    return reader, line, writer


async def _at_once() -> None:
    reader, line, writer = await _open(takes=9)
    assert reader.offer("1")
    assert reader.offer("2")
    assert line.got == ["1", "2"]  # and nobody was woken
    writer.cancel()


def test_a_free_line_takes_it_without_a_task():
    waited(_at_once())


async def _slow() -> None:
    reader, line, writer = await _open(takes=1)
    for number in range(1, 5):
        assert reader.offer(str(number))
    assert line.got == ["1"]
    for _turn in range(6):
        line.let(1)
        await asyncio.sleep(0.01)
        if len(line.got) == 3:
            reader.offer("5")
    assert line.got == ["1", "2", "3", "4", "5"]
    line.let(1)
    assert reader.offer("6")
    await asyncio.sleep(0.01)
    assert line.got[-1] == "6"
    writer.cancel()


def test_a_slow_line_gets_everything_in_order():
    waited(_slow())


async def _full() -> None:
    reader, line, writer = await _open(takes=0)
    offered = [reader.offer(str(number)) for number in range(QUEUE_SIZE + 5)]
    assert offered.count(True) >= QUEUE_SIZE
    assert not offered[-1]
    assert reader.stalled
    reader.close(1008)
    line.let(10)
    await asyncio.sleep(0.01)
    assert "1008" in line.got
    assert len(line.got) <= 2  # what had begun, and the end
    await asyncio.wait_for(writer, 1)


def test_what_waits_is_let_go_when_the_socket_closes():
    waited(_full())


async def _gone() -> None:
    reader, _line, writer = await _open(takes=0)

    async def broken(frame: str) -> None:
        raise ConnectionResetError

    reader.send = broken
    assert reader.offer("1")
    assert reader.queue.empty()
    writer.cancel()


def test_a_line_that_is_gone_harms_nobody():
    waited(_gone())
