"""Keeping surveys and taking them back: each one transaction, its audit entry included."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from needsmap.errors import NeedsmapError, NotFound
from needsmap.store.audit import utc_now, write_entry
from needsmap.store.blocks import only_rows
from needsmap.store.changed_words import withdraw_changed_lines
from needsmap.store.database import Store
from needsmap.store.decisions import withdraw_quotes_of
from needsmap.store.known import find_known
from needsmap.store.packing import Packed, Progress, packed_survey
from needsmap.store.questions import write_questions
from needsmap.store.releases import (
    Release,
    count_waiting,
    current_release,
    delete_survey,
    is_public,
    release_if_enough,
)
from needsmap.store.schema import answer_block, cell_dictionary, survey, tombstone
from needsmap.tables import SurveyAnswers
from needsmap.words import say


@dataclass(frozen=True)
class Receipt:
    """What became of a survey that was handed in.

    survey : the id it is kept under; where nothing was new, the id of the survey that
    holds most of it. read : answers handed in. kept : of these, added now. already_known :
    of these, there before. changed : of those there before, how many read differently now
    (the former ones stay). release : the release made at once, or None. waiting : people
    whose answers are not public yet. read = kept + already_known.
    """

    survey: str
    read: int
    kept: int
    already_known: int
    changed: int
    release: Release | None
    waiting: int


@dataclass(frozen=True)
class SurveyRecord:
    """A kept survey as it is listed: no answers in it. `kept_at` is UTC."""

    id: str
    title: str
    asked: str
    tool: str
    kept_at: datetime
    answers: int
    released: bool


@dataclass(frozen=True)
class Undone:
    """What taking a survey back did: its id, answers withdrawn, the release made or None.

    Where no release was made, the withdrawn answers stay in the public figures until the
    next one; `waiting` says how many people's answers then change.
    """

    survey: str
    withdrawn: int
    release: Release | None
    waiting: int


def keep_survey(
    store: Store,
    place: str,
    given: SurveyAnswers,
    *,
    release: str = "automatic",
    who: str = "command",
    progress: Progress | None = None,
) -> Receipt:
    """Keep a survey's answers, those that are not there yet.

    Parameters
    ----------
    store, place
        Where to keep them; the pack's name.
    given
        What `intake` made of a file. An answer is known already when the same key came
        before under the same headings, or the same row of the same file came before.
    release
        "automatic": make a release at once when policy D4 allows it; "by_hand": never.
    who
        By which door it came ("command", "page"), for the audit log; no names of people.
    progress
        Called now and then with answers done and answers in all, while they are made ready;
        never while the store is locked, so that whoever is told cannot keep others waiting.

    Raises
    ------
    NeedsmapError
        When there is no answer in it.
    StoreUnavailable
        When it cannot be kept; then nothing of it is.
    """
    if given.answers.empty:
        raise NeedsmapError(
            say("There are no answers in '{title}'.", title=given.title),
            say("Check that the right file and sheet were chosen."),
        )
    # What takes time is done before the lock is taken, so that writers wait little.
    packed, prints = packed_survey(given, progress)
    with store.writing() as connection:
        known = find_known(connection, place, given, prints)
        kept = 0
        id_ = known.survey
        if known.new.any():
            if not known.new.all():
                packed, _ = packed_survey(only_rows(given, known.new))
            id_ = _keep(connection, place, packed)
            kept = packed.answers
            facts = {"survey": id_, "file": given.file_digest, "read": len(prints), "kept": kept}
            write_entry(connection, what="keep", place=place, who=who, facts=facts)
        if known.changed:
            withdraw_changed_lines(connection, place, given, who=who)
        made = None
        if kept and release == "automatic":
            made = release_if_enough(connection, place, who=who)
        waits = 0 if made else count_waiting(connection, place)
    return Receipt(
        survey=id_,
        read=len(prints),
        kept=kept,
        already_known=len(prints) - kept,
        changed=known.changed,
        release=made,
        waiting=waits,
    )


def list_surveys(store: Store, place: str) -> list[SurveyRecord]:
    """Return the kept surveys of a place, oldest first, without those taken back.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    current = current_release(store, place)
    public = set(current.surveys) if current else set()
    with store.reading() as connection:
        rows = connection.execute(
            select(survey)
            .where(survey.c.place == place, survey.c.state == "kept")
            .order_by(survey.c.number)
        ).all()
    return [
        SurveyRecord(
            id=row.id,
            title=row.title,
            asked=row.asked,
            tool=row.tool,
            kept_at=datetime.fromisoformat(row.kept_at),
            answers=row.answers,
            released=row.id in public,
        )
        for row in rows
    ]


