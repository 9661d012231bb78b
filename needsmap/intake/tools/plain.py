"""Any table: one question a column. The fallback when no form tool is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.ticks import is_mark
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather, in_brackets
from needsmap.intake.tools.headings import cut_at_joints
from needsmap.intake.wording import role_of_facts

_MOST_SPELLINGS = 64
"""No mark has more ways to be written, small and large letters counted."""
_FEWEST_OPTIONS, _MOST_MARKS = 3, 4


def recognise(raw: RawTable) -> Evidence | None:
    """Accept any table, with little confidence."""
    return Evidence("plain", ("A table with one row of headings.",), 0.05)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a column, leaving out columns with neither heading nor answers.

    Columns that hold ticks or places are one question when they are headed "Question
    [Option]" or "Question - Option", or stand together and hold nothing but a mark.
    """
    return _marked(raw, _at_joints(raw, in_brackets(raw)))


def _at_joints(raw: RawTable, groups: Sequence[ColumnGroup]) -> list[ColumnGroup]:
    """Join single columns headed "Question - Option" where they are ticks or places."""
    cut = cut_at_joints(raw.headings)
    result: list[ColumnGroup] = []
    for (question, has_option), run in groupby(groups, lambda g: _cut_of(g, cut)):
        members = list(run)
        if has_option and len(members) > 1:
            headings = [Heading(g.columns[0], question, cut[g.columns[0]][1]) for g in members]
            together = gather(raw, headings, any_tick=False)
            members = together if len(together) == 1 else members
        result.extend(members)
    return result


def _cut_of(group: ColumnGroup, cut: dict[int, tuple[str, str]]) -> tuple[str, bool]:
    if len(group.columns) > 1 or group.shape != "single":
        return str(group.columns), False
    question, option = cut[group.columns[0]]
    return question, option != ""


def _marked(raw: RawTable, groups: Sequence[ColumnGroup]) -> list[ColumnGroup]:
    """Join neighbours that hold one mark ("x", "1") where they were chosen, else nothing.

    The file does not hold what was asked, so the first options stand in for it.
    """
    result: list[ColumnGroup] = []
    for is_option, run in groupby(groups, lambda g: _is_option(raw, g)):
        members = list(run)
        marked = any(len(raw.column(g.columns[0]).dictionary) for g in members)
        if is_option and marked and len(members) >= _FEWEST_OPTIONS:
            texts = tuple(group.text for group in members)
            columns = tuple(group.columns[0] for group in members)
            members = [
                ColumnGroup(" / ".join(texts[:3]), columns, "spread_options", texts, "many_choices")
            ]
        result.extend(members)
    return result


def _is_option(raw: RawTable, group: ColumnGroup) -> bool:
    """Tell a column of marks that asks no question of its own and tells no group."""
    if len(group.columns) > 1 or not group.text or "?" in group.text:
        return False
    if len(raw.column(group.columns[0]).dictionary) > _MOST_SPELLINGS:
        return False
    if len(raw.column(group.columns[0]).dictionary) > _MOST_MARKS:
        return False
    return is_mark(distinct_texts(raw, group.columns[0])) and not role_of_facts(group.text)[0]
