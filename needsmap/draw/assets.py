"""The files a map and the pages load, taken from where their packages are installed.

Nothing of others is copied into the project: Leaflet comes from `django-js-lib-leaflet`,
the typeface from `fontpkg-atkinson-hyperlegible`. Our own script and style sheet lie in
`needsmap/draw/static`.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from needsmap.draw.packed import Packed, pack

_OURS = Path(__file__).resolve().parent / "static"

_FILES: dict[str, tuple[str, str, str]] = {
    "leaflet.js": ("js_lib_leaflet", "static/js_lib_leaflet/leaflet.js", "text/javascript"),
    "leaflet.css": ("js_lib_leaflet", "static/js_lib_leaflet/leaflet.css", "text/css"),
    "AtkinsonHyperlegible-Regular.ttf": (
        "fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Regular.ttf", "font/ttf",
    ),
    "AtkinsonHyperlegible-Bold.ttf": (
        "fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Bold.ttf", "font/ttf",
    ),
    "AtkinsonHyperlegible-Italic.ttf": (
        "fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Italic.ttf", "font/ttf",
    ),
    "AtkinsonHyperlegible-BoldItalic.ttf": (
        "fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-BoldItalic.ttf", "font/ttf",
    ),
    "needs-map.js": ("", "outlines.js layer.js legend.js needs-map.js", "text/javascript"),
    "needs-map.css": ("", "needs-map.css", "text/css"),
}  # fmt: skip
"""Public name → (package or "" for ours, paths in it, media type). Nothing else is served.

Several paths are joined: streamlit-folium loads scripts one after another, each a round
trip on a slow line."""


def names() -> tuple[str, ...]:
    """Return the public names of all files served."""
    return tuple(_FILES)


@cache
def find(name: str) -> Packed | None:
    """Return the file of that public name, compressed once; None for any other name."""
    if name not in _FILES:
        return None
    package, inside, media_type = _FILES[name]
    folder = _folder(package)
    return pack(b"\n".join((folder / path).read_bytes() for path in inside.split()), media_type)


def address(name: str) -> str:
    """Return the address of a file relative to the app's root, with its content's hash."""
    found = find(name)
    if found is None:
        raise KeyError(name)
    return f"assets/{name}?v={found.digest}"


def _folder(package: str) -> Path:
    """Find an installed package's folder without importing it (one needs Django to import)."""
    if not package:
        return _OURS
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The package {package} is not installed.")
    return Path(next(iter(spec.submodule_search_locations)))
