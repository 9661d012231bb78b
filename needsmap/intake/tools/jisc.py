"""Jisc Online Surveys (BOS), coded: headings Q1, Q10_3, Q11_2_a_1; answers are numbers.

What the codes mean stands in the KEY file that the same export holds.
"""

from __future__ import annotations

import re

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather

_CODE = re.compile(r"[Qq](?P<number>\d+)(?P<parts>(?:_(?:\d+|[a-z]))*)")


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
    """Return one group a question; Q10_1, Q10_2, … are its options when they hold ticks."""
    headings = []
    for i, heading in enumerate(raw.headings, start=1):
        code = _CODE.fullmatch(heading)
        base, _, last = heading.rpartition("_")
        if code and code["parts"] and last.isdigit():
            headings.append(Heading(i, base, last))
        else:
            headings.append(Heading(i, heading))
    return gather(raw, headings)
