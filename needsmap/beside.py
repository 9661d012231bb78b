"""Work begun in a thread of its own, and work that is not to be held up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from needsmap.memory import give_back_soon

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


@contextmanager
def unheld() -> Iterator[None]:
    """Leave Python's search for rings of objects until some work is done.

    Reading a file may make hundreds of thousands of texts and no rings, and every thread waits
    while all objects of the server are gone through. Memory that is free by then is given back.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        give_back_soon()
