"""Texts that are no tables: notes with headings and lists, and paragraphs over several lines."""

from __future__ import annotations

import re
from itertools import pairwise

from needsmap.intake.separators import sniff_delimiter

_TITLE = re.compile(r"#{1,6} +\S|<!--|---\s*$")
_MARK = re.compile(
    r"#{1,6} +\S|[-*+] +\S|\d{1,3}[.)] +\S|```|> |={3,}\s*$|-{3,}\s*$|!?\[[^\]]*\]\("
)
_QUOTED = re.compile(r'(?:^|[,;|\t])"|"(?:$|[,;|\t])')
_RULE = re.compile(r"[=~-]{4,}\s*$")
_ENDS = tuple(".!?:;\"'”’)]}>|")
_LINES = 400
_ALIKE = 0.6
_MARKED, _GAPS = 0.1, 0.08
_RUNNING_ON = 0.25
_FEWEST = 4
_WRAPPED = 40
"""Characters in a line before one that goes on: shorter lines are answers of a word or two."""


def is_prose(text: str) -> bool:
    """Tell notes and letters from tables, by the beginning of the text.

    Markdown starts with a title and has marks or gaps further down; wrapped paragraphs have
    gaps, and lines that go on in small letters where the one before did not end. Where most
    lines cut into equally many cells it is a table, whatever else it looks like.
    """
    lines = text.splitlines()[:_LINES]
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2 or any('"' in line for line in filled[:1]) or _is_table(filled):
        return False
    gaps = sum(not line.strip() for line in lines[lines.index(filled[0]) :]) / len(lines)
    marked = sum(_MARK.match(line) is not None for line in filled[1:]) / len(filled)
    if _TITLE.match(filled[0]) or _RULE.match(filled[1]):
        return marked >= _MARKED or gaps >= _GAPS
    if any(_QUOTED.search(line) for line in filled):
        # A cell between quotation marks may hold paragraphs of its own.
        return False
    running = sum(
        bool(line.strip())
        and len(above) >= _WRAPPED
        and line[:1].islower()
        and not above.rstrip().endswith(_ENDS)
        for above, line in pairwise(lines)
    )
    return len(filled) >= _FEWEST and gaps >= _GAPS and running >= _RUNNING_ON * len(filled)


def _is_table(filled: list[str]) -> bool:
    """Tell lines that mostly hold equally many separators, at least one."""
    between = sniff_delimiter(filled)
    # A comma in a sentence has a blank behind it, between cells it seldom has.
    counts = [line.count(between) - line.count(f"{between} ") for line in filled]
    usual = max(set(counts), key=counts.count)
    return usual > 0 and counts.count(usual) >= _ALIKE * len(counts)
