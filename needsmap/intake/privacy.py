"""Personal details: found in every column, and gone before anything is kept.

Columns that say who somebody is are dropped whole; a place is made coarse (a postcode
becomes an area, then goes); a moment becomes a day; details inside free text are replaced
by a word in square brackets, such as [email].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.intake.identifiers import find_identifiers
from needsmap.intake.names import LONGEST_NAME, looks_like_a_name
from needsmap.intake.quick_look import FROM, surely_clean
from needsmap.intake.raw_table import Encoded, RawTable
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
_MANY_CELLS = 64
_FIRST = 200
_FIGURES_ALIKE = np.arange(256, dtype=np.uint8)
_FIGURES_ALIKE[ord("0") : ord("9") + 1] = ord("0")
_PLAIN_POSTCODE = "^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}$"

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
_MOMENT = re.compile(
    r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[T ,]{1,3}[0-9]{1,2}[:.][0-9]{2}"
    r"|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4},? [0-9]{1,2}:[0-9]{2}"
    r"|[A-Z][a-z]{2,8} [0-9]{1,2},? [0-9]{4},? [0-9]{1,2}:[0-9]{2}"
)


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
    raw: RawTable, *, country: str = "GB", open_text: Iterable[int] = ()
) -> list[Personal]:
    """Return the personal details of every column, in the order of the columns.

    Works on the distinct cells of a column. A column may have several findings, one a
    kind. Columns in `open_text` (positions from 1) are never dropped whole because of
    what their cells hold.
    """
    found: list[Personal] = []
    texts = set(open_text)
    for place, heading in enumerate(raw.headings):
        column = raw.column(place + 1)
        if whole := _moments(column, place + 1, heading):
            found.append(whole)
            continue
        plain = _plain_postcodes(column)
        # Alike in form and already counted: one stands for all where cells are looked at.
        keep = ~plain
        keep[np.flatnonzero(plain)[:1]] = True
        cells = column.dictionary.filter(pa.array(keep))
        if not len(cells):
            continue
        counts = np.where(plain, column.counts[plain].sum(), column.counts)[keep]
        free = place + 1 in texts
        looked = np.flatnonzero(_to_be_searched(cells, free))
        found.extend(
            _in_column(
                place + 1,
                heading,
                _Cells(
                    dict(
                        zip(
                            cells.take(pa.array(looked)).to_pylist(),
                            counts[looked].tolist(),
                            strict=True,
                        )
                    ),
                    first=cells[:_FIRST].to_pylist(),
                    distinct=len(cells),
                    filled=int(counts.sum()),
                ),
                country,
                free,
            )
        )
    return found


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


def _to_be_searched(cells: pa.LargeStringArray, open_text: bool) -> npt.NDArray[np.bool_]:
    """Say of each distinct cell whether a detail may be in it or, but in open text, it be one."""
    if len(cells) < FROM:
        return np.ones(len(cells), bool)
    clean = surely_clean(cells)
    if not open_text:
        clean &= np.asarray(pc.greater(pc.binary_length(cells), LONGEST_NAME), bool)
    return ~clean


def _plain_postcodes(column: Encoded) -> npt.NDArray[np.bool_]:
    """Say of each distinct cell whether it is a full postcode in capitals and nothing else."""
    if len(column.dictionary) < _MANY_CELLS:
        return np.zeros(len(column.dictionary), bool)
    matched = pc.match_substring_regex(column.dictionary, _PLAIN_POSTCODE)
    return np.asarray(matched.to_numpy(zero_copy_only=False), bool)


def _moments(column: Encoded, position: int, heading: str) -> Personal | None:
    """Return the finding of a column of moments; its cells are not looked at one by one."""
    if not len(column.dictionary) or any(p.search(heading.strip()) for p, _, _ in _HEADINGS):
        return None
    sample = column.dictionary[:50].to_pylist()
    if sum(_MOMENT.match(text) is not None for text in sample) < _WHOLE * len(sample):
        return None
    cells = _matching(column, f"^(?:{_MOMENT.pattern})")
    if cells < _WHOLE * column.answered:
        return None
    return Personal(position, heading, "exact time", cells, "coarsen")


def _matching(column: Encoded, pattern: str) -> int:
    """Return how many cells match a pattern that takes every plain figure for any other.

    Moments differ by their figures alone: of those alike in form that stand together, one
    is looked at.
    """
    texts = column.dictionary
    _, offsets, letters = texts.buffers()
    if letters is None or texts.offset:
        forms, ends = texts, np.arange(1, len(texts) + 1)
    else:
        same = pa.py_buffer(_FIGURES_ALIKE[np.frombuffer(letters, np.uint8)])
        alike = pa.LargeStringArray.from_buffers(len(texts), offsets, same)
        runs = pc.run_end_encode(alike, run_end_type=pa.int64())
        forms, ends = runs.values, np.asarray(runs.run_ends)
    matched = pc.match_substring_regex(forms, pattern).to_numpy(zero_copy_only=False)
    cells = np.add.reduceat(column.counts, np.append(0, ends[:-1]))
    return int(cells[matched].sum())


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
    moments = sum(count for cell, count in given if _MOMENT.match(cell.strip()))
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
