"""How fast the map is, beside other ways: same outlines, same browser, same run.

    python tests/benchmarks/map_switch.py                          # everything, 20 minutes
    python tests/benchmarks/map_switch.py 200 1000 --ways ours plotly_url
    python tests/benchmarks/map_switch.py 33755 --outlines FILE    # real outlines

For each number of areas: first paint, change of layer, change back to a layer seen, how
long nothing is drawn during a change, bytes on the WebSocket for a change, the round trip
of a click to Python, the browser's memory; medians. Prints a table and writes
`map_switch.json`, `.md` and `.svg` into the folder `--out`.

Ways: `ours`; `naive` is `st_folium` with `folium.GeoJson`, a style function and tooltips,
outlines in full; `values` is `st_folium` fed as sparingly as it can be; `plotly_url` and
`plotly_embedded` are `choropleth_map` with outlines by address or inside; `pydeck` is a
GeoJsonLayer; `kepler` is kepler.gl's own widget from `keplergl`. Leaflet and kepler.gl are
served from here, so nothing waits for the internet. All but `naive` get the same
simplified outlines. What is not drawn within `--limit` seconds is said to be over it.
Needs Chromium and tests/benchmarks/requirements.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
APPS = Path(__file__).parent / "apps"
sys.path[:0] = [str(PROJECT), str(APPS), str(Path(__file__).parent)]

import map_report  # noqa: E402
import voronoi  # noqa: E402
from map_watch import watch  # noqa: E402

WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "ours": ("ours", {}),
    "values": ("values_alone", {}),
    "naive": ("naive", {}),
    "plotly_url": ("plotly_map", {}),
    "plotly_embedded": ("plotly_map", {"MAP_BENCH_EMBED": "1"}),
    "pydeck": ("deck", {}),
    "kepler": ("kepler", {}),
}
SIZES = (200, 1000, 5000, 33755)
MOST_PER_CELL = 75
"""Seconds after which no further switch of one way at one size is begun."""


def _serve(way: str, areas: int, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    app, extra = WAYS[way]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(APPS / "front.py"), "--server.headless=true",
         f"--server.port={port}"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "MAP_BENCH_AREAS": str(areas),
             "NEEDSMAP_HOME": tempfile.mkdtemp(), "MAP_BENCH_APP": app,
             "MAP_BENCH_FOLDER": str(folder), **extra},
        stdout=subprocess.DEVNULL, stderr=(folder / f"{way}-{areas}.log").open("wb"),
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            urllib.request.urlopen(address + "health", timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return process, address
    process.kill()
    raise SystemExit(f"{way} did not start.")


def measure(way: str, areas: int, folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the medians of one way at one size, with what went over the limit."""
    process, address = _serve(way, areas, folder)
    try:
        figures, over = watch(
            address, loads=chosen.loads, limit=chosen.limit, most=MOST_PER_CELL
        )  # fmt: skip
    finally:
        process.kill()
        process.wait()
    return {"areas": areas, "way": way, **figures.medians(), "over": over, "all": vars(figures)}


def main() -> None:
    """Measure the ways asked for at each size; print the table, write it and the chart."""
    asked = argparse.ArgumentParser()
    asked.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    asked.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    asked.add_argument("--outlines", default="", help="real outlines instead of invented ones")
    asked.add_argument("--loads", type=int, default=2)
    asked.add_argument("--limit", type=float, default=120, help="seconds for one drawing")
    asked.add_argument("--minutes", type=float, default=17, help="begin nothing new after these")
    asked.add_argument("--out", type=Path, default=Path("map_benchmark"))
    chosen = asked.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * chosen.minutes
    about = {
        "when": time.strftime("%Y-%m-%d %H:%M"), "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2), "python": platform.python_version(),
        "limit_s": chosen.limit, "outlines": "real" if chosen.outlines else "invented",
    }  # fmt: skip
    rows: list[dict[str, Any]] = []
    never: set[str] = set()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for areas in chosen.sizes:
            voronoi.prepare(folder, areas, chosen.outlines)
            for way in chosen.ways:
                if way in never:  # more areas would not be drawn sooner
                    row: dict[str, Any] = {"areas": areas, "way": way, "over": "fewer"}
                elif time.monotonic() > until:
                    row = {"areas": areas, "way": way, "over": "time"}
                else:
                    row = measure(way, areas, folder, chosen)
                rows.append(row)
                if row["over"] == "first":
                    never.add(way)
                print(map_report.line(row, chosen.limit), flush=True)
                found = {"about": about, "rows": rows, "must_hold": map_report.must_hold(rows)}
                (chosen.out / "map_switch.json").write_text(json.dumps(found, indent=1))
    text = map_report.markdown(rows, about)
    (chosen.out / "map_switch.md").write_text(text)
    (chosen.out / "map_switch.svg").write_text(map_report.chart(rows))
    print(text)


if __name__ == "__main__":
    main()
