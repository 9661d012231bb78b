"""What a place learned: how its forms are to be read, and what its stewards corrected.

Nothing here is personal. Choices are about headings and options of a form; wording comes
normalised and scrubbed from the caller (`intake`), which alone knows how. The caller also
checks that theme ids exist: the store knows no themes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from needsmap.errors import NotFound
from needsmap.store.audit import utc_now, write_entry
from needsmap.store.database import Store
from needsmap.store.schema import remembered_choices, theme_correction
from needsmap.words import say


@dataclass(frozen=True)
class ThemeCorrection:
    """What a steward settled: this wording, in this language, names these themes.

    wording : normalised and scrubbed. themes : theme ids; empty when it names none.
    language : a code like "en".
    """

    wording: str
    themes: tuple[str, ...]
    language: str


def remember_choices(store: Store, place: str, fingerprint: str, choices_json: str) -> None:
    """Remember how a form is to be read, in place of what was remembered before.

    Parameters
    ----------
    fingerprint
        Of the form's headings: the same form next month has the same one.
    choices_json
        A JSON object (`Choices.to_json`), without personal details: the caller leaves out
        what belongs to one file only.

    Raises
    ------
    ValueError
        When it is not a JSON object.
    StoreUnavailable
        When the store cannot be written.
    """
    if not isinstance(json.loads(choices_json), dict):
        raise ValueError("`choices_json` must be a JSON object.")
    same_form = (
        remembered_choices.c.place == place,
        remembered_choices.c.fingerprint == fingerprint,
    )
    with store.writing() as connection:
        connection.execute(delete(remembered_choices).where(*same_form))
        row = {"place": place, "fingerprint": fingerprint, "choices": choices_json}
        connection.execute(insert(remembered_choices).values(**row, at=utc_now()))


def recalled_choices(store: Store, place: str, fingerprint: str) -> str | None:
    """Return what `remember_choices` was last given for a form, or None.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    wanted = select(remembered_choices.c.choices).where(
        remembered_choices.c.place == place,
        remembered_choices.c.fingerprint == fingerprint,
    )
    with store.reading() as connection:
        return connection.execute(wanted).scalar()


def remember_theme(
    store: Store,
    place: str,
    wording: str,
    themes: Iterable[str],
    language: str,
    *,
    who: str = "command",
) -> None:
    """Remember which themes a wording names, in place of what was remembered before.

    Parameters
    ----------
    wording
        Normalised and scrubbed by the caller: no personal details reach the store.
    themes
        Theme ids; empty when the wording names none.
    language
        A code like "en".
    who
        By which door it came, for the audit log.

    Raises
    ------
    StoreUnavailable
        When the store cannot be written.
    """
    remember_themes(store, place, [ThemeCorrection(wording, tuple(themes), language)], who=who)


def remember_themes(
    store: Store, place: str, corrections: Iterable[ThemeCorrection], *, who: str = "command"
) -> int:
    """Remember several corrections at once, all or none. Return how many were news.

    Of several for the same wording the last one counts. See `remember_theme`.
    """
    given = {(one.language, one.wording): one for one in corrections}
    with store.writing() as connection:
        there = {(one.language, one.wording): one for one in _corrections(connection, place)}
        news = [one for name, one in given.items() if there.get(name) != one]
        for one in news:
            digest = _digest(one.language, one.wording)
            _forget(connection, place, digest)
            row = {
                "place": place,
                "digest": digest,
                "language": one.language,
                "wording": one.wording,
                "themes": json.dumps(one.themes),
                "at": utc_now(),
            }
            connection.execute(insert(theme_correction).values(**row))
            facts = {"wording": digest, "themes": list(one.themes)}
            write_entry(connection, what="theme", place=place, who=who, facts=facts)
    return len(news)


def forget_theme(
    store: Store, place: str, wording: str, language: str, *, who: str = "command"
) -> None:
    """Take a correction back: the wording is matched by the theme list again.

    Raises
    ------
    NotFound
        When there is no correction of this wording.
    StoreUnavailable
        When the store cannot be written.
    """
    digest = _digest(language, wording)
    with store.writing() as connection:
        if not _forget(connection, place, digest):
            raise NotFound(
                say("Nothing was corrected for '{wording}'.", wording=wording),
                say("List the corrections to see which there are."),
            )
        facts = {"wording": digest}
        write_entry(connection, what="theme_forgotten", place=place, who=who, facts=facts)


def theme_corrections(store: Store, place: str) -> list[ThemeCorrection]:
    """Return what stewards corrected in a place, by language, then wording.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    with store.reading() as connection:
        return _corrections(connection, place)


def _corrections(connection: Connection, place: str) -> list[ThemeCorrection]:
    rows = connection.execute(
        select(theme_correction).where(theme_correction.c.place == place)
    ).all()
    found = [
        ThemeCorrection(row.wording, tuple(json.loads(row.themes)), row.language) for row in rows
    ]
    # Sorted here: databases sort letters each in their own way.
    return sorted(found, key=lambda one: (one.language, one.wording))


def _forget(connection: Connection, place: str, digest: str) -> bool:
    same = (theme_correction.c.place == place, theme_correction.c.digest == digest)
    there = connection.execute(select(theme_correction.c.digest).where(*same)).first()
    connection.execute(delete(theme_correction).where(*same))
    return there is not None


def _digest(language: str, wording: str) -> str:
    # A wording can be longer than an index of PostgreSQL takes.
    return hashlib.sha256(f"{language}\n{wording}".encode()).hexdigest()
