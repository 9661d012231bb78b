"""Faults from outside: a full disk (F3), a server that restarts (F4), writers killed (F1)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from needsmap.errors import NeedsmapError, StoreUnavailable
from needsmap.store import (
    audit_entries,
    audit_is_whole,
    current_release,
    keep_survey,
    list_surveys,
    make_backup,
    open_store,
    released_surveys,
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 4 MB that is only this test's."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be made by root on a system with 'mount'")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a small disk may not be made here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_said_and_nothing_half_is_kept(
    small_disk: Path, make_survey: Callable
) -> None:
    with open_store(f"sqlite:///{small_disk / 'needsmap.sqlite'}") as store:
        keep_survey(store, "testham", make_survey(20))
        filler = small_disk / "filler"
        _fill(filler)
        entries = audit_entries(store)

        with pytest.raises(StoreUnavailable, match="disk of the data store is full"):
            keep_survey(store, "testham", make_survey(30_000, first=1_000))

        assert [record.answers for record in list_surveys(store, "testham")] == [20]
        assert [len(survey.answers) for survey in released_surveys(store, "testham")] == [20]
        assert audit_entries(store) == entries

        filler.unlink()
        assert keep_survey(store, "testham", make_survey(5_000, first=1_000)).kept == 5_000
        assert audit_is_whole(store)


def test_a_full_disk_stops_a_backup_in_words_and_leaves_no_file(
    small_disk: Path, tmp_path: Path, make_survey: Callable
) -> None:
    with open_store(f"sqlite:///{tmp_path / 'needsmap.sqlite'}") as store:
        keep_survey(store, "testham", make_survey(60_000))

        with pytest.raises(NeedsmapError, match="too full"):
            make_backup(store, small_disk / "backup.zip")

    assert list(small_disk.iterdir()) == []


def _fill(file: Path) -> None:
    with file.open("wb", buffering=0) as opened:
        try:
            while True:
                opened.write(b"0" * 4096)
        except OSError:
            # That is the purpose; what is left of the disk is less than a page.
            return


@pytest.mark.postgres
def test_a_store_that_was_restarted_goes_on(
    own_postgres: Any, own_postgres_url: str, make_survey: Callable
) -> None:
    with open_store(own_postgres_url) as store:
        keep_survey(store, "testham", make_survey(20))
        before = current_release(store, "testham")

        own_postgres.stop()
        for ask in (lambda: list_surveys(store, "testham"), lambda: open_store(own_postgres_url)):
            with pytest.raises(StoreUnavailable, match="not reachable"):
                ask()
        with pytest.raises(StoreUnavailable, match="not reachable"):
            keep_survey(store, "testham", make_survey(20, first=100))
        own_postgres.start()

        # The same open store, with connections that died, is used again.
        assert current_release(store, "testham") == before
        assert keep_survey(store, "testham", make_survey(20, first=100)).kept == 20
        assert audit_is_whole(store)


@pytest.mark.postgres
def test_a_connection_that_breaks_while_keeping_leaves_nothing(
    own_postgres: Any,
    own_postgres_url: str,
    make_survey: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with open_store(own_postgres_url) as store:
        from needsmap.store import surveys

        write = surveys.write_questions

        def write_and_restart(*given: object) -> None:
            write(*given)
            own_postgres.restart()

        monkeypatch.setattr(surveys, "write_questions", write_and_restart)
        with pytest.raises(StoreUnavailable, match="not reachable"):
            keep_survey(store, "testham", make_survey(20))
        monkeypatch.undo()

        assert list_surveys(store, "testham") == []
        assert audit_entries(store) == []
        # Trying again is all a person has to do, and does not keep it twice.
        assert keep_survey(store, "testham", make_survey(20)).kept == 20
        assert keep_survey(store, "testham", make_survey(20)).kept == 0


@pytest.mark.postgres
@pytest.mark.parametrize("rounds", [15])
def test_killed_writers_leave_nothing_half_and_lose_nothing_on_postgresql(
    new_postgres: str, project: Path, rounds: int
) -> None:
    program = Path(__file__).with_name("writers.py")

    done = subprocess.run(
        [sys.executable, str(program), "kills", new_postgres, str(rounds), "11"],
        capture_output=True, text=True, timeout=240, check=False,
        cwd=project, env={"PYTHONPATH": ".", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == rounds
    assert (found["half"], found["lost"], found["public"]) == (0, 0, 0)
    assert found["audit"] is True
    assert found["entries_match"] is True
    assert found["kept"] > 0
