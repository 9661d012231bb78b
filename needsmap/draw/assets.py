"""The files a map and the pages load, taken from where their packages are installed.

Nothing of others is copied into the project: Leaflet comes from `django-js-lib-leaflet`,
the typeface from `fontpkg-atkinson-hyperlegible`. Our own script and style sheet lie in
`needsmap/draw/static`.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from needsmap.draw.packed import Packed, pack_quickly

_OURS = Path(__file__).resolve().parent / "static"

_LEAFLET = "js_lib_leaflet"
_FONT = "fontpkg_atkinson_hyperlegible"
_FILES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "map.js": (
        "text/javascript",
        (
            (_LEAFLET, "static/js_lib_leaflet/leaflet.js"),
            *(("", f"{name}.js") for name in (
                "outlines", "raster", "layer", "base-map", "services", "legend", "view", "picture",
                "viewpoint",
                "my-area", "tables", "tools", "element",
            )),
        ),
    ),
    "meeting.js": ("text/javascript", (("", "meeting.js"),)),
    "meeting.css": ("text/css", (("", "meeting.css"),)),
    "map.css": (
        "text/css", ((_LEAFLET, "static/js_lib_leaflet/leaflet.css"), ("", "needs-map.css")),
    ),
    **{
        f"AtkinsonHyperlegible-{style}.ttf": (
            "font/ttf", ((_FONT, f"files/AtkinsonHyperlegible-{style}.ttf"),),
        )
        for style in ("Regular", "Bold", "Italic", "BoldItalic")
    },
}  # fmt: skip
"""Public name → (media type, (package or "" for ours, path in it) …). Nothing else is served.

Several files are joined into one: each would be a round trip on a slow line."""


def names() -> tuple[str, ...]:
    """Return the public names of all files served."""
    return tuple(_FILES)


@cache
def find(name: str) -> Packed | None:
    """Return the file of that public name, compressed once; None for any other name."""
    if name not in _FILES:
        return None
    media_type, parts = _FILES[name]
    return pack_quickly(
        b"\n".join((_folder(owner) / path).read_bytes() for owner, path in parts), media_type
    )


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
