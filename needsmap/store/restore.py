"""Putting a backup back: into an empty store only, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select

from needsmap.errors import NeedsmapError, StoreUnavailable
from needsmap.store.audit import record_is_whole
from needsmap.store.backup import copy_rows, count_rows, opened_backup
from needsmap.store.backup_file import Manifest
from needsmap.store.database import Store, mark, marker, open_store, sqlite_file
from needsmap.store.schema import metadata
from needsmap.words import say


def restore_backup(url: str, file: Path) -> Manifest:
    """Put a backup into the empty store at an address (see `open_store`), or into a new one.

    The record comes back as it was, with every seal. A backup of an older shape is brought
    up to date on the way; it may come from SQLite and go to PostgreSQL, or the other way
    round. A store that was there before and is gone may be made anew by this.

    Raises
    ------
    UnreadableFile
        When the file is not a backup, was altered or cut short, or is of a newer version;
        then the store was not touched.
    NeedsmapError
        When there is something in the store already; then nothing is changed.
    StoreUnavailable
        When the store cannot be written; then nothing of the backup is in it.
    """
    with (
        opened_backup(file) as (manifest, source),
        _store_for(url) as store,
        source.reading() as reading,
        store.writing() as connection,
    ):
        if any(count_rows(connection).values()):
            raise NeedsmapError(
                say("There is something in the data store already."),
                say("Restore into a new one: set NEEDSMAP_HOME or NEEDSMAP_DATABASE_URL."),
            )
        copy_rows(reading, connection)
        _count_on(connection)
        found = count_rows(connection)
        arrived = all(found[name] == rows for name, rows in manifest.rows.items())
        if not arrived or not record_is_whole(connection):
            raise StoreUnavailable(
                say("Not all of the backup arrived, so nothing was kept."),
                say("Check the data store's disk, then try again."),
            )
    return manifest


@contextmanager
def _store_for(url: str) -> Iterator[Store]:
    """Open the store to put a backup in; a file made for it goes again when that fails."""
    file = sqlite_file(url)
    is_new = file is not None and not file.exists()
    was_here = file is not None and marker(file).exists()
    try:
        with open_store(url, anew=True) as store:
            yield store
    except BaseException:
        if file is not None and is_new:
            # An empty store that stays would be taken for a place nobody answered in.
            for end in ("", "-wal", "-shm"):
                file.with_name(file.name + end).unlink(missing_ok=True)
            if not was_here:
                marker(file).unlink(missing_ok=True)
            else:
                mark(file)
        raise


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL count on after the highest number that was put in; SQLite does so."""
    if connection.dialect.name != "postgresql":
        return
    for table in (metadata.tables["survey"], metadata.tables["tombstone"]):
        most = connection.execute(select(func.max(table.c.number))).scalar()
        if most is not None:
            counter = func.pg_get_serial_sequence(table.name, "number")
            connection.execute(select(func.setval(counter, most)))
