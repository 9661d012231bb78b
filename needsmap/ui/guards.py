"""Guards around every answer of the app: what a browser may load, run and embed."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from needsmap.ui.own_page import ADDRESS_SCRIPT


class SecurityHeaders:
    """Add the security headers to every answer.

    Parameters
    ----------
    app
        The application behind the guard.
    tiles
        Address of the optional street map, the only foreign host pictures may come
        from; "" for none.
    """

    def __init__(self, app: ASGIApp, *, tiles: str = "") -> None:
        self.app = app
        self.policy = policy(tiles=tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self)"
            await send(message)

        await self.app(scope, receive, send_guarded)


def policy(*, tiles: str) -> str:
    """Return the Content-Security-Policy: everything from here, nothing evaluated.

    `blob:` scripts are needed because Streamlit starts an element's loader from one; only
    script that already runs can make a blob.
    """
    street_map = _origin(tiles)
    rules = {
        "default-src": "'self'",
        "script-src": f"{_page_scripts()} blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(filter(None, ["'self' data: blob:", street_map])),
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


@cache
def _page_scripts() -> str:
    """Return 'self' and the hashes of the inline scripts in Streamlit's page, ours with them."""
    page = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    inline.append(ADDRESS_SCRIPT)
    digests = (hashlib.sha256(script.encode()).digest() for script in inline)
    return " ".join(["'self'", *(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)])


def _origin(tiles: str) -> str:
    """Return scheme and host of a tile address; a `{s}` for sub-domains becomes `*`."""
    parts = urlsplit(tiles.replace("{s}", "*"))
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    host = "".join(c for c in parts.netloc if c.isalnum() or c in "*.-:")
    return f"{parts.scheme}://{host}"
