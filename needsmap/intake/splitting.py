"""Cells that hold several answers: which options a form offered, even with commas inside.

A form tool joins what was ticked with a separator and escapes nothing, so an option
"Parks, gardens and squares" looks like two. Its pieces give it away: they always stand
together and in the same order, while true options also stand alone or beside others. The
counts of neighbouring pieces over all distinct cells decide, so the work grows with
distinct cells, not with rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

OTHER = "Other"
_ROUNDS = 24
_SURE_FROM = 5
_NEARLY_ALWAYS = 0.97
_MANY = 30
_OPENING = re.compile(r"[(\[（]")
_BRACKETS = str.maketrans({"（": "(", "）": ")", "[": "(", "]": ")"})


@dataclass(frozen=True)
class Learned:
    """What was learned about a column of joined answers.

    options: (text, answers) of what the form offered, most chosen first. pieces: answers'
    pieces in all; known: those that are options; several: answers with two options or more;
    answers: all; combinations: distinct cells seen more than once; whole: distinct cells of
    two options or more and nothing else. joined: answers of two pieces or more; own: of
    these, answers with a piece that is no option.
    """

    options: tuple[tuple[str, int], ...]
    pieces: int
    known: int
    several: int
    answers: int
    combinations: int
    whole: int = 0
    joined: int = 0
    own: int = 0


def pieces_of(cell: str, separator: str) -> list[str]:
    """Cut a cell at the separator; blank pieces (Microsoft's last ';') are dropped."""
    return [piece for each in cell.split(separator) if (piece := each.strip())]


def split(cell: str, separator: str, options: frozenset[str] | set[str]) -> tuple[list[str], str]:
    """Return the offered options a cell names, in its order, and the rest as written.

    The longest option that fits is taken at each piece. The rest is what people wrote
    themselves: its pieces are joined again as they stood; "" when there is none.
    """
    if (whole := cell.strip()) in options:
        return [whole], ""
    pieces = pieces_of(cell, separator)
    reach, heads, joints = _longer(separator, frozenset(options))
    chosen: list[str] = []
    rest: list[str] = []
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if piece in heads:
            for j in range(min(len(pieces), i + reach), i + 1, -1):
                text = next((t for s in joints if (t := s.join(pieces[i:j])) in options), None)
                if text is not None:
                    chosen.append(text)
                    i = j
                    break
            else:
                (chosen if piece in options else rest).append(piece)
                i += 1
        else:
            (chosen if piece in options else rest).append(piece)
            i += 1
    return chosen, joints[-1].join(rest)


@lru_cache(maxsize=64)
def _longer(separator: str, options: frozenset[str]) -> tuple[int, frozenset[str], tuple[str, ...]]:
    """Return what is to be known of options that hold a separator.

    Of how many pieces one can be at most, which pieces they begin with, and how their pieces
    may be joined.
    """
    several = [option for option in options if separator in option]
    joint = separator if separator.isspace() or separator.endswith(" ") else separator + " "
    return (
        max((option.count(separator) for option in several), default=0) + 1,
        frozenset(option.split(separator)[0] for option in several),
        (separator, joint) if joint != separator else (separator,),
    )


def learn_options(cells: Sequence[str], counts: Sequence[int], separator: str) -> Learned:
    """Learn a form's options from its distinct cells and how often each was given.

    Returns options with the number of answers naming them. Pieces too rare to be offered
    are left out: they are what people wrote under *other*.
    """
    rows = [pieces_of(cell, separator) for cell in cells]
    for place, cell in enumerate(cells):
        if _OPENING.search(cell):
            rows[place] = _closed(rows[place], separator)
    rows = _joined(rows, counts, separator)
    named: Counter[str] = Counter()
    for row, n in zip(rows, counts, strict=True):
        for piece in dict.fromkeys(row):
            named[piece] += n
    answers = sum(counts)
    needed = least_to_be_offered(answers)
    options = {text: n for text, n in named.items() if n >= needed}
    several = known = pieces = joined = own = 0
    whole: set[frozenset[str]] = set()
    for row, n in zip(rows, counts, strict=True):
        here = len([piece for piece in row if piece in options])
        known += here * n
        pieces += len(row) * n
        if len(row) < 2:
            continue
        several += n if here >= 2 else 0
        joined += n
        own += n if here < len(row) else 0
        if here == len(row):
            whole.add(frozenset(row))
    return Learned(
        options=tuple(sorted(options.items(), key=lambda pair: (-pair[1], pair[0]))),
        pieces=pieces,
        known=known,
        several=several,
        answers=answers,
        combinations=sum(n >= needed for n in counts),
        whole=len(whole),
        joined=joined,
        own=own,
    )


def least_to_be_offered(answers: int) -> int:
    """Return how many answers must share a wording for it to be one the form offered.

    What people write themselves seldom repeats word for word; 4 in 1,000 is above every
    such repetition in the surveys tried, and below every option.
    """
    if answers < 12:
        return 1
    return max(2, -(-answers * 4 // 1000))


def _closed(pieces: list[str], separator: str) -> list[str]:
    """Join pieces that a bracket holds together; a bracket never closed holds nothing."""
    closed: list[str] = []
    i = 0
    while i < len(pieces):
        depth = _depth(pieces[i])
        j = i
        while depth > 0 and j + 1 < len(pieces):
            j += 1
            depth += _depth(pieces[j])
        if depth != 0:
            j = i
        closed.append(_join(pieces[i : j + 1], separator))
        i = j + 1
    return closed


def _depth(text: str) -> int:
    text = text.translate(_BRACKETS)
    # Faces and list marks such as ":)" or "1)" close nothing that was opened.
    text = re.sub(r"(?<!\()\b\w\)|[:;]-?[()]", "", text) if "(" not in text else text
    return text.count("(") - text.count(")")


def _join(pieces: Sequence[str], separator: str) -> str:
    if separator.strip() in {",", ";"}:
        return f"{separator.strip()} ".join(pieces)
    return separator.join(pieces)


def _joined(rows: list[list[str]], counts: Sequence[int], separator: str) -> list[list[str]]:
    """Join neighbouring pieces that always stand together, until none do."""
    starts: Counter[bool] = Counter()
    for row, n in zip(rows, counts, strict=True):
        if row:
            starts[row[0][:1].isupper()] += n
    capitals = starts[True] > 4 * starts[False]
    for _ in range(_ROUNDS):
        pairs = _pairs_to_join(rows, counts, capitals)
        if not pairs:
            break
        rows = [_with_pairs_joined(row, pairs, separator) for row in rows]
    return rows


def _pairs_to_join(
    rows: list[list[str]], counts: Sequence[int], capitals: bool
) -> set[tuple[str, str]]:
    """Return neighbours (a, b) that are one option.

    b must follow a always, and nothing but pieces that it always follows may stand before
    b ("Parks, gardens" and "Squares, gardens"); or the mirror image ("Arts, music" and
    "Arts, sport"). A piece in small letters where options start with capitals needs less.
    """
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for row, n in zip(rows, counts, strict=True):
        for piece in row:
            alone[piece] += n
        for pair in pairwise(row):
            together[pair] += n
    follows = {p for p, n in together.items() if n >= _share(n) * alone[p[0]]}
    leads = {p for p, n in together.items() if n >= _share(n) * alone[p[1]]}
    led: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    for a, b in follows:
        led[b] += together[a, b]
    for a, b in leads:
        followed[a] += together[a, b]
    joined: set[tuple[str, str]] = set()
    for pair, n in together.items():
        a, b = pair
        small = capitals and b[:1].islower()
        if n < (2 if small else _SURE_FROM) or a == b:
            continue
        if (
            (pair in follows and led[b] >= _share(n) * alone[b])
            or (pair in leads and followed[a] >= _share(n) * alone[a])
            or (small and pair in leads)
        ):
            joined.add(pair)
    return joined


def _share(n: int) -> float:
    return _NEARLY_ALWAYS if n >= _MANY else 1.0


def _with_pairs_joined(row: list[str], pairs: set[tuple[str, str]], separator: str) -> list[str]:
    result: list[str] = []
    previous = ""
    for piece in row:
        if result and (previous, piece) in pairs:
            result[-1] = _join([result[-1], piece], separator)
        else:
            result.append(piece)
        previous = piece
    return result
