"""Form tools: each module knows how one tool writes its exports, and nothing else.

A module has `recognise(raw) -> Evidence | None` and `arrange(raw) -> list[ColumnGroup]`.
"""

from __future__ import annotations

from types import ModuleType

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools import (
    google_forms,
    jisc,
    kobo,
    limesurvey,
    ms_forms,
    plain,
    qualtrics,
    surveymonkey,
    typeform,
)
from needsmap.intake.tools.evidence import ColumnGroup, Evidence

__all__ = ["TOOLS", "ColumnGroup", "Evidence", "recognise"]

TOOLS: tuple[ModuleType, ...] = (
    google_forms, ms_forms, surveymonkey, qualtrics, kobo, limesurvey, typeform, jisc, plain,
)  # fmt: skip


def recognise(raw: RawTable) -> tuple[Evidence, list[ColumnGroup]]:
    """Return the tool that most likely wrote the file, and its columns by question.

    The module with the highest confidence wins; `plain` accepts every table.

    Raises
    ------
    UnreadableFile
        When the tool is known and its table does not hold one row an answer.
    """
    found = [(evidence, tool) for tool in TOOLS if (evidence := tool.recognise(raw)) is not None]
    evidence, tool = max(found, key=lambda pair: pair[0].confidence)
    if hasattr(tool, "refuse"):
        tool.refuse(raw)
    return evidence, tool.arrange(raw)
