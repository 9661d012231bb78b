"""Any table: one question a column. The fallback when no form tool is recognised."""

from __future__ import annotations

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import in_brackets


def recognise(raw: RawTable) -> Evidence | None:
    """Accept any table, with little confidence."""
    return Evidence("plain", ("A table with one row of headings.",), 0.05)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a column, leaving out columns with neither heading nor answers.

    Columns headed "Question [Option]" that hold ticks or places are one question.
    """
    return in_brackets(raw)
