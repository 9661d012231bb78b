"""How soon each page can be read over a slow line: 1 Mbit/s and 200 ms there and back.

    python tests/benchmarks/slow_line.py [--kbit 1000] [--milliseconds 200]

Starts the real dashboard with Kindleford's spring survey, and before it a line of our own:
bytes towards the browser share the given rate, and every byte either way is held for half of
the round trip. Messages go through it as files do. Chromium visits the first page once, so that
its files are kept; then every page is opened in a new tab. `useful` is the time from asking to a
page whose title, finding and (where it has one) map are drawn; `complete` until nothing is
running; `kB` all bytes through the line. The goal: useful within 5 s and 300 kB a page. Needs
Chromium. About two minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from viewers import PROJECT, keep_spring, serving

sys.path.insert(0, str(PROJECT))
from map_watch import CHROMIUM, LAUNCH

from needsmap.ui.menu import existing

MOST_SECONDS, MOST_KB = 5.0, 300.0
PIECE = 1460
"""Bytes sent at once: what one packet holds."""
_USEFUL = """(maps) => document.querySelector('h1')
    && document.querySelectorAll('[data-testid=stMarkdownContainer]').length > 2
    && !document.querySelector('[data-testid=stSkeleton]')
    && document.querySelectorAll('.needs-map[data-shown]').length >= maps"""
_COMPLETE = """() => document.querySelector('.stApp[data-test-script-state="notRunning"]')"""


class Line:
    """A line of a given rate and delay between a browser and one address."""

    def __init__(self, port: int, kbit: float, delay: float) -> None:
        self.port, self.rate, self.delay, self.bytes = port, kbit * 1000 / 8, delay, 0
        self._free_at = 0.0

    async def both(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection in both directions."""
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        with suppress(asyncio.CancelledError):  # the line is taken down
            await asyncio.gather(
                self._carry(reader, far_writer, slow=False),
                self._carry(far_reader, writer, slow=True),
            )

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool
    ) -> None:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=4096)

        async def deliver() -> None:
            while True:
                due, piece = await waiting.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()
            writer.close()

        delivering = asyncio.create_task(deliver())
        try:
            while piece := await reader.read(PIECE):
                if slow:
                    self.bytes += len(piece)
                    # One line for all connections: who comes later waits for those before.
                    self._free_at = max(self._free_at, loop.time()) + len(piece) / self.rate
                    await asyncio.sleep(max(0.0, self._free_at - loop.time()))
                await waiting.put((loop.time() + self.delay, piece))
        except OSError:
            pass  # a tab was closed
        await waiting.put((0.0, b""))
        await asyncio.wait([delivering])


@contextmanager
def slow_line(port: int, kbit: float, milliseconds: float) -> Iterator[tuple[str, Line]]:
    """Give the address of the slow end of a line to a port of this machine, and the line."""
    line = Line(port, kbit, milliseconds / 2000)
    loop = asyncio.new_event_loop()  # Playwright's own runs in this thread
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    serving_it = asyncio.start_server(line.both, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(serving_it, loop).result()
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", line

    async def hang_up() -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(hang_up(), loop).result(timeout=10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=5)


def count_maps(page: Page, address: str) -> int:
    """Return how many maps a page has, asked for without the slow line."""
    page.goto(address)
    page.wait_for_selector("h1", timeout=120_000)
    page.wait_for_function(_COMPLETE, timeout=120_000)
    page.wait_for_timeout(2500)
    return page.locator(".needs-map").count()


def visit(page: Page, line: Line, address: str, maps: int) -> tuple[float, float, float]:
    """Open an address; return seconds until useful, until complete, and kB."""
    before, started = line.bytes, time.perf_counter()
    page.goto(address, wait_until="commit", timeout=120_000)
    page.wait_for_function(_USEFUL, arg=maps, timeout=120_000)
    useful = time.perf_counter() - started
    page.wait_for_function(_COMPLETE, timeout=120_000)
    complete = time.perf_counter() - started
    page.wait_for_timeout(1500)
    return useful, complete, (line.bytes - before) / 1000


def main() -> int:
    """Measure every page; return 1 when one is later or heavier than promised."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--kbit", type=float, default=1000)
    asked.add_argument("--milliseconds", type=float, default=200)
    chosen = asked.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        keep_spring(home)
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        with serving(PROJECT / "dashboard.py", home=home, ready="health") as (address, _):
            port = int(address.rstrip("/").rsplit(":", 1)[1])
            with slow_line(port, chosen.kbit, chosen.milliseconds) as (slow, line):
                context = browser.new_context(viewport={"width": 1280, "height": 720})
                print(f"{'page':<28}{'useful s':>10}{'complete s':>12}{'kB':>8}")
                pages = ["", *(entry.address for entry in existing()[1:])]
                near = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
                maps = {name: count_maps(near, address + name) for name in pages}
                near.close()
                for number, name in enumerate(["first visit", *pages]):
                    where = name if number else ""
                    for _ in range(2):
                        page = context.new_page()
                        found = visit(page, line, slow + where, maps[where])
                        page.close()
                        # Parts that one page alone uses come once, then are kept.
                        if found[2] <= MOST_KB or not number:
                            break
                    print(f"{name or 'map':<28}{found[0]:>10.1f}{found[1]:>12.1f}{found[2]:>8.0f}")
                    if number and (found[0] > MOST_SECONDS or found[2] > MOST_KB):
                        missed.append(name or "map")
        browser.close()
    print("missed: " + ", ".join(missed) if missed else "within what was promised")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
