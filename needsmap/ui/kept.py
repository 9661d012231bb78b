"""What was worked out for everybody: kept for the newest releases of a place, then let go.

A new release makes all earlier pictures of a place useless. Kept by number alone they
would fill the memory: at one upload a minute a day's briefs are thousands.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar

from needsmap.ui.turns import TURNS

T = TypeVar("T")

_RELEASES = 2
"""The newest, and the one before it, which pages that are just being drawn still ask for."""


class Kept:
    """A memory of what each release of each place gave, shared by all viewers.

    Parameters
    ----------
    most
        Things kept for one release; those not asked for longest go first.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._places: dict[str, OrderedDict[str, OrderedDict[Hashable, Future[Any]]]] = {}
        self._lock = Lock()

    def get(self, place: str, release: str, what: Hashable, make: Callable[[], Any]) -> Any:
        """Return what is kept under `what` for that release, made by `make` the first time.

        Whoever asks while it is being made waits for it. A failure is told to all who wait
        and is not kept.
        """
        with self._lock:
            found = self._of(place, release)
            future = found.get(what)
            mine = future is None
            if future is None:
                future = found[what] = Future()
                if len(found) > self.most:
                    found.popitem(last=False)
            else:
                found.move_to_end(what)
        if future.done():
            return future.result()
        with TURNS.left():  # the first to ask counts for seconds, the others wait for it
            if mine:
                try:
                    future.set_result(make())
                except BaseException as fault:
                    with self._lock:
                        found.pop(what, None)
                    future.set_exception(fault)
            return future.result()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._places.clear()

    def __len__(self) -> int:
        with self._lock:
            return sum(len(kept) for place in self._places.values() for kept in place.values())

    def _of(self, place: str, release: str) -> OrderedDict[Hashable, Future[Any]]:
        """Return what is kept for a release; an older release of the place goes."""
        releases = self._places.setdefault(place, OrderedDict())
        if release not in releases:
            releases[release] = OrderedDict()
            if len(releases) > _RELEASES:
                releases.popitem(last=False)
        return releases[release]


class Looked(Generic[T]):
    """An answer that is looked for again when it is older than some seconds.

    Lighter than Streamlit's own memory, which copies and signs all that passes: this is
    asked at every run of every viewer.

    Parameters
    ----------
    look
        Finds the answer; called with what is asked, by one viewer at a time.
    seconds
        How long an answer holds.
    """

    def __init__(self, look: Callable[..., T], seconds: float) -> None:
        self._look, self._seconds = look, seconds
        self._found: dict[tuple[Hashable, ...], tuple[float, T]] = {}
        self._lock = Lock()

    def __call__(self, *asked: Hashable) -> T:
        """Return the answer to what is asked."""
        found = self._found.get(asked)
        if found is None or monotonic() > found[0]:
            with TURNS.left(), self._lock:
                found = self._found.get(asked)
                if found is None or monotonic() > found[0]:
                    answer = self._look(*asked)
                    found = self._found[asked] = (monotonic() + self._seconds, answer)
        return found[1]

    def clear(self) -> None:
        """Look again the next time."""
        with self._lock:
            self._found.clear()


class OfShared:
    """What was made of things that all viewers share, for as long as these live.

    Parameters
    ----------
    most
        Things kept; those not asked for longest go first, and each goes with what it was made of.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Hashable, tuple[tuple[weakref.ref[Any], ...], Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, shared: Sequence[object], what: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gave for the very same `shared` things and `what`.

        Things are told apart by being the same, not by being equal, which for tables would
        cost more than making it again; they must not be changed afterwards.
        """
        key = (*(id(one) for one in shared), what)
        with self._lock:
            found = self._made.get(key)
            if found is not None:
                with suppress(KeyError):  # let go in this very moment
                    self._made.move_to_end(key)
        # A number may be given again to something new once its first owner is gone.
        if found is not None and all(r() is o for r, o in zip(found[0], shared, strict=True)):
            return found[1]
        with TURNS.left():
            made = make()

        def let_go(_: object) -> None:
            # Without the lock: it may be this very thread that holds it.
            self._made.pop(key, None)

        with self._lock:
            self._made[key] = (tuple(weakref.ref(one, let_go) for one in shared), made)
            if len(self._made) > self.most:
                self._made.popitem(last=False)
        return made
