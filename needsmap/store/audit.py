"""The record of what was done: added to, never changed, each entry sealed to the last.

An entry holds ids, digests and counts. No name, no answer, no title of anybody's file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from needsmap.store.database import Store
from needsmap.store.schema import audit

_FIRST = "0" * 64


@dataclass(frozen=True)
class AuditEntry:
    """One thing that was done: when (UTC), by which door, what, to which place, facts."""

    number: int
    at: datetime
    who: str
    what: str
    place: str
    facts: dict[str, object]


def utc_now() -> str:
    """Return the time now in UTC as ISO text with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def write_entry(
    connection: Connection, *, what: str, place: str, who: str, facts: Mapping[str, object]
) -> None:
    """Add one entry inside the writer's own transaction, so deed and record share a fate.

    The writer holds the store's write lock, so nobody else can take the same number.
    """
    last = connection.execute(
        select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    ).first()
    entry = {
        "number": (last.number if last else 0) + 1,
        "at": utc_now(),
        "who": who,
        "what": what,
        "place": place,
        "facts": json.dumps(facts, sort_keys=True),
        "former": last.digest if last else _FIRST,
    }
    connection.execute(insert(audit).values(**entry, digest=_seal(entry)))


def audit_entries(store: Store, place: str | None = None) -> list[AuditEntry]:
    """Return the record, oldest first; only of one place when given.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    wanted = select(audit).order_by(audit.c.number)
    if place is not None:
        wanted = wanted.where(audit.c.place == place)
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
    return [
        AuditEntry(
            number=row.number,
            at=datetime.fromisoformat(row.at),
            who=row.who,
            what=row.what,
            place=row.place,
            facts=json.loads(row.facts),
        )
        for row in rows
    ]


def audit_is_whole(store: Store) -> bool:
    """Return whether no entry was changed, left out or put in between.

    Entries cut from the end cannot be seen from inside; a backup's manifest shows them.
    """
    with store.reading() as connection:
        return record_is_whole(connection)


def record_is_whole(connection: Connection) -> bool:
    """Return the same as `audit_is_whole`, inside the caller's transaction."""
    rows = connection.execute(select(audit).order_by(audit.c.number)).mappings().all()
    former = _FIRST
    for expected, row in enumerate(rows, start=1):
        entry = {name: row[name] for name in row if name != "digest"}
        if row["number"] != expected or row["former"] != former or row["digest"] != _seal(entry):
            return False
        former = row["digest"]
    return True


def _seal(entry: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(dict(entry), sort_keys=True).encode()).hexdigest()
