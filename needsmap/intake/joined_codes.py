"""Several codes in one cell, joined with spaces or commas: "parks buses", "1,3,4"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from needsmap.intake.facts import Facts

_NUMBERS = re.compile(r"\d{1,2}(?:(?:, ?|; ?| )\d{1,2})*")
_WORDS = re.compile(r"[a-z0-9_\-]+(?: [a-z0-9_\-]+)*")
_MOST_CODES = 40
_FEWEST = 8
_EACH_AGAIN = 3.0


def joint_of_codes(facts: Facts) -> str | None:
    """Return what joins the codes in a column's distinct cells, or None when they are none.

    Numbers: some cells hold three or more, none holds one twice. Words: without capitals or
    marks, and each comes often beside different others, as words of a sentence do not.
    """
    sample = facts.sample
    if facts.answered < _FEWEST or len(sample) < 3:
        return None
    if all(_NUMBERS.fullmatch(text) for text in sample):
        joint = next((mark for mark in (",", ";", " ") if any(mark in text for text in sample)), "")
        parts = [[part.strip() for part in text.split(joint or " ")] for text in sample]
        longest = max(map(len, parts))
        return joint if joint and longest > 2 and _are_chosen(parts, facts.counts) else None
    if not all(_WORDS.fullmatch(text) for text in sample):
        return None
    parts = [text.split() for text in sample]
    return " " if _are_chosen(parts, facts.counts) else None


def _are_chosen(parts: Sequence[Sequence[str]], counts: Sequence[int]) -> bool:
    """Tell codes chosen freely: none twice in a cell, few in all, each often, recombined."""
    named: Counter[str] = Counter()
    where: dict[str, set[int]] = {}
    for i, (each, n) in enumerate(zip(parts, counts, strict=False)):
        if len(set(each)) < len(each):
            return False
        for part in each:
            named[part] += n
            where.setdefault(part, set()).add(i)
    if len(named) > _MOST_CODES or named.total() < _EACH_AGAIN * len(named):
        return False
    # Words that never part are one answer ("65 or over"), not several.
    alike = {part: frozenset(cells) for part, cells in where.items()}
    several = sum(len({alike[part] for part in each}) > 1 for each in parts)
    lone = sum(len(cells) < 2 for cells in where.values())
    return several >= 0.2 * len(parts) and lone <= 0.1 * len(where)
