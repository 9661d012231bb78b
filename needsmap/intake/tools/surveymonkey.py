"""SurveyMonkey: questions over their first column, options in a second heading row.

Also its one-row form, "Question - Option" or "Question: Option" over a column an option.
"""

from __future__ import annotations

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by two heading rows of which the upper has gaps, and a number a respondent."""
    if len(raw.header_rows) != 2 or len(raw.header_cells) != 2:
        return None
    top, below = raw.header_cells
    gaps = sum(not t.strip() and bool(b.strip()) for t, b in zip(top, below, strict=True))
    if not gaps and len({b.strip() for b in below if b.strip()}) > 1:
        return None
    points = ["Questions stand in one row and their options in the row below."]
    first = raw.cells[0].str.strip()
    confidence = 0.75
    if len(first) and first.str.fullmatch(r"\d{6,}").all():
        points.append("Every answer has a long number.")
        confidence = 0.9
    return Evidence("surveymonkey", tuple(points), confidence)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question, its options from the second row."""
    top, below = raw.header_cells
    headings: list[Heading] = []
    question = ""
    for i, text in enumerate(top):
        question = " ".join(text.split()) or question
        spread = not text.strip() or (i + 1 < len(top) and not top[i + 1].strip())
        headings.append(Heading(i + 1, question, " ".join(below[i].split()) if spread else ""))
    return gather(raw, headings)
