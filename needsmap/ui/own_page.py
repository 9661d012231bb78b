"""Streamlit's own page, sent a little leaner.

It loads a typeface of Streamlit's before anything else, 170 kB nobody here sees, for the
theme names another; and it looks for the app below each page's own address first, two
requests that fail on every page but the first. Streamlit's page takes the app's address
from `window.__streamlit`, as hosts of apps give it; nothing of Streamlit's is changed on
the disk.
"""

from __future__ import annotations

import gzip
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS_SCRIPT = (
    "const own = document.querySelector('script[src*=\"static/js/\"]').src;"
    'window.__streamlit = {BACKEND_BASE_URL: own.slice(0, own.indexOf("static/js/"))};'
)
"""Runs before Streamlit's own script, which waits for the whole page. Its digest is in the
Content-Security-Policy."""

_PRELOAD = re.compile(rb'<link\s+rel="preload"\s[^>]*?as="font"[^>]*?>\s*')
_STARTS = re.compile(rb'<script type="module"[^>]*static/js/index\.[^>]*></script>')


class LeanPage:
    """Send Streamlit's page without the typeface and with the app's address.

    Parameters
    ----------
    app
        The application behind; what is not Streamlit's page passes unchanged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold a whole page of HTML and change it if it is Streamlit's."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def look(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body"):
                    for each in _changed(held):
                        await send(each)
                    held.clear()

        await self.app(scope, receive, look)


def lean(page: bytes) -> bytes:
    """Return Streamlit's page changed; any other comes back as it is."""
    start = _STARTS.search(page)
    if start is None:
        return page
    script = b"\n    <script>" + ADDRESS_SCRIPT.encode() + b"</script>"
    return _PRELOAD.sub(b"", page[: start.end()] + script + page[start.end() :])


def _is_page(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html")


def _changed(held: list[Message]) -> list[Message]:
    """Return the messages of an answer with its page changed where it is Streamlit's."""
    first = held[0]
    headers = MutableHeaders(raw=list(first["headers"]))
    body = b"".join(message.get("body", b"") for message in held[1:])
    packed = headers.get("content-encoding") == "gzip"
    if headers.get("content-encoding") not in {None, "gzip"}:
        return held
    page = gzip.decompress(body) if packed else body
    made = lean(page)
    if made is page:
        return held
    body = gzip.compress(made, 6, mtime=0) if packed else made
    headers["content-length"] = str(len(body))
    for stale in ("etag", "last-modified"):
        if stale in headers:
            del headers[stale]
    return [{**first, "headers": headers.raw}, {"type": "http.response.body", "body": body}]
