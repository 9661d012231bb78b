"""Which answers of a survey are there already, and how they differ from what is kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, or_, select

from needsmap.store.blocks import Block, read_rows
from needsmap.store.database import Store
from needsmap.store.prints import Prints, print_answers
from needsmap.store.releases import read_prints
from needsmap.store.schema import answer_block, survey
from needsmap.tables import SurveyAnswers


@dataclass(frozen=True)
class Known:
    """What is known of the answers handed in.

    new : one entry an answer; True where it is not there yet. changed : of those there,
    how many read differently now. survey : id of the kept survey that holds most of them,
    "" when none does. same_file : title of the kept survey that came from the very same
    file, "" when none did.
    """

    new: npt.NDArray[np.bool_]
    changed: int
    survey: str
    same_file: str


@dataclass(frozen=True)
class Overlap:
    """What keeping a survey would add. new + known = answers handed in.

    new : answers that are not there yet. known : those there already. changed : of those
    known, how many read differently now (the former ones would stay). same_file : title of
    the kept survey that came from the very same file, "" when none did.
    """

    new: int
    known: int
    changed: int
    same_file: str


def overlap(store: Store, place: str, given: SurveyAnswers) -> Overlap:
    """Return what `keep_survey` would add of a survey, without writing anything.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    prints = print_answers(given)
    with store.reading() as connection:
        found = find_known(connection, place, given, prints)
    new = int(found.new.sum())
    return Overlap(
        new=new, known=len(prints) - new, changed=found.changed, same_file=found.same_file
    )


def find_known(connection: Connection, place: str, given: SurveyAnswers, prints: Prints) -> Known:
    """Find which answers are there already.

    An answer is known when the same key came before under the same headings, or the same
    row of the same file came before, or the same key stands higher up in the file itself.
    Inside `store.writing()` the lock keeps the answer true until the end.
    """
    candidates = connection.execute(
        select(survey)
        .where(
            survey.c.place == place,
            survey.c.state == "kept",
            or_(
                survey.c.heading_fingerprint == given.heading_fingerprint,
                survey.c.file_digest == given.file_digest,
            ),
        )
        .order_by(survey.c.number)
    ).all()
    known = prints.repeated()
    changed = np.zeros(len(prints), bool)
    holder, most, same_file = "", 0, ""
    for row in candidates:
        if row.file_digest == given.file_digest:
            # The same file with other choices may give other keys: its rows are its rows.
            here = given.answers["row"].isin(_rows(connection, row.number)).to_numpy()
            same_file = same_file or row.title
        else:
            there = read_prints(connection, row.number)
            found = there.find(prints)
            here = found >= 0
            changed |= here & (there.words[found] != prints.words)
        known |= here
        if here.sum() > most:
            holder, most = row.id, int(here.sum())
    return Known(new=~known, changed=int(changed.sum()), survey=holder, same_file=same_file)


def _rows(connection: Connection, number: int) -> npt.NDArray[np.int64]:
    blocks = connection.execute(
        select(answer_block).where(answer_block.c.survey == number).order_by("block")
    ).all()
    return read_rows([Block(b.rows, b.row_keys, b.row_prints, b.body) for b in blocks])
