"""Two heading rows: a question over its options, a row of codes over the texts, and so on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from needsmap.intake.scales import scale_of
from needsmap.intake.shapes import is_value
from needsmap.intake.wording import asks_to_choose, rates_a_need, role_of_meaning

Record = tuple[int, list[str]]
"""Row number in the file and its cells."""
Tiers = Literal["", "over_first", "over_blanks", "repeated", "codes_above", "codes_below"]

_LOOKED_AT = 60
_OLD_QUALTRICS = re.compile(r"V\d+")
_CODE = re.compile(r"(?:[A-Za-z]{1,5}[_.-]?)?\d{1,4}[a-z]?(?:[_.-](?:\d{1,3}|[a-z]))*")
_LETTER = re.compile(r"[A-Za-z]")
_QUALTRICS = frozenset(
    {"startdate", "enddate", "recordeddate", "responseid", "ipaddress", "finished", "progress",
     "status", "duration (in seconds)", "distributionchannel", "userlanguage", "responseset"}
)  # fmt: skip


def tiers(filled: Sequence[Record], at: int) -> Tiers:
    """Say how row `at` and the filled row right below it are headings together, or ""."""
    if at + 1 >= len(filled):
        return ""
    top, below = filled[at][1], filled[at + 1][1]
    if len(top) != len(below) or len(top) < 3:
        return ""
    body = [cells for _, cells in filled[at + 2 : at + _LOOKED_AT] if len(cells) == len(top)]
    if _over_first(top, below, body):
        return "over_first"
    if not body:
        return ""
    if _codes(top, below, numbers=True):
        return "codes_above"
    if _codes(below, top, numbers=False):
        return "codes_below"
    if _repeated(top, below, body):
        return "repeated"
    return "over_blanks" if _over_blanks(top, below, body) else ""


def tier_headings(
    kind: Tiers, top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]
) -> list[str]:
    """Return one heading a column: "question [option]" where the two rows say so."""
    top, below = [" ".join(t.split()) for t in top], [" ".join(b.split()) for b in below]
    if kind in {"codes_above", "codes_below"}:
        first, second = (below, top) if kind == "codes_above" else (top, below)
        return [text or code for text, code in zip(first, second, strict=True)]
    if kind == "repeated":
        times = Counter(top)
        return [
            f"{t} [{b}]" if b and times[t] > 1 and b != t else t or b
            for t, b in zip(top, below, strict=True)
        ]
    if kind == "over_blanks":
        return _spanned(top, below, body)
    headings: list[str] = []
    question = ""
    for i, text in enumerate(top):
        question = text or question
        spread = not text or (i + 1 < len(top) and not top[i + 1])
        headings.append(f"{question} [{below[i]}]" if spread and below[i] else question)
    return headings


def is_old_qualtrics(top: Sequence[str], below: Sequence[str]) -> bool:
    """Tell Qualtrics' rows of names and texts without the row of import ids."""
    codes = sum(_OLD_QUALTRICS.fullmatch(cell.strip()) is not None for cell in top)
    names = sum(cell.strip().casefold() in _QUALTRICS for cell in top)
    return (
        (codes >= 4 or names >= 4)
        and len(top) == len(below)
        and not any(is_value(cell) for cell in below)
    )


