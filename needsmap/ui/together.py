"""Messages to a browser that leave together.

Streamlit sends some thirty small messages a change, each by a call of the system of its own;
with a hundred viewers these calls were a tenth of the server's work. Here what is written to
a viewer's line within two milliseconds leaves in one piece: the same bytes in the same order.

The line is the one `uvicorn` holds for a WebSocket, for which there is no setting; where a
later one keeps it elsewhere nothing is done and only time is lost.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

_SECONDS = 0.002
_MOST = 64 * 1024
"""Bytes that wait; more leave at once, so that a slow reader holds the sender back as ever."""


class SentTogether:
    """Gather what is written to WebSockets.

    Parameters
    ----------
    app
        The application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a WebSocket's line is wrapped before."""
        if scope["type"] == "websocket":
            viewer: Any = getattr(send, "__self__", None)
            line = getattr(viewer, "transport", None)
            if hasattr(line, "write") and not isinstance(line, Gathered):
                viewer.transport = Gathered(line, asyncio.get_running_loop())
        await self.app(scope, receive, send)


class Gathered:
    """A line (a transport of asyncio's) whose writes wait a moment for the next ones.

    All else is the line's own.
    """

    def __init__(self, line: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._line, self._loop = line, loop
        self._waiting: list[bytes] = []
        self._size = 0
        self._later: asyncio.TimerHandle | None = None

    def write(self, data: Any) -> None:
        """Write soon, together with what comes next."""
        self._waiting.append(bytes(data))
        self._size += len(data)
        if self._size > _MOST:
            self.flush()
        elif self._later is None:
            self._later = self._loop.call_later(_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what waits, now."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        waiting, self._waiting, self._size = self._waiting, [], 0
        if waiting and not self._line.is_closing():
            self._line.write(b"".join(waiting))

    def close(self) -> None:
        """Write what waits and close the line."""
        self.flush()
        self._line.close()

    def __getattr__(self, name: str) -> Any:
        """Return what is asked of the line itself."""
        return getattr(self._line, name)
