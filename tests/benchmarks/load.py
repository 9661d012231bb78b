"""Many viewers of the map page acting at the same moment, beside an empty Streamlit page.

    python tests/benchmarks/load.py 50 100

Starts the real dashboard with Kindleford's spring survey in a home of its own. So many
viewers open the map page, then all choose another layer at the same moment, three times: each
sends what a browser sends when a reader uses a select box. The same again for opening another
picture by its link, which runs the whole page. Viewers are raw WebSocket clients in this
process and do little work, so that the server has a processor of its own on a machine with
two. For each number of viewers: the
median, 95th percentile and slowest seconds from asking to the end of the run, errors, the
server's resident memory, its processor time for a rerun (other work on the machine hardly
changes that), and messages and kB for a rerun. The same is done for an empty page, as
Streamlit comes and without its collecting of garbage after each run, so that a busy
machine can be told from a slow page. The goals: 50 viewers within 1 s, 100 within 2 s
(95th percentile), no errors, 500 MB. Needs websockets and psutil. About three minutes.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from viewers import PROJECT, Viewer, close_viewers, keep_spring, open_viewers, serving

ROUNDS = 3
QUERIES = (
    "theme=buses", "theme=safety", "show=index", "theme=play&show=beside", "show=heard", "by=lsoa",
)  # fmt: skip
CHOICES = (
    ("Show", "Buses"), ("beside", "the index"), ("Show", "Feeling safe"), ("Show", "Index"),
    ("Show", "How many"), ("by", "LSOA"),
)  # fmt: skip
GOALS = {50: 1.0, 100: 2.0}
MOST_MEMORY = 500.0
HEADS = ("median s", "p95 s", "slowest", "errors", "RSS MB", "CPU ms", "messages", "kB")


@dataclass(frozen=True)
class Measured:
    """What one number of viewers met."""

    took: list[float]
    errors: list[str]
    memory: float
    work: float
    messages: float
    size: float

    @property
    def p95(self) -> float:
        """Return the 95th percentile of the answers in seconds."""
        took = sorted(self.took)
        return took[min(len(took) - 1, int(0.95 * len(took)))] if took else float("nan")

    def row(self) -> str:
        """Return the figures as a line of the table."""
        middle = statistics.median(self.took) if self.took else float("nan")
        most = max(self.took, default=float("nan"))
        return (
            f"{middle:>9.2f}{self.p95:>9.2f}{most:>9.2f}{len(self.errors):>9}{self.memory:>9.0f}"
            f"{self.work:>9.1f}{self.messages:>9.0f}{self.size:>9.1f}"
        )


Act = Callable[[Viewer, int], Awaitable[float]]
"""What a viewer does in a turn; gives the seconds it took."""


async def open_a_link(viewer: Viewer, turn: int) -> float:
    """Open another picture of the page by its link."""
    return await viewer.ask(QUERIES[turn % len(QUERIES)])


async def choose_a_layer(viewer: Viewer, turn: int) -> float:
    """Use one of the select boxes over the map."""
    return await viewer.choose(*CHOICES[turn % len(CHOICES)])


async def measure(address: str, pid: int, number: int, act: Act) -> Measured:
    """Let so many viewers act at the same moment, `ROUNDS` times."""
    server = psutil.Process(pid)
    viewers = await open_viewers(address, number)
    took: list[float] = []
    errors: list[str] = []
    try:
        await asyncio.gather(*(viewer.read("") for viewer in viewers))
        # Each picture is worked out once for everybody; that is measured elsewhere.
        for place, viewer in enumerate(viewers[: len(CHOICES)]):
            for turn in range(ROUNDS):
                await act(viewer, turn + place)
            await viewer.ask("")
        before = sum(server.cpu_times()[:2])
        for viewer in viewers:
            viewer.messages = viewer.size = 0
        for turn in range(ROUNDS):
            answers = await asyncio.gather(
                *(act(viewer, turn + place) for place, viewer in enumerate(viewers)),
                return_exceptions=True,
            )
            errors += [repr(answer) for answer in answers if isinstance(answer, BaseException)]
            took += [answer for answer in answers if isinstance(answer, float)]
        work = sum(server.cpu_times()[:2]) - before
        errors += [wrong for viewer in viewers for wrong in viewer.wrong]
    finally:
        await close_viewers(viewers)
    runs = ROUNDS * number
    return Measured(
        took,
        errors,
        server.memory_info().rss / 1e6,
        1000 * work / runs,
        sum(viewer.messages for viewer in viewers) / runs,
        sum(viewer.size for viewer in viewers) / runs / 1000,
    )


def show(name: str, number: int, found: Measured) -> None:
    """Print a line of the table, and what went wrong."""
    print(f"{name:<26}{number:>8}{found.row()}", flush=True)
    for one in sorted(set(found.errors))[:5]:
        print("         ", one[:200])


def main(sizes: list[int]) -> None:
    """Measure each number of viewers; exit with 1 when a goal was missed."""
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}")
        print(f"{'page':<26}{'viewers':>8}" + "".join(f"{head:>9}" for head in HEADS))
        keep_spring(home)
        with serving(PROJECT / "dashboard.py", home=home, ready="health") as (address, pid):
            asyncio.run(measure(address, pid, 2, open_a_link))
            for number in sizes:
                linked = asyncio.run(measure(address, pid, number, open_a_link))
                show("the whole page, by link", number, linked)
                found = asyncio.run(measure(address, pid, number, choose_a_layer))
                show("another layer", number, found)
                if found.errors or found.memory > MOST_MEMORY:
                    missed.append(f"{number} viewers: errors or memory")
                if found.p95 > GOALS.get(number, float("inf")):
                    missed.append(f"{number} viewers: {found.p95:.2f} s")
        empty = home / "empty.py"
        empty.write_text('import streamlit as st\n\nst.write("hello")\n', encoding="utf-8")
        quiet = ("--browser.gatherUsageStats=false", "--server.fileWatcherType=none")
        for name, more in {
            "an empty page": ("--runner.postScriptGC=false",),
            "the same, as it comes": (),
        }.items():
            with serving(empty, *quiet, *more, home=home) as (address, pid):
                for number in sizes:
                    show(name, number, asyncio.run(measure(address, pid, number, open_a_link)))
    print("goals:", "; ".join(missed) or "all met", f"(load now {os.getloadavg()[0]:.1f})")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50, 100])
