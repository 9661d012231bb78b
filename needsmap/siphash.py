"""SipHash of many texts at once: the numbers `pandas.util.hash_array` gives, without objects.

Rows and answers are told apart by these numbers, in intake and in the store, so they must
never change; a test holds them to pandas and to the published vectors. Texts are hashed side
by side, eight bytes at a time, so other threads run meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Lane = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

_FEW = 500
"""Fewer texts than this are hashed as quickly one by one."""
_TOGETHER = 65536
"""Texts hashed at a time: few enough to stay near the processor."""
_STARTS = (0x736F6D6570736575, 0x646F72616E646F6D, 0x6C7967656E657261, 0x7465646279746573)
_KEPT = np.array([(1 << 8 * bytes_) - 1 for bytes_ in range(9)], np.uint64)
_STEPS = tuple(
    (np.uint64(bits), np.uint64(factor))
    for bits, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))
)
"""What splitmix64 shifts and multiplies by, step by step; after the last it only shifts."""


def hash_texts(texts: pa.LargeStringArray, key: str) -> Lane:
    """Return a 64-bit number a text: SipHash-2-4 (Aumasson, Bernstein 2012), then splitmix64.

    `key`: 16 plain characters. The last step is pandas' own, splitmix64's finaliser.
    """
    if len(texts) < _FEW:
        return hash_strings(texts.to_pylist(), key)
    bounds, bytes_ = _parts(texts)
    low, high = np.frombuffer(key.encode("ascii"), "<u8").astype(np.uint64)
    hashed = np.empty(len(texts), np.uint64)
    for start in range(0, len(texts), _TOGETHER):
        here = bounds[start : start + _TOGETHER + 1]
        piece = bytes_[here[0] : here[-1]]
        hashed[start : start + _TOGETHER] = _some(piece, here - here[0], (low, high))
    return hashed


def hash_strings(texts: Sequence[str], key: str) -> Lane:
    """Return what `hash_texts` gives for texts that are strings of Python's already.

    That is twice as quick then, but no other thread runs meanwhile.
    """
    array = np.empty(len(texts), object)
    array[:] = texts
    # With nothing to hash pandas would guess another type.
    return pd.util.hash_array(array, hash_key=key, categorize=False).astype(np.uint64)


def as_numbers(texts: pa.LargeStringArray) -> Lane | None:
    """Return texts of at most eight bytes each as the number their bytes are; else None.

    Unlike texts have unlike numbers, for texts with a NUL in them come as None too.
    """
    bounds, bytes_ = _parts(texts)
    if not len(texts) or np.diff(bounds).max() > 8 or not bytes_[bounds[0] : bounds[-1]].all():
        return None
    numbers = np.empty(len(texts), np.uint64)
    for start in range(0, len(texts), _TOGETHER):
        here = bounds[start : start + _TOGETHER + 1]
        eight = _eight_from(bytes_[here[0] : here[-1]])
        numbers[start : start + _TOGETHER] = eight[here[:-1] - here[0]] & _KEPT[np.diff(here)]
    return numbers


def from_numbers(numbers: Lane) -> pa.LargeStringArray:
    """Return the texts of which `as_numbers` made numbers."""
    bytes_ = numbers.astype("<u8").view(np.uint8).reshape(-1, 8)
    written = bytes_ != 0
    bounds = np.append(0, written.sum(axis=1).cumsum())
    letters = bytes_[written].tobytes()
    return pa.LargeStringArray.from_buffers(
        len(numbers), pa.py_buffer(bounds), pa.py_buffer(letters)
    )


def _parts(texts: pa.LargeStringArray) -> tuple[Numbers, npt.NDArray[np.uint8]]:
    """Return where each text begins and ends, and the bytes of all."""
    _, offsets, letters = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return bounds, np.frombuffer(letters or b"", np.uint8)


def mixed(lane: Lane) -> Lane:
    """Return the numbers with every bit depending on every other (splitmix64)."""
    found = np.array(lane, np.uint64)
    spare = np.empty(min(found.size, _TOGETHER), np.uint64)
    for start in range(0, found.size, _TOGETHER):
        here = found[start : start + _TOGETHER]
        above = spare[: len(here)]
        for bits, factor in _STEPS:
            np.right_shift(here, bits, out=above)
            here ^= above
            here *= factor
    return found


def _some(bytes_: npt.NDArray[np.uint8], bounds: Numbers, key: tuple[np.uint64, np.uint64]) -> Lane:
    """Hash the texts that lie in some bytes between the bounds."""
    begin, length = bounds[:-1], np.diff(bounds)
    order = None
    if length.min() >> 3 != length.max() >> 3:
        # Longest first: those still going on are always the first ones.
        order = np.argsort(-(length >> 3), kind="stable")
        begin, length = begin[order], length[order]
    whole = length >> 3
    eight = _eight_from(bytes_)
    low, high = key
    keyed = zip(_STARTS, (low, high, low, high), strict=True)
    v = [np.full(len(begin), np.uint64(start) ^ half) for start, half in keyed]
    spare = np.empty(len(begin), np.uint64)
    for step in range(int(whole[0])):
        going = len(whole) if order is None else int(np.searchsorted(-whole, -step))
        message = eight[begin[:going] + 8 * step]
        some = [lane[:going] for lane in v]
        some[3] ^= message
        _rounds(2, some, spare[:going])
        some[0] ^= message
    message = eight[begin + 8 * whole] & _KEPT[length & 7]
    message |= (length.astype(np.uint64) & np.uint64(0xFF)) << np.uint64(56)
    v[3] ^= message
    _rounds(2, v, spare)
    v[0] ^= message
    v[2] ^= np.uint64(0xFF)
    _rounds(4, v, spare)
    found = mixed(v[0] ^ v[1] ^ v[2] ^ v[3])
    if order is None:
        return found
    placed = np.empty_like(found)
    placed[order] = found
    return placed


def _eight_from(bytes_: npt.NDArray[np.uint8]) -> Lane:
    """Return, for each place in some bytes, the number of the eight from there on.

    Past the end come noughts. Nothing but the bytes is copied.
    """
    padded = np.zeros(len(bytes_) + 8, np.uint8)
    padded[: len(bytes_)] = bytes_
    return np.ndarray(len(bytes_) + 1, "<u8", buffer=padded.data, strides=(1,))


def _rounds(times: int, v: list[Lane], spare: Lane) -> None:
    """Do SipRound on four lanes in place; `spare` is written over."""
    v0, v1, v2, v3 = v
    for _ in range(times):
        v0 += v1
        _turn(v1, 13, spare)
        v1 ^= v0
        _turn(v0, 32, spare)
        v2 += v3
        _turn(v3, 16, spare)
        v3 ^= v2
        v0 += v3
        _turn(v3, 21, spare)
        v3 ^= v0
        v2 += v1
        _turn(v1, 17, spare)
        v1 ^= v2
        _turn(v2, 32, spare)


def _turn(lane: Lane, bits: int, spare: Lane) -> None:
    """Rotate each number to the left by some bits, in place."""
    np.right_shift(lane, np.uint64(64 - bits), out=spare)
    np.left_shift(lane, np.uint64(bits), out=lane)
    np.bitwise_or(lane, spare, out=lane)
