"""Surveys as blocks of columns (Arrow IPC, large ones zstd) and back, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from needsmap.store.prints import Prints
from needsmap.store.texts import ANSWER_TEXTS, Texts
from needsmap.tables import AnswerColumn, Question, SurveyAnswers, coded

BLOCK_ROWS = 50_000
"""Answers in one block: small enough to write at once, large enough to compress."""

_TEXT = pa.string()
_OPTIONS = pa.ipc.IpcWriteOptions(compression=pa.Codec("zstd", compression_level=1))
_PLAIN = pa.ipc.IpcWriteOptions()
_SMALL = 32 * 1024
"""Tables of fewer bytes fill a page or two of the store either way, and to compress one takes
three times as long as to write it."""


@dataclass(frozen=True)
class Block:
    """Some consecutive answers as they are written: see `schema.answer_block`."""

    rows: int
    row_keys: bytes
    row_prints: bytes
    body: bytes


def pack_blocks(survey: SurveyAnswers, texts: Mapping[str, Texts]) -> Iterator[bytes]:
    """Yield the bodies of a survey's blocks of at most `BLOCK_ROWS` answers, in order.

    `texts`: what `encode_answers` returns for its answers.
    """
    names, arrays = ["row"], [pa.array(survey.answers["row"].to_numpy(np.int64))]
    for name in ANSWER_TEXTS:
        names.append(name)
        arrays.append(
            pa.DictionaryArray.from_arrays(texts[name].codes, pa.array(texts[name].texts, _TEXT))
        )
    for column in survey.columns.values():
        # A letter before the id keeps a question from being taken for a column above.
        names.append(f"q {column.question}")
        arrays.append(pa.array(_smallest(column)))
    table = pa.table(arrays, names=names)
    for start in range(0, len(survey.answers), BLOCK_ROWS):
        yield _pack(table.slice(start, BLOCK_ROWS))


def make_blocks(prints: Prints, bodies: Iterable[bytes]) -> Iterator[Block]:
    """Put the answers' keys and prints to the bodies that `pack_blocks` made."""
    for number, body in enumerate(bodies):
        part = prints.take(slice(number * BLOCK_ROWS, (number + 1) * BLOCK_ROWS))
        yield Block(
            rows=len(part),
            row_keys=part.keys_as_bytes(),
            row_prints=part.prints_as_bytes(),
            body=body,
        )


def read_blocks(
    blocks: Sequence[Block],
) -> tuple[pd.DataFrame, dict[str, npt.NDArray[np.int32]]]:
    """Return the table of `tables.ANSWERS` and the codes of each question."""
    table = pa.concat_tables(
        [_unpack(block.body) for block in blocks], promote_options="permissive"
    )
    keys = b"".join(block.row_keys for block in blocks).hex()
    frame = pd.DataFrame(
        {
            "row": table["row"].to_numpy().astype(np.int64),
            "key": pd.array([keys[at : at + 32] for at in range(0, len(keys), 32)], dtype="str"),
            **{name: _series(table[name]) for name in ANSWER_TEXTS},
        }
    )
    codes = {
        name.removeprefix("q "): table[name].to_numpy().astype(np.int32)
        for name in table.column_names
        if name.startswith("q ")
    }
    return frame, codes


def read_rows(blocks: Sequence[Block]) -> npt.NDArray[np.int64]:
    """Return only the row numbers of the answers, in order."""
    rows = [_unpack(block.body)["row"].to_numpy().astype(np.int64) for block in blocks]
    return np.concatenate(rows) if rows else np.empty(0, np.int64)


def pack_cells(column: AnswerColumn) -> bytes:
    """Return a question's distinct cells, their choices and themes as bytes."""
    pairs = list(chain.from_iterable(column.choices))
    choices = pa.StructArray.from_arrays(
        [
            pa.array(np.array([option for option, _ in pairs], np.int32)),
            pa.array(np.array([value for _, value in pairs], np.float64)),
        ],
        names=["option", "value"],
    )
    told = coded(column.themes)
    themes = pa.array([list(each) for each in told.different], pa.list_(_TEXT))
    table = pa.table(
        {
            "cell": pa.array(column.cells, _TEXT),
            "choices": pa.ListArray.from_arrays(_offsets(column.choices), choices),
            "themes": themes.take(pa.array(told.codes)),
        }
    )
    return _pack(table)


