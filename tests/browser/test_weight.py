"""What a visit weighs, in bytes on the wire, and that nothing asked for is missing.

Limits: a first visit 1.5 MB, every page after it 300 kB (a hall's wifi at 1 Mbit/s sends
300 kB in 2.4 s). Bytes are Chromium's own count, headers and WebSocket messages included.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from needsmap.settings import PROJECT_FOLDER
from needsmap.ui.menu import existing

pytestmark = pytest.mark.browser

FIRST_VISIT, EVERY_PAGE = 1_500_000, 300_000
ADDRESSES = tuple("" if number == 0 else entry.address for number, entry in enumerate(existing()))


class Scale:
    """Counts what a page's browser receives, and what it was refused."""

    def __init__(self, page) -> None:
        self.size = 0
        self.missing: list[str] = []
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", lambda e: self._add(e["encodedDataLength"]))
        line.on(
            "Network.webSocketFrameReceived",
            # what is not text comes in base64, four characters for three bytes
            lambda e: self._add(3 * len(e["response"]["payloadData"]) / 4),
        )
        page.on("response", self._look)
        page.on("requestfailed", lambda request: self.missing.append(request.url))
        page.on("request", self._stays_here)

    def _stays_here(self, request) -> None:
        where = urlsplit(request.url)
        if where.scheme in {"http", "https"} and where.hostname != "127.0.0.1":
            self.missing.append(f"asked elsewhere: {request.url}")

    def _add(self, size: float) -> None:
        self.size += int(size)

    def _look(self, answer) -> None:
        if answer.status >= 400:
            self.missing.append(f"{answer.status} {urlsplit(answer.url).path}")


@pytest.fixture(scope="module")
def kindleford(start_app, tmp_path_factory) -> str:
    """Return the address of the app on Kindleford with its spring survey kept."""
    home = tmp_path_factory.mktemp("weighed")
    survey = PROJECT_FOLDER / "data/places/kindleford/surveys/kindleford_spring_2026.csv"
    subprocess.run(
        [sys.executable, "-m", "needsmap", "survey", "import", str(survey), "--place",
         "kindleford", "--title", "Spring", "--asked", "2026-03-02"],
        cwd=PROJECT_FOLDER, env={**os.environ, "NEEDSMAP_HOME": str(home)}, check=True,
        capture_output=True,
    )  # fmt: skip
    return start_app(PROJECT_FOLDER / "dashboard.py", NEEDSMAP_HOME=str(home))


def test_a_first_visit_and_every_page_after_it_are_light_and_nothing_is_missing(
    chromium, kindleford
):
    # The guard of `visit` would keep the browser from keeping files.
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    weights, missing = {}, {}
    try:
        weights["first visit"], missing["first visit"] = weigh(context, kindleford)
        for address in ADDRESSES:
            weights[address], missing[address] = weigh(context, kindleford + address)
            # Parts of Streamlit that one page alone uses (formulas) come once, then are kept.
            if weights[address] > EVERY_PAGE:
                weights[address], _ = weigh(context, kindleford + address)
    finally:
        context.close()

    assert {name: found for name, found in missing.items() if found} == {}
    assert weights.pop("first visit") <= FIRST_VISIT
    assert {name: size for name, size in weights.items() if size > EVERY_PAGE} == {}
    assert min(weights.values()) > 10_000  # the scale weighs


def weigh(context, address: str) -> tuple[int, list[str]]:
    """Open an address in a new tab; return its bytes and what was missing."""
    page = context.new_page()
    scale = Scale(page)
    page.goto(address)
    settle(page)
    page.close()
    return scale.size, scale.missing


def settle(page) -> None:
    """Wait until the page has a title and nothing is running."""
    page.locator("h1").first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget]') &&"
        " !document.querySelector('[data-testid=stSkeleton]')",
        timeout=60_000,
    )
    page.wait_for_timeout(800)