def undo_survey(
    store: Store, survey_id: str, *, release: str = "automatic", who: str = "command"
) -> Undone:
    """Take a survey back. All that was kept with it goes; a tombstone says it was here.

    Answers that are still public are deleted with the release that leaves them out, which
    is made at once where policy D4 and `release` allow it (see `keep_survey`).

    Raises
    ------
    NotFound
        When no kept survey has this id.
    StoreUnavailable
        When the store cannot be written; then nothing changed.
    """
    with store.writing() as connection:
        row = connection.execute(
            select(survey).where(survey.c.id == survey_id, survey.c.state == "kept")
        ).first()
        if row is None:
            raise NotFound(
                say("There is no survey '{survey}'.", survey=survey_id),
                say("List the surveys to see which there are."),
            )
        connection.execute(
            insert(tombstone).values(
                survey=row.id,
                place=row.place,
                title=row.title,
                file_digest=row.file_digest,
                answers=row.answers,
                kept_at=row.kept_at,
                undone_at=utc_now(),
            )
        )
        if is_public(connection, row.place, row.id):
            connection.execute(
                update(survey).where(survey.c.number == row.number).values(state="withdrawn")
            )
        else:
            delete_survey(connection, row.number)
        withdraw_quotes_of(connection, row.place, row.id, who=who)
        facts = {"survey": row.id, "file": row.file_digest, "withdrawn": row.answers}
        write_entry(connection, what="undo", place=row.place, who=who, facts=facts)
        made = None
        if release == "automatic":
            made = release_if_enough(connection, row.place, who=who)
        waits = 0 if made else count_waiting(connection, row.place)
    return Undone(survey=row.id, withdrawn=row.answers, release=made, waiting=waits)


def _keep(connection: Connection, place: str, packed: Packed) -> str:
    new = packed.survey
    name = "\n".join([place, new.file_digest, packed.digest])
    id_ = hashlib.sha256(name.encode()).hexdigest()[:10]
    withdrawn = connection.execute(select(survey.c.number).where(survey.c.id == id_)).scalar()
    if withdrawn is not None:
        # Taken back, still public, and here again with the same answers: nothing to write.
        connection.execute(update(survey).where(survey.c.number == withdrawn).values(state="kept"))
        return id_
    number = connection.execute(
        insert(survey)
        .values(
            id=id_,
            place=place,
            state="kept",
            title=new.title,
            asked=new.asked.isoformat() if new.asked else "",
            tool=new.tool,
            file_digest=new.file_digest,
            heading_fingerprint=new.heading_fingerprint,
            content_digest=packed.digest,
            answers=packed.answers,
            kept_at=utc_now(),
        )
        .returning(survey.c.number)
    ).scalar_one()
    write_questions(connection, number, new.questions)
    cells = [
        {"survey": number, "position": position, "question": question, "body": body}
        for position, (question, body) in enumerate(packed.cells)
    ]
    if cells:
        connection.execute(insert(cell_dictionary), cells)
    for position, block in enumerate(packed.blocks):
        # One at a time: a block is a megabyte, and a driver may copy what it is given.
        row = {"survey": number, "block": position, **vars(block)}
        connection.execute(insert(answer_block).values(**row))
    return id_
