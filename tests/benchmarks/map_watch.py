"""One way of drawing a map, watched in a real browser: every frame is looked at.

A frame counts as blank when no colour of any layer is on the map, and as done when all
colours of the wanted layer are. All ways are judged by the same rule.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, TimeoutError, sync_playwright

from needsmap.draw import palettes

CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The page's own policy forbids the measuring script, so it is set aside for all ways.
CONTEXT: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "bypass_csp": True}
LAYERS = ("index", "heard", "voice")
MAP = ".needs-box, .needs-kepler, iframe, .stPlotlyChart, .stDeckGlJsonChart"

# What a graphics card draws is kept after it is shown, so that it can be looked at.
KEEP = """() => {
    const given = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, options) {
        return given.call(this, kind, /webgl/.test(kind)
            ? { ...options, preserveDrawingBuffer: true } : options);
    };
}"""
# Looking must not be what takes the time: few pixels a frame, each colour told once.
WATCH = """() => {
    const WIDE = 80, HIGH = 60;
    const near = (a, b) => Math.abs(a - b) < 5;
    const small = document.createElement('canvas');
    small.width = WIDE; small.height = HIGH;
    const pen = small.getContext('2d', { willReadFrequently: true });
    pen.imageSmoothingEnabled = false;
    const colours = () => {
        const found = new Set();
        const places = [document, ...[...document.querySelectorAll('iframe')].map((frame) => {
            try { return frame.contentDocument; } catch (e) { return null; }
        })];
        for (const inside of places.filter(Boolean)) {
            for (const path of inside.querySelectorAll('.leaflet-overlay-pane path'))
                found.add((path.getAttribute('fill') || '').toLowerCase());
            for (const canvas of inside.querySelectorAll('.leaflet-overlay-pane canvas,'
                + ' .stPlotlyChart canvas, .stDeckGlJsonChart canvas, .needs-kepler canvas')) {
                if (!canvas.width || !canvas.height) continue;
                pen.clearRect(0, 0, WIDE, HIGH);
                pen.drawImage(canvas, 0, 0, WIDE, HIGH);
                const data = new Uint32Array(pen.getImageData(0, 0, WIDE, HIGH).data.buffer);
                let last = 0;
                for (let i = 0; i < data.length; i++) {
                    const one = data[i]; // alpha, blue, green, red
                    if (one === last) continue;
                    last = one;
                    if (one >>> 24 > 250)
                        found.add(((one & 255) << 16) | (one & 0xff00) | (one >>> 16 & 255));
                }
            }
        }
        return found;
    };
    const has = (found, wanted) => {
        const n = parseInt(wanted.slice(1), 16);
        if (found.has(wanted) || found.has(n)) return true;
        for (const one of found) if (typeof one === 'number' && near(one >> 16, n >> 16)
            && near((one >> 8) & 255, (n >> 8) & 255) && near(one & 255, n & 255)) return true;
        return false;
    };
    window.watching = { wanted: [], all: [], since: 0, done: 0, blank: 0, last: performance.now() };
    const look = () => {
        const now = performance.now(), w = window.watching;
        if (w.wanted.length && !w.done) {
            const found = colours();
            if (!w.all.some((c) => has(found, c))) w.blank += now - w.last;
            if (w.wanted.every((c) => has(found, c))) w.done = now;
        }
        w.last = now;
        requestAnimationFrame(look);
    };
    look();
}"""
SWITCH = """([name, wanted]) => {
    Object.assign(window.watching, { wanted, since: performance.now(), done: 0, blank: 0 });
    [...document.querySelectorAll('label')].find((l) => l.textContent.trim() === name).click();
}"""


class OverLimit(Exception):
    """The map was not drawn within the limit."""


@dataclass
class Figures:
    """What was measured for one way at one size; seconds, except kB. Every measurement."""

    first: list[float] = field(default_factory=list)
    switch: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    blank: list[float] = field(default_factory=list)
    kb: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    heap_mb: list[float] = field(default_factory=list)

    def medians(self) -> dict[str, float | None]:
        """Return the median of each measurement, None where there is none."""
        return {
            name: round(statistics.median(values), 3) if values else None
            for name, values in vars(self).items()
        }


def watch(address: str, *, loads: int, limit: float, most: float) -> tuple[Figures, str]:
    """Measure the app at an address; return figures and "" or what went over `limit`.

    One visit before, with a look at every layer, is not timed: what the server does once is
    not what is compared. No new switch is begun after `most` seconds.
    """
    figures = Figures()
    until = time.monotonic() + most
    with sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        try:
            for load in range(loads + 1):
                if figures.first and time.monotonic() > until:
                    break
                page = browser.new_context(**CONTEXT).new_page()
                _visit(page, address, figures if load else None, limit, until)
                page.close()
        except OverLimit as over:
            return figures, str(over)
        finally:
            browser.close()
    return figures, ""


def _visit(
    page: Page, address: str, figures: Figures | None, limit: float, until: float
) -> None:  # fmt: skip
    received = [0]
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda data: received.__setitem__(0, received[0] + len(data))
        ),
    )
    wanted = {layer: list(palettes.ramp(layer)) for layer in LAYERS}
    every = [colour for colours in wanted.values() for colour in colours]
    page.add_init_script(f"({KEEP})();")
    page.add_init_script(f"if (window.top === window) ({WATCH})();")
    started = time.perf_counter()
    page.goto(address, timeout=limit * 1000)
    page.evaluate(
        "([wanted, all]) => Object.assign(window.watching, { wanted, all })",
        [wanted["voice"], every],
    )
    _done(page, "first", limit)
    if figures is None:
        for layer in LAYERS:
            page.wait_for_timeout(300)
            page.evaluate(SWITCH, [layer, wanted[layer]])
            _done(page, "switch", limit)
        return
    figures.first.append(time.perf_counter() - started)
    for layer in LAYERS:
        if figures.switch and figures.again and time.monotonic() > until:
            break
        page.wait_for_timeout(1200)
        before = received[0]
        page.evaluate(SWITCH, [layer, wanted[layer]])
        _done(page, "switch", limit)
        took, blank = page.evaluate(
            "[window.watching.done - window.watching.since, window.watching.blank]"
        )
        # Going back to the layer the page opened with is counted apart: it was seen.
        (figures.again if layer == "voice" else figures.switch).append(took / 1000)
        figures.blank.append(blank / 1000)
        page.wait_for_timeout(600)
        if layer != "voice":
            figures.kb.append((received[0] - before) / 1000)
    figures.heap_mb.append(page.evaluate("performance.memory.usedJSHeapSize") / 1e6)
    _clicks(page, figures)


def _done(page: Page, what: str, limit: float) -> None:
    # The first drawing ends when we hear of it; of a switch the page itself keeps the moment.
    often: Any = "raf" if what == "first" else 50
    try:
        page.wait_for_function("window.watching.done", timeout=limit * 1000, polling=often)
    except TimeoutError:
        raise OverLimit(what) from None


def _clicks(page: Page, figures: Figures) -> None:
    box = page.locator(MAP).first.bounding_box()
    if box is None:
        return
    for shift in (0, 60):
        old = page.get_by_text("Chosen:").text_content()
        asked = time.perf_counter()
        page.mouse.click(box["x"] + box["width"] / 2 + shift, box["y"] + 200 + shift)
        try:
            page.wait_for_function(
                "(old) => [...document.querySelectorAll('[data-testid=stText]')]"
                ".some((t) => t.textContent.startsWith('Chosen:') && t.textContent !== old)",
                arg=old, timeout=20_000,
            )  # fmt: skip
        except TimeoutError:
            return  # no figure is shown for a way whose clicks never arrive
        figures.click.append(time.perf_counter() - asked)
        page.wait_for_timeout(1500)
