"""Turns at drawing: two pictures are drawn at the same moment, the others wait in order.

A hundred viewers' threads that all run at once share one lock of Python's. Each that wants
it wakes two hundred times a second to ask, and the thread that sends what is ready waits
among them. In turns, the same hundred pictures cost about a sixth less of the processor, and
the first are there when the last have not begun.

A turn is for work of milliseconds. Whoever comes to something slow leaves it meanwhile
(`left`: a brief nobody asked for before, a look into the store), and nobody waits longer
than some seconds: then it goes ahead without a turn, so that a turn never given back stops
nobody.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A gate that lets some threads through at a time, in the order they came.

    Python's own semaphore lets a newcomer pass those who wait; here a turn given back goes
    to the one who waited longest.

    Parameters
    ----------
    at_once
        Threads that hold a turn at the same time.
    longest
        Seconds after which who waits goes ahead without a turn.
    """

    def __init__(self, at_once: int, longest: float) -> None:
        self.longest = longest
        self._free = at_once
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()
        self._of_thread = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, hold it for the block, give it back whatever happens.

        Inside another block of the same thread this does nothing.
        """
        if getattr(self._of_thread, "inside", False):
            yield
            return
        self._of_thread.inside = True
        self._of_thread.holds = self._take()
        try:
            yield
        finally:
            self._of_thread.inside = False
            self._hand_back()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Leave the turn this thread holds, if it does, for something slow; then wait again."""
        if not getattr(self._of_thread, "holds", False):
            yield
            return
        self._hand_back()
        try:
            yield
        finally:
            self._of_thread.holds = self._take()

    def waiting(self) -> int:
        """Return how many threads wait for a turn."""
        with self._lock:
            return len(self._waiting)

    def _take(self) -> bool:
        """Wait for a turn; return whether one was got, False when it took too long."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=self.longest):
            return True
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it was given in the very last moment

    def _hand_back(self) -> None:
        if not self._of_thread.holds:
            return
        self._of_thread.holds = False
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


TURNS = Turns(at_once=2, longest=5.0)
"""Two, so that one can work while the other waits for a file or a socket; more cost more."""
