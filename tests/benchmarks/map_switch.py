"""How fast the map is, beside other ways: same areas, same browser, same run.

    python tests/benchmarks/map_switch.py 139 1000
    python tests/benchmarks/map_switch.py 33755 --ways ours plotly_url --outlines FILE

For each number of areas: first paint, change of layer, change back to a layer seen, how
long nothing is drawn during a change, bytes on the WebSocket for a change, and the round
trip of a click to Python, as medians. Ways: `ours`; `usual` is `st_folium` with
`folium.GeoJson`, a style function and tooltips, Leaflet served locally too, so that only
the way of drawing differs (above 1,000 areas it is left out unless named: minutes);
`plotly_url` and `plotly_embedded` are `choropleth_map` with outlines by address or inside;
`pydeck` is a GeoJsonLayer. Peers other than `usual` get outlines simplified as ours are.
Needs Chromium and tests/benchmarks/requirements.txt.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).parent / "apps"
CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The page's own policy forbids the measuring script, so it is set aside for both ways.
CONTEXT = {"viewport": {"width": 1280, "height": 800}, "bypass_csp": True}
LAYERS = ("index", "heard", "voice")
LOADS = 2

WAYS = {
    "ours": ("ours", {}),
    "usual": ("usual", {}),
    "plotly_url": ("plotly_map", {}),
    "plotly_embedded": ("plotly_map", {"MAP_BENCH_EMBED": "1"}),
    "pydeck": ("deck", {}),
}
MOST_FOR_USUAL = 1000

# Every frame asks: is anything drawn, and are the colours of the wanted layer there? The
# colours looked for are given by the app in the page's text, so all ways are judged alike.
# What a graphics card draws is kept after it is shown (KEEP), so that it can be looked at.
KEEP = """() => {
    const given = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, options) {
        return given.call(this, kind, /webgl/.test(kind)
            ? { ...options, preserveDrawingBuffer: true } : options);
    };
}"""
WATCH = """() => {
    const near = (a, b) => Math.abs(a - b) < 5;
    const small = document.createElement('canvas');
    small.width = 160; small.height = 120;
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
                + ' .stPlotlyChart canvas, .stDeckGlJsonChart canvas')) {
                if (!canvas.width || !canvas.height) continue;
                pen.clearRect(0, 0, 160, 120);
                pen.drawImage(canvas, 0, 0, 160, 120);
                const data = pen.getImageData(0, 0, 160, 120).data;
                for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 250)
                    found.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            }
        }
        return found;
    };
    const has = (found, wanted) => {
        if (found.has(wanted)) return true;
        const n = parseInt(wanted.slice(1), 16);
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
MAP = ".needs-box, iframe, .stPlotlyChart, .stDeckGlJsonChart"


@dataclass
class Figures:
    """What was measured for one way at one size; seconds, except bytes."""

    first: list[float] = field(default_factory=list)
    switch: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    blank: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def row(self) -> list[float]:
        """Return the medians in the order of the table."""
        return [
            statistics.median(values) if values else float("nan")
            for values in (self.first, self.switch, self.again, self.blank, self.bytes, self.click)
        ]


def _serve(way: str, areas: int, outlines: str) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(APPS / "front.py"), "--server.headless=true",
         f"--server.port={port}"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "MAP_BENCH_AREAS": str(areas),
             "NEEDSMAP_HOME": tempfile.mkdtemp(), "MAP_BENCH_APP": WAYS[way][0],
             "MAP_BENCH_OUTLINES": outlines, **WAYS[way][1]},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "health", timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return process, address
    process.terminate()
    raise SystemExit(f"{way} did not start.")


def _colours(page: Page, layer: str) -> list[str]:
    """Return the colours the app says belong to a layer."""
    text = page.get_by_text(f"colours of {layer}:").first.text_content(timeout=300_000) or ""
    return text.split(":", 1)[1].split()


def _measure(way: str, areas: int, outlines: str, loads: int) -> Figures:
    figures = Figures()
    process, address = _serve(way, areas, outlines)
    try:
        with sync_playwright() as playwright:
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
            # the server's first work is not timed
            _visit(browser.new_context(**CONTEXT).new_page(), address, None)
            for _ in range(loads):
                page = browser.new_context(**CONTEXT).new_page()
                _visit(page, address, figures)
                page.close()
            browser.close()
    finally:
        process.terminate()
        process.wait()
    return figures


