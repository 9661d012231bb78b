"""What stewards decided: which lines people wrote all may read, and what a grant is for.

A line is public only while its approval stands here. It goes when it is taken back, when its
survey is undone, and when the person who wrote it hands in other words. What was decided is in
the audit log without any words of anybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from needsmap.errors import NeedsmapError, NotFound
from needsmap.store.audit import utc_now, write_entry
from needsmap.store.database import Store
from needsmap.store.schema import grant_correction, quote_approval, survey
from needsmap.words import say

LONGEST_LINE = 1000
"""Letters of a line: a quote is a sentence or two."""


@dataclass(frozen=True)
class QuoteApproval:
    """A steward's word that a line may be read by all.

    quote : id of the text it is from. survey : public id of that text's survey. line : the
    words. who : by which door it came. at : UTC.
    """

    quote: str
    survey: str
    line: str
    who: str
    at: datetime


def approve_quote(
    store: Store, place: str, *, quote: str, survey_id: str, line: str, who: str = "command"
) -> None:
    """Let a line be read by all, in place of another line of the same text.

    The caller checks that the line is a part of the text and holds no personal details.

    Raises
    ------
    NotFound
        When the place has no kept survey of this id.
    NeedsmapError
        When the line is blank, too long, or holds a sign no text has.
    StoreUnavailable
        When the store cannot be written.
    """
    if not line.strip() or len(line) > LONGEST_LINE or "\0" in line:
        raise NeedsmapError(
            say("A quote has 1 to {most} letters.", most=LONGEST_LINE),
            say("Choose a sentence or two."),
        )
    with store.writing() as connection:
        kept = select(survey.c.number).where(
            survey.c.place == place, survey.c.id == survey_id, survey.c.state == "kept"
        )
        if connection.execute(kept).first() is None:
            raise NotFound(
                say("There is no survey '{survey}'.", survey=survey_id),
                say("List the surveys to see which there are."),
            )
        _drop_quotes(connection, place, [quote])
        row = {"place": place, "quote": quote, "survey": survey_id, "line": line, "who": who}
        connection.execute(insert(quote_approval).values(**row, at=utc_now()))
        facts = {"quote": quote, "survey": survey_id, "line": _digest(line)}
        write_entry(connection, what="quote", place=place, who=who, facts=facts)


def withdraw_quote(store: Store, place: str, quote: str, *, who: str = "command") -> None:
    """Take an approval back: the line is private again at once.

    Raises
    ------
    NotFound
        When no line of this text is approved.
    StoreUnavailable
        When the store cannot be written.
    """
    with store.writing() as connection:
        if not _drop_quotes(connection, place, [quote]):
            raise NotFound(
                say("No quote '{quote}' is public.", quote=quote[:32]),
                say("List the quotes to see which there are."),
            )
        facts = {"quotes": [quote]}
        write_entry(connection, what="quote_withdrawn", place=place, who=who, facts=facts)


def approved_quotes(store: Store, place: str) -> list[QuoteApproval]:
    """Return the approvals in force for a place, oldest first.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    wanted = select(quote_approval).where(quote_approval.c.place == place)
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
    found = [
        QuoteApproval(row.quote, row.survey, row.line, row.who, datetime.fromisoformat(row.at))
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.quote))


def withdraw_quotes_of(connection: Connection, place: str, survey_id: str, *, who: str) -> int:
    """Take back all quotes of a survey inside the caller's transaction; return how many."""
    wanted = select(quote_approval.c.quote).where(
        quote_approval.c.place == place, quote_approval.c.survey == survey_id
    )
    quotes = sorted(connection.execute(wanted).scalars())
    return _withdraw(connection, place, quotes, who=who)


def withdraw_changed(
    connection: Connection, place: str, survey_id: str, quotes: Collection[str], *, who: str
) -> int:
    """Take back those approvals of a survey whose text is among `quotes`; return how many."""
    wanted = select(quote_approval.c.quote).where(
        quote_approval.c.place == place, quote_approval.c.survey == survey_id
    )
    there = sorted(set(connection.execute(wanted).scalars()) & set(quotes))
    return _withdraw(connection, place, there, who=who)


