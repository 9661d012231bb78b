"""What was worked out for everybody: kept for the newest releases of a place, then let go.

A new release makes all earlier pictures of a place useless. Kept by number alone they
would fill the memory: at one upload a minute a day's briefs are thousands.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any

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