def _visit(page: Page, address: str, figures: Figures | None) -> None:
    received = [0]
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda data: received.__setitem__(0, received[0] + len(data))
        ),
    )
    page.add_init_script(f"({KEEP})();")
    page.add_init_script(f"if (window.top === window) ({WATCH})();")
    started = time.perf_counter()
    page.goto(address)
    wanted = {layer: _colours(page, layer) for layer in ("voice", "index", "heard")}
    page.evaluate(
        "([wanted, all]) => Object.assign(window.watching, { wanted, all })",
        [wanted["voice"], [c for colours in wanted.values() for c in colours]],
    )
    _done(page)
    if figures is None:
        return
    figures.first.append(time.perf_counter() - started)
    for layer in LAYERS:
        page.wait_for_timeout(1200)
        before = received[0]
        took, blank = _switch(page, layer, wanted[layer])
        # Going back to the layer the page opened with is counted apart: it was seen.
        (figures.again if layer == "voice" else figures.switch).append(took)
        figures.blank.append(blank)
        page.wait_for_timeout(600)
        if layer != "voice":
            figures.bytes.append(received[0] - before)
    _clicks(page, figures)


def _switch(page: Page, layer: str, wanted: list[str]) -> tuple[float, float]:
    page.evaluate(
        "([name, wanted]) => { const w = window.watching;"
        " Object.assign(w, { wanted, since: performance.now(), done: 0, blank: 0 });"
        " [...document.querySelectorAll('label')].find((l) => l.textContent.trim() === name)"
        ".click(); }",
        [layer, wanted],
    )
    _done(page)
    done, since, blank = page.evaluate(
        "[window.watching.done, window.watching.since, window.watching.blank]"
    )
    return (done - since) / 1000, blank / 1000


def _done(page: Page) -> None:
    page.wait_for_function("window.watching.done", timeout=60_000)


def _clicks(page: Page, figures: Figures) -> None:
    box = page.locator(MAP).first.bounding_box()
    for shift in (0, 60):
        old = page.get_by_text("Chosen:").text_content()
        asked = time.perf_counter()
        page.mouse.click(box["x"] + box["width"] / 2 + shift, box["y"] + 200 + shift)
        try:
            page.wait_for_function(
                "(old) => [...document.querySelectorAll('[data-testid=stText]')]"
                ".some((t) => t.textContent.startsWith('Chosen:') && t.textContent !== old)",
                arg=old, timeout=30_000,
            )  # fmt: skip
        except TimeoutError:
            return  # no figure is shown for a way whose clicks never arrive
        figures.click.append(time.perf_counter() - asked)
        page.wait_for_timeout(1500)


def main() -> None:
    """Measure the ways asked for at each size; print the table with ratios to ours."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=[139, 1000])
    asked.add_argument("--ways", nargs="+", choices=list(WAYS))
    asked.add_argument("--outlines", default="", help="real outlines instead of invented ones")
    asked.add_argument("--loads", type=int, default=2)
    chosen = asked.parse_args()
    heads = ("first s", "switch s", "again s", "blank s", "switch kB", "click s")
    print(f"{'areas':>6} {'way':<16}", *(f"{head:>10}" for head in heads))
    for areas in chosen.sizes:
        ways = chosen.ways or [w for w in WAYS if w != "usual" or areas <= MOST_FOR_USUAL]
        ours: list[float] = []
        for way in ways:
            row = _measure(way, areas, chosen.outlines, chosen.loads).row()
            row[4] /= 1000
            print(f"{areas:>6} {way:<16}", *(f"{figure:>10.3f}" for figure in row), flush=True)
            if way == "ours":
                ours = row
            elif ours:
                ratios = [
                    theirs / mine if mine else float("inf")
                    for theirs, mine in zip(row, ours, strict=True)
                ]
                print(
                    f"{'':>6} {'÷ ours':<16}", *(f"{ratio:>10.1f}" for ratio in ratios), flush=True
                )


if __name__ == "__main__":
    main()