def read_cells(question: str, body: bytes, codes: npt.NDArray[np.int32]) -> AnswerColumn:
    """Return the column that `pack_cells` packed, with the codes of its answers."""
    table = _unpack(body).combine_chunks()
    flat = _flat(table["choices"])
    pairs = list(
        zip(flat.field("option").to_pylist(), flat.field("value").to_pylist(), strict=True)
    )
    return AnswerColumn(
        question=question,
        codes=codes,
        cells=tuple(table["cell"].to_pylist()),
        choices=_cut(pairs, table["choices"]),
        themes=_cut(_flat(table["themes"]).to_pylist(), table["themes"]),
    )


def only_rows(survey: SurveyAnswers, rows: npt.NDArray[np.bool_]) -> SurveyAnswers:
    """Return a survey with some of its answers: cells nobody wrote fall away, counts follow."""
    columns = {name: _only(column, rows) for name, column in survey.columns.items()}
    questions = tuple(
        _recount(question, columns[question.id]) if question.id in columns else question
        for question in survey.questions
    )
    answers = survey.answers.loc[rows].reset_index(drop=True)
    return replace(survey, answers=answers, columns=columns, questions=questions)


def _only(column: AnswerColumn, rows: npt.NDArray[np.bool_]) -> AnswerColumn:
    codes = np.asarray(column.codes)[rows]
    used = np.unique(codes[codes >= 0])
    place = np.full(len(column.cells) + 1, -1, np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return AnswerColumn(
        question=column.question,
        codes=place[codes],
        cells=tuple(column.cells[cell] for cell in used),
        choices=tuple(column.choices[cell] for cell in used),
        themes=tuple(column.themes[cell] for cell in used),
    )


def _recount(question: Question, column: AnswerColumn) -> Question:
    codes = column.codes[column.codes >= 0]
    people = np.bincount(codes, minlength=len(column.cells))
    chosen = [0] * len(question.options)
    for cell, choices in enumerate(column.choices):
        for option in {option for option, _ in choices}:
            chosen[option] += int(people[cell])
    options = tuple(
        replace(option, count=count) for option, count in zip(question.options, chosen, strict=True)
    )
    return replace(question, answered=len(codes), options=options)


def _smallest(column: AnswerColumn) -> npt.NDArray[np.signedinteger]:
    # Most questions have under 128 different cells: a byte an answer instead of four.
    codes = np.asarray(column.codes)
    if len(column.cells) <= 127:
        return codes.astype(np.int8)
    if len(column.cells) <= 32_767:
        return codes.astype(np.int16)
    return codes.astype(np.int32)


def _series(column: pa.ChunkedArray) -> pd.Series:
    texts = column.cast(pa.string())
    return pd.Series(texts.to_pandas(), dtype="str")


def _offsets(lists: Sequence[Sequence[object]]) -> pa.Array:
    if not any(lists):
        return pa.array(np.zeros(len(lists) + 1, np.int32))
    ends = np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)))
    return pa.array(np.concatenate([[0], ends]).astype(np.int32))


def _flat(column: pa.ChunkedArray) -> pa.Array:
    chunks = [chunk.flatten() for chunk in column.chunks]
    return chunks[0] if chunks else pa.array([], column.type.value_type)


def _cut(flat: list, column: pa.ChunkedArray) -> tuple:
    if not flat:
        return ((),) * len(column)
    ends = np.cumsum(pa.compute.list_value_length(column).to_numpy()).tolist()
    return tuple(tuple(flat[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True))


def _pack(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = _PLAIN if table.nbytes < _SMALL else _OPTIONS
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _unpack(body: bytes) -> pa.Table:
    with pa.ipc.open_stream(body) as reader:
        return reader.read_all()
