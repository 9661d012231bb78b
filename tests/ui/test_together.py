"""Messages that leave together: the same bytes in the same order, and none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from needsmap.ui.together import Gathered, SentTogether


class Line:
    """A line that notes what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.written.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, name: str) -> str:
        return f"the line's {name}"


def with_line(work: Callable[[Line, Gathered], object]) -> Line:
    line = Line()

    async def run() -> None:
        work(line, Gathered(line, asyncio.get_running_loop()))
        await asyncio.sleep(0.05)

    asyncio.run(run())
    return line


def test_messages_of_a_moment_leave_in_one_piece_in_their_order():
    def work(line: Line, gathered: Gathered) -> None:
        for message in (b"one", b"two", memoryview(b"three")):
            gathered.write(message)
        assert line.written == []

    assert with_line(work).written == [b"onetwothree"]


def test_later_messages_leave_after_the_first_ones():
    line = Line()

    async def run() -> None:
        gathered = Gathered(line, asyncio.get_running_loop())
        gathered.write(b"one")
        await asyncio.sleep(0.05)
        gathered.write(b"two")
        await asyncio.sleep(0.05)

    asyncio.run(run())
    assert line.written == [b"one", b"two"]


def test_much_leaves_at_once_so_that_a_slow_reader_holds_the_sender_back():
    def work(line: Line, gathered: Gathered) -> None:
        gathered.write(b"a")
        gathered.write(b"b" * 70_000)
        assert line.written == [b"a" + b"b" * 70_000]

    assert len(with_line(work).written) == 1


def test_closing_sends_first_what_waits():
    def work(line: Line, gathered: Gathered) -> None:
        gathered.write(b"goodbye")
        gathered.close()
        assert line.written == [b"goodbye"]
        assert line.closed and gathered.is_closing()

    with_line(work)


def test_a_line_lost_meanwhile_is_not_written_to():
    def work(line: Line, gathered: Gathered) -> None:
        gathered.write(b"too late")
        line.close()

    assert with_line(work).written == []


def test_all_else_is_asked_of_the_line_itself():
    found: list[str] = []
    with_line(lambda line, gathered: found.append(gathered.get_extra_info("peername")))

    assert found == ["the line's peername"]


class Protocol:
    """What the server holds for one viewer."""

    def __init__(self, transport: object) -> None:
        self.transport = transport

    async def send(self, message: object) -> None:
        raise AssertionError(f"nothing is sent here: {message}")


@pytest.mark.parametrize(
    ("kind", "transport", "gathered"),
    [("websocket", Line(), True), ("http", Line(), False), ("websocket", None, False)],
    ids=["a viewer", "a file", "a server that keeps its line elsewhere"],
)
def test_only_viewers_lines_are_gathered(kind: str, transport: object, gathered: bool):
    viewer, asked = Protocol(transport), []

    async def app(scope: object, receive: object, send: object) -> None:
        asked.append(send)

    async def run() -> None:
        for _ in range(2):
            await SentTogether(app)({"type": kind}, None, viewer.send)  # type: ignore[arg-type]

    asyncio.run(run())
    assert asked == [viewer.send, viewer.send]
    assert isinstance(viewer.transport, Gathered) is gathered
    if gathered:
        assert viewer.transport._line is transport  # type: ignore[attr-defined]