def correct_grants(
    store: Store, place: str, corrections: Mapping[str, Iterable[str]], *, who: str = "command"
) -> int:
    """Settle what grants are for: identifier → theme ids (none: for no theme).

    Stands in place of what was settled before and of the match by words; all or none of them
    is kept. The caller checks that themes exist. Returns how many were news.

    Raises
    ------
    NeedsmapError
        When an identifier is blank.
    StoreUnavailable
        When the store cannot be written.
    """
    given = {name: tuple(themes) for name, themes in corrections.items()}
    if any(not name.strip() or "\0" in name for name in given):
        raise NeedsmapError(
            say("A grant without an identifier cannot be corrected."),
            say("Ask its funder for the file with identifiers."),
        )
    with store.writing() as connection:
        there = _corrections(connection, place)
        news = {name: themes for name, themes in given.items() if there.get(name) != themes}
        for name, themes in news.items():
            digest = _digest(name)
            _drop_correction(connection, place, digest)
            row = {"place": place, "digest": digest, "identifier": name}
            connection.execute(
                insert(grant_correction).values(**row, themes=json.dumps(themes), at=utc_now())
            )
            facts = {"grant": digest, "themes": list(themes)}
            write_entry(connection, what="grant", place=place, who=who, facts=facts)
    return len(news)


def forget_grant(store: Store, place: str, identifier: str, *, who: str = "command") -> None:
    """Take a correction back: the grant is matched by its words again.

    Raises
    ------
    NotFound
        When there is no correction of this grant.
    StoreUnavailable
        When the store cannot be written.
    """
    digest = _digest(identifier)
    with store.writing() as connection:
        if not _drop_correction(connection, place, digest):
            raise NotFound(
                say("Nothing was corrected for the grant '{grant}'.", grant=identifier[:80]),
                say("List the corrections to see which there are."),
            )
        facts = {"grant": digest}
        write_entry(connection, what="grant_forgotten", place=place, who=who, facts=facts)


def grant_corrections(store: Store, place: str) -> dict[str, tuple[str, ...]]:
    """Return grant identifier → theme ids as stewards settled them, by identifier.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    with store.reading() as connection:
        return _corrections(connection, place)


def note_sign_in(store: Store, *, admitted: bool) -> None:
    """Note in the audit log that somebody signed in as steward, or was refused."""
    what = "steward_in" if admitted else "steward_refused"
    with store.writing() as connection:
        write_entry(connection, what=what, place="", who="page", facts={})


def _corrections(connection: Connection, place: str) -> dict[str, tuple[str, ...]]:
    wanted = select(grant_correction).where(grant_correction.c.place == place)
    rows = connection.execute(wanted).all()
    # Sorted here: databases sort letters each in their own way.
    return {
        row.identifier: tuple(json.loads(row.themes))
        for row in sorted(rows, key=lambda row: row.identifier)
    }


def _withdraw(connection: Connection, place: str, quotes: list[str], *, who: str) -> int:
    if quotes:
        _drop_quotes(connection, place, quotes)
        facts = {"quotes": quotes}
        write_entry(connection, what="quote_withdrawn", place=place, who=who, facts=facts)
    return len(quotes)


def _drop_quotes(connection: Connection, place: str, quotes: list[str]) -> bool:
    same = (quote_approval.c.place == place, quote_approval.c.quote.in_(quotes))
    there = connection.execute(select(quote_approval.c.quote).where(*same)).first()
    connection.execute(delete(quote_approval).where(*same))
    return there is not None


def _drop_correction(connection: Connection, place: str, digest: str) -> bool:
    same = (grant_correction.c.place == place, grant_correction.c.digest == digest)
    there = connection.execute(select(grant_correction.c.digest).where(*same)).first()
    connection.execute(delete(grant_correction).where(*same))
    return there is not None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
