"""The words of many texts at once: each distinct word once, and a number a word."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_TOKEN = re.compile(r"\w+")
_PLAIN_TOKEN = re.compile("[a-z0-9]+")


def letters_table(inside: str) -> bytes:
    """Return what each of the 256 bytes becomes when a text is cut: itself in a word, else 0.

    `inside`: the plain characters of words. Bytes from 128 on count as such too.
    """
    kept = {*map(ord, inside), *range(128, 256)}
    return bytes(byte if byte in kept else 0 for byte in range(256))


_TOGETHER = 4_000
"""Texts cut at a time, so that what is worked on stays near the processor."""
_IN_WORDS = letters_table(string.ascii_letters + string.digits)


@dataclass(frozen=True)
class Tokens:
    """The words of some texts, one after the other.

    words
        The distinct words.
    ids
        int64, one a word as it stands in the texts: its place in `words`.
    starts
        int64, one a text and one more: where the words of each text begin in `ids`.
    """

    words: tuple[str, ...]
    ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]


def normalise(text: str) -> tuple[str, ...]:
    """Return the words of a text for matching: lower case, without accents or marks."""
    if text.isascii():
        return tuple(_PLAIN_TOKEN.findall(text.lower()))
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(_TOKEN.findall(plain.replace("_", " ")))


def tokens_of(texts: Sequence[str]) -> Tokens:
    """Return what `normalise` says of each text, for all of them at once.

    Texts in plain letters, nearly all in English, are cut byte by byte together; others
    are cut one by one first.
    """
    array = pa.array(texts, pa.large_string())
    plain = pc.string_is_ascii(array)
    lowered = pc.ascii_lower(array)
    odd = np.flatnonzero(~plain.to_numpy(zero_copy_only=False)).tolist()
    if odd:
        said = pa.array([" ".join(normalise(texts[place])) for place in odd], pa.large_string())
        lowered = pc.replace_with_mask(lowered, pc.invert(plain), said)
    return cut(lowered, _IN_WORDS)


def cut(texts: pa.LargeStringArray, table: bytes) -> Tokens:
    """Return the runs of bytes that a table (`letters_table`) keeps, as words of the texts."""
    _, offsets, letters = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if letters is None or ends[-1] == ends[0]:
        return Tokens((), np.empty(0, np.int64), np.zeros(len(texts) + 1, np.int64))
    starts = np.zeros(len(texts) + 1, np.int64)
    pieces, lengths, words = [], [], 0
    for first in range(0, len(texts), _TOGETHER):
        here = ends[first : first + _TOGETHER + 1]
        # As bytes: numpy would look each up by a number eight times as long.
        read = np.frombuffer(letters[here[0] : here[-1]].to_pybytes().translate(table), np.uint8)
        kept, sizes, begins = _runs(read, here - here[0])
        starts[first + 1 : first + len(here)] = words + begins
        pieces.append(kept)
        lengths.append(sizes)
        words += len(sizes)
    bounds = np.zeros(words + 1, np.int64)
    np.cumsum(np.concatenate(lengths), out=bounds[1:])
    encoded = pc.dictionary_encode(
        pa.LargeStringArray.from_buffers(
            words, pa.py_buffer(bounds), pa.py_buffer(np.concatenate(pieces))
        ),
        memory_pool=pa.system_memory_pool(),
    )
    return Tokens(
        words=tuple(encoded.dictionary.to_pylist()),
        ids=encoded.indices.to_numpy().astype(np.int64),
        starts=starts,
    )


def _runs(
    read: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the bytes of all words, the length of each, and how many there are up to each end.

    `read`: bytes, 0 between words. `ends`: where the texts in them begin, and the last one ends.
    """
    # Where a word begins or ends: it differs from its neighbour whether a byte is kept, or a
    # text ends there, whatever letter the next one begins with.
    inside = np.zeros(len(read) + 2, bool)
    np.not_equal(read, 0, out=inside[1:-1])
    begin, end = inside[1:] & ~inside[:-1], inside[:-1] & ~inside[1:]
    split = ends[inside[ends] & inside[ends + 1]]
    begin[split] = end[split] = True
    at = np.flatnonzero(begin)
    return read[inside[1:-1]], np.flatnonzero(end) - at, np.searchsorted(at, ends[1:])
