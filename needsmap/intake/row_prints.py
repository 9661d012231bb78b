"""Prints of rows: two 64-bit numbers a row, made from its distinct cells, not row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.intake.raw_table import RawTable

Lane = npt.NDArray[np.uint64]
_ODD, _ODDER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_MIX, _MIX_TOO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def row_prints(raw: RawTable, positions: Iterable[int]) -> tuple[Lane, Lane]:
    """Return two prints of each row over some columns (positions from 1), outer blanks aside.

    Each cell is hashed with SipHash, keyed by its column; the rows' sums are mixed twice
    (splitmix64's finaliser, Steele et al. 2014). Equal rows have equal prints; unequal ones
    share both by a 64-bit accident.
    """
    high = np.zeros(len(raw.cells), np.uint64)
    low = np.zeros(len(raw.cells), np.uint64)
    for position in positions:
        column = raw.column(position)
        lanes = np.append(_hashes(column.texts, str(position)), np.uint64(0))
        high += mixed(lanes * _ODD)[column.codes]
        low += mixed(lanes * _ODDER + np.uint64(1))[column.codes]
    return high, low


def mixed(lane: Lane) -> Lane:
    """Return the numbers with every bit depending on every other (splitmix64)."""
    lane = (lane ^ (lane >> np.uint64(30))) * _MIX
    lane = (lane ^ (lane >> np.uint64(27))) * _MIX_TOO
    return np.asarray(lane ^ (lane >> np.uint64(31)), np.uint64)


def lane_of(text: str) -> np.uint64:
    """Return a number for a text, the same on every machine."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def ordinals(lane: Lane) -> npt.NDArray[np.int64]:
    """Return how many equal numbers came before each."""
    if not len(lane) or len(np.unique(lane)) == len(lane):
        return np.zeros(len(lane), np.int64)
    counted = pd.Series(lane).groupby(lane, sort=False).cumcount()
    return np.asarray(counted.to_numpy(), np.int64)


def as_hex(high: Lane, low: Lane) -> list[str]:
    """Return 32 hex digits a row."""
    digits = np.stack([high, low], axis=1).astype(">u8").tobytes().hex()
    return [digits[at : at + 32] for at in range(0, len(digits), 32)]


def _hashes(texts: tuple[str, ...], name: str) -> Lane:
    key = hashlib.blake2b(name.encode(), digest_size=8).hexdigest()
    array = np.array(texts, dtype=object)
    if not len(array):
        return np.empty(0, np.uint64)
    return pd.util.hash_array(array, hash_key=key, categorize=False)
