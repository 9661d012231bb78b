"""One hour, twenty viewers, one upload a minute: does the memory grow, do figures stay?

    nice python tests/benchmarks/soak.py --minutes 60 --viewers 20

Starts the real dashboard with Kindleford's spring survey in a home of its own. Viewers
choose another picture or page every few seconds, and now and then leave and come back.
Every minute a volunteer adds the autumn survey through the page in a real Chromium and
takes it back, so that two releases a minute make all earlier pictures useless. Prints
the server's resident memory each minute, the slope after the first ten minutes (least
squares over samples of ten seconds; the goal is below 1 MB a minute), errors, and
whether pages and the exported brief hold the same figures at the end as at the start.
Exit code 1 when one of these fails. Needs websockets, psutil, playwright, a Chromium.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import re
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import websockets
from playwright.async_api import Browser, async_playwright
from viewers import (
    PROJECT,
    SURVEYS,
    close_viewers,
    command,
    keep_spring,
    open_viewers,
    serving,
)

PICTURES = (
    ("", ""), ("theme=buses", ""), ("theme=safety", ""), ("show=index", ""), ("show=heard", ""),
    ("theme=play&show=beside", ""), ("by=lsoa", ""), ("theme=buses&by=lsoa", ""),
    ("", "priorities"), ("", "who-we-heard"), ("", "strengths"), ("", "services"),
    ("", "money"), ("", "change"), ("", "method"), ("", "area"), ("theme=green", ""),
)  # fmt: skip
"""Query and page."""
WARMING = 10.0
"""Minutes not counted: caches fill and the allocator finds its size."""
CHROMIUM = Path("/usr/bin/chromium")


@dataclass
class Told:
    """What happened."""

    samples: list[tuple[float, float]] = field(default_factory=list)
    runs: int = 0
    uploads: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


async def look_on(address: str, until: float, told: Told, number: int) -> None:
    """Be one viewer: look at pictures, leave after about twenty, come back."""
    choice = random.Random(number)
    while time.monotonic() < until:
        try:
            (viewer,) = await open_viewers(address, 1)
            for _ in range(choice.randint(10, 30)):
                if time.monotonic() > until:
                    break
                query, page = choice.choice(PICTURES)
                told.slowest = max(told.slowest, await viewer.ask(query, page=page))
                told.runs += 1
                await asyncio.sleep(choice.uniform(2, 6))
            told.wrong += [w for w in viewer.wrong if "Nothing" not in w]
            await close_viewers([viewer])
        except (OSError, TimeoutError, websockets.WebSocketException) as fault:
            told.wrong.append(f"viewer {number}: {fault!r}")
            await asyncio.sleep(1)


async def upload(browser: Browser, address: str) -> None:
    """Add the autumn survey through the page as a volunteer does, then take it back."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = await context.new_page()
        page.set_default_timeout(120_000)
        await page.goto(address + "add-a-survey")
        file = page.locator("input[type=file]").first
        await file.wait_for(state="attached")
        await file.set_input_files(str(SURVEYS / "kindleford_autumn_2025.csv"))
        keep = page.get_by_role("button", name=re.compile("^Keep"))
        further = page.get_by_role("button", name=re.compile("^(Next|Go on|On to)"))
        for _ in range(8):
            await keep.or_(further).first.wait_for()
            await page.wait_for_timeout(1500)
            if await keep.count() and await keep.first.is_visible():
                break
            await further.first.click()
        await keep.first.click()
        back = page.get_by_role("button", name=re.compile("Undo|Take it back"))
        await back.first.wait_for()
        await page.wait_for_timeout(5000)  # others look at the new release meanwhile
        await back.first.click()
        await back.first.wait_for(state="detached")
    finally:
        await context.close()


async def add_and_take_back(address: str, until: float, told: Told) -> None:
    """Upload once a minute."""
    async with async_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        while time.monotonic() < until - 60:
            begun = time.monotonic()
            try:
                await upload(browser, address)
                told.uploads += 1
            except Exception as fault:
                told.wrong.append(f"upload: {str(fault)[:200]}")
            await asyncio.sleep(max(0.0, 60 - (time.monotonic() - begun)))
        await browser.close()


async def weigh(pid: int, until: float, told: Told, started: float) -> None:
    """Note the server's resident memory every ten seconds."""
    server = psutil.Process(pid)
    turn = 0
    while time.monotonic() < until:
        minutes, size = (time.monotonic() - started) / 60, server.memory_info().rss / 1e6
        told.samples.append((minutes, size))
        if turn % 6 == 0:
            print(
                f"{minutes:6.1f} min {size:7.1f} MB {told.runs:6} runs {told.uploads:3} uploads "
                f"{len(told.wrong)} errors, {sum(server.cpu_times()[:2]):.0f} s of processor",
                flush=True,
            )
        turn += 1
        await asyncio.sleep(10)


async def figures(address: str) -> str:
    """Return a digest of every text of every picture, without what names the release."""
    (viewer,) = await open_viewers(address, 1)
    texts = [text for query, page in PICTURES for text in await viewer.read(query, page=page)]
    await close_viewers([viewer])
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def exported(home: Path) -> str:
    """Return a digest of the priorities as a spreadsheet file, without what names the release."""
    words = command("brief", "priorities", "--place", "kindleford", "--format", "csv", home=home)
    kept = [line for line in words.splitlines() if not re.search("[Rr]elease|[Mm]ark|link", line)]
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]


def slope(samples: list[tuple[float, float]], after: float) -> float:
    """Return MB a minute by least squares over the samples after that minute."""
    counted = np.array([pair for pair in samples if pair[0] >= after])
    return float(np.polyfit(counted[:, 0], counted[:, 1], 1)[0]) if len(counted) > 2 else np.nan


async def soak(address: str, pid: int, home: Path, minutes: float, viewers: int) -> bool:
    """Do it all and print what was found; return whether it held."""
    before = await figures(address), exported(home)
    told, started = Told(), time.monotonic()
    until = started + 60 * minutes
    tasks = [look_on(address, until, told, number) for number in range(viewers)]
    await asyncio.gather(
        *tasks, add_and_take_back(address, until, told), weigh(pid, until, told, started)
    )
    await asyncio.sleep(5)
    after = await figures(address), exported(home)
    grew = slope(told.samples, min(WARMING, minutes / 2))
    print(f"{told.runs} runs, {told.uploads} uploads kept and taken back, "
          f"slowest answer {told.slowest:.1f} s")  # fmt: skip
    print(f"memory {grew:+.2f} MB a minute; most {max(size for _, size in told.samples):.0f} MB")
    print("figures", "the same" if after == before else f"differ: {before} {after}")
    print(f"errors: {len(told.wrong)}", *sorted(set(told.wrong))[:5], sep="\n  ")
    return grew < 1 and after == before and not told.wrong


def main() -> None:
    """Read the options, serve, soak."""
    options = argparse.ArgumentParser(description="Long run of the dashboard.")
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--viewers", type=int, default=20)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        keep_spring(home)
        with serving(PROJECT / "dashboard.py", home=home, ready="health") as (address, pid):
            held = asyncio.run(soak(address, pid, home, chosen.minutes, chosen.viewers))
        with suppress(OSError):
            log = next(home.glob("server-*.log")).read_text()
            print("server's log:", log[-600:] or "empty")
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
