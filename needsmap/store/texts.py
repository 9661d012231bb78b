"""The text columns of the table of answers, encoded once: each distinct text, a code a row."""

from __future__ import annotations

import binascii
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_CAPITAL = 0x40
"""What the upper three bits of a capital letter are."""
_TOGETHER = 1024 * 1024
ANSWER_TEXTS = ("level", "area_code", "how", "answered_on")
"""The columns of `tables.ANSWERS` that hold few different texts."""


@dataclass(frozen=True)
class Texts:
    """A column: `codes`, int32, one a row, into the distinct `texts`."""

    codes: npt.NDArray[np.int32]
    texts: tuple[str, ...]


def encode_answers(answers: pd.DataFrame) -> dict[str, Texts]:
    """Return the columns `ANSWER_TEXTS` of a table of answers; a missing text counts as ""."""
    return {name: _encode(answers[name]) for name in ANSWER_TEXTS}


def keys_of(answers: pd.DataFrame) -> bytes:
    """Return the keys of a table of answers as bytes, 16 each.

    Raises
    ------
    ValueError
        When a key is not 32 lower-case hexadecimal digits.
    """
    column = pa.chunked_array(pa.array(answers["key"], pa.large_string()))
    lengths_right = pc.all(pc.equal(pc.binary_length(column), 32), min_count=0).as_py()
    raw = b"".join(map(_bytes_of_hex, column.chunks)) if lengths_right else b""
    if len(raw) != 16 * len(answers) or column.null_count:
        raise ValueError("`key` must be 32 lower-case hexadecimal digits.")
    return raw


def _bytes_of_hex(chunk: pa.Array) -> bytes:
    """Return the bytes that the texts of an array name, one after the other; b"" if they do not."""
    _, offsets, letters = chunk.buffers()
    if letters is None:
        return b""
    ends = np.frombuffer(offsets, np.int64)
    start, end = int(ends[chunk.offset]), int(ends[chunk.offset + len(chunk)])
    digits = memoryview(letters).cast("B")[start:end]
    # Capitals would be read as well.
    letters_ = np.frombuffer(digits, np.uint8)
    for at in range(0, len(letters_), _TOGETHER):
        if ((letters_[at : at + _TOGETHER] & 0xE0) == _CAPITAL).any():
            return b""
    try:
        return binascii.unhexlify(digits)
    except ValueError:
        return b""


def _encode(series: pd.Series) -> Texts:
    column = pa.chunked_array(pa.array(series, pa.large_string()))
    if column.null_count:
        column = pc.fill_null(column, "")
    if not len(column):
        return Texts(np.empty(0, np.int32), ())
    # Mostly the next answer was given on the same day, and nobody's place is told: runs of
    # alike texts are found far sooner than each text is looked up.
    runs = [pc.run_end_encode(chunk, run_end_type=pa.int64()) for chunk in column.chunks]
    lengths = [np.diff(np.asarray(run.run_ends), prepend=0) for run in runs]
    texts = pa.chunked_array([run.values for run in runs])  # noqa: PD011 - Arrow's, not pandas'
    encoded = texts.dictionary_encode().unify_dictionaries()
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in encoded.chunks])
    return Texts(
        np.repeat(codes, np.concatenate(lengths)),
        tuple(encoded.chunk(0).dictionary.to_pylist()),
    )
