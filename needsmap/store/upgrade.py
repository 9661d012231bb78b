"""Bringing a store's tables to the shape this version needs, without losing anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select

from needsmap.errors import StoreUnavailable

if TYPE_CHECKING:
    from needsmap.store.database import Store

REVISIONS = ("0001", "0002", "0003", "0004")
"""All shapes a store has had, oldest first. A test compares this with migrations/versions."""

MIGRATIONS = Path(__file__).parent / "migrations"

_version = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def revision(connection: Connection) -> str | None:
    """Return the shape a store has, or None when nothing was made in it yet."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.execute(select(_version.c.version_num)).scalar()


def bring_up_to_date(store: Store, file: Path | None, *, create: bool) -> None:
    """Make or change the tables so that they have the newest shape.

    An SQLite file that has an older shape is copied first, beside itself. The change is
    one transaction: after a crash the store has the old shape or the new one.

    Raises
    ------
    StoreUnavailable
        When the store has a shape this version does not know, belongs to something else,
        or is new and `create` is False.
    """
    with store.reading() as connection:
        found = revision(connection)
        strangers = found is None and file is not None and inspect(connection).get_table_names()
    if found == REVISIONS[-1]:
        return
    if strangers:
        raise StoreUnavailable(
            f"'{store.name}' is a database of another program.",
            "Choose another file in NEEDSMAP_DATABASE_URL.",
        )
    if found is None and not create:
        raise StoreUnavailable(
            f"There is no data store in '{store.name}' yet.", "Add a survey first."
        )
    if found is not None and found not in REVISIONS:
        raise StoreUnavailable(
            f"The data store '{store.name}' was made by a newer version of Needs Map.",
            "Update Needs Map, then open it again. Nothing was changed.",
        )
    if file is not None:
        _write_ahead(store)
        if found is not None:
            copy_sqlite(file, file.with_name(f"{file.name}.before-{REVISIONS[-1]}"))
    with store.writing() as connection:
        _migrate(connection)


def copy_sqlite(file: Path, copy: Path) -> None:
    """Copy an SQLite file whole, also while somebody writes to it."""
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def _write_ahead(store: Store) -> None:
    # Both are kept in the file, so they are set once; neither can be inside a transaction.
    # Answers lie in blocks of a megabyte: larger pages made keeping a third quicker.
    raw = store._engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA page_size = 16384")
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _migrate(connection: Connection) -> None:
    # Imported only when there is something to do: every command opens the store.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
