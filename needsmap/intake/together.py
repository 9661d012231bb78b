"""Questions asked over several plain columns: rankings, sums shared out, points.

Form tools often write one column a place ("biggest", "second biggest" problem) or one a
thing money is given to, with nothing but the wording and the answers to tell so. Columns
are joined only when both agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from needsmap.intake.facts import distinct_texts
from needsmap.intake.marks import is_follow_up, marks, place_told, plain_heading
from needsmap.intake.numbers_in import number_in, place_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.scales import scale_of, scales
from needsmap.intake.shared_out import common_stem, is_unsettled, join_amounts
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.tools.gather import are_orders, is_places

_METRES = (10_000_000.0, 10_000_000.0)
"""How far any grid in metres reaches, north and east."""
_MOST_OPTIONS = 60
_MOST_TOGETHER = 30
_TWICE = 0.1
"""People do give one answer twice; answers given apart from each other meet far oftener."""
_TWICE_COUNTED = 0.05
"""Columns that letters count may be parts of anything, so less is allowed."""


def join_columns(raw: RawTable, groups: Sequence[ColumnGroup]) -> list[ColumnGroup]:
    """Return the groups with single columns of one question brought together."""
    groups = _points(raw, list(groups))
    groups = _rankings(raw, _placed(raw, groups))
    return join_amounts(raw, groups)


# --- Points -----------------------------------------------------------------------------


def _points(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Join a column of latitudes (or northings) and one of longitudes (eastings) beside it."""
    result: list[ColumnGroup] = []
    for group in groups:
        last = result[-1] if result else None
        halves = _halves(raw, last, group) if last is not None else None
        if halves is None:
            result.append(group)
            continue
        north, east = halves
        both = (north.columns[0], east.columns[0])
        result[-1] = ColumnGroup(north.text, both, "point_parts", (), "point", "location")
    return result


def _halves(
    raw: RawTable, one: ColumnGroup, other: ColumnGroup
) -> tuple[ColumnGroup, ColumnGroup] | None:
    """Return (latitude, longitude) of two columns that are one point, or None."""
    if not (is_unsettled(one) and is_unsettled(other)):
        return None
    for north, east in ((one, other), (other, one)):
        if (
            marks().latitude.search(plain_heading(north.text))
            and marks().longitude.search(plain_heading(east.text))
            and any(
                _numbers_up_to(raw, north.columns[0], y) and _numbers_up_to(raw, east.columns[0], x)
                # Degrees may stand in the wrong order; that is told where they are looked up.
                for y, x in ((180, 180), _METRES)
            )
        ):
            return north, east
    return None


