"""The list of first names, read once."""

from __future__ import annotations

from functools import cache

from needsmap.settings import DATA_FOLDER

_NAMES_FOLDER = DATA_FOLDER / "names"


@cache
def first_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return (first names that are nothing else, first names that are also words or places)."""
    lists = []
    for file in ("first_names.txt", "ambiguous_first_names.txt"):
        lines = (_NAMES_FOLDER / file).read_text(encoding="utf-8").splitlines()
        lists.append(frozenset(line.strip().lower() for line in lines if line[:1] != "#"))
    return lists[0], lists[1]
