"""How fast the map is, beside the usual way: same areas, same browser, same run.

    python tests/benchmarks/map_switch.py 139 1000

For each number of areas: first paint, change of layer, how long nothing is drawn during
the change, bytes on the WebSocket for the change, and the round trip of a click, as
medians. "usual" is `st_folium` with `folium.GeoJson`, a style function and tooltips,
Leaflet served locally too, so that only the way of drawing differs. Needs Chromium.
"""

from __future__ import annotations

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

from playwright.sync_api import Page, sync_playwright

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

# Every frame asks: is anything drawn, and are the colours of the wanted layer there? The
# colours looked for are given by the app in the page's text, so both ways are judged alike.
WATCH = """() => {
    const colours = () => {
        const found = new Set();
        for (const frame of document.querySelectorAll('iframe')) {
            let inside;
            try { inside = frame.contentDocument; } catch (e) { continue; }
            if (!inside) continue;
            for (const path of inside.querySelectorAll('.leaflet-overlay-pane path'))
                found.add((path.getAttribute('fill') || '').toLowerCase());
            for (const canvas of inside.querySelectorAll('.leaflet-overlay-pane canvas')) {
                if (!canvas.width) continue;
                const small = document.createElement('canvas');
                small.width = 160; small.height = 120;
                const pen = small.getContext('2d', { willReadFrequently: true });
                pen.imageSmoothingEnabled = false;
                pen.drawImage(canvas, 0, 0, 160, 120);
                const data = pen.getImageData(0, 0, 160, 120).data;
                for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255)
                    found.add('#' + [0, 1, 2].map(
                        (k) => data[i + k].toString(16).padStart(2, '0')).join(''));
            }
        }
        return found;
    };
    window.watching = { wanted: [], since: 0, done: 0, blank: 0, last: performance.now() };
    const look = () => {
        const now = performance.now(), w = window.watching;
        if (w.wanted.length && !w.done) {
            const found = colours();
            if (!found.size) w.blank += now - w.last;
            if (w.wanted.every((c) => found.has(c))) w.done = now;
        }
        w.last = now;
        requestAnimationFrame(look);
    };
    look();
}"""


@dataclass
class Figures:
    """What was measured for one way at one size; seconds, except bytes."""

    first: list[float] = field(default_factory=list)
    switch: list[float] = field(default_factory=list)
    blank: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def row(self) -> list[float]:
        """Return the medians in the order of the table."""
        return [
            statistics.median(values)
            for values in (self.first, self.switch, self.blank, self.bytes, self.click)
        ]


def _serve(script: Path, areas: int) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
         f"--server.port={port}"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "MAP_BENCH_AREAS": str(areas),
             "NEEDSMAP_HOME": tempfile.mkdtemp()},
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
    raise SystemExit(f"{script.name} did not start.")


def _colours(page: Page, layer: str) -> list[str]:
    """Return the colours the app says belong to a layer."""
    text = page.get_by_text(f"colours of {layer}:").first.text_content(timeout=60_000) or ""
    return text.split(":", 1)[1].split()


def _await_colours(page: Page, wanted: list[str]) -> tuple[float, float]:
    page.evaluate(
        "(wanted) => Object.assign(window.watching,"
        " { wanted, since: performance.now(), done: 0, blank: 0 })",
        wanted,
    )
    page.wait_for_function("window.watching.done", timeout=180_000)
    done, since, blank = page.evaluate(
        "[window.watching.done, window.watching.since, window.watching.blank]"
    )
    return (done - since) / 1000, blank / 1000


def _measure(script: Path, areas: int) -> Figures:
    figures = Figures()
    process, address = _serve(script, areas)
    try:
        with sync_playwright() as playwright:
            path = str(CHROMIUM) if CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
            _visit(
                browser.new_context(**CONTEXT).new_page(), address, None
            )  # the server's first work is not timed
            for _ in range(LOADS):
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
    page.add_init_script(f"if (window.top === window) ({WATCH})();")
    started = time.perf_counter()
    page.goto(address)
    _await_colours(page, _colours(page, "voice"))
    first = time.perf_counter() - started
    if figures is None:
        return
    figures.first.append(first)
    for layer in LAYERS:
        page.wait_for_timeout(1200)
        before = received[0]
        wanted = _colours(page, layer)
        page.evaluate(
            "([name, wanted]) => { const w = window.watching;"
            " Object.assign(w, { wanted, since: performance.now(), done: 0, blank: 0 });"
            " [...document.querySelectorAll('label')].find((l) => l.textContent.trim() === name)"
            ".click(); }",
            [layer, wanted],
        )
        page.wait_for_function("window.watching.done", timeout=180_000)
        done, since, blank = page.evaluate(
            "[window.watching.done, window.watching.since, window.watching.blank]"
        )
        figures.switch.append((done - since) / 1000)
        figures.blank.append(blank / 1000)
        page.wait_for_timeout(600)
        figures.bytes.append(received[0] - before)
    box = page.locator("iframe").first.bounding_box()
    for shift in (0, 60):
        old = page.get_by_text("Chosen:").text_content()
        asked = time.perf_counter()
        page.mouse.click(box["x"] + box["width"] / 2 + shift, box["y"] + 200 + shift)
        page.wait_for_function(
            "(old) => [...document.querySelectorAll('[data-testid=stText]')]"
            ".some((t) => t.textContent.startsWith('Chosen:') && t.textContent !== old)",
            arg=old, timeout=120_000,
        )  # fmt: skip
        figures.click.append(time.perf_counter() - asked)
        page.wait_for_timeout(1500)


def main(sizes: list[int]) -> None:
    """Measure both ways at each size and print the table with the ratios."""
    print(f"{'areas':>6} {'way':<6} {'first s':>8} {'switch s':>9} {'blank s':>8} "
          f"{'switch kB':>10} {'click s':>8}")  # fmt: skip
    for areas in sizes:
        rows = {}
        for way in ("ours", "usual"):
            rows[way] = _measure(APPS / f"{way}_front.py", areas).row()
            first, switch, blank, size, click = rows[way]
            print(f"{areas:>6} {way:<6} {first:>8.2f} {switch:>9.3f} {blank:>8.2f} "
                  f"{size / 1000:>10.1f} {click:>8.2f}", flush=True)  # fmt: skip
        ratios = [u / o if o else float("inf") for o, u in zip(*rows.values(), strict=True)]
        print(f"{areas:>6} usual ÷ ours: first {ratios[0]:.1f}, switch {ratios[1]:.0f}, "
              f"bytes {ratios[3]:.0f}, click {ratios[4]:.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [139, 1000])
