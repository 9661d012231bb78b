"""Streamlit's own scripts, styles and page, sent compressed.

Streamlit sends them as they are, 2.8 MB at a first visit; on a hall's wifi that is 23
seconds. Here they are compressed once, kept, and answered before Streamlit is asked.
Their names carry their content, so a browser keeps them for ever.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from needsmap.draw.packed import FOR_EVER, Packed, accepted, pack_quickly

_FOLDER = Path(str(files("streamlit") / "static"))
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_NAME = re.compile(r"static/(?:js|css|media)/[A-Za-z0-9_-][A-Za-z0-9._-]*")
_FIRST_TYPEFACE = re.compile(r"static/media/SourceSansVF-Upright\.[A-Za-z0-9._-]*\.woff2")
"""What Streamlit writes in until it has heard of the theme: 170 kB for half a second."""
_OURS = "assets/AtkinsonHyperlegible-Regular.ttf"


class SmallerFiles:
    """Answer requests for Streamlit's scripts and styles with a compressed form.

    Parameters
    ----------
    app
        The application behind; asked for everything else.
    base
        `server.baseUrlPath` without slashes at its ends.
    """

    def __init__(self, app: ASGIApp, *, base: str = "") -> None:
        self.app = app
        self.prefix = f"/{base}/" if base else "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET of a known file; pass everything else on."""
        if scope["type"] == "http" and scope["method"] == "GET":
            if _FIRST_TYPEFACE.fullmatch(scope["path"].removeprefix(self.prefix)):
                instead = RedirectResponse(self.prefix + _OURS, headers={"Cache-Control": FOR_EVER})
                await instead(scope, receive, send)
                return
            encodings = accepted(Headers(scope=scope).get("accept-encoding", ""))
            found = own_file(scope["path"].removeprefix(self.prefix)) if encodings else None
            if found is not None:
                encoding, body = found.best_for(encodings)
                headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
                if encoding:
                    headers["Content-Encoding"] = encoding
                answer = Response(body, media_type=found.media_type, headers=headers)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


@lru_cache(maxsize=512)
def own_file(path: str) -> Packed | None:
    """Return the file at `path` (like static/js/x.js) of Streamlit's; None for any other."""
    kind = _KINDS.get(Path(path).suffix)
    if kind is None or not _NAME.fullmatch(path):
        return None
    file = _FOLDER / path
    return pack_quickly(file.read_bytes(), kind, effort=9) if file.is_file() else None
