"""The map benchmark's table, what must hold, and a chart, from its rows."""

from __future__ import annotations

import math
from typing import Any

from needsmap.draw import palettes

Row = dict[str, Any]
HEADS = (
    ("first", "first s"), ("switch", "switch s"), ("again", "again s"), ("blank", "blank s"),
    ("kb", "switch kB"), ("click", "click s"), ("heap_mb", "browser MB"),
)  # fmt: skip
NAMES = {
    "ours": "ours", "values": "`st_folium`, values alone", "naive": "`st_folium`, GeoJson",
    "plotly_url": "plotly by URL", "plotly_embedded": "plotly embedded", "pydeck": "pydeck",
    "kepler": "kepler.gl",
}  # fmt: skip


def cells(row: Row, limit: float) -> list[str]:
    """Return a row's figures as text; what went over the limit says so."""
    over = row.get("over", "")
    if over in ("time", "fewer"):
        why = "not run" if over == "time" else f"over {limit:.0f} at fewer"
        return [why] + ["–"] * (len(HEADS) - 1)
    found = []
    for name, _ in HEADS:
        value = row.get(name)
        if value is None:
            found.append(f"over {limit:.0f}" if over == name else "–")
        else:
            found.append(f"{value:,.0f}" if name == "heap_mb" else f"{value:,.2f}")
    return found


def line(row: Row, limit: float) -> str:
    """Return a row for the terminal."""
    return f"{row['areas']:>6} {row['way']:<16}" + "".join(f"{c:>11}" for c in cells(row, limit))


def markdown(rows: list[Row], about: dict[str, Any]) -> str:
    """Return the table and what must hold, with the conditions, as Markdown."""
    limit = float(about["limit_s"])
    heads = ["areas", "way", *(head for _, head in HEADS)]
    lines = [
        f"Measured {about['when']}, {about['cores']} cores, load {about['load_before']} before, "
        f"{about['outlines']} outlines, limit {limit:.0f} s.",
        "",
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
    ]
    lines += [
        "| " + " | ".join([f"{r['areas']:,}", NAMES[r["way"]], *cells(r, limit)]) + " |"
        for r in rows
    ]
    lines += ["", "| must hold | measured | holds |", "|---|---|---|"]
    lines += [f"| {what} | {said} | {holds} |" for what, said, holds in must_hold(rows)]
    return "\n".join(lines) + "\n"


def must_hold(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Return (what must hold, what was measured, yes/no/not measured) for each promise."""
    at = {(row["areas"], row["way"]): row for row in rows}

    def figure(areas: int, way: str, name: str) -> float:
        value = at.get((areas, way), {}).get(name)
        return math.nan if value is None else float(value)

    found = [
        _ratio("switch at 1,000: naive ÷ ours ≥ 50",
               figure(1000, "naive", "switch"), figure(1000, "ours", "switch"), 50),
        _ratio("switch at 33,755: plotly by URL ÷ ours ≥ 25",
               figure(33755, "plotly_url", "switch"), figure(33755, "ours", "switch"), 25),
        _most("switch at 33,755 ÷ at 200 ≤ 3",
              figure(33755, "ours", "switch"), figure(200, "ours", "switch"), 3),
        _most("first paint at 33,755 ÷ at 200 ≤ 2",
              figure(33755, "ours", "first"), figure(200, "ours", "first"), 2),
        _ratio("click at 200: `st_folium` ÷ ours ≥ 4",
               figure(200, "naive", "click"), figure(200, "ours", "click"), 4),
        _ratio("click at 1,000: `st_folium` ÷ ours ≥ 4",
               figure(1000, "naive", "click"), figure(1000, "ours", "click"), 4),
    ]  # fmt: skip
    for areas in sorted({row["areas"] for row in rows}):
        ours = at.get((areas, "ours"), {})
        for name, what in (("first", "first paint"), ("switch", "switch")):
            peers = {
                way: row[name] for (n, way), row in at.items()
                if n == areas and way != "ours" and row.get(name) is not None
            }  # fmt: skip
            if not peers or ours.get(name) is None:
                continue
            best = min(peers, key=lambda way: peers[way])
            said = f"{ours[name]:.2f} s against {peers[best]:.2f} s ({NAMES[best]})"
            holds = "yes" if ours[name] < peers[best] else "no"
            found.append((f"{what} at {areas:,} ahead of every peer", said, holds))
        if ours.get("kb") is not None:
            allowed = 4 + areas / 1000
            said = f"{ours['kb']:.2f} of {allowed:.2f} kB"
            holds = "yes" if ours["kb"] <= allowed else "no"
            found.append((f"a switch at {areas:,} ≤ 4 kB + 1 byte an area", said, holds))
        if ours.get("blank") is not None:
            blank = max(ours["all"]["blank"])
            found.append((f"no blank frame at {areas:,}", f"{blank:.2f} s", _yes(blank == 0)))
    return found


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _ratio(what: str, theirs: float, ours: float, least: float) -> tuple[str, str, str]:
    if math.isnan(theirs / ours):
        return what, "–", "not measured"
    return what, f"{theirs:.2f} ÷ {ours:.3f} = {theirs / ours:.1f}", _yes(theirs / ours >= least)


def _most(what: str, large: float, small: float, most: float) -> tuple[str, str, str]:
    if math.isnan(large / small):
        return what, "–", "not measured"
    return what, f"{large:.2f} ÷ {small:.2f} = {large / small:.1f}", _yes(large / small <= most)


_WIDE, _BAR, _LEFT, _TENFOLD = 760, 18, 210, 120


def chart(rows: list[Row]) -> str:
    """Return an SVG of bars: seconds for a change of layer, each tenfold one step wider."""
    y, parts = 56, []
    for areas in sorted({row["areas"] for row in rows}):
        parts.append(_text(8, y + 14, f"{areas:,} areas", bold=True))
        y += 24
        for row in (r for r in rows if r["areas"] == areas):
            value = row.get("switch")
            parts.append(_text(20, y + 14, NAMES[row["way"]].replace("`", "")))
            if value is None:
                parts.append(_text(_LEFT, y + 14, "not drawn within the limit"))
            else:
                wide = max(2.0, _TENFOLD * math.log10(max(value, 0.011) / 0.01))
                colour = palettes.ACCENT if row["way"] == "ours" else palettes.RULE
                parts.append(
                    f'<rect x="{_LEFT}" y="{y}" width="{wide:.0f}" height="{_BAR}" '
                    f'fill="{colour}"/>'
                )
                parts.append(_text(int(_LEFT + wide) + 6, y + 14, f"{value:.2f} s"))
            y += _BAR + 4
        y += 10
    title = "Seconds until another layer is on the map (each tenfold is one step wider)"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE}" height="{y}" role="img" '
        f'aria-label="{title}" font-family="sans-serif" font-size="14">'
        f'<rect width="{_WIDE}" height="{y}" fill="{palettes.PAPER}"/>'
        f"{_text(8, 28, title, bold=True)}{''.join(parts)}</svg>\n"
    )


def _text(x: int, y: int, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y}" fill="{palettes.INK}"{weight}>{words}</text>'
