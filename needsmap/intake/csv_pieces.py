"""A large text table parsed piece by piece while its marks are looked at.

Each piece is parsed and its cells told apart while they are near the processor; what stays is
a code a cell and the distinct texts. So a file of millions of cells needs little memory beside
its own bytes, and memory is what costs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from needsmap.intake.csv_marks import row_end_after
from needsmap.intake.encoded import Encoded, Part, encode_parts
from needsmap.intake.raw_table import column_key
from needsmap.siphash import hash_texts

_PIECE = 2 * 1024 * 1024
"""Bytes of a piece: few enough to stay near the processor, enough to be worth the call."""
_LOOKED_AT, _UNLIKE = 200_000, 0.5
"""Bytes from which is told how a column is parsed, and the share of unlike texts for that."""
_LOOKING = 0.6
"""Of the time reading takes, about how much goes by until all marks are looked at."""
_ENCODED = pa.dictionary(pa.int32(), pa.string())
_NO_CODES = np.empty(0, np.int32)
_NO_TEXTS = pa.array([], pa.large_string())


def parsed(
    body: memoryview,
    delimiter: str,
    width: int,
    *,
    block_bytes: int = 512 * 1024,
    encoded: Collection[int] = (),
) -> pa.Table | None:
    """Parse rows with Arrow into as many columns of texts; None when it refuses.

    `encoded`: places of columns that come as distinct texts and codes, a block each.
    """
    names = [str(i) for i in range(width)]
    types = dict.fromkeys(names, pa.large_string())
    types |= {names[place]: _ENCODED for place in encoded}
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            # One thread a part with small blocks takes half the processor time of Arrow's
            # own two with large ones.
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=block_bytes, use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=types,
                strings_can_be_null=False,
                check_utf8=False,
            ),
            # Arrow's own pool asks for huge pages, which a busy machine is slow to give.
            memory_pool=pa.system_memory_pool(),
        )
    except pa.ArrowInvalid:
        return None


class Pieces:
    """The answers of a table, parsed two pieces at a time from their first byte on.

    `tell` is called with the share of the reading that is done.
    """

    def __init__(
        self,
        body: bytes,
        start: int,
        delimiter: str,
        width: int,
        tell: Callable[[float], None] = lambda share: None,
    ) -> None:
        self.start = start
        self._body, self._delimiter, self._width = memoryview(body), delimiter, width
        self._begun, self._tell = start, tell
        self._workers = ThreadPoolExecutor(max_workers=2)
        self._parts: list[Future[list[Part] | None]] = []
        self._keys = [column_key(position) for position in range(1, width + 1)]
        self._encoded, self._unlike = self._looked_at()

    def up_to(self, place: int) -> None:
        """Parse what lies before a place at which a row begins, when it is enough."""
        if place - self._begun >= _PIECE:
            self._parse(place)
            self._tell(_LOOKING * place / len(self._body))

    def columns(self) -> list[Encoded] | None:
        """Parse the rest and return all columns; None when Arrow refused any piece."""
        if self._begun < len(self._body):
            self._parse(len(self._body))
        parts: list[Sequence[Part]] = []
        for number, done in enumerate(self._parts):
            part = done.result()
            self._tell(_LOOKING + (1 - _LOOKING) * number / len(self._parts))
            if part is None:
                return None
            parts.append(part)
        columns = list(zip(*parts, strict=True))
        # Those with most unlike texts take longest and are begun first, so that two end together.
        order = sorted(range(len(columns)), key=lambda place: -_to_tell_apart(columns[place]))
        begun = {
            place: self._workers.submit(encode_parts, columns[place], self._keys[place])
            for place in order
        }
        return [begun[place].result() for place in range(len(columns))]

    def stop(self) -> None:
        """Begin no more pieces."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _parse(self, end: int) -> None:
        self._parts.append(self._workers.submit(self._piece, self._body[self._begun : end]))
        self._begun = end

    def _piece(self, body: memoryview) -> list[Part] | None:
        table = parsed(
            body,
            self._delimiter,
            self._width,
            # More than a piece ever has: each column comes in one block.
            block_bytes=len(body) + 1,
            encoded=self._encoded,
        )
        if table is None:
            return None
        return [
            _part(column, self._keys[place] if place in self._unlike else "")
            for place, column in enumerate(table.columns)
        ]

    def _looked_at(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the places of columns whose first texts come again, and of those all unlike."""
        characters = np.frombuffer(self._body, np.uint8)
        reach = min(self.start + _LOOKED_AT, len(self._body) - 1)
        end = row_end_after(characters, self.start, reach, _PIECE) + 1
        table = parsed(self._body[self.start : end], self._delimiter, self._width) if end else None
        if table is None:
            return frozenset(), frozenset()
        texts = [len(pc.unique(column)) for column in table.columns]
        again = frozenset(n for n, each in enumerate(texts) if each <= _UNLIKE * table.num_rows)
        return again, frozenset(n for n, each in enumerate(texts) if each == table.num_rows) - again


def _to_tell_apart(parts: Sequence[Part]) -> int:
    """Return how many texts are to be told apart; those that were hashed are known to be."""
    return sum(len(part.texts) if part.cells is None else len(part.cells) // 2 for part in parts)


def _part(column: pa.ChunkedArray, key: str) -> Part:
    """Return a column of a piece; with a key its cells are hashed while they are at hand."""
    cells = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if not pa.types.is_dictionary(cells.type):
        return Part(_NO_CODES, _NO_TEXTS, cells, hash_texts(cells, key) if key else None)
    texts = cells.dictionary
    small = np.uint8 if len(texts) <= 256 else np.int32
    return Part(np.asarray(cells.indices).astype(small, copy=False), texts.cast(pa.large_string()))