def _numbers_up_to(raw: RawTable, position: int, most: float) -> bool:
    texts = raw.column(position).dictionary[:400].to_pylist()
    given = [number_in(text) for text in texts if re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", text)]
    return bool(given) and len(given) > 0.8 * len(texts) and all(abs(n or 0) <= most for n in given)


# --- Columns an item, holding its place ---------------------------------------------------


def _placed(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Join columns that hold each item's place, no place given twice.

    Without a stem in common every answer must put all of the items in order.
    """
    result: list[ColumnGroup] = []
    i = 0
    while i < len(groups):
        for stem in (True, False):
            run = groups[i : _run_of_places(raw, groups, i, stem=stem)]
            columns = tuple(group.columns[0] for group in run)
            lists = [distinct_texts(raw, position) for position in columns]
            if len(run) >= 3 and is_places(lists) and are_orders(raw, columns):
                if not stem and not _all_answered_together(raw, columns):
                    continue
                question, options = common_stem([group.text for group in run])
                question = question or " / ".join(options[:3])
                result.append(
                    ColumnGroup(question, columns, "ranking_columns", tuple(options), "ranking")
                )
                i += len(run)
                break
        else:
            result.append(groups[i])
            i += 1
    return result


def _run_of_places(raw: RawTable, groups: Sequence[ColumnGroup], start: int, *, stem: bool) -> int:
    """Return where the columns of whole numbers from `start` on end."""
    end = start
    while end < len(groups) and end - start < _MOST_TOGETHER and is_unsettled(groups[end]):
        if stem and end > start and not common_stem([groups[start].text, groups[end].text])[0]:
            break
        if not _whole_numbers(raw, groups[end].columns[0]):
            break
        end += 1
    return end


def _all_answered_together(raw: RawTable, columns: Sequence[int]) -> bool:
    filled = np.array([raw.column(position).codes >= 0 for position in columns])
    any_filled = int(filled.any(axis=0).sum())
    return any_filled > 2 and int(filled.all(axis=0).sum()) >= 0.9 * any_filled


def _whole_numbers(raw: RawTable, position: int) -> bool:
    column = raw.column(position)
    if not 1 <= len(column.dictionary) <= _MOST_TOGETHER:
        return False
    return all(place_in(text) is not None for text in column.texts)


# --- Rankings ---------------------------------------------------------------------------


def _rankings(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Join columns asked for first, second, third choice from one list."""
    result: list[ColumnGroup] = []
    i = 0
    while i < len(groups):
        run = _run_from(raw, groups, i)
        if len(run) > 1:
            first = groups[run[0]]
            columns = tuple(groups[k].columns[0] for k in run)
            result.append(ColumnGroup(first.text, columns, "ranking_columns", (), "ranking"))
            inside = set(run)
            result.extend(groups[k] for k in range(i, run[-1] + 1) if k not in inside)
            i = run[-1] + 1
        else:
            result.append(groups[i])
            i += 1
    return result


def _run_from(raw: RawTable, groups: Sequence[ColumnGroup], start: int) -> list[int]:
    """Return the indexes of the columns of one ranking that begins at `start`."""
    run = [start]
    if not is_unsettled(groups[start]) or is_follow_up(groups[start].text):
        return run
    for k in range(start + 1, len(groups)):
        group = groups[k]
        if is_follow_up(group.text) or not len(raw.column(group.columns[0]).dictionary):
            continue
        if not is_unsettled(group) or not _next_place(raw, [groups[j] for j in run], group):
            break
        run.append(k)
    return run


def _next_place(raw: RawTable, before: Sequence[ColumnGroup], group: ColumnGroup) -> bool:
    """Tell whether a column asks for the place after those before it."""
    first = plain_heading(before[0].text)
    this = plain_heading(group.text)
    columns = [g.columns[0] for g in before] + [group.columns[0]]
    place = len(before)
    ordinals = marks().ordinals
    if place < len(ordinals) and (said := ordinals[place].search(this)):
        start = ordinals[0].search(first)
        if place == 1 and start is None:
            return False
        stem = _stem(first, start.span() if start else (0, 0))
        rest = _stem(this, said.span())
        # Some tools cut long headings, so what is left of one may begin the other.
        worded = stem.startswith(rest) or rest.startswith(stem) or _near(stem, rest)
        return worded and _one_list(raw, columns)
    if place_told(first, this) == place:
        return _one_list(raw, columns, _TWICE_COUNTED)
    numbers = [[int(n) for n in re.findall(r"\d+", text)] for text in (first, this)]
    if re.sub(r"\d+", "#", first) == re.sub(r"\d+", "#", this) and numbers[0] != numbers[1]:
        steps = [b - a for a, b in zip(*numbers, strict=True) if b != a]
        if steps == [place] and 1 in numbers[0]:
            return _one_list(raw, columns)
    if re.sub(r"\W?0*\d{1,3}$", "", first) == re.sub(r"\W?0*\d{1,3}$", "", this):
        # The same question twice: a first and a second answer, when never the same.
        return _one_list(raw, columns) and _answered_together(raw, columns)
    return False


def _stem(heading: str, span: tuple[int, int]) -> str:
    return " ".join((heading[: span[0]] + " " + heading[span[1] :]).split())


def _near(one: str, other: str) -> bool:
    """Tell headings that share their beginning up to the end of the shorter's words."""
    a, b = one.split(), other.split()
    shared = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if shared >= 2 and shared >= 0.5 * min(len(a), len(b)):
        return True
    # "What is the biggest problem here?", then only "second biggest problem".
    long = [{re.sub(r"\W", "", word) for word in words if len(word) > 4} for words in (a, b)]
    return bool(long[0] & long[1])


def _one_list(raw: RawTable, columns: Sequence[int], twice: float = _TWICE) -> bool:
    """Tell columns that choose from one list, and never the same thing twice in a row."""
    lists = [distinct_texts(raw, position) for position in columns]
    apart = scales().apart
    sets = [{t for t in texts if t.casefold() not in apart} for texts in lists]
    if any(len(texts) > _MOST_OPTIONS or not texts for texts in sets):
        return False
    if any(number_in(text) is not None and text.isdigit() for text in sets[0]):
        return False
    if scale_of(sorted(set.union(*sets))):
        return False
    common = set.intersection(*sets[-2:])
    few = sum(raw.column(p).answered for p in columns) < 40
    if len(common) < (1 if few else max(2, 0.5 * min(len(s) for s in sets[-2:]))):
        return False
    return _same_twice(raw, columns[-2], columns[-1]) <= twice


def _same_twice(raw: RawTable, one: int, other: int) -> float:
    """Return the share of rows that give the same answer in both of two columns."""
    a, b = raw.column(one), raw.column(other)
    apart = scales().apart | {"other", "others", "none", "muu", "otro", "autre", "arall", "andere"}
    number = {t: i for i, t in enumerate(a.texts) if t.casefold() not in apart}
    mapped = np.array([number.get(text, -2) for text in b.texts] + [-2], np.int64)[b.codes]
    both = (a.codes >= 0) & (b.codes >= 0)
    return float((a.codes[both] == mapped[both]).sum() / both.sum()) if both.any() else 0.0


def _answered_together(raw: RawTable, columns: Sequence[int]) -> bool:
    """Tell columns that hardly anybody answers one without the other."""
    a, b = (raw.column(position).codes >= 0 for position in columns[-2:])
    either = int((a | b).sum())
    return either >= 20 and int((a & b).sum()) >= 0.9 * either


# --- Sums shared out --------------------------------------------------------------------
