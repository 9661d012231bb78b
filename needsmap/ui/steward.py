"""Who is signed in as steward: the one door before anything that is not for everybody.

A signed-in steward holds a cookie no script can read; the server holds only what it hashes to,
in memory, for twelve hours. What Streamlit keeps of a session opens nothing: whoever takes a
session over still lacks the cookie.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

import streamlit as st

from needsmap import settings
from needsmap.errors import Refused
from needsmap.words import say

COOKIE = "needsmap_steward"
HOURS = 12
_MOST_SESSIONS = 200
_WRONG_HERE, _HERE_SECONDS = 5, 15 * 60
_WRONG_ALL, _ALL_SECONDS = 50, 60 * 60
_MOST_ADDRESSES = 1000


class Sessions:
    """Who is signed in. Forgotten when the server ends; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self) -> str:
        """Return a new token for a cookie; the oldest session ends when there are too many."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._until[_digest(token)] = self._clock() + HOURS * 3600
            while len(self._until) > _MOST_SESSIONS:
                self._until.pop(next(iter(self._until)))
        return token

    def knows(self, token: str) -> bool:
        """Return whether a token was given and still holds."""
        with self._lock:
            until = self._until.get(_digest(token)) if token else None
        return until is not None and self._clock() < until

    def end(self, token: str) -> None:
        """Forget a token."""
        with self._lock:
            self._until.pop(_digest(token), None)


class Attempts:
    """Wrong passphrases: five in 15 minutes from one address, 50 in an hour from all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_address: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()
        self._lock = threading.Lock()

    def begin(self, address: str) -> bool:
        """Return whether an address may try now, and count the try as wrong until it is right.

        Counted before it is judged: a trial takes half a second, in which a hundred more may
        be sent at once.
        """
        now = self._clock()
        with self._lock:
            here = _since(self._by_address.get(address), now - _HERE_SECONDS)
            everywhere = _since(self._all, now - _ALL_SECONDS)
            if here >= _WRONG_HERE or everywhere >= _WRONG_ALL:
                return False
            if len(self._by_address) >= _MOST_ADDRESSES:
                self._by_address.clear()  # the count of all still holds
            for tries in (self._by_address.setdefault(address, deque()), self._all):
                tries.append(now)
        return True

    def forgive(self, address: str) -> None:
        """Take the latest try of an address back: it was right, or it was never judged."""
        with self._lock:
            for tries in (self._by_address.get(address), self._all):
                if tries:
                    tries.pop()


SESSIONS = Sessions()
ATTEMPTS = Attempts()


def possible() -> bool:
    """Return whether this server lets stewards sign in at all."""
    return bool(settings.load().steward)


def signed_in() -> bool:
    """Return whether the reader of this page is signed in as steward."""
    return possible() and SESSIONS.knows(_token())


def require() -> None:
    """Let only stewards on.

    Raises
    ------
    Refused
        For everybody else.
    """
    if not signed_in():
        raise Refused(
            say("Only somebody who looks after this place may see or change this."),
            say("Sign in first, on the page Look after this place."),
        )


def leave() -> None:
    """Sign the reader out: the cookie opens nothing from now on."""
    SESSIONS.end(_token())


def _token() -> str:
    found = st.context.cookies.get(COOKIE, "")
    return found if isinstance(found, str) else ""  # outside of a server there are none


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _since(tries: deque[float] | None, moment: float) -> int:
    while tries and tries[0] <= moment:
        tries.popleft()
    return len(tries or ())