def _over_first(top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell a row of questions, each over its first option, and the row of their options.

    So SurveyMonkey writes: columns without options either have nothing below (ids, dates) or
    one word that is repeated under each of them and is not an answer in the rows that follow.
    """
    pairs = [(not t.strip(), not b.strip()) for t, b in zip(top, below, strict=True)]
    only_below = [i for i, (t, b) in enumerate(pairs) if t and not b]
    only_top = [i for i, (t, b) in enumerate(pairs) if b and not t]
    both = [i for i, (t, b) in enumerate(pairs) if not t and not b]
    neither = len(pairs) - len(only_below) - len(only_top) - len(both)
    if not only_below and not both:
        return False
    if neither > 0.1 * len(pairs) or top[0].strip() == "":
        return False
    if sum(is_value(below[i]) for i in only_below + both) > 0.2 * len(only_below + both):
        return False
    seen_below = [{cells[i].strip() for cells in body} for i in range(len(top))]
    repeated = Counter(below[i].strip() for i in both)
    word, times = repeated.most_common(1)[0] if repeated else ("", 0)
    word_is_label = times >= 2 and not any(
        word in seen_below[i] for i in both if below[i].strip() == word
    )
    if not only_below:
        # Every column has a heading: only a label that is never an answer tells two tiers. A
        # first answer of "yes, yes, yes" is none: labels are words ("Response", "Svar").
        letters = sum(map(str.isalpha, word))
        label = letters >= 4 and len(body) >= (2 if letters >= 6 else 5)
        return word_is_label and label and times >= max(3, 0.8 * len(both))
    ids = [i for i in only_top if sum(bool(c[i].strip()) for c in body) > 0.5 * len(body)]
    return bool(body) and (bool(ids) or word_is_label)


def _codes(codes: Sequence[str], texts: Sequence[str], *, numbers: bool) -> bool:
    """Tell a row of codes (Q1, Q2_1; with `numbers` also 1, 2, 3 …) beside a row of texts."""
    given = [cell.strip() for cell in codes if cell.strip()]
    words = [cell.strip() for cell in texts if cell.strip()]
    if len(given) < max(3, 0.8 * len(codes)) or len(words) < 0.8 * len(texts):
        return False
    if len(set(given)) < len(given) or not all(_CODE.fullmatch(cell) for cell in given):
        return False
    lettered = sum(_LETTER.match(cell) is not None for cell in given)
    in_order = numbers and given == [str(i) for i in range(1, len(given) + 1)]
    if not in_order and lettered < 0.8 * len(given):
        return False
    alike = sum(is_value(cell) or _CODE.fullmatch(cell) is not None for cell in words)
    return alike <= 0.1 * len(words) and sum(map(len, words)) > 2 * sum(map(len, given))


def _repeated(top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell questions written over each of their columns, with the options in the row below."""
    times = Counter(t.strip() for t in top if t.strip())
    spread = [i for i, t in enumerate(top) if times[t.strip()] > 1]
    single = [i for i, t in enumerate(top) if times[t.strip()] == 1]
    if len(spread) < 2 or sum(bool(t.strip()) for t in top) < 0.9 * len(top):
        return False
    options = [(top[i].strip(), below[i].strip()) for i in spread]
    if not all(option for _, option in options) or len(set(options)) < len(options):
        return False
    if any(is_value(option) for _, option in options) or _answers(spread, below, body):
        return False
    # Under one question all columns are answered alike; headings that merely repeat are not.
    if not all(_alike(body, top.index(top[i]), i) for i in spread):
        return False
    return all(not below[i].strip() or below[i] == top[i] for i in single) or (
        not _answers(single, below, body) and not any(is_value(below[i]) for i in single)
    )


def _over_blanks(top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell headings in the row below, and questions above the first of those they hold."""
    if sum(bool(b.strip()) for b in below) < 0.9 * len(below) or any(map(is_value, below)):
        return False
    starts = [i for i, t in enumerate(top) if t.strip()]
    questions = [i for i in starts if _is_question(top[i])]
    blanks = len(top) - len(starts)
    if not questions or blanks < 0.3 * len(top) or len(questions) < 0.5 * len(starts):
        return False
    over = [i for i in questions if i + 1 < len(top) and not top[i + 1].strip()]
    every = list(range(len(below)))
    return bool(over) and not _answers(every, below, body) and len(set(below)) > len(below) / 2


def _answers(columns: Sequence[int], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell a row of answers: its texts come again in the same columns further down."""
    again = sum(any(cells[i].strip() == below[i].strip() for cells in body) for i in columns)
    lone = sum(len({cells[i].strip() for cells in body} - {""}) == 1 for i in columns)
    # A column that says nothing but its heading is an option, ticked or not.
    return again - lone > 0.2 * len(columns)


def _is_question(text: str) -> bool:
    """Tell a question from the title of a section or of the whole table."""
    text = text.strip()
    asks = role_of_meaning(text) is not None or asks_to_choose(text) or rates_a_need(text)
    return text.endswith("?") or (asks and len(text.split()) > 2)


def _spanned(top: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Give each question the columns to its right that are answered as its first one is."""
    headings = []
    question, first = "", -1
    for i, option in enumerate(below):
        if top[i]:
            question, first = (top[i], i) if _is_question(top[i]) else ("", -1)
        elif question and (option.endswith("?") or not _alike(body, first, i)):
            question = ""
        headings.append(f"{question} [{option}]" if question and option else option or question)
    return headings


def _alike(body: Sequence[Sequence[str]], one: int, other: int) -> bool:
    """Tell columns with answers in common, on one scale, or ticked alike."""
    a, b = ({cells[i].strip() for cells in body} - {""} for i in (one, other))
    if not a or not b or a & b:
        return True
    return (len(a) == len(b) == 1) or scale_of(sorted(a | b)) is not None
