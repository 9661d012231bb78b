"""A first look at a column for personal details, whatever its question asks.

What it says of the distinct cells depends on nothing else, so a large file's columns are looked
at while their questions are still being understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.intake.encoded import Encoded
from needsmap.intake.names import LONGEST_NAME
from needsmap.intake.quick_look import FROM, surely_clean

MOMENT = re.compile(
    r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}[T ,]{1,3}[0-9]{1,2}[:.][0-9]{2}"
    r"|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4},? [0-9]{1,2}:[0-9]{2}"
    r"|[A-Z][a-z]{2,8} [0-9]{1,2},? [0-9]{4},? [0-9]{1,2}:[0-9]{2}"
)
_SAMPLE, _MOSTLY = 50, 0.5
_MANY_CELLS = 64
_FIGURES_ALIKE = bytes.maketrans(b"0123456789", b"0000000000")
_TOGETHER = 16_384
"""Texts looked at together, so that what is worked on stays near the processor."""
_PLAIN_POSTCODE = "^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}$"


@dataclass(frozen=True)
class FirstLook:
    """What is seen in the distinct cells of a column.

    moments
        How many cells are a moment, where most seem to be; else 0.
    cells, counts
        The distinct cells to be looked at one by one, and how many rows each stands for: one
        full postcode stands for all that are written alike.
    clean
        True for those in which surely no detail is, unless they are a name; none where few.
    """

    moments: int
    cells: pa.LargeStringArray
    counts: npt.NDArray[np.int64]
    clean: npt.NDArray[np.bool_]


def first_look(column: Encoded, *, told: bool) -> FirstLook:
    """Look at the distinct cells of a column; `told`: its heading tells what it holds."""
    moments = 0 if told else _moments(column)
    if moments:
        return FirstLook(moments, column.dictionary[:0], column.counts[:0], np.empty(0, bool))
    plain = _plain_postcodes(column)
    cells, counts = column.dictionary, column.counts
    if plain.any():
        # Alike in form and already counted: one stands for all where cells are looked at.
        keep = ~plain
        keep[np.flatnonzero(plain)[:1]] = True
        cells = cells.filter(pa.array(keep))
        counts = np.where(plain, counts[plain].sum(), counts)[keep]
    clean = surely_clean(cells) if len(cells) >= FROM else np.zeros(len(cells), bool)
    return FirstLook(0, cells, counts, clean)


def to_be_searched(look: FirstLook, *, open_text: bool) -> npt.NDArray[np.bool_]:
    """Say of each distinct cell whether a detail may be in it or, but in open text, it be one."""
    if open_text:
        return ~look.clean
    long = np.asarray(pc.greater(pc.binary_length(look.cells), LONGEST_NAME), bool)
    return ~(look.clean & long)


def _plain_postcodes(column: Encoded) -> npt.NDArray[np.bool_]:
    """Say of each distinct cell whether it is a full postcode in capitals and nothing else."""
    if len(column.dictionary) < _MANY_CELLS:
        return np.zeros(len(column.dictionary), bool)
    matched = pc.match_substring_regex(column.dictionary, _PLAIN_POSTCODE)
    return np.asarray(matched.to_numpy(zero_copy_only=False), bool)


def _moments(column: Encoded) -> int:
    """Return how many cells hold a moment, 0 unless most do; not each is looked at."""
    sample = column.dictionary[:_SAMPLE].to_pylist()
    if not sample or sum(MOMENT.match(text) is not None for text in sample) < _MOSTLY * len(sample):
        return 0
    cells = _matching(column, f"^(?:{MOMENT.pattern})")
    return cells if cells >= _MOSTLY * column.answered else 0


def _matching(column: Encoded, pattern: str) -> int:
    """Return how many cells match a pattern that takes every plain figure for any other.

    Moments differ by their figures alone: of those alike in form that stand together, one
    is looked at.
    """
    return sum(
        _matching_some(column.dictionary[at : at + _TOGETHER], column.counts[at : at + _TOGETHER],
                       pattern)
        for at in range(0, len(column.dictionary), _TOGETHER)
    )  # fmt: skip


def _matching_some(texts: pa.LargeStringArray, counts: npt.NDArray[np.int64], pattern: str) -> int:
    _, offsets, letters = texts.buffers()
    forms, ends = texts, np.arange(1, len(texts) + 1)
    if letters is not None:
        bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        same = letters[bounds[0] : bounds[-1]].to_pybytes().translate(_FIGURES_ALIKE)
        alike = pa.LargeStringArray.from_buffers(
            len(texts), pa.py_buffer(bounds - bounds[0]), pa.py_buffer(same)
        )
        runs = pc.run_end_encode(alike, run_end_type=pa.int64())
        forms, ends = runs.values, np.asarray(runs.run_ends)
    matched = pc.match_substring_regex(forms, pattern).to_numpy(zero_copy_only=False)
    return int(np.add.reduceat(counts, np.append(0, ends[:-1]))[matched].sum())
