"""A survey made ready to be written, before the store is locked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from needsmap.beside import begun, unheld
from needsmap.store.blocks import BLOCK_ROWS, Block, make_blocks, pack_blocks, pack_cells
from needsmap.store.prints import Prints, content_digest, print_answers
from needsmap.store.texts import encode_answers
from needsmap.tables import SurveyAnswers

Progress = Callable[[int, int], None]
"""Called with answers done and answers in all."""


@dataclass(frozen=True)
class Packed:
    """A survey ready to be written.

    answers : how many. digest : of its content. cells : each question and its distinct cells.
    blocks : of answers, in order.
    """

    survey: SurveyAnswers
    answers: int
    digest: str
    cells: tuple[tuple[str, bytes], ...]
    blocks: tuple[Block, ...]


@unheld()
def packed_survey(given: SurveyAnswers, progress: Progress | None = None) -> tuple[Packed, Prints]:
    """Return a survey ready to be written, and the prints of its answers.

    `progress` is told after each step how far it is, by the share of time the steps take.
    """
    count = len(given.answers)

    def tell(share: float) -> None:
        if progress is not None:
            progress(round(share * count), count)

    tell(0.0)
    texts = encode_answers(given.answers)

    def bodies() -> tuple[list[bytes], list[tuple[str, bytes]]]:
        columns = given.columns.values()
        return list(pack_blocks(given, texts)), [(c.question, pack_cells(c)) for c in columns]

    # Compressing lets other threads run, so it goes on beside the making of prints.
    compressed = begun(bodies, large=count >= BLOCK_ROWS)
    tell(0.1)
    prints = print_answers(given, texts)
    tell(0.6)
    digest = content_digest(given, prints)
    tell(0.8)
    blocks, cells = compressed()
    packed = Packed(
        survey=given,
        answers=len(prints),
        digest=digest,
        cells=tuple(cells),
        blocks=tuple(make_blocks(prints, blocks)),
    )
    tell(0.9)
    return packed, prints
