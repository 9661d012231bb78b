"""Releases: the moments at which kept answers become public (policy D4).

A release names the surveys that were kept when it was made. What was withdrawn since
stays readable only for the current release, and is deleted when the next one leaves it
out. Between two releases at least ten people's answers differ, so nobody's own answer
can be told from the difference.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, delete, func, insert, select

from needsmap.errors import ReleaseTooSmall
from needsmap.store.audit import utc_now, write_entry
from needsmap.store.blocks import Block, read_blocks, read_cells
from needsmap.store.database import Store
from needsmap.store.prints import Prints, from_bytes, together
from needsmap.store.questions import read_questions
from needsmap.store.schema import answer_block, cell_dictionary, question, survey
from needsmap.store.schema import release as release_table
from needsmap.store.schema import release_survey as release_survey_table
from needsmap.tables import SurveyAnswers
from needsmap.words import count, say

SMALLEST_RELEASE = 10
"""People whose answers must be new, changed or withdrawn before public figures may change."""


@dataclass(frozen=True)
class Release:
    """The published state of a place's answers.

    number : counts from 1 in each place. made_at : UTC. digest : SHA-256 over the answers
    themselves, the same on every machine that holds them. answers : how many people.
    surveys : ids of the surveys in it, oldest first.
    """

    number: int
    made_at: datetime
    digest: str
    answers: int
    surveys: tuple[str, ...]


def current_release(store: Store, place: str) -> Release | None:
    """Return what is public for a place now; None before its first release.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    with store.reading() as connection:
        return _current(connection, place)


def waiting(store: Store, place: str) -> int:
    """Return how many people's answers wait: kept, changed or withdrawn, not yet public."""
    with store.reading() as connection:
        return count_waiting(connection, place)


def make_release(store: Store, place: str, *, who: str = "command") -> Release:
    """Make what is kept public.

    Raises
    ------
    ReleaseTooSmall
        When fewer than ten people's answers would change; what is public stays as it is.
    StoreUnavailable
        When the store cannot be written.
    """
    with store.writing() as connection:
        waits = count_waiting(connection, place)
        if waits < SMALLEST_RELEASE:
            raise ReleaseTooSmall(
                count(
                    "{n} answer waits to be made public: too few.",
                    "{n} answers wait to be made public: too few.",
                    waits,
                ),
                say(
                    "Wait until {smallest} wait, so that nobody's own answer can be worked out "
                    "from the change. The public figures stay as they are.",
                    smallest=SMALLEST_RELEASE,
                ),
            )
        return release_now(connection, place, who=who)


def release_if_enough(connection: Connection, place: str, *, who: str) -> Release | None:
    """Make a release inside the caller's transaction when policy D4 allows it."""
    if count_waiting(connection, place) < SMALLEST_RELEASE:
        return None
    return release_now(connection, place, who=who)


def released_surveys(store: Store, place: str) -> list[SurveyAnswers]:
    """Return the surveys of the current release, oldest first; empty before the first.

    The answers' table has the columns of `tables.ANSWERS`: `row` int64, the others text.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    with store.reading() as connection:
        current = _current(connection, place)
        if current is None:
            return []
        rows = connection.execute(
            select(survey)
            .join(release_survey_table, release_survey_table.c.survey == survey.c.id)
            .where(
                release_survey_table.c.place == place,
                release_survey_table.c.release == current.number,
            )
            .order_by(survey.c.number)
        ).all()
        return [read_survey(connection, row) for row in rows]


def read_survey(connection: Connection, row: Row) -> SurveyAnswers:
    """Return one kept survey from its row of the table `survey`."""
    blocks = connection.execute(
        select(answer_block).where(answer_block.c.survey == row.number).order_by("block")
    ).all()
    answers, codes = read_blocks([Block(b.rows, b.row_keys, b.row_prints, b.body) for b in blocks])
    cells = connection.execute(
        select(cell_dictionary).where(cell_dictionary.c.survey == row.number).order_by("position")
    ).all()
    return SurveyAnswers(
        title=row.title,
        asked=date.fromisoformat(row.asked) if row.asked else None,
        tool=row.tool,
        file_digest=row.file_digest,
        heading_fingerprint=row.heading_fingerprint,
        questions=read_questions(connection, row.number),
        answers=answers,
        columns={c.question: read_cells(c.question, c.body, codes[c.question]) for c in cells},
        id=row.id,
    )


def read_prints(connection: Connection, number: int) -> Prints:
    """Return keys and prints of a kept survey's answers."""
    blocks = connection.execute(
        select(answer_block.c.row_keys, answer_block.c.row_prints)
        .where(answer_block.c.survey == number)
        .order_by(answer_block.c.block)
    ).all()
    return from_bytes(b"".join(b.row_keys for b in blocks), b"".join(b.row_prints for b in blocks))


