"""A map layer as a drawing (SVG) and a picture (PNG): title, map, legend, mark and sources.

Drawn from the outlines and the published layer, without a browser: the same in a download,
on paper and from the command line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from needsmap.draw import palettes
from needsmap.draw.legends import class_characters, legend
from needsmap.draw.palettes import Fill
from needsmap.report.export import place_words
from needsmap.tables import MapLayer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_SHEET = Path(__file__).parent / "drawing.typ"
WIDTH, EDGE, LINE = 1000.0, 32.0, 26.0
"""Pixels of the drawing: its width, its margin, the height of a line of text."""
_TALLEST = 900.0
_FINE = 1500.0
"""Outlines are simplified to a part of the place's width that nobody sees on paper."""
_MOST_NAMED = 60
_LETTER = 0.53
"""Width of an average letter of the typeface, as a part of its size."""


def as_svg(
    layer: MapLayer, outlines: GeoDataFrame, *, lines: Sequence[str] = (), title: str = ""
) -> bytes:
    """Return a layer as an SVG drawing with its title, legend and `lines` at the foot.

    Parameters
    ----------
    outlines
        Columns code, name, geometry; WGS84 degrees. Areas the layer does not name are drawn
        as missing.
    lines
        Mark, release, sources: what must stand under a picture that is handed on.
    title
        What stands above; the layer's own title when not given.
    """
    shapes, high, names = _fitted(outlines)
    heads = _wrapped(title or layer.title, 24)
    keys = legend(layer)
    rows = math.ceil(len(keys) / 2)
    foot = [part for line in lines for part in _wrapped(line, 15)]
    top = EDGE + len(heads) * 32 + 8
    under = top + high + 24
    height = under + rows * LINE + 16 + len(foot) * 22 + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH:g} {height:.0f}" role="img" '
        'font-family="Atkinson Hyperlegible, sans-serif">',
        f"<title>{escape(title or layer.title)}</title>",
        _patterns(),
        f'<rect width="100%" height="100%" fill="{palettes.PAPER}"/>',
    ]
    parts += [_text(EDGE, EDGE + 24 + 32 * i, line, 24, bold=True) for i, line in enumerate(heads)]
    parts.append(f'<g transform="translate({EDGE:g} {top:g})">')
    parts += _areas(layer, outlines["code"], shapes)
    parts += [_name(x, y, name) for x, y, name in names]
    parts.append("</g>")
    half = (WIDTH - 2 * EDGE) / 2
    for number, key in enumerate(keys):
        x, y = EDGE + (number % 2) * half, under + (number // 2) * LINE
        parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="30" height="18" {_fill(key.fill)} '
            f'stroke="{palettes.SWATCH_EDGE}"/>'
        )
        if key.sure:
            # The same class undoubted beside it, so that one sees what paler is.
            parts.append(f'<rect x="{x:g}" y="{y:g}" width="15" height="18" {_fill(key.sure)}/>')
        parts.append(_text(x + 40, y + 15, key.words, 16))
    below = under + rows * LINE + 16
    parts += [_text(EDGE, below + 15 + 22 * i, line, 15) for i, line in enumerate(foot)]
    return "\n".join([*parts, "</svg>"]).encode("utf-8", "replace")


def drawing_of(brief: Any, outlines: GeoDataFrame) -> bytes:
    """Return a brief's map layer as an SVG: with its place, who was asked, mark and sources."""
    lines = (getattr(brief, "coverage_line", ""), *brief.provenance.under_a_picture)
    title = f"{brief.layer.title} · {place_words(brief.provenance)}"
    return as_svg(brief.layer, outlines, lines=[line for line in lines if line], title=title)


