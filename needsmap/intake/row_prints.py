"""Prints of rows: two 64-bit numbers a row, made from its distinct cells, not row by row."""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from needsmap.intake.cells import as_text
from needsmap.intake.raw_table import RawTable, column_key
from needsmap.siphash import mixed

Lane = npt.NDArray[np.uint64]
_TOGETHER = 65536
"""Rows printed at a time, so that what is worked on stays near the processor."""
_ODD, _ODDER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def row_prints(raw: RawTable, positions: Iterable[int]) -> tuple[Lane, Lane]:
    """Return two prints of each row over some columns (positions from 1), outer blanks aside.

    Each cell is hashed with SipHash, keyed by its column; the rows' sums are mixed twice
    (splitmix64's finaliser, Steele et al. 2014). Equal rows have equal prints; unequal ones
    share both by a 64-bit accident.
    """
    over = tuple(positions)
    if over not in raw.prints:
        high = np.zeros(raw.rows, np.uint64)
        low = np.zeros(raw.rows, np.uint64)
        for position in over:
            column = raw.column(position)
            lanes = column.hashed(column_key(position))
            each = _in_their_order(column.codes, len(lanes))
            if not each:
                lanes = np.append(lanes, np.uint64(0))
                one, other = _both(lanes)
            for start in range(0, raw.rows, _TOGETHER):
                here = slice(start, start + _TOGETHER)
                if each:
                    first, second = _both(lanes[here])
                else:
                    # "wrap": code -1, nothing written, picks the last.
                    first = one.take(column.codes[here], mode="wrap")
                    second = other.take(column.codes[here], mode="wrap")
                high[here] += first
                low[here] += second
        raw.prints[over] = high, low
    return raw.prints[over]


def _both(lanes: Lane) -> tuple[Lane, Lane]:
    return mixed(lanes * _ODD), mixed(lanes * _ODDER + np.uint64(1))


def _in_their_order(codes: npt.NDArray[np.int32], texts: int) -> bool:
    """Say whether every row has a text of its own, in the order of the rows."""
    return len(codes) == texts and bool((np.diff(codes) == 1).all())


def some_prints(raw: RawTable, positions: Iterable[int], rows: npt.NDArray[np.int64]) -> Lane:
    """Return the first print of some rows (their places) over some columns."""
    prints = np.zeros(len(rows), np.uint64)
    for position in positions if len(rows) else ():
        column = raw.column(position)
        lanes = np.append(column.hashed(column_key(position)), np.uint64(0))
        prints += mixed(lanes * _ODD)[column.codes[rows]]
    return prints


def repeats(lane: Lane) -> bool:
    """Say whether any number occurs twice. Sorting is by far the quickest way to tell."""
    ordered = np.sort(lane)
    return bool((ordered[1:] == ordered[:-1]).any())


def lane_of(text: str) -> np.uint64:
    """Return a number for a text, the same on every machine."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def ordinals(lane: Lane) -> npt.NDArray[np.int64]:
    """Return how many equal numbers came before each."""
    if not repeats(lane):
        return np.zeros(len(lane), np.int64)
    counted = pd.Series(lane).groupby(lane, sort=False).cumcount()
    return np.asarray(counted.to_numpy(), np.int64)


def as_hex(high: Lane, low: Lane) -> pd.Series:
    """Return 32 hex digits a row."""
    pairs = np.empty((len(high), 2), ">u8")
    pairs[:, 0], pairs[:, 1] = high, low
    digits = binascii.hexlify(pairs.tobytes())
    bounds = np.arange(0, 32 * len(high) + 1, 32)
    return as_text(
        pa.LargeStringArray.from_buffers(len(high), pa.py_buffer(bounds), pa.py_buffer(digits))
    )
