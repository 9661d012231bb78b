"""A column as its distinct texts and a code a row: work goes by texts, not by rows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.siphash import as_numbers, from_numbers, hash_strings, hash_texts

Codes = npt.NDArray[np.int32]
Lane = npt.NDArray[np.uint64]

MANY_ROWS = 100_000
"""From so many rows on, columns are encoded beside each other, and unlike texts by hashes."""
_BLANK, _PLAIN_END = 0x20, 0x7F
_LOOKED_AT = 20_000
_UNLIKE = 0.5
_LONG = 32
"""Bytes of a text, on average, from which on it is hashed sooner as a string of Python's."""


@dataclass(frozen=True)
class Encoded:
    """A column as its distinct texts and a code a row.

    codes
        int32, one a row; -1 where nothing but blanks is written.
    dictionary
        The distinct texts, outer blanks removed, in order of appearance.
    counts
        int64, how many rows have each text.
    longest
        Bytes of the longest text as it was written.
    hashes
        What `hash_texts` gives for the dictionary, by key, where it was worked out.
    untrimmed
        Codes and distinct texts as they were written, where texts had outer blanks.
    """

    codes: Codes
    dictionary: pa.LargeStringArray
    counts: npt.NDArray[np.int64]
    longest: int = 0
    hashes: dict[str, Lane] = field(default_factory=dict, repr=False, compare=False)
    untrimmed: tuple[Codes, pa.LargeStringArray] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def as_written(self) -> tuple[Codes, pa.LargeStringArray]:
        """Return codes and distinct texts with outer blanks; -1 stands for no text at all."""
        return self.untrimmed or (self.codes, self.dictionary)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the distinct texts as Python strings."""
        return tuple(self.dictionary.to_pylist())

    @property
    def answered(self) -> int:
        """Return how many rows hold something."""
        return int(self.counts.sum())

    def hashed(self, key: str) -> Lane:
        """Return what `hash_texts` gives for the distinct texts; worked out once a key."""
        if key not in self.hashes:
            # Long texts are looked at one by one sooner or later.
            long = _bytes(self.dictionary) > _LONG * len(self.dictionary)
            self.hashes[key] = (
                hash_strings(self.texts, key) if long else hash_texts(self.dictionary, key)
            )
        return self.hashes[key]


@dataclass(frozen=True)
class Part:
    """Some consecutive cells of a column as they were parsed.

    codes, texts
        A code a cell, and the distinct texts as they are written, in order of appearance.
    cells
        The cells themselves, where most are unlike; then there are no codes and no texts.
    hashed
        What `hash_texts` gives for the cells, where all seem unlike.
    """

    codes: npt.NDArray[np.integer]
    texts: pa.LargeStringArray
    cells: pa.LargeStringArray | None = None
    hashed: Lane | None = None

    def __len__(self) -> int:
        return len(self.codes) if self.cells is None else len(self.cells)


def encode_texts(column: pd.Series, key: str = "") -> Encoded:
    """Return the distinct texts of a column of strings, their codes and counts.

    `key`: with which its texts will be hashed, if that is known already; they may then be
    hashed on the way.
    """
    return _encode(
        pa.chunked_array(pa.array(column.array, pa.large_string(), from_pandas=True)), key
    )


def encode_parts(parts: Sequence[Part], key: str) -> Encoded:
    """Return what `encode_texts` does for a column that was parsed in parts."""
    if any(part.cells is not None for part in parts):
        cells = [p.texts.take(pa.array(p.codes)) if p.cells is None else p.cells for p in parts]
        hashed = [part.hashed for part in parts if part.hashed is not None]
        known = np.concatenate(hashed) if len(hashed) == len(parts) else None
        return _encode(pa.chunked_array(cells, pa.large_string()), key, known)
    told = pc.dictionary_encode(pa.concat_arrays([part.texts for part in parts]))
    places = np.asarray(told.indices)
    counts = np.concatenate([np.bincount(p.codes, minlength=len(p.texts)) for p in parts])
    dictionary, new = _trimmed(told.dictionary)
    kept = places if new is None else new[places]
    codes = _placed(parts, kept)
    counts = np.bincount(kept + 1, weights=counts, minlength=len(dictionary) + 1)[1:]
    return Encoded(
        codes,
        dictionary,
        counts.astype(np.int64),
        _longest(told.dictionary),
        untrimmed=(_placed(parts, places), told.dictionary)
        if _outer_blanks(told.dictionary, dictionary)
        else None,
    )


def _placed(parts: Sequence[Part], places: Codes) -> Codes:
    """Return the codes of a whole column; `places`: one a text of each part after the other."""
    codes = np.empty(sum(map(len, parts)), np.int32)
    at = texts = 0
    for part in parts:
        here = places[texts : texts + len(part.texts)]
        # "clip" lets numpy write without looking first; all codes are in order.
        np.take(here, part.codes, out=codes[at : at + len(part)], mode="clip")
        at, texts = at + len(part), texts + len(part.texts)
    return codes


def _encode(array: pa.ChunkedArray, key: str, hashed: Lane | None = None) -> Encoded:
    """Return what `encode_texts` does; `hashed`: what `hash_texts` gives for all cells."""
    if not len(array):
        empty = pa.array([], pa.large_string())
        return Encoded(np.empty(0, np.int32), empty, np.empty(0, np.int64))
    hashes: dict[str, Lane] = {}
    codes, texts = (_mostly_unlike(array, key, hashes, hashed) if key else None) or _by_arrow(array)
    dictionary, new = _trimmed(texts)
    untrimmed = (codes, texts) if _outer_blanks(texts, dictionary) else None
    if new is not None:
        # Code -1 looks up the last entry, which stands for nothing at all.
        codes = np.append(new, np.int32(-1))[codes]
        hashes = {}
    if len(dictionary) == len(codes):
        counts = np.ones(len(codes), np.int64)
    else:
        counts = np.bincount(codes + 1, minlength=len(dictionary) + 1)[1:]
    return Encoded(codes, dictionary, counts, _longest(texts), hashes, untrimmed)


def _longest(texts: pa.LargeStringArray) -> int:
    return pc.max(pc.binary_length(texts)).as_py() or 0


def _outer_blanks(texts: pa.LargeStringArray, trimmed: pa.LargeStringArray) -> bool:
    """Say whether any text was made shorter, or nothing but blanks was taken for nothing."""
    return _bytes(texts) != _bytes(trimmed)


def _bytes(texts: pa.LargeStringArray) -> int:
    bounds = _bounds(texts)
    return int(bounds[-1] - bounds[0])


def _bounds(texts: pa.LargeStringArray) -> npt.NDArray[np.int64]:
    """Return where each text begins in the bytes of all, and where the last one ends."""
    offsets = texts.buffers()[1]
    if offsets is None:
        return np.zeros(1, np.int64)
    return np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]


def encode_beside(columns: Sequence[pd.Series], keys: Sequence[str]) -> list[Encoded]:
    """Return what `encode_texts` does for each column, two at a time: Arrow lets threads run."""
    with ThreadPoolExecutor(max_workers=2) as beside:
        return list(beside.map(encode_texts, columns, keys))


def _by_arrow(array: pa.ChunkedArray) -> tuple[Codes, pa.LargeStringArray]:
    """Return codes and distinct texts in order of appearance."""
    # All pieces of one call share one dictionary.
    encoded = pa.chunked_array(
        pc.dictionary_encode(array, null_encoding="mask", memory_pool=pa.system_memory_pool())
    )
    codes = [
        chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
        for chunk in encoded.chunks
    ]
    return np.concatenate(codes), encoded.chunk(0).dictionary


def _mostly_unlike(
    array: pa.ChunkedArray, key: str, hashes: dict[str, Lane], hashed: Lane | None = None
) -> tuple[Codes, pa.LargeStringArray] | None:
    """Do as `_by_arrow` for a long column of mostly unlike texts; None where it is no quicker.

    A number stands for each text, and numbers are told apart far more quickly than texts
    are. Moments and ids are all unlike, which their hashes show (they are needed
    anyway); postcodes and the like are so short that their bytes are the number.
    """
    if len(array) < MANY_ROWS or array.null_count:
        return None
    beginning = array.slice(0, _LOOKED_AT)
    unlike = len(pc.unique(beginning))
    if unlike < _UNLIKE * len(beginning):
        return None
    texts = array.combine_chunks(pa.system_memory_pool())
    if isinstance(texts, pa.ChunkedArray):
        return None
    if unlike == len(beginning):
        hashed = hash_texts(texts, key) if hashed is None else hashed
        ordered = np.sort(hashed)
        if not (ordered[1:] == ordered[:-1]).any():
            hashes[key] = hashed
            return np.arange(len(texts), dtype=np.int32), texts
    numbers = as_numbers(texts)
    if numbers is None:
        return None
    told = pa.array(numbers).dictionary_encode()
    return np.asarray(told.indices), from_numbers(np.asarray(told.dictionary))


def _trimmed(texts: pa.LargeStringArray) -> tuple[pa.LargeStringArray, Codes | None]:
    """Return distinct texts without outer blanks, and where each of the former is now.

    Blank ones are nowhere (-1). None where all stay in their places.
    """
    bounds, letters = _bounds(texts), texts.buffers()[2]
    written = bounds[1:] > bounds[:-1]
    if letters is None or not written.any():
        return texts[:0], np.full(len(texts), -1, np.int32)
    bytes_ = np.frombuffer(letters, np.uint8)
    if written.all():
        edges = (bytes_[bounds[:-1]], bytes_[bounds[1:] - 1])
    else:
        edges = (bytes_[bounds[:-1][written]], bytes_[bounds[1:][written] - 1])
    if all(((edge > _BLANK) & (edge < _PLAIN_END)).all() for edge in edges):
        # No text begins or ends with what may be a blank, and most columns are so.
        if written.all():
            return texts, None
        places = np.where(written, np.cumsum(written) - 1, -1).astype(np.int32)
        return texts.filter(pa.array(written)), places
    trimmed = pc.utf8_trim_whitespace(texts)
    again = pc.dictionary_encode(pc.if_else(pc.equal(trimmed, ""), None, trimmed))
    places = again.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return again.dictionary, places
