"""Jisc Online Surveys (BOS), coded: headings Q1, Q10_3, Q11_2_a_1; answers are numbers.

What the codes mean stands in the KEY file that the same export holds (`codes.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather
from needsmap.tables import Kind, Role

_CODE = re.compile(r"[Qq](?P<number>\d+)(?P<parts>(?:_(?:\d+|[a-z]))*)")
_CELL = re.compile(r"(?P<row>[Qq]\d+_\d+)_(?P<column>[a-z](?:_\d+)?)")
_MOST_CODES = 60
_OWN: dict[str, tuple[Role, Kind]] = {
    "urn": ("identity", "text"),
    "unique response number": ("identity", "text"),
    "startdate": ("when", "date"),
    "completiondate": ("when", "date"),
    "completion date": ("when", "date"),
}


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by coded headings throughout, after a column of unique numbers."""
    coded = sum(_CODE.fullmatch(heading) is not None for heading in raw.headings)
    if len(raw.headings) < 4 or coded < 0.8 * len(raw.headings):
        return None
    parts = sum("_" in heading for heading in raw.headings)
    if not parts:
        return None
    return Evidence("jisc", ("Headings are codes such as Q1 and Q10_3.",), 0.85)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question; Q10_1, Q10_2, … are its options when they hold ticks.

    Of a table of boxes (Q11_1_a_1, Q11_1_b_1) each row is a question.
    """
    headings = []
    heads = {h.rsplit("_", n)[0] for h in raw.headings for n in range(1, h.count("_") + 1)}
    for i, heading in enumerate(raw.headings, start=1):
        if heading in heads and not distinct_texts(raw, i):
            # The question of a table of boxes has a column of its own, with nothing in it.
            continue
        code = _CODE.fullmatch(heading)
        cell = _CELL.fullmatch(heading)
        base, _, last = heading.rpartition("_")
        if cell:
            headings.append(Heading(i, cell["row"], cell["column"]))
        elif code and code["parts"] and last.isdigit():
            headings.append(Heading(i, base, last))
        else:
            headings.append(Heading(i, heading))
    return [_coded(raw, group) for group in gather(raw, headings)]


def _coded(raw: RawTable, group: ColumnGroup) -> ColumnGroup:
    """Say that a single column of small whole numbers holds the codes of its choices."""
    key = group.text.strip().casefold()
    if key in _OWN:
        role, kind = _OWN[key]
        return replace(group, hint_role=role, hint_kind=kind)
    if len(group.columns) > 1 or group.hint_kind or not _CODE.match(group.text):
        return group
    given = distinct_texts(raw, group.columns[0])
    codes = bool(given) and all(text.isdigit() and 0 < int(text) <= _MOST_CODES for text in given)
    if not codes:
        return group
    offered = tuple(sorted(given, key=int))
    return replace(group, hint_kind="one_choice", hint_separator="", option_texts=offered)
