"""Backups: what comes back is what was there, and nothing else is ever accepted (F6)."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from needsmap import settings
from needsmap.cli import needsmap as program
from needsmap.errors import NeedsmapError, StoreUnavailable, UnreadableFile
from needsmap.intake.survey import inspect, prepare
from needsmap.places.pack import open_pack
from needsmap.store import (
    Store,
    approve_quote,
    audit_entries,
    audit_is_whole,
    correct_grants,
    keep_survey,
    list_surveys,
    make_backup,
    open_store,
    remember_choices,
    remember_theme,
    restore_backup,
    undo_survey,
)
from needsmap.store.schema import metadata


@pytest.fixture
def full(store: Store, make_survey: Callable) -> Store:
    """Return a store with something in every table."""
    spring = keep_survey(store, "testham", make_survey(30, title="Spring"))
    keep_survey(store, "testham", make_survey(15, first=500, form="other"))
    back = keep_survey(store, "testham", make_survey(5, first=900))
    undo_survey(store, back.survey)
    keep_survey(store, "kindleford", make_survey(20))
    remember_choices(store, "testham", "form", '{"sheet": "Answers"}')
    remember_theme(store, "testham", "club", ["youth"], "en")
    approve_quote(store, "testham", quote="aa", survey_id=spring.survey, line="words 1 0")
    correct_grants(store, "testham", {"360G-1": ["buses"]})
    return store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a second empty store, on each database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.sqlite'}"
    return request.getfixturevalue("another_postgres")


@pytest.fixture
def sqlite_backup(tmp_path: Path, make_survey: Callable) -> Path:
    file = tmp_path / "backup.zip"
    with open_store(f"sqlite:///{tmp_path / 'first.sqlite'}") as store:
        keep_survey(store, "testham", make_survey(12))
        make_backup(store, file)
    return file


def _everything(store: Store) -> dict[str, list]:
    with store.reading() as connection:
        return {
            table.name: [
                tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
                for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def test_every_row_comes_back_on_either_database(
    full: Store, other_url: str, tmp_path: Path
) -> None:
    before = _everything(full)
    assert all(before.values()), "every table must hold something for this test to mean much"

    made = make_backup(full, tmp_path / "backup.zip")
    restored = restore_backup(other_url, tmp_path / "backup.zip")

    assert restored == made
    assert made.rows == {name: len(rows) for name, rows in before.items()}
    assert (made.surveys, made.answers) == (3, 65)
    with open_store(other_url) as store:
        assert _everything(store) == before
        assert audit_is_whole(store)
        assert audit_entries(store) == audit_entries(full)


def test_a_restored_store_goes_on_where_the_first_one_stopped(
    full: Store, other_url: str, tmp_path: Path, make_survey: Callable
) -> None:
    make_backup(full, tmp_path / "backup.zip")
    restore_backup(other_url, tmp_path / "backup.zip")

    with open_store(other_url) as store:
        known = keep_survey(store, "testham", make_survey(30, title="Spring"))
        fresh = keep_survey(store, "testham", make_survey(11, first=2_000))
        undo_survey(store, fresh.survey)

        assert (known.kept, fresh.kept) == (0, 11)
        assert audit_is_whole(store)


def test_a_restored_place_gives_the_same_public_figures_to_the_byte(
    url: str, other_url: str, tmp_path: Path, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = places / "testham"
    file = next((folder / "surveys").glob("*.csv"))
    prepared = prepare(inspect(file, file.name, pack=open_pack(folder)))
    with open_store(url) as store:
        keep_survey(store, "testham", prepared.survey)
    monkeypatch.setenv("NEEDSMAP_DATABASE_URL", url)
    before = {form: _run("brief", "overview", "--place", "testham", "--format", form)
              for form in ("json", "csv", "geojson")}  # fmt: skip

    said = json.loads(_run("backup", str(tmp_path / "backup.zip"), "--json"))
    monkeypatch.setenv("NEEDSMAP_DATABASE_URL", other_url)
    back = json.loads(_run("restore", str(tmp_path / "backup.zip"), "--json"))

    assert said == back
    assert said["answers"] == len(prepared.survey.answers)
    for form, data in before.items():
        assert _run("brief", "overview", "--place", "testham", "--format", form) == data


def _run(*arguments: str) -> bytes:
    done = CliRunner().invoke(program, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def test_the_manifest_can_be_checked_with_ordinary_tools(sqlite_backup: Path) -> None:
    with zipfile.ZipFile(sqlite_backup) as box:
        manifest = json.loads(box.read("manifest.json"))
        database = box.read("store.sqlite")

    assert manifest["sha256"] == hashlib.sha256(database).hexdigest()
    assert manifest["size"] == len(database)
    assert (manifest["surveys"], manifest["answers"]) == (1, 12)
    data = sqlite_backup.read_bytes()
    assert data[-64:].decode() == hashlib.sha256(data[:-64]).hexdigest()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_its_owner_may_read_a_backup(sqlite_backup: Path) -> None:
    assert stat.S_IMODE(sqlite_backup.stat().st_mode) == 0o600


def test_no_changed_byte_and_no_cut_goes_unseen(sqlite_backup: Path, tmp_path: Path) -> None:
    data = sqlite_backup.read_bytes()
    target = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    # Every 997th byte, all of the first 200 and the last 300, where the structure is.
    at = {*range(0, len(data), 997), *range(200), *range(len(data) - 300, len(data))}
    wrong = tmp_path / "wrong.zip"

    for place in sorted(at):
        changed = bytearray(data)
        changed[place] ^= 0x20
        wrong.write_bytes(changed)
        with pytest.raises(UnreadableFile):
            restore_backup(target, wrong)
    for length in (0, 1, 100, len(data) // 2, len(data) - 64, len(data) - 1):
        wrong.write_bytes(data[:length])
        with pytest.raises(UnreadableFile):
            restore_backup(target, wrong)

    assert list(tmp_path.glob("restored.sqlite*")) == []


@pytest.mark.parametrize("parts", [{}, {"a.txt": b"x"}, {"manifest.json": b"{}"}])
def test_another_zip_file_is_no_backup(tmp_path: Path, parts: dict[str, bytes]) -> None:
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w") as box:
        for name, data in parts.items():
            box.writestr(name, data)

    with pytest.raises(UnreadableFile, match="not a backup"):
        restore_backup(f"sqlite:///{tmp_path / 'restored.sqlite'}", file)


@pytest.mark.parametrize("change", [{"format": 2}, {"schema": "9999"}])
def test_a_backup_of_a_newer_version_is_said(
    sqlite_backup: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    file = _resealed(sqlite_backup, tmp_path, change)

    with pytest.raises(UnreadableFile, match="newer version"):
        restore_backup(f"sqlite:///{tmp_path / 'restored.sqlite'}", file)


@pytest.mark.parametrize("change", [{"answers": 13}, {"rows": {}}, {"sha256": "0"}, {"size": 4096}])
def test_a_manifest_that_says_something_else_is_refused(
    sqlite_backup: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    file = _resealed(sqlite_backup, tmp_path, change)

    with pytest.raises(UnreadableFile, match="altered"):
        restore_backup(f"sqlite:///{tmp_path / 'restored.sqlite'}", file)


def _resealed(backup: Path, folder: Path, change: dict[str, object]) -> Path:
    """Return the backup with another manifest, sealed as if it were right."""
    with zipfile.ZipFile(backup) as box:
        manifest = {**json.loads(box.read("manifest.json")), **change}
        database = box.read("store.sqlite")
    file = folder / "resealed.zip"
    with zipfile.ZipFile(file, "w") as box:
        box.writestr("manifest.json", json.dumps(manifest))
        box.writestr("store.sqlite", database)
        box.comment = b"0" * 64
    data = file.read_bytes()[:-64]
    file.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
    return file


def test_a_store_with_something_in_it_is_left_alone(
    store: Store, url: str, sqlite_backup: Path, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(3, first=700))
    before = _everything(store)

    with pytest.raises(NeedsmapError, match="something in the data store already"):
        restore_backup(url, sqlite_backup)

    assert _everything(store) == before


def test_a_store_that_is_gone_can_be_put_back(sqlite_backup: Path, tmp_path: Path) -> None:
    file = tmp_path / "first.sqlite"
    for part in tmp_path.glob("first.sqlite*"):
        if part.suffix != ".made":
            part.unlink()
    with pytest.raises(StoreUnavailable, match="needsmap restore"):
        open_store(f"sqlite:///{file}")

    restore_backup(f"sqlite:///{file}", sqlite_backup)

    with open_store(f"sqlite:///{file}") as store:
        assert [record.answers for record in list_surveys(store, "testham")] == [12]


def test_a_restore_that_fails_leaves_no_empty_store_behind(
    sqlite_backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "first.sqlite"
    for part in tmp_path.glob("first.sqlite*"):
        if part.suffix != ".made":
            part.unlink()

    def break_off(*_: object) -> None:
        raise OSError("the cable was pulled")

    monkeypatch.setattr("needsmap.store.restore.copy_rows", break_off)
    with pytest.raises(OSError, match="cable"):
        restore_backup(f"sqlite:///{file}", sqlite_backup)

    with pytest.raises(StoreUnavailable, match="is gone"):
        open_store(f"sqlite:///{file}")
    monkeypatch.undo()
    restore_backup(f"sqlite:///{file}", sqlite_backup)


def test_a_backup_of_an_older_shape_is_brought_up_to_date(tmp_path: Path, other_url: str) -> None:
    old = tmp_path / "old.sqlite"
    script = Path(__file__).with_name("shapes") / "0002.sql"
    with sqlite3.connect(old) as raw:
        raw.executescript(script.read_text(encoding="utf-8"))
    raw.close()
    from needsmap.store.backup import _describe
    from needsmap.store.backup_file import write_file

    write_file(tmp_path / "old.zip", old, _describe(old))

    restored = restore_backup(other_url, tmp_path / "old.zip")

    assert restored.schema == "0002"
    with open_store(other_url) as store:
        assert [record.answers for record in list_surveys(store, "testham")] == [12, 11]
        assert audit_is_whole(store)


def test_a_file_that_is_there_is_not_written_over(sqlite_backup: Path, tmp_path: Path) -> None:
    before = sqlite_backup.read_bytes()

    with (
        open_store(f"sqlite:///{tmp_path / 'first.sqlite'}") as store,
        pytest.raises(NeedsmapError, match="already"),
    ):
        make_backup(store, sqlite_backup)

    assert sqlite_backup.read_bytes() == before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, make_survey: Callable) -> None:
    with (
        open_store(f"sqlite:///{tmp_path / 'first.sqlite'}") as store,
        pytest.raises(NeedsmapError, match="could not be written"),
    ):
        make_backup(store, tmp_path / "nowhere" / "backup.zip")


def test_a_backup_is_one_moment_while_others_write(
    url: str, tmp_path: Path, make_survey: Callable, writer: None
) -> None:
    for turn in range(3):
        with open_store(url) as store:
            made = make_backup(store, tmp_path / f"{turn}.zip")
        target = f"sqlite:///{tmp_path / f'{turn}.sqlite'}"
        restore_backup(target, tmp_path / f"{turn}.zip")
        with open_store(target) as restored:
            kept = list_surveys(restored, "testham")
            assert made.answers == sum(record.answers for record in kept)
            assert len([e for e in audit_entries(restored) if e.what == "keep"]) == len(kept)


@pytest.fixture
def writer(url: str, project: Path) -> Iterator[None]:
    """Let another process keep one survey after the other."""
    open_store(url).close()
    command = [sys.executable, str(Path(__file__).with_name("writers.py")), "on_and_on", url]
    environment = {"PYTHONPATH": ".", "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    yield
    assert process.poll() is None, "the writer stopped before the test ended"
    process.kill()
    process.communicate()


def test_the_commands_say_it_in_words_and_refuse_with_1(
    tmp_path: Path, project: Path, own_home: Path, make_survey: Callable
) -> None:
    with open_store(settings.load().database_url) as store:
        keep_survey(store, "testham", make_survey(12))
    file = tmp_path / "backup.zip"

    assert "holds 1 survey with 12 answers" in _run("backup", str(file)).decode()
    file.write_bytes(file.read_bytes()[:-1])
    done = subprocess.run(
        [sys.executable, "-m", "needsmap", "restore", str(file)],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == ""
    assert "altered or cut short" in done.stderr or "not a whole one" in done.stderr
    assert "Traceback" not in done.stderr
