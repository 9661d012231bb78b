"""Google Forms, as its responses sheet is saved: CSV or XLSX, any language of heading.

A time stamp stands first, whatever its heading is called; ticked options are joined with
", " and nothing is escaped; a grid gives a column a row, headed "Question [Row]".
"""

from __future__ import annotations

from needsmap.intake.raw_table import RawTable
from needsmap.intake.shapes import CLOCK_PART, DATE
from needsmap.intake.tools import plain
from needsmap.intake.tools.evidence import ColumnGroup, Evidence

_LOOKED_AT = 200
_JOINED_IN = 50


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by one heading row and a first column in which every cell is a time stamp."""
    if len(raw.header_rows) != 1 or len(raw.headings) < 2 or not raw.rows:
        return None
    first = [text.strip() for text in raw.beginning(1, _LOOKED_AT)]
    stamped = [text for text in first if DATE.fullmatch(text) and CLOCK_PART.search(text)]
    if len(stamped) < 0.98 * len(first):
        return None
    second = [text.strip() for text in raw.beginning(2, _LOOKED_AT)]
    if sum(bool(DATE.fullmatch(text) and CLOCK_PART.search(text)) for text in second) > 0.5 * len(
        second
    ):
        # Start and end beside each other: another tool.
        return None
    points = ["The first column holds the time of every answer."]
    confidence = 0.6
    if raw.headings[0] and len(raw.headings[0].split()) <= 3:
        points.append(f"It is headed '{raw.headings[0]}'.")
        confidence += 0.05
    columns = range(1, len(raw.headings) + 1)
    if any(", " in text for column in columns for text in raw.beginning(column, _JOINED_IN)):
        points.append("Ticked options are joined with commas.")
        confidence += 0.05
    return Evidence("google_forms", tuple(points), confidence)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return the time marked, rows of a grid told apart, and one group a column else."""
    groups = []
    for group in plain.arrange(raw):
        if group.columns == (1,):
            groups.append(ColumnGroup(group.text, (1,), hint_kind="date", hint_role="when"))
        else:
            groups.append(group)
    return groups
