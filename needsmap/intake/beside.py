"""Work begun in a thread of its own, for steps that let other threads run."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")


def begun(work: Callable[[], Given], *, large: bool) -> Callable[[], Given]:
    """Begin some work and return what waits for it and gives what came of it.

    Where it is not `large` it is done only when asked for: a thread would cost more.
    """
    if not large:
        return work
    worker = ThreadPoolExecutor(max_workers=1)
    done = worker.submit(work)
    worker.shutdown(wait=False)
    return done.result
