"""What the app serves besides its pages: map files, fonts, outlines, health, guards.

Everything a browser needs comes from this machine: Leaflet and the typeface from the
Python packages that carry them, our own script from `needsmap/draw/static`. Only names
on the list are served. Addresses work below `server.baseUrlPath` too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import config

import needsmap
from needsmap import settings
from needsmap.draw import assets
from needsmap.draw.packed import FOR_EVER, PUBLISHED, Packed, accepted
from needsmap.ui import base_map, sign_in
from needsmap.ui.guards import SecurityHeaders
from needsmap.ui.own_files import SmallerFiles
from needsmap.ui.own_page import LeanPage
from needsmap.ui.together import SentTogether
from needsmap.ui.warm import lifespan

__all__ = ["HOME", "lifespan", "middleware", "routes"]

HOME = Path(__file__).resolve().parent / "home.py"
"""The frame: the script Streamlit runs for every viewer."""

_FOR_A_DAY = "public, max-age=86400"


def routes() -> list[BaseRoute]:
    """Return our own addresses: /assets/…, /outlines/…, /tiles/…, /health and /steward/in.

    Each is given below `server.baseUrlPath`, as Streamlit gives its own.
    """
    prefix = f"/{_base()}" if _base() else ""
    given: list[tuple[str, Callable[[Request], Response]]] = [
        ("/assets/{name}", _asset),
        ("/outlines/{name}", _outline),
        ("/tiles/{name}/{zoom:int}/{column:int}/{row:int}", _tile),
        ("/health", _health),
    ]
    routes: list[BaseRoute] = [
        Route(prefix + path, answer, methods=["GET"], include_in_schema=False)
        for path, answer in given
    ]
    door = f"{prefix}/{sign_in.ADDRESS}/in"
    routes.append(Route(door, sign_in.sign_in, methods=["GET", "POST"], include_in_schema=False))
    return routes


def middleware() -> list[Middleware]:
    """Return what every answer passes.

    Messages gathered, security headers, Streamlit's files made small, its page made lean.
    """
    return [
        Middleware(SentTogether),
        Middleware(SecurityHeaders, tiles=settings.load().tiles),
        Middleware(SmallerFiles, base=_base()),
        Middleware(LeanPage),
    ]


def _base() -> str:
    return str(config.get_option("server.baseUrlPath") or "").strip("/")


def _asset(request: Request) -> Response:
    found = assets.find(request.path_params["name"])
    if found is None:
        return _absent()
    # An address with the content's hash may be kept for ever; a plain one is asked again.
    kept = FOR_EVER if request.query_params.get("v") == found.digest else _FOR_A_DAY
    return _answer(request, found, kept)


def _outline(request: Request) -> Response:
    found = PUBLISHED.get(request.path_params["name"])
    return _absent() if found is None else _answer(request, found, FOR_EVER)


def _tile(request: Request) -> Response:
    asked = request.path_params
    found = base_map.tile(asked["name"], asked["zoom"], asked["column"], asked["row"])
    if found is None:
        return _absent()
    picture, media_type = found
    return Response(picture, media_type=media_type, headers={"Cache-Control": FOR_EVER})


def _health(_: Request) -> Response:
    return JSONResponse(
        {"status": "ok", "version": needsmap.__version__},
        headers={"Cache-Control": "no-store"},
    )


def _absent() -> Response:
    return Response("There is nothing at this address.", status_code=404, media_type="text/plain")


def _answer(request: Request, packed: Packed, kept: str) -> Response:
    """Answer with the smallest form the browser takes, or 304 if it has it already."""
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding", "ETag": f'"{packed.digest}"'}
    if packed.digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    encoding, body = packed.best_for(accepted(request.headers.get("accept-encoding", "")))
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(body, media_type=packed.media_type, headers=headers)
