"""How far the reading of a file is, told in rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""

_READING = 0.3
"""Of the time a long text file takes to be inspected, how much goes into reading it: a sixth
where thousands of places are looked up, over half where none is."""
_OPENING = 0.5
"""The same of a workbook."""


def never_back(progress: Progress | None) -> Progress | None:
    """Return what tells `progress` the same, but never fewer rows than were told before.

    Until a file is read its rows are reckoned from its beginning, mostly not quite rightly.
    """
    if progress is None:
        return None
    told, most = progress, 0

    def tell(done: int, of: int) -> None:
        nonlocal most
        most = min(max(most, done), of)
        told(most, of)

    return tell


def while_reading(progress: Progress | None, source: bytes | Path) -> Progress | None:
    """Return what tells `progress` of the reading, which is the first part of the work."""
    if progress is None:
        return None
    told, share = progress, _OPENING if _is_workbook(source) else _READING
    return lambda done, of: told(round(share * done), of)


def after_reading(
    progress: Progress | None, rows: int, *, workbook: bool
) -> Callable[[float], None]:
    """Return what turns a share of the work done since the reading into rows done."""
    first = _OPENING if workbook else _READING
    tell = teller(progress, rows)
    return lambda share: tell(first + share * (1 - first))


def teller(progress: Progress | None, rows: int) -> Callable[[float], None]:
    """Return what turns a share of the work done into rows done, for `progress`."""
    return (lambda share: progress(round(share * rows), rows)) if progress else (lambda share: None)


def _is_workbook(source: bytes | Path) -> bool:
    if isinstance(source, bytes):
        return source.startswith(b"PK")
    with suppress(OSError), source.open("rb") as file:
        return file.read(2) == b"PK"
    return False
