"""Postcodes as people write them: whole, a sector or a district, in any spacing and case."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

_FULL = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) +([0-9])")
_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_RUN_ON = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9]")
_LETTER_FOR_NOUGHT = re.compile(r"([A-Z0-9]{2,4})O([A-Z]{2})")


class Postcode(NamedTuple):
    """A postcode as `postcode_keys` names it, and whether it is a whole one."""

    key: str
    full: bool


def read_postcode(text: str, known: Container[str]) -> Postcode | None:
    """Return the postcode a text is, or None. `known`: keys of the districts there are."""
    upper = _spaced(text)
    closed = _closed(upper)
    if _FULL.fullmatch(closed):
        return Postcode(closed, full=True)
    upper, closed = upper.rstrip("*?_ "), closed.rstrip("*?_")
    if _RUN_ON.fullmatch(closed) and closed not in known:
        # "M160" is the sector "M16 0", unless there is a district of that name.
        upper = f"{closed[:-1]} {closed[-1]}"
    if _SECTOR.fullmatch(upper):
        return Postcode(upper, full=False)
    if _DISTRICT.fullmatch(closed):
        return Postcode(closed, full=False)
    mended = _LETTER_FOR_NOUGHT.sub(r"\g<1>0\2", closed)
    return Postcode(mended, full=True) if _FULL.fullmatch(mended) else None


def is_full_postcode(text: str) -> bool:
    """Say whether a text is a whole postcode as it stands."""
    return _FULL.fullmatch(_closed(_spaced(text))) is not None


def postcode_keys(written: str) -> tuple[str, ...]:
    """Return what a postcode is found by: itself, and of a whole one its district and sector."""
    closed = "".join(written.split()).upper()
    full = _FULL.fullmatch(closed)
    return (closed, full[1], f"{full[1]} {full[2][0]}") if full else (closed,)


def _spaced(text: str) -> str:
    """Return a text in capitals, with single spaces and no stops around it."""
    return " ".join(text.upper().split()).strip(" .,")


def _closed(upper: str) -> str:
    return upper.replace(" ", "").replace("-", "")