def _fitted(
    outlines: GeoDataFrame,
) -> tuple[np.ndarray, float, list[tuple[float, float, str]]]:
    """Return shapes in pixels, the height they need, and names to write on few areas."""
    west, south, east, north = outlines.total_bounds
    across = math.cos(math.radians((south + north) / 2))  # degrees of longitude are shorter
    room = WIDTH - 2 * EDGE
    scale = min(room / max((east - west) * across, 1e-9), _TALLEST / max(north - south, 1e-9))
    shift = (room - (east - west) * across * scale) / 2
    shapes = outlines.geometry.to_numpy()
    shapes = shapely.coverage_simplify(shapes, max(east - west, north - south) / _FINE)
    placed = shapely.transform(
        shapes,
        lambda points: np.column_stack(
            [(points[:, 0] - west) * across * scale + shift, (north - points[:, 1]) * scale]
        ),
    )
    names: list[tuple[float, float, str]] = []
    if len(placed) <= _MOST_NAMED:
        names = _apart(placed, [str(name) for name in outlines["name"]])
    return placed, (north - south) * scale, names


def _apart(shapes: np.ndarray, names: list[str]) -> list[tuple[float, float, str]]:
    """Return where names stand, the largest areas first; those that would overlap are left out."""
    points = shapely.point_on_surface(shapes)
    taken: list[tuple[float, float, float]] = []
    found = []
    for i in np.argsort(-shapely.area(shapes)):
        x, y = shapely.get_x(points[i]), shapely.get_y(points[i])
        half = len(names[i]) * 15 * _LETTER / 2
        if any(abs(x - a) < half + h and abs(y - b) < 18 for a, b, h in taken):
            continue
        taken.append((x, y, half))
        found.append((float(x), float(y), names[i]))
    return found


def _areas(layer: MapLayer, codes: Sequence[str], shapes: np.ndarray) -> list[str]:
    fills = palettes.fills(layer.kind)
    parts = []
    keys = class_characters(layer, tuple(codes))
    for key, shape in zip(keys, shapes, strict=True):
        fill = fills.get(key, palettes.MISSING)
        parts.append(
            f'<path d="{_path(shape)}" {_fill(fill)} stroke="{palettes.SWATCH_EDGE}" '
            'stroke-width="0.7" fill-rule="evenodd"/>'
        )
    return parts


def _path(shape: shapely.Geometry) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)) + "Z"
        for ring in rings
    )


def _fill(fill: Fill) -> str:
    if fill.kind == "outlined":
        return f'fill="{palettes.PAPER}" stroke-dasharray="4 3"'
    return f'fill="{fill.ground}"' if fill.kind == "plain" else f'fill="url(#{fill.kind})"'


def _patterns() -> str:
    """Return the hatching and the dots, as the map on the screen has them."""
    hatched, dotted = palettes.HIDDEN, palettes.NOT_CLEAR
    return (
        '<defs><pattern id="hatched" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{hatched.ground}"/>'
        f'<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6" stroke="{hatched.ink}" stroke-width="1.4"/>'
        '</pattern><pattern id="dotted" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{dotted.ground}"/>'
        f'<circle cx="2" cy="2" r="0.9" fill="{dotted.ink}"/>'
        f'<circle cx="6" cy="6" r="0.9" fill="{dotted.ink}"/></pattern></defs>'
    )


def _text(x: float, y: float, words: str, size: int, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}"{weight} fill="{palettes.INK}">'
        f"{escape(words)}</text>"
    )


def _name(x: float, y: float, name: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="15" font-weight="700" '
        f'text-anchor="middle" fill="{palettes.INK}" stroke="{palettes.PAPER}" '
        f'stroke-width="4" paint-order="stroke" stroke-linejoin="round">{escape(name)}</text>'
    )


def _wrapped(words: str, size: int) -> list[str]:
    """Return a text in lines that fit the drawing."""
    most = int((WIDTH - 2 * EDGE) / (size * _LETTER))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def as_png(svg: bytes) -> bytes:
    """Return a drawing as a PNG picture, twice as fine as a screen, in the app's typeface."""
    import typst

    from needsmap.report.pages import TYPEFACE

    made: bytes | list[bytes] = typst.compile(
        str(_SHEET),
        sys_inputs={"drawing": svg.decode()},
        format="png",
        ppi=192.0,
        font_paths=[str(TYPEFACE)],
        ignore_system_fonts=True,
    )
    return made if isinstance(made, bytes) else made[0]
