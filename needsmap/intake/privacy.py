"""Personal details: found in every column, and gone before anything is kept.

Columns that say who somebody is are dropped whole; a place is made coarse (a postcode
becomes an area, then goes); a moment becomes a day; details inside free text are replaced
by a word in square brackets, such as [email].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from needsmap.intake.first_look import MOMENT, FirstLook, first_look, to_be_searched
from needsmap.intake.identifiers import find_identifiers
from needsmap.intake.names import looks_like_a_name
from needsmap.intake.raw_table import RawTable
from needsmap.intake.scrubbing import (
    LONGEST,
    PLACEHOLDERS,
    find_in,
    found_in,
    scrub,
    scrub_identifiers,
    scrub_many,
)

__all__ = [
    "PLACEHOLDERS",
    "Personal",
    "find_in",
    "find_personal",
    "scrub",
    "scrub_identifiers",
    "scrub_many",
]

Action = Literal["drop", "coarsen", "scrub"]

_WHOLE = 0.5
"""A column is one of details, not of words with a detail in it, from this share of cells."""
_FIRST = 200

# What headings say about a column when its cells alone do not: pattern → (kind, action).
_HEADINGS: tuple[tuple[re.Pattern[str], str, Action], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, action)  # type: ignore[misc]
    for pattern, kind, action in (
        (r"^(your |please (give|enter) your )?(full |first |last |sur|fore|middle |family |given )?"
         r"[ _]?names?( of (respondent|person|carer|parent|child))?[ ?:*]*$"
         r"|^(first|last|full|sur|fore)[ _]?name"
         r"|recipient(first|last)name|^respondent name|^contact name"
         r"|your name|"
         r"what is your( full)? name|^etunimi|^sukunimi|^nombre$", "name", "drop"),
        (r"e-?mail", "email", "drop"),
        (r"\b(tele)?phone( number)?\b|\bmobile( number| no)?\b|phonenumber|\btel\b",
         "phone", "drop"),
        (r"^(ip ?address|ipaddress|network id|ip)$", "IP address", "drop"),
        (r"^(_?submitted_by|username|user ?name|user ?id|deviceid|device id|subscriberid|simserial"
         r"|simid|imei|_xform_id_string|collector ?id|account|externalreference"
         r"|externaldatareference)$", "device", "drop"),
        (r"^(date of birth|dob|birth ?date|birthday)|date of birth", "date of birth", "drop"),
        (r"\b(home|street|full|postal|your) address\b|^address( line)?( ?\d)?$"
         r"|^house (number|name)", "address", "drop"),
        (r"\bnhs number\b", "NHS number", "drop"),
        (r"national insurance|\bni number\b", "NI number", "drop"),
    )
)  # fmt: skip
_COORDINATE_HEADING = re.compile(
    r"\b(lat(itude)?|lon(gitude)?|lng|gps|geopoint|coordinates?|easting|northing|altitude"
    r"|x ?cor?d?|y ?cor?d?)\b|location(latitude|longitude)"
    r"|_(latitude|longitude|altitude|precision)$",
    re.IGNORECASE,
)
_FINE_NUMBER = re.compile(r"[-+]?[0-9]{1,3}\.[0-9]{3,}\Z|[0-9]{5,7}(?:\.[0-9]*)?\Z")
"""A part of a point: degrees with three decimals, or metres of a national grid."""


@dataclass(frozen=True)
class Personal:
    """Personal details found in a column.

    `column` counts from 1; `cells` is how many cells hold them; `action` is what happens
    unless a person decides otherwise and says why: the column is dropped, made coarse, or
    the details are taken out of its text.
    """

    column: int
    heading: str
    kind: str
    cells: int
    action: Action

    def as_dict(self) -> dict[str, object]:
        """Return the finding as plain values for JSON."""
        return {
            "column": self.column,
            "heading": self.heading,
            "kind": self.kind,
            "cells": self.cells,
            "action": self.action,
        }


def find_personal(
    raw: RawTable,
    *,
    country: str = "GB",
    open_text: Iterable[int] = (),
    looked: Sequence[FirstLook] | None = None,
) -> list[Personal]:
    """Return the personal details of every column, in the order of the columns.

    Works on the distinct cells of a column. A column may have several findings, one a
    kind. Columns in `open_text` (positions from 1) are never dropped whole because of
    what their cells hold. `looked`: what `first_looks` says, where it is known.
    """
    found: list[Personal] = []
    texts = set(open_text)
    looked = first_looks(raw) if looked is None else looked
    for place, heading in enumerate(raw.headings):
        look = looked[place]
        if look.moments:
            found.append(Personal(place + 1, heading, "exact time", look.moments, "coarsen"))
            continue
        cells = look.cells
        if not len(cells):
            continue
        free = place + 1 in texts
        searched = np.flatnonzero(to_be_searched(look, open_text=free))
        found.extend(
            _in_column(
                place + 1,
                heading,
                _Cells(
                    dict(
                        zip(
                            cells.take(pa.array(searched)).to_pylist(),
                            look.counts[searched].tolist(),
                            strict=True,
                        )
                    ),
                    first=cells[:_FIRST].to_pylist(),
                    distinct=len(cells),
                    filled=int(look.counts.sum()),
                ),
                country,
                free,
            )
        )
    return found


def first_looks(raw: RawTable) -> list[FirstLook]:
    """Look at every column, before it is known what its question asks."""
    return [
        first_look(raw.column(place), told=any(p.search(heading.strip()) for p, _, _ in _HEADINGS))
        for place, heading in enumerate(raw.headings, start=1)
    ]


@dataclass(frozen=True)
class _Cells:
    """The distinct cells of a column.

    `searched`: those to be searched, with how often each was given. `first`: the first of
    all. `distinct`: how many there are. `filled`: how many rows hold something.
    """

    searched: dict[str, int]
    first: list[str]
    distinct: int
    filled: int


def _in_column(
    column: int, heading: str, cells: _Cells, country: str, open_text: bool
) -> list[Personal]:
    filled = cells.filled
    by_heading = None if open_text else _from_heading(heading, cells)
    if by_heading is not None:
        return [Personal(column, heading, by_heading[0], filled, by_heading[1])]
    given = cells.searched.items()
    if _COORDINATE_HEADING.search(heading):
        numbers = sum(count for cell, count in given if _FINE_NUMBER.match(cell.strip()))
        if numbers >= _WHOLE * filled:
            return [Personal(column, heading, "coordinates", filled, "coarsen")]
    moments = sum(count for cell, count in given if MOMENT.match(cell.strip()))
    if moments >= _WHOLE * filled:
        return [Personal(column, heading, "exact time", moments, "coarsen")]
    whole: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for cell, count in given:
        kinds = set()
        for hit in found_in(cell[:LONGEST], country):
            kinds.add(hit.kind)
            if (hit.end - hit.start) >= 0.8 * len(cell.strip()):
                whole[hit.kind] += count
        if not open_text and looks_like_a_name(cell):
            kinds = kinds or {"name"}
            if cells.distinct > 3 and count * 10 <= max(filled, 10):
                whole["name"] += count
        for kind in kinds:
            inside[kind] += count
    result = []
    for kind, count in sorted(inside.items()):
        action: Action = "scrub"
        if not open_text and whole[kind] >= _WHOLE * filled:
            action = "coarsen" if kind in {"postcode", "coordinates"} else "drop"
        result.append(Personal(column, heading, kind, count, action))
    return result


def _from_heading(heading: str, cells: _Cells) -> tuple[str, Action] | None:
    # Choices repeat and details do not: a question such as "How do you prefer to hear
    # from us: e-mail or phone?" is about them and holds none.
    few = cells.distinct <= max(2, cells.filled // 4) and cells.filled > 5
    for pattern, kind, action in _HEADINGS:
        if not pattern.search(heading.strip()):
            continue
        if kind in {"email", "phone"}:
            right = any(
                any(hit.kind == kind for hit in find_identifiers(cell)) for cell in cells.first
            )
            if not right:
                continue
        elif (kind == "name" and few) or (
            kind in {"address", "name"} and max(map(len, cells.first)) > 200
        ):
            continue
        return kind, action
    return None
