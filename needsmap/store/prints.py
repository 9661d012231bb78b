"""A print of each answer: tells whether two answers are the same, on any machine.

An answer's print is 16 bytes: eight over the words that were written (cells, date), eight
over what was made of them (themes, choices, place). Together with the answer's key it is
what releases are compared by. Prints are not secret and not signatures: they detect
difference, they do not withstand forgery.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.tables import AnswerColumn, SurveyAnswers

Lane = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int32]

KEY_BYTES = 16
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

    def keys(self) -> pd.MultiIndex:
        """Return the keys as an index that finds one set of keys in another."""
        return pd.MultiIndex.from_arrays([self.key_high, self.key_low])

    def repeated(self) -> npt.NDArray[np.bool_]:
        """Return True for each answer whose key stands higher up already."""
        if len(np.unique(self.key_low)) == len(self):
            return np.zeros(len(self), bool)
        return np.asarray(self.keys().duplicated())

    def keys_as_bytes(self) -> bytes:
        """Return the keys, 16 bytes each, high half first."""
        return np.stack([self.key_high, self.key_low], axis=1).astype(">u8").tobytes()

    def prints_as_bytes(self) -> bytes:
        """Return the prints, 16 bytes each, words first."""
        return np.stack([self.words, self.meaning], axis=1).astype(">u8").tobytes()


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


def print_answers(survey: SurveyAnswers) -> Prints:
    """Return keys and prints of all answers of a survey.

    Raises
    ------
    ValueError
        When a key is not 32 lower-case hexadecimal digits.
    """
    answers = survey.answers
    joined = "".join(answers["key"].tolist())
    raw = bytes.fromhex(joined)
    if len(raw) != KEY_BYTES * len(answers) or raw.hex() != joined:
        raise ValueError("`key` must be 32 lower-case hexadecimal digits.")
    halves = np.frombuffer(raw, dtype=">u8").astype(np.uint64).reshape(-1, 2)
    words = _of_text("answered_on", answers["answered_on"])
    meaning = np.zeros(len(answers), np.uint64)
    for name in ("level", "area_code", "how"):
        meaning += _of_text(name, answers[name])
    for column in survey.columns.values():
        codes = np.asarray(column.codes)
        words += _gather(_of_cells(column), codes)
        meaning += _gather(_of_meanings(column), codes)
    return Prints(halves[:, 0].copy(), halves[:, 1].copy(), words, meaning)


def content_digest(survey: SurveyAnswers, prints: Prints) -> str:
    """Return a SHA-256 (hex) over a survey's questions and answers, whatever their order.

    File names, row numbers, times and ids are left out: the same answers kept on another
    machine have the same digest.
    """
    about = {
        "title": survey.title,
        "asked": survey.asked.isoformat() if survey.asked else "",
        "tool": survey.tool,
        "fingerprint": survey.heading_fingerprint,
        "questions": [asdict(question) for question in survey.questions],
    }
    digest = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    # One mixed number orders the answers; no two are alike but by a 64-bit accident.
    mixed = prints.key_high * _ODD + prints.key_low * _ODDER + prints.words
    order = np.argsort(mixed)
    lanes = [prints.key_high, prints.key_low, prints.words, prints.meaning]
    digest.update(np.stack([lane[order] for lane in lanes], axis=1).astype(">u8").tobytes())
    return digest.hexdigest()


def _lane(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big"))


def _hash_texts(name: str, texts: object) -> Lane:
    # SipHash keyed by the column's name, so that equal cells of two questions differ.
    key = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    array = np.asarray(texts, dtype=object)
    return pd.util.hash_array(array, hash_key=key, categorize=False)


def _of_text(name: str, series: pd.Series) -> Lane:
    codes, texts = pd.factorize(series)
    return _gather(_hash_texts(name, texts), codes)


def _of_cells(column: AnswerColumn) -> Lane:
    return _hash_texts(f"cell {column.question}", column.cells)


def _of_meanings(column: AnswerColumn) -> Lane:
    seen: dict[tuple[object, object], np.uint64] = {}
    found = np.zeros(len(column.cells), np.uint64)
    for number, (choices, themes) in enumerate(zip(column.choices, column.themes, strict=True)):
        if not choices and not themes:
            continue
        meaning = (choices, themes)
        if meaning not in seen:
            plain = [[[int(option), float(value)] for option, value in choices], list(themes)]
            seen[meaning] = _lane(json.dumps([column.question, plain]))
        found[number] = seen[meaning]
    return found


def _gather(lanes: Lane, codes: npt.NDArray[np.integer]) -> Lane:
    # One zero at the end, which code -1 (not answered) picks.
    return np.append(lanes, np.uint64(0))[codes]
