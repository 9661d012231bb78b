"""Viewers without a browser: they speak to a running dashboard as Streamlit's own page does.

Used by `load.py` and `soak.py`. A viewer opens a WebSocket, asks for a picture, waits for
the end of the run and keeps what a browser would keep: the names of the widgets and their
values, so that a choice can be made as by a click. Messages are unpacked only as far as
needed, so that viewers do not take the processor from the server they measure.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PROJECT = Path(__file__).resolve().parents[2]
SURVEYS = PROJECT / "data" / "places" / "kindleford" / "surveys"
LONGEST_WAIT = 180.0
_CHANGES_WITH_A_RELEASE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{2}|\b[0-9a-f]{12}\b|[Rr]elease \d+")


@dataclass(frozen=True)
class SelectBox:
    """A select box on a page, as the browser knows it; `fragment` is "" outside of any."""

    name: str
    fragment: str
    options: tuple[str, ...]


@dataclass
class Viewer:
    """One open page. `wrong` holds what the server said went wrong."""

    line: websockets.ClientConnection
    page: str = ""
    messages: int = 0
    size: int = 0
    wrong: list[str] = field(default_factory=list)
    query: str = ""
    boxes: dict[str, SelectBox] = field(default_factory=dict)

    async def choose(self, label: str, option: str) -> float:
        """Choose an option of a select box as by a click; return seconds to the run's end.

        As a page in a browser does, it asks for the fragment the box stands in, no more.
        """
        box = self.boxes[label]
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        message.rerun_script.fragment_id = box.fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = box.name
        state.string_value = next(each for each in box.options if each.startswith(option))
        started = time.perf_counter()
        await self.line.send(message.SerializeToString())
        await self._end()
        return time.perf_counter() - started

    async def ask(self, query: str, *, page: str | None = None) -> float:
        """Ask for a picture as a link or the back button does; return seconds to its end."""
        message = BackMsg()
        message.rerun_script.query_string = self.query = query
        if page is not None:
            self.page = page
        message.rerun_script.page_name = self.page
        started = time.perf_counter()
        await self.line.send(message.SerializeToString())
        await self._end()
        return time.perf_counter() - started

    async def read(self, query: str, *, page: str = "") -> list[str]:
        """Ask for a picture and return all its texts, without what names the release."""
        message = BackMsg()
        message.rerun_script.query_string = self.query = query
        message.rerun_script.page_name = self.page = page
        await self.line.send(message.SerializeToString())
        found: list[str] = []
        await self._end(found)
        return found

    async def _end(self, found: list[str] | None = None) -> None:
        async with asyncio.timeout(LONGEST_WAIT):
            while True:
                raw = await self.line.recv()
                self.messages += 1
                self.size += len(raw)
                if found is None and len(raw) > 600:
                    continue  # neither an error nor the end: those are short
                message = ForwardMsg()
                message.ParseFromString(raw)
                kind = message.WhichOneof("type")
                if kind == "delta":
                    self._look(message, found)
                elif kind == "page_info_changed":
                    self.query = message.page_info_changed.query_string
                # A run that was overtaken by the next one is not the answer.
                elif (
                    kind == "script_finished"
                    and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
                ):
                    return

    def _look(self, message: ForwardMsg, found: list[str] | None) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.wrong.append(element.exception.message)
        if kind == "alert":
            self.wrong.append(element.alert.body)
        if found is None:
            return
        if kind == "selectbox":
            box = element.selectbox
            fragment = message.delta.fragment_id
            self.boxes[box.label] = SelectBox(box.id, fragment, tuple(box.options))
        text = {
            "markdown": lambda: element.markdown.body,
            "html": lambda: element.html.body,
            "heading": lambda: element.heading.body,
        }.get(kind)
        if text is not None:
            found.append(_CHANGES_WITH_A_RELEASE.sub("…", text()))


async def open_viewers(address: str, number: int) -> list[Viewer]:
    """Open that many pages."""
    stream = address.replace("http", "ws") + "_stcore/stream"
    return [
        Viewer(
            await websockets.connect(
                stream, subprotocols=["streamlit"], max_size=None, ping_interval=None,
                compression=None, open_timeout=60,
            )
        )
        for _ in range(number)
    ]  # fmt: skip


async def close_viewers(viewers: list[Viewer]) -> None:
    """Close the pages."""
    await asyncio.gather(*(viewer.line.close() for viewer in viewers), return_exceptions=True)


def command(*words: str, home: Path) -> str:
    """Run one of the project's commands and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "needsmap", *words], cwd=PROJECT, text=True, check=True,
        env={**os.environ, "NEEDSMAP_HOME": str(home)}, capture_output=True,
    )  # fmt: skip
    return done.stdout


def keep_spring(home: Path) -> None:
    """Keep Kindleford's spring survey in a home."""
    command(
        "survey", "import", str(SURVEYS / "kindleford_spring_2026.csv"), "--place", "kindleford",
        "--title", "Spring", "--asked", "2026-03-02", home=home,
    )  # fmt: skip


@contextmanager
def serving(
    script: Path, *options: str, home: Path, ready: str = "_stcore/health"
) -> Iterator[tuple[str, int]]:
    """Run a Streamlit script's server; give its address and its process's number."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "NEEDSMAP_HOME": str(home), "PYTHONPATH": str(PROJECT)}
    with (home / f"server-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
             f"--server.port={port}", *options],
            cwd=script.parent, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(480):
            if server.poll() is not None:
                raise SystemExit(f"the server ended: see {home}/server-{port}.log")
            try:
                urllib.request.urlopen(address + ready, timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()
