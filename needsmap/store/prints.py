"""A print of each answer: tells whether two answers are the same, on any machine.

An answer's print is 16 bytes: eight over the words that were written (cells, date), eight
over what was made of them (themes, choices, place). Together with the answer's key it is
what releases are compared by. Prints are not secret and not signatures: they detect
difference, they do not withstand forgery.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.siphash import hash_strings, mixed
from needsmap.store.texts import Texts, encode_answers, keys_of
from needsmap.tables import AnswerColumn, SurveyAnswers, coded

Lane = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int32]

_MANY = 100_000
"""Answers from which on two threads are sooner done than one."""
_TOGETHER = 65536
"""Answers put in order at a time, so that what is worked on stays near the processor."""
_ODD, _ODDER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True)
class Prints:
    """Keys and prints of answers, one entry an answer, in the survey's order.

    key_high, key_low : the two halves of the key. words : print of what was written.
    meaning : print of what was made of it.
    """

    key_high: Lane
    key_low: Lane
    words: Lane
    meaning: Lane

    def __len__(self) -> int:
        return len(self.key_high)

    def take(self, rows: npt.NDArray[np.bool_] | slice) -> Prints:
        """Return those of some rows."""
        return Prints(self.key_high[rows], self.key_low[rows], self.words[rows], self.meaning[rows])

    def find(self, others: Prints) -> npt.NDArray[np.intp]:
        """Return, for each of the others, where its key stands here; -1 where it does not.

        Of equal keys here any may be named.
        """
        if not len(self):
            return np.full(len(others), -1, np.intp)
        order = np.argsort(self.key_low)
        ordered = self.key_low[order]
        at = order[np.minimum(np.searchsorted(ordered, others.key_low), len(self) - 1)]
        same_low = self.key_low[at] == others.key_low
        same = same_low & (self.key_high[at] == others.key_high)
        if (same_low & ~same).any() or (ordered[1:] == ordered[:-1]).any():
            # Two keys share their lower half, which chance alone hardly ever brings about.
            return pd.MultiIndex.from_arrays([self.key_high, self.key_low]).get_indexer(
                pd.MultiIndex.from_arrays([others.key_high, others.key_low])
            )
        return np.where(same, at, -1)

    def repeated(self) -> npt.NDArray[np.bool_]:
        """Return True for each answer whose key stands higher up already."""
        # Sorting is ten times as quick as an index, and nearly always enough.
        ordered = np.sort(self.key_low)
        if not (ordered[1:] == ordered[:-1]).any():
            return np.zeros(len(self), bool)
        index = pd.MultiIndex.from_arrays([self.key_high, self.key_low])
        return np.asarray(index.duplicated())

    def keys_as_bytes(self) -> bytes:
        """Return the keys, 16 bytes each, high half first."""
        return _as_bytes(self.key_high, self.key_low)

    def prints_as_bytes(self) -> bytes:
        """Return the prints, 16 bytes each, words first."""
        return _as_bytes(self.words, self.meaning)


def from_bytes(keys: bytes, prints: bytes) -> Prints:
    """Return what `keys_as_bytes` and `prints_as_bytes` wrote."""
    halves = np.frombuffer(keys, dtype=">u8").astype(np.uint64).reshape(-1, 2)
    lanes = np.frombuffer(prints, dtype=">u8").astype(np.uint64).reshape(-1, 2)
    return Prints(halves[:, 0], halves[:, 1], lanes[:, 0], lanes[:, 1])


def together(several: list[Prints]) -> Prints:
    """Return the prints of several surveys as one."""
    empty = np.empty(0, np.uint64)
    return Prints(
        *(
            np.concatenate([getattr(one, lane) for one in several]) if several else empty
            for lane in ("key_high", "key_low", "words", "meaning")
        )
    )


def print_answers(survey: SurveyAnswers, texts: Mapping[str, Texts] | None = None) -> Prints:
    """Return keys and prints of all answers of a survey.

    `texts`: what `encode_answers` returns for them, when it was worked out already.

    Raises
    ------
    ValueError
        When a key is not 32 lower-case hexadecimal digits.
    """
    texts = texts or encode_answers(survey.answers)
    halves = np.frombuffer(keys_of(survey.answers), dtype=">u8").reshape(-1, 2)
    count, columns = len(survey.answers), list(survey.columns.values())
    # Hashing and adding let other threads run; few answers are added sooner than one starts.
    with ThreadPoolExecutor(max_workers=2) as threads:
        at_once: Callable[..., Iterable[Any]] = threads.map if count >= _MANY else map
        cells = at_once(_of_cells, columns)
        meanings = list(map(_of_meanings, columns))
        codes = [np.asarray(column.codes) for column in columns]
        words = [_of_text("answered_on", texts), *zip(cells, codes, strict=True)]
        meant = [_of_text(name, texts) for name in ("level", "area_code", "how")]
        meant += [pair for pair in zip(meanings, codes, strict=True) if pair[0].any()]
        sums = list(at_once(_sum, (words, meant), (count, count)))
    high, low = (halves[:, side].astype(np.uint64) for side in (0, 1))
    return Prints(high, low, *sums)


def content_digest(survey: SurveyAnswers, prints: Prints) -> str:
    """Return a SHA-256 (hex) over a survey's questions and answers, whatever their order.

    File names, row numbers, times and ids are left out: the same answers kept on another
    machine have the same digest. Of the answers it takes how many there are and what numbers
    made of them add up to (a hash of a multiset: Clarke et al. 2003), so nothing is sorted.
    """
    about = {
        "title": survey.title,
        "asked": survey.asked.isoformat() if survey.asked else "",
        "tool": survey.tool,
        "fingerprint": survey.heading_fingerprint,
        "questions": [
            {**vars(question), "options": [vars(option) for option in question.options]}
            for question in survey.questions
        ],
    }
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    digest.update(_of_all(prints).astype(">u8").tobytes())
    return digest.hexdigest()


def _of_all(prints: Prints) -> Lane:
    """Return how many answers there are, and the sums of two numbers made of each."""
    lanes = (prints.key_high, prints.key_low, prints.words, prints.meaning)
    sums = np.array([len(prints), 0, 0], np.uint64)
    for start in range(0, len(prints), _TOGETHER):
        high, low, words, meaning = (lane[start : start + _TOGETHER] for lane in lanes)
        # What is mixed goes into the other, so that halves of two answers never change places.
        one = mixed(high * _ODD + words)
        other = mixed(low * _ODDER + meaning + one)
        sums[1:] += np.array([mixed(one + other * _ODD).sum(), other.sum()], np.uint64)
    return sums


def _as_bytes(*lanes: Lane) -> bytes:
    return _side_by_side(*lanes).tobytes()


def _side_by_side(*lanes: Lane) -> npt.NDArray[np.uint64]:
    """Return numbers side by side, answer after answer, each as eight bytes, highest first."""
    table = np.empty((len(lanes[0]), len(lanes)), ">u8")
    for place, lane in enumerate(lanes):
        table[:, place] = lane
    return table


def _lane(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big"))


def _hash_texts(name: str, texts: Sequence[str]) -> Lane:
    # SipHash keyed by the column's name, so that equal cells of two questions differ.
    key = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    return hash_strings(texts, key)


def _of_text(name: str, texts: Mapping[str, Texts]) -> tuple[Lane, Codes]:
    return _hash_texts(name, texts[name].texts), texts[name].codes


def _of_cells(column: AnswerColumn) -> Lane:
    return _hash_texts(f"cell {column.question}", column.cells)


def _of_meanings(column: AnswerColumn) -> Lane:
    # Few meanings are shared by many cells, so each is worked out once. Most columns have
    # only choices or only themes; pairs are made, a million perhaps, only where both are.
    if not any(column.choices):
        told = coded(column.themes)
        each = [_meaning(column, (), themes) for themes in told.different]
        return np.array(each, np.uint64)[told.codes]
    if not any(column.themes):
        by_choice = {choices: _meaning(column, choices, ()) for choices in set(column.choices)}
        return _lanes(map(by_choice.__getitem__, column.choices), column)
    pairs = list(zip(column.choices, column.themes, strict=True))
    by_both = {pair: _meaning(column, *pair) for pair in set(pairs)}
    return _lanes(map(by_both.__getitem__, pairs), column)


def _lanes(values: Iterable[np.uint64], column: AnswerColumn) -> Lane:
    return np.fromiter(values, np.uint64, len(column.cells))


def _meaning(column: AnswerColumn, choices: tuple, themes: tuple[str, ...]) -> np.uint64:
    if not choices and not themes:
        return np.uint64(0)
    # The JSON of [question, [[[option, value], …], [theme, …]]]; thousands of meanings are
    # written sooner piece by piece, and a test holds that to the encoder.
    pairs = ", ".join(f"[{int(option)}, {float(value) + 0.0!r}]" for option, value in choices)
    return _lane(
        f"[{_as_json(column.question)}, [[{pairs}], [{', '.join(map(_as_json, themes))}]]]"
    )


@lru_cache(maxsize=1024)
def _as_json(text: str) -> str:
    return json.dumps(text)


def _sum(columns: Sequence[tuple[Lane, Codes]], count: int) -> Lane:
    """Return what the numbers that each column's codes pick add up to, an answer each."""
    # One zero at the end, which code -1 (not answered) picks.
    picked = [(np.append(lane, np.uint64(0)), codes) for lane, codes in columns]
    total = np.zeros(count, np.uint64)
    for start in range(0, count, _TOGETHER):
        here = slice(start, start + _TOGETHER)
        for lane, codes in picked:
            total[here] += lane.take(codes[here], mode="wrap")
    return total
