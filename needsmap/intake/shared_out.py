"""Sums people shared out over several plain columns: budgets and points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from needsmap.intake.facts import distinct_texts
from needsmap.intake.numbers_in import number_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.shapes import MONEY_OR_SHARE
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.tools.gather import are_orders, is_places
from needsmap.intake.wording import role_of_facts

_MOST_TOGETHER = 30
_ROWS = 4000
_SAME_SUM = 0.6
_LEAST_SUM = 10.0
_GRID = re.compile(r"(?P<question>.*\S)\s*\[(?P<option>[^\[\]]*)\]\s*", re.DOTALL)


def is_unsettled(group: ColumnGroup) -> bool:
    """Tell a column no tool has settled yet."""
    return len(group.columns) == 1 and group.hint_kind is None and group.hint_role is None


def join_amounts(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Join neighbouring columns of numbers whose rows add up to one sum."""
    result: list[ColumnGroup] = []
    i = 0
    while i < len(groups):
        if not _may_be_amount(raw, groups[i]):
            result.append(groups[i])
            i += 1
            continue
        j = i
        while j < len(groups) and j - i < _MOST_TOGETHER and _may_be_amount(raw, groups[j]):
            j += 1
        end = _longest_sum(raw, groups, i, j)
        if end:
            group = _amount_group(groups[i:end])
            given = [distinct_texts(raw, position) for position in group.columns]
            if is_places(given) and are_orders(raw, group.columns):
                # Places from 1 to n add up to one sum as well.
                group = replace(group, shape="ranking_columns", hint_kind="ranking")
            result.append(group)
            i = end
        else:
            result.append(groups[i])
            i += 1
    return result


def _may_be_amount(raw: RawTable, group: ColumnGroup) -> bool:
    """Tell a column of plain, money or per cent numbers that asks no other fact."""
    if len(group.columns) != 1 or group.hint_kind is not None or group.hint_role is not None:
        return False
    texts = raw.column(group.columns[0]).dictionary[:400].to_pylist()
    if not texts or not all(MONEY_OR_SHARE.fullmatch(text) for text in texts):
        return False
    return role_of_facts(group.text)[0] not in {"identity", "when", "location", "group"}


def _longest_sum(raw: RawTable, groups: Sequence[ColumnGroup], start: int, stop: int) -> int:
    """Return where the longest run from `start` whose rows add up to one sum ends, or 0."""
    columns = [groups[k].columns[0] for k in range(start, stop)]
    table_ = numbers_of(raw, columns)[:, :_ROWS]
    for end in range(stop, start + 1, -1):
        part = table_[: end - start]
        if is_shared_out(part):
            # A column that is always nothing at the edge belongs to no sum for certain.
            return end if _share_words(groups[start:end]) or end - start > 2 else 0
    return 0


def _share_words(groups: Sequence[ColumnGroup]) -> bool:
    return bool(common_stem([group.text for group in groups])[0])


def numbers_of(raw: RawTable, columns: Sequence[int]) -> npt.NDArray[np.float64]:
    """Return the numbers of columns (positions), one line a column; NaN where none is."""
    lines = []
    for position in columns:
        column = raw.column(position)
        numbers = [number_in(text) for text in column.texts]
        values = np.array([np.nan if n is None else n for n in numbers] + [np.nan])
        lines.append(values[column.codes])
    return np.array(lines)


def is_shared_out(numbers: npt.NDArray[np.float64]) -> bool:
    """Tell numbers whose rows mostly add up to one sum of at least 10."""
    given = ~np.isnan(numbers).all(axis=0)
    if given.sum() < 3 or numbers.shape[0] < 2:
        return False
    sums = np.nansum(numbers[:, given], axis=0).round(6)
    usual, times = Counter(sums.tolist()).most_common(1)[0]
    spread = len({tuple(row) for row in np.nan_to_num(numbers[:, given][:, :50]).T.tolist()})
    enough = times >= max(_SAME_SUM * given.sum(), 3)
    return usual >= _LEAST_SUM and enough and spread > 1 and bool((numbers[:, given] >= 0).any())


def _amount_group(groups: Sequence[ColumnGroup]) -> ColumnGroup:
    question, options = common_stem([group.text for group in groups])
    columns = tuple(group.columns[0] for group in groups)
    if not question:
        question = " / ".join(options[:3])
    return ColumnGroup(question, columns, "amount_columns", tuple(options), "amount")


def common_stem(headings: Sequence[str]) -> tuple[str, list[str]]:
    """Return what headings have in common, and each one's own words."""
    grid = [_GRID.fullmatch(heading) for heading in headings]
    if all(grid) and len({m["question"] for m in grid if m}) == 1:
        return grid[0]["question"], [m["option"].strip() for m in grid if m]  # type: ignore[index]
    words = [heading.split() for heading in headings]
    shortest = min(len(each) for each in words)
    front = 0
    while front < shortest - 1 and all(a[front] == b[front] for a, b in pairwise(words)):
        front += 1
    back = 0
    while back < shortest - 1 - front and all(
        a[-1 - back] == b[-1 - back] for a, b in pairwise(words)
    ):
        back += 1
    stem = [*words[0][:front], *words[0][len(words[0]) - back :]]
    options = [
        " ".join(each[front : len(each) - back]).strip(" -–:([])") or heading
        for each, heading in zip(words, headings, strict=True)
    ]
    return " ".join(stem).strip(" -–:([])"), options