def count_waiting(connection: Connection, place: str) -> int:
    """Count the people whose answers differ between what is kept and what is public."""
    rows = connection.execute(select(survey).where(survey.c.place == place)).all()
    current = _current(connection, place)
    public = set(current.surveys) if current else set()
    # Only surveys on one side of the comparison matter, grouped by their form.
    forms: dict[str, tuple[list[Row], list[Row]]] = {}
    for row in rows:
        if (row.state == "kept") != (row.id in public):
            sides = forms.setdefault(row.heading_fingerprint, ([], []))
            sides[0 if row.state == "kept" else 1].append(row)
    return sum(_people_who_differ(connection, added, gone) for added, gone in forms.values())


def release_now(connection: Connection, place: str, *, who: str) -> Release:
    """Write the next release, and delete withdrawn surveys it leaves out. Asks no policy."""
    former = _current(connection, place)
    kept = connection.execute(
        select(survey.c.number, survey.c.id, survey.c.content_digest, survey.c.answers)
        .where(survey.c.place == place, survey.c.state == "kept")
        .order_by(survey.c.number)
    ).all()
    made = Release(
        number=(former.number if former else 0) + 1,
        made_at=datetime.fromisoformat(utc_now()),
        digest=hashlib.sha256(
            "\n".join(sorted(r.content_digest for r in kept)).encode()
        ).hexdigest(),
        answers=sum(row.answers for row in kept),
        surveys=tuple(row.id for row in kept),
    )
    connection.execute(
        insert(release_table).values(
            place=place,
            number=made.number,
            made_at=made.made_at.isoformat(timespec="microseconds"),
            digest=made.digest,
            answers=made.answers,
        )
    )
    if made.surveys:
        connection.execute(
            insert(release_survey_table),
            [{"place": place, "release": made.number, "survey": id_} for id_ in made.surveys],
        )
    left_out = connection.execute(
        select(survey.c.number).where(survey.c.place == place, survey.c.state == "withdrawn")
    ).scalars()
    for number in left_out.all():
        delete_survey(connection, number)
    facts = {"release": made.number, "digest": made.digest, "answers": made.answers}
    write_entry(connection, what="release", place=place, who=who, facts=facts)
    return made


def delete_survey(connection: Connection, number: int) -> None:
    """Delete a survey's answers, cells, questions and its own row for good."""
    for table in (answer_block, cell_dictionary, question):
        connection.execute(delete(table).where(table.c.survey == number))
    connection.execute(delete(survey).where(survey.c.number == number))


def is_public(connection: Connection, place: str, id_: str) -> bool:
    """Return whether a survey is in the current release of a place."""
    newest = (
        select(func.max(release_table.c.number))
        .where(release_table.c.place == place)
        .scalar_subquery()
    )
    found = select(release_survey_table.c.survey).where(
        release_survey_table.c.place == place,
        release_survey_table.c.survey == id_,
        release_survey_table.c.release == newest,
    )
    return connection.execute(found).first() is not None


def _current(connection: Connection, place: str) -> Release | None:
    row = connection.execute(
        select(release_table)
        .where(release_table.c.place == place)
        .order_by(release_table.c.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    ids = connection.execute(
        select(release_survey_table.c.survey)
        .outerjoin(survey, survey.c.id == release_survey_table.c.survey)
        .where(release_survey_table.c.place == place, release_survey_table.c.release == row.number)
        .order_by(survey.c.number)
    ).scalars()
    return Release(
        number=row.number,
        made_at=datetime.fromisoformat(row.made_at),
        digest=row.digest,
        answers=row.answers,
        surveys=tuple(ids),
    )


def _people_who_differ(connection: Connection, added: list[Row], gone: list[Row]) -> int:
    """Count the people of one form whose answer came, went or became another.

    Within a side no key comes twice, because a known key is never kept again.
    """
    people = sum(row.answers for row in [*added, *gone])
    if not added or not gone:
        return people
    here = together([read_prints(connection, row.number) for row in added])
    there = together([read_prints(connection, row.number) for row in gone])
    found = there.find(here)
    both = found >= 0
    same = both & (there.words[found] == here.words) & (there.meaning[found] == here.meaning)
    return people - int(both.sum()) - int(same.sum())
