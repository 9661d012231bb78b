"""Faults of the store itself: each is said in words, and nothing is replaced or lost."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import delete, inspect, update
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError

from needsmap.errors import StoreUnavailable
from needsmap.store import (
    Store,
    audit_entries,
    audit_is_whole,
    keep_survey,
    list_surveys,
    open_store,
)
from needsmap.store.audit import write_entry
from needsmap.store.schema import audit, metadata
from needsmap.store.upgrade import MIGRATIONS, REVISIONS


def _url(file: Path) -> str:
    return f"sqlite:///{file}"


def test_a_new_store_is_made_where_none_was(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "needsmap.sqlite"

    with open_store(_url(file)) as store:
        assert list_surveys(store, "testham") == []

    assert file.exists()
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA page_size").fetchone() == (16_384,)
    raw.close()


def test_a_missing_store_is_not_made_when_not_asked_to(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no data store"):
        open_store(_url(tmp_path / "needsmap.sqlite"), create=False)

    assert list(tmp_path.glob("*.sqlite")) == []


def test_a_store_that_is_gone_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "needsmap.sqlite"
    open_store(_url(file)).close()
    for part in tmp_path.glob("needsmap.sqlite*"):
        if part.suffix != ".made":
            part.unlink()

    with pytest.raises(StoreUnavailable, match="is gone"):
        open_store(_url(file))

    assert not file.exists()


def test_a_store_that_became_empty_is_said(tmp_path: Path) -> None:
    file = tmp_path / "needsmap.sqlite"
    open_store(_url(file)).close()
    file.write_bytes(b"")

    with pytest.raises(StoreUnavailable, match="is empty"):
        open_store(_url(file))


def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "needsmap.sqlite"
    file.write_bytes(b"no database at all " * 400)

    with pytest.raises(StoreUnavailable, match="damaged"):
        open_store(_url(file))

    assert file.read_bytes() == b"no database at all " * 400


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()

    with pytest.raises(StoreUnavailable, match="another program"):
        open_store(_url(file))


def test_a_store_that_may_only_be_read_is_read_and_says_so_when_written(
    tmp_path: Path, make_survey: Callable
) -> None:
    file = tmp_path / "needsmap.sqlite"
    with open_store(_url(file)) as store:
        keep_survey(store, "testham", make_survey(12))

    with open_store(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert len(list_surveys(store, "testham")) == 1
        with pytest.raises(StoreUnavailable, match="only be read"):
            keep_survey(store, "testham", make_survey(12, first=50))


def test_a_newer_store_is_refused_and_left_alone(url: str) -> None:
    open_store(url).close()
    with open_store(url) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreUnavailable, match="newer version"):
        open_store(url)


@pytest.mark.parametrize("address", ["nonsense", "sqlite://", "mysql://somewhere/db"])
def test_an_address_that_cannot_be_used_is_said(address: str) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(address)


def test_a_server_that_is_away_is_said_without_its_password() -> None:
    with pytest.raises(StoreUnavailable, match="not reachable") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/none")

    assert "secret" not in str(caught.value)


def test_the_list_of_shapes_is_that_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()

    assert tuple(reversed([script.revision for script in scripts])) == REVISIONS


def test_the_migrations_make_the_tables_the_store_uses(store: Store) -> None:
    with store.reading() as connection:
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"] for column in found.get_columns(table.name)}
            assert columns == set(table.columns.keys())


def test_the_audit_log_is_only_added_to(store: Store, make_survey: Callable) -> None:
    keep_survey(store, "testham", make_survey(12))

    for change in (delete(audit), update(audit).values(who="nobody")):
        with pytest.raises(DBAPIError, match="only added to"), store.writing() as connection:
            connection.execute(change)

    assert [entry.what for entry in audit_entries(store, "testham")] == ["keep", "release"]


def test_a_changed_audit_log_is_found_out(tmp_path: Path, make_survey: Callable) -> None:
    file = tmp_path / "needsmap.sqlite"
    with open_store(_url(file)) as store:
        keep_survey(store, "testham", make_survey(12))
        assert audit_is_whole(store)
    with sqlite3.connect(file) as raw:
        raw.execute("DROP TRIGGER audit_not_changed")
        raw.execute("UPDATE audit SET facts = '{}' WHERE number = 1")
    raw.close()

    with open_store(_url(file)) as store:
        assert not audit_is_whole(store)


def test_no_sql_is_put_together_from_texts(project: Path) -> None:
    """T17: what goes to execute() or text() is never an f-string, a sum or a format."""
    found = []
    for file in (project / "needsmap").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called not in {"execute", "text", "exec_driver_sql", "executemany"}:
                continue
            found += [
                f"{file.name}:{part.lineno}"
                for argument in node.args[:1]
                for part in ast.walk(argument)
                if isinstance(part, ast.JoinedStr)
                or (isinstance(part, ast.BinOp) and isinstance(part.op, (ast.Add, ast.Mod)))
                or (isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "format")
            ]
    assert found == []


def test_a_store_opened_again_writes_no_statement_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    plain = SQLiteCompiler.__init__

    def counted(self: SQLiteCompiler, *given: object, **named: object) -> None:
        written.append(given)
        plain(self, *given, **named)

    monkeypatch.setattr(SQLiteCompiler, "__init__", counted)
    # The first time the store is made, the second time its shape is asked for.
    for _ in range(2):
        with open_store(_url(tmp_path / "one.sqlite")) as store:
            list_surveys(store, "somewhere")
    first = len(written)
    with open_store(_url(tmp_path / "one.sqlite")) as store:
        list_surveys(store, "somewhere")
        with open_store(_url(tmp_path / "one.sqlite")) as beside:
            list_surveys(beside, "somewhere")
        # The other one was closed; this one's connections are its own.
        assert list_surveys(store, "somewhere") == []
    assert 0 < first == len(written)


def test_a_file_put_in_the_place_of_another_is_read_by_who_opens_next(tmp_path: Path) -> None:
    one, other = tmp_path / "one.sqlite", tmp_path / "other.sqlite"
    for file in (one, other):
        with open_store(_url(file)) as store, store.writing() as connection:
            write_entry(connection, what="keep", place=file.stem, who="test", facts={})
    with open_store(_url(one)) as still_open:
        assert [entry.place for entry in audit_entries(still_open)] == ["one"]
        other.replace(one)
        with open_store(_url(one)) as store:
            assert [entry.place for entry in audit_entries(store)] == ["other"]
