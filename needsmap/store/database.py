"""Opening the store: SQLite by default, PostgreSQL by URL, one way to both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.util import LRUCache

from needsmap.errors import StoreUnavailable
from needsmap.store.upgrade import bring_up_to_date

WRITE_WAIT_MS = 30_000
"""How long a writer waits for another writer before it gives up."""

_WRITE_LOCK = 0x6E656564736D6170  # "needsmap": the one lock all writers on PostgreSQL take
_WRITING: dict[str, dict[str, Any]] = {
    "sqlite": {"needsmap_writes": True},
    # A snapshot would be taken before the lock is had, and be stale after the wait for it.
    "postgresql": {"isolation_level": "READ COMMITTED"},
}
_PUT_BACK = "put back a backup with 'python -m needsmap restore FILE'."
_MARKER_WORDS = (
    "Needs Map made its data store beside this file. If the data store is gone while this\n"
    "file is here, Needs Map says so instead of starting with an empty one. To start afresh\n"
    "on purpose, delete this file too.\n"
)


class Store:
    """An open store. Use it in a `with` block, or call `close` when done.

    Readers see one moment of the store each; writers come one after the other.
    """

    def __init__(self, engine: Engine, name: str, file: Path | None = None) -> None:
        self._engine = engine
        self.file = file
        """The SQLite file it is kept in; None for PostgreSQL."""
        self.name = name
        """What the store is called in messages: its file, or its address without password."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the store and cannot wait for writers."""
        with _in_words(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in one transaction that holds the write lock.

        All of it is kept when the block ends well, none of it when it raises.
        """
        with _in_words(self.name), self._engine.connect() as opened:
            connection = opened.execution_options(**_WRITING[opened.dialect.name])
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))
                yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str, *, create: bool = True, anew: bool = False) -> Store:
    """Open the store at an SQLAlchemy address, bringing an older one up to date.

    Parameters
    ----------
    url
        ``sqlite:///path/to/file`` or ``postgresql://user@host/database``.
    create
        Make a new store where there is none. A store that was made here before and is
        gone is never replaced by an empty one, whatever this says.
    anew
        Make a new one also where one was made before and is gone: to put a backup there.

    Raises
    ------
    StoreUnavailable
        When it is missing, damaged, read-only where it must be changed, made by a newer
        version, or cannot be reached; says which, and what to do.
    """
    address = _address(url)
    name = address.render_as_string(hide_password=True)
    file = sqlite_file(address)
    if file is not None:
        name = str(file)
        if anew and not file.exists():
            marker(file).unlink(missing_ok=True)
        _check_file(file, create=create)
    engine = _engine(address)
    store = Store(engine, name, file)
    try:
        bring_up_to_date(store, file, create=create)
        if file is not None:
            mark(file)
    except BaseException:
        engine.dispose()
        raise
    return store


def _address(url: str | URL) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(
            "The address of the data store cannot be read.",
            "Set NEEDSMAP_DATABASE_URL to something like 'sqlite:////folder/needsmap.sqlite' "
            "or 'postgresql://user@host/database'.",
        ) from error
    kind = address.get_backend_name()
    if kind in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and address.database not in {None, "", ":memory:"}:
        return address
    raise StoreUnavailable(
        f"Answers cannot be kept in '{address.render_as_string(hide_password=True)}'.",
        "Set NEEDSMAP_DATABASE_URL to an SQLite file or a PostgreSQL database.",
    )


def sqlite_file(url: str | URL) -> Path | None:
    """Return the file of an SQLite address, or None when it is another database's."""
    address = _address(url)
    database = address.database
    if address.get_backend_name() != "sqlite" or database is None:
        return None
    return Path(database.removeprefix("file:")).expanduser()


def marker(file: Path) -> Path:
    """Return the file beside an SQLite store that tells a new store from one that is gone."""
    return file.with_name(file.name + ".made")


def mark(file: Path) -> None:
    """Note beside an SQLite store that it was made."""
    if not marker(file).exists():
        # A read-only folder has nothing to mark: the store was made elsewhere.
        try:
            marker(file).write_text(_MARKER_WORDS, encoding="utf-8")
        except OSError:
            return


def _check_file(file: Path, *, create: bool) -> None:
    if file.is_dir():
        raise StoreUnavailable(
            f"The data store '{file}' is a folder.", "Name a file in NEEDSMAP_DATABASE_URL."
        )
    if file.exists():
        if file.stat().st_size == 0 and marker(file).exists():
            raise StoreUnavailable(
                f"The data store '{file}' is empty, but it was not before.",
                f"Delete it, then {_PUT_BACK} To start afresh, delete "
                f"'{marker(file).name}' beside it too.",
            )
        return
    if marker(file).exists():
        raise StoreUnavailable(
            f"The data store '{file}' is gone.",
            f"To go on, {_PUT_BACK} To start with an empty one, delete "
            f"'{marker(file).name}' in the same folder.",
        )
    if not create:
        raise StoreUnavailable(
            f"There is no data store at '{file}'.", "Add a survey first, or check the setting."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder '{file.parent}' for the data store cannot be made.",
            "Choose another folder in NEEDSMAP_HOME.",
        ) from error


def _engine(address: URL) -> Engine:
    """Return an engine with connections of its own; how statements are written is shared."""
    known, statements = _known(address)
    engine = Engine(
        known.pool.recreate(),
        known.dialect,
        address,
        execution_options={"compiled_cache": statements},
    )
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@lru_cache(maxsize=8)
def _known(address: URL) -> tuple[Engine, LRUCache]:
    """Return an engine that never connects, and the statements written for its database.

    Stores are opened for every page and file, and to write a dozen statements for a database
    takes as long as to keep a small survey in it.
    """
    statements: LRUCache = LRUCache(500)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": WRITE_WAIT_MS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine, statements
    engine = create_engine(
        address,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": 10},
    )
    return engine, statements


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's sqlite3 would begin transactions itself, too late and without the lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    # Answers lie in blocks of a megabyte, which large pages write twice as fast. A store keeps
    # the size it was made with.
    cursor.execute("PRAGMA page_size = 16384")
    cursor.execute("PRAGMA busy_timeout = 30000")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("needsmap_writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


_WORDS = (
    ("is full", "The disk of the data store is full.", "Make room on it, then try again."),
    ("readonly", "The data store may only be read.", "Allow this account to change its file."),
    ("read-only", "The data store may only be read.", "Allow this account to change it."),
    ("permission denied", "The data store may not be changed.", "Ask for the right to change it."),
    ("not a database", "The data store is damaged.", f"Move it away, then {_PUT_BACK}"),
    ("malformed", "The data store is damaged.", f"Move it away, then {_PUT_BACK}"),
    ("disk i/o", "The data store's disk gave an error.", "Check the disk, then try again."),
    ("locked", "The data store is busy for too long.", "Wait a minute, then try again."),
    ("unable to open", "The data store cannot be opened.", "Check that its folder may be used."),
)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Turn what a database says into one sentence and what to do."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).lower()
        for sign, what, fix in _WORDS:
            if sign in said:
                raise StoreUnavailable(f"{what} ({name})", fix) from error
        if error.connection_invalidated or type(error.orig).__name__ == "OperationalError":
            raise StoreUnavailable(
                f"The data store is not reachable. ({name})",
                "Check that it is running and that NEEDSMAP_DATABASE_URL is right.",
            ) from error
        raise
