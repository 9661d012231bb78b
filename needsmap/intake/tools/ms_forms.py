"""Microsoft Forms, as its answers open in Excel or are saved as CSV.

Columns ID, start time, completion time, e-mail, name (in the language of the account) come
first; ticked options and ranked items each end in ";".
"""

from __future__ import annotations

from dataclasses import replace

from needsmap.intake.raw_table import RawTable
from needsmap.intake.shapes import CLOCK_PART, DATE, EMAIL
from needsmap.intake.tools import plain
from needsmap.intake.tools.evidence import ColumnGroup, Evidence

_LOOKED_AT = 200
_SHORT = 3


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by a running number and two times beside it, or cells ended with ";"."""
    if len(raw.header_rows) != 1 or len(raw.headings) < 4 or not raw.rows:
        return None
    first = _sample(raw, 0)
    if not first or not all(text.isdigit() and len(text) < 7 for text in first):
        return None
    if not all(_is_times(_sample(raw, i)) for i in (1, 2)):
        return None
    points = ["A number, a start time and an end time stand first."]
    ended = [i + 1 for i in range(3, len(raw.headings)) if _ends_all(raw, i)]
    if ended:
        points.append("Ticked options each end in ';'.")
    return Evidence("ms_forms", tuple(points), 0.85 if ended else 0.75)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a column; ";"-ended columns are many choices, or a ranking."""
    return [_hinted(raw, group) for group in plain.arrange(raw)]


def _hinted(raw: RawTable, group: ColumnGroup) -> ColumnGroup:
    """Say what Microsoft's own columns are, and how ";"-ended cells are to be read."""
    position = group.columns[0]
    if position == 1:
        return replace(group, hint_role="identity", hint_kind="number")
    if position in {2, 3}:
        return replace(group, hint_role="when", hint_kind="date")
    if position in {4, 5} and _of_account(raw):
        return replace(group, hint_role="identity", hint_kind="text")
    if position == 6 and _of_account(raw) and _is_change(raw):
        return replace(group, hint_role="when", hint_kind="date")
    if _ends_all(raw, position - 1):
        ranked = _is_ranking(raw, position - 1)
        return replace(group, hint_separator=";", hint_kind="ranking" if ranked else "many_choices")
    return group


def _of_account(raw: RawTable) -> bool:
    """Tell the columns of the account: an e-mail (or "anonymous" in some language), a name."""
    mails = set(_sample(raw, 3))
    one_word = len(mails) == 1 and " " not in next(iter(mails))
    short = all(0 < len(heading.split()) <= _SHORT for heading in raw.headings[3:5])
    return short and (not mails or one_word or all(EMAIL.fullmatch(mail) for mail in mails))


def _is_change(raw: RawTable) -> bool:
    """Tell the column of the time an answer was changed, blank where it was not."""
    texts = _sample(raw, 5)
    short = 0 < len(raw.headings[5].split()) <= _SHORT + 2
    return _is_times(texts) if texts else short and "?" not in raw.headings[5]


def _sample(raw: RawTable, column: int) -> list[str]:
    return [text.strip() for text in raw.beginning(column + 1, _LOOKED_AT) if text.strip()]


def _is_times(texts: list[str]) -> bool:
    stamped = [t for t in texts if DATE.fullmatch(t) and CLOCK_PART.search(t)]
    return bool(texts) and len(stamped) >= 0.9 * len(texts)


def _ends_all(raw: RawTable, column: int) -> bool:
    """Tell a column whose filled cells all end in ";"."""
    texts = _sample(raw, column)
    return bool(texts) and all(text.endswith(";") for text in texts)


def _is_ranking(raw: RawTable, column: int) -> bool:
    """Tell a ranking: every cell names the same items, only their order differs."""
    texts = _sample(raw, column)
    items = {frozenset(text.rstrip(";").split(";")) for text in texts}
    return len(items) == 1 and len(set(texts)) > 1 and len(next(iter(items))) > 2
