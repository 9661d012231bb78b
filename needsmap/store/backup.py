"""Making a backup of the whole store, and opening one again to check it."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from needsmap.errors import NeedsmapError, StoreUnavailable
from needsmap.store.audit import audit_is_whole, utc_now
from needsmap.store.backup_file import (
    FORMAT,
    Manifest,
    altered,
    digest_of,
    read_manifest,
    take_out,
    write_file,
)
from needsmap.store.database import Store, open_store
from needsmap.store.schema import audit, metadata, survey
from needsmap.store.upgrade import copy_sqlite, revision
from needsmap.words import say

_ROWS_AT_ONCE = 20  # a row of `answer_block` is a megabyte or two


def make_backup(store: Store, file: Path) -> Manifest:
    """Write a backup of the whole store, open it again and check it.

    The file appears under its name only when it is whole. Only its owner may read it.
    Others may go on reading and writing the store meanwhile.

    Raises
    ------
    NeedsmapError
        When the file is there already, cannot be written, or what was written is not what
        the store holds.
    StoreUnavailable
        When the store cannot be read, or its record was tampered with.
    """
    if file.exists():
        raise NeedsmapError(
            say("There is a file '{file}' already.", file=file), say("Choose another name.")
        )
    with _disk_in_words(file), tempfile.TemporaryDirectory(dir=file.parent) as folder:
        copy = Path(folder) / "store.sqlite"
        _copy(store, copy)
        manifest = _describe(copy)
        made = Path(folder) / "backup.zip"
        write_file(made, copy, manifest)
        copy.unlink()
        with opened_backup(made) as (checked, _):
            if checked != manifest:
                raise NeedsmapError(
                    say("What was written is not what the data store holds."),
                    say("Check the disk, then try again."),
                )
        made.chmod(0o600)
        made.replace(file)
    return manifest


@contextmanager
def opened_backup(file: Path) -> Iterator[tuple[Manifest, Store]]:
    """Check a backup and give its manifest and the store in it, brought up to date.

    The store lies in a temporary folder that goes when the block ends.

    Raises
    ------
    UnreadableFile
        When the file is not a backup, was altered or cut short, or was made by a newer
        version.
    """
    manifest = read_manifest(file)
    with tempfile.TemporaryDirectory(prefix="needsmap-backup-") as folder:
        copy = Path(folder) / "store.sqlite"
        take_out(file, manifest, copy)
        try:
            found = _describe(copy, made_at=manifest.made_at)
        except (DBAPIError, StoreUnavailable) as error:
            raise altered(file) from error
        if found != manifest:
            raise altered(file)
        with open_store(_address(copy), create=False) as store:
            if not audit_is_whole(store):
                raise altered(file)
            yield manifest, store


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table of the store into tables that are empty."""
    for table in metadata.sorted_tables:
        wanted = select(table).order_by(*table.primary_key)
        rows = source.execute(wanted.execution_options(yield_per=_ROWS_AT_ONCE)).mappings()
        for some in rows.partitions():
            target.execute(insert(table), [dict(row) for row in some])


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table of the store has; an older shape has fewer tables."""
    there = set(inspect(connection).get_table_names())
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
        if table.name in there
    }


def _copy(store: Store, copy: Path) -> None:
    if store.file is not None:
        copy_sqlite(store.file, copy)
    else:
        with (
            open_store(_address(copy)) as target,
            store.reading() as source,
            target.writing() as connection,
        ):
            copy_rows(source, connection)
    with closing(sqlite3.connect(copy)) as raw:
        # One file, without a log of writes beside it.
        raw.execute("PRAGMA journal_mode = DELETE")


def _address(file: Path) -> str:
    # Made of its parts: a folder's name may hold a sign that means something in an address.
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


def _describe(copy: Path, *, made_at: str = "") -> Manifest:
    """Return the manifest of a database file that nobody has open."""
    engine = create_engine(_address(copy), poolclass=NullPool)
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            raise StoreUnavailable(
                say("The data store is damaged."), say("Put back an earlier backup.")
            )
        kept = survey.c.state == "kept"
        people = select(func.coalesce(func.sum(survey.c.answers), 0)).where(kept)
        last = select(audit.c.digest).order_by(audit.c.number.desc()).limit(1)
        return Manifest(
            format=FORMAT,
            made_at=made_at or utc_now(),
            schema=revision(connection) or "",
            sha256=digest_of(copy),
            size=copy.stat().st_size,
            rows=count_rows(connection),
            surveys=connection.execute(
                select(func.count()).select_from(survey).where(kept)
            ).scalar_one(),
            answers=connection.execute(people).scalar_one(),
            audit_digest=connection.execute(last).scalar() or "",
        )


@contextmanager
def _disk_in_words(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
        raise _not_written(file, full=full) from error
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise _not_written(file, full="full" in str(error)) from error


def _not_written(file: Path, *, full: bool) -> NeedsmapError:
    if full:
        return NeedsmapError(
            say("The disk is too full for the backup '{file}'.", file=file),
            say("Make room on it, or name a file on another disk."),
        )
    return NeedsmapError(
        say("The backup '{file}' could not be written.", file=file),
        say("Check that the folder is there and may be used."),
    )
