"""How memory is asked for and given back, where the C library lets itself be told (glibc).

Large tables come and go by the megabyte. By itself the library asks the system for each anew
and gives it back at once, and the system fills every page with noughts: a sixth of the work of
a large survey. So what was freed is kept at hand, and given back when the work is done.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from functools import lru_cache

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -2, -3, -8
"""What `mallopt` calls them (malloc.h)."""
_MB = 1024 * 1024
_FREE_ENOUGH = 64 * _MB
_SOON = 2.0
"""Seconds after which memory is given back, so that nobody waits for it."""
_waiting = threading.Lock()


class _Told(ctypes.Structure):
    """What `mallinfo2` tells, in bytes; `free` lies about unused."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "blocks", "small_blocks", "mapped_blocks", "mapped", "unused", "small",
            "used", "free", "at_the_end",
        )
    )  # fmt: skip


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    needed = ("gnu_get_libc_version", "mallopt", "malloc_trim", "mallinfo2")
    if not all(hasattr(library, name) for name in needed):
        return None
    library.mallinfo2.restype = _Told
    return library


def keep_at_hand() -> bool:
    """Have freed memory kept for who asks next, in one place for all threads.

    Returns whether the C library took it. What is larger than 32 MB still goes back at once,
    and so does what lies at the end when it is over 256 MB.
    """
    library = _library()
    if library is None:
        return False
    told = ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, 32 * _MB), (_TRIM_THRESHOLD, 256 * _MB),
            (_TOP_PAD, 16 * _MB))  # fmt: skip
    taken = [library.mallopt(name, value) == 1 for name, value in told]
    return all(taken)


def free_bytes() -> int:
    """Return how much memory is kept at hand and unused; 0 where that cannot be told."""
    library = _library()
    return int(library.mallinfo2().free) if library is not None else 0


def give_back() -> bool:
    """Give the system what is kept at hand, when it is much; return whether anything was."""
    library = _library()
    return library is not None and free_bytes() >= _FREE_ENOUGH and library.malloc_trim(0) == 1


def give_back_soon() -> None:
    """Do as `give_back` in two seconds, beside whatever goes on then."""
    if _library() is None or not _waiting.acquire(blocking=False):
        return

    def now() -> None:
        _waiting.release()
        give_back()

    later = threading.Timer(_SOON, now)
    later.daemon = True
    later.start()
