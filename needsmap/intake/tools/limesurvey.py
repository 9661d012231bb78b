"""LimeSurvey: headings "code[SQ001]. Question [Option]", ids and dates first."""

from __future__ import annotations

import re

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather

_CODED = re.compile(
    r"(?P<code>[A-Za-z][A-Za-z0-9]*)(?:\[(?P<sub>[A-Za-z0-9_]+)\])?(?:\[\d+\])*\.\s+(?P<text>.+)",
    re.DOTALL,
)
_OPTION = re.compile(r"(?P<question>.*\S)\s*\[(?P<option>[^\[\]]+)\]\s*", re.DOTALL)


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by coded headings, some of them with a code in square brackets."""
    coded = [match for heading in raw.headings if (match := _CODED.fullmatch(heading))]
    subs = [match for match in coded if match["sub"]]
    if len(coded) < 0.7 * len(raw.headings) or not subs:
        return None
    return Evidence("limesurvey", ("Headings read code[part]. Question [Option].",), 0.95)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question; parts with the same code belong together."""
    headings = []
    for i, heading in enumerate(raw.headings, start=1):
        coded = _CODED.fullmatch(heading)
        text = coded["text"].strip() if coded else heading
        parts = _OPTION.fullmatch(text) if coded and coded["sub"] else None
        if parts is None:
            headings.append(Heading(i, text))
        else:
            headings.append(Heading(i, parts["question"].strip(), parts["option"].strip()))
    return gather(raw, headings)
