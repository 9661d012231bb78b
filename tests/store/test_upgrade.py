"""Older stores: `shapes/` holds, for each older shape, what a store of it really held.

The files were written by the program of that day and are never made again.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, delete, func, select
from sqlalchemy.exc import DBAPIError

from needsmap.store import (
    audit_is_whole,
    current_release,
    keep_survey,
    list_surveys,
    open_store,
    released_surveys,
    remember_theme,
)
from needsmap.store.schema import audit
from needsmap.store.upgrade import MIGRATIONS, REVISIONS

_SHAPES = Path(__file__).with_name("shapes")
_NEWEST = REVISIONS[-1]


@pytest.fixture(params=REVISIONS[:-1])
def older(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> tuple[str, str]:
    """Return the address of a store of an older shape with answers in it, and its shape."""
    shape = request.param
    script = (_SHAPES / f"{shape}.sql").read_text(encoding="utf-8")
    file = tmp_path / ("needsmap.sqlite" if url.startswith("sqlite") else "pattern.sqlite")
    with sqlite3.connect(file) as raw:
        raw.executescript(script)
    raw.close()
    if not url.startswith("sqlite"):
        _copy_to_postgres(file, url, shape)
    return url, shape


def _copy_to_postgres(file: Path, url: str, shape: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    source = create_engine(f"sqlite:///{file}")
    target = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with source.connect() as old, target.begin() as new:
        config.attributes["connection"] = new
        command.upgrade(config, shape)
        tables = MetaData()
        tables.reflect(old)
        for table in tables.sorted_tables:
            rows = old.execute(select(table)).mappings().all()
            if rows and table.name != "alembic_version":
                new.execute(table.insert(), [dict(row) for row in rows])
        for name in ("survey", "tombstone"):
            most = select(func.max(tables.tables[name].c.number)).scalar_subquery()
            new.execute(select(func.setval(func.pg_get_serial_sequence(name, "number"), most)))
    source.dispose()
    target.dispose()


def test_there_is_a_store_of_every_older_shape() -> None:
    assert sorted(file.stem for file in _SHAPES.glob("*.sql")) == list(REVISIONS[:-1])


def test_an_older_store_is_brought_up_to_date_with_all_that_is_in_it(
    older: tuple[str, str], make_survey: Callable
) -> None:
    url, _ = older

    with open_store(url) as store:
        listed = [(r.title, r.answers, r.released) for r in list_surveys(store, "testham")]
        assert listed == [("Spring", 12, True), ("What matters here", 11, True)]
        release = current_release(store, "testham")
        assert release is not None
        # Written down when the files were made.
        assert (release.number, release.answers) == (2, 23)
        assert release.digest[:16] == "0eeca42f420c0a12"
        first, _ = released_surveys(store, "testham")
        assert first.columns["q2"].cells[:2] == ("words 0 0", "words 1 0")
        assert audit_is_whole(store)

        again = keep_survey(store, "testham", make_survey(15, title="Spring"))
        assert (again.kept, again.already_known) == (3, 12)
        remember_theme(store, "testham", "club", ["youth"], "en")
        with pytest.raises(DBAPIError, match="only added to"), store.writing() as connection:
            connection.execute(delete(audit))


def test_an_older_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "needsmap.sqlite"
    shape = REVISIONS[-2]
    with sqlite3.connect(file) as raw:
        raw.executescript((_SHAPES / f"{shape}.sql").read_text(encoding="utf-8"))
    raw.close()

    open_store(f"sqlite:///{file}").close()

    copy = file.with_name(f"{file.name}.before-{_NEWEST}")
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (shape,)
        assert raw.execute("SELECT count(*) FROM survey").fetchone() == (2,)
    raw.close()


def test_a_change_of_shape_that_is_killed_leaves_the_old_shape_or_the_new(
    older: tuple[str, str],
) -> None:
    url, shape = older
    program = Path(__file__).with_name("writers.py")

    done = subprocess.run(
        [sys.executable, str(program), "half_way", url, shape],
        capture_output=True, text=True, timeout=240, check=False,
        cwd=Path(__file__).parents[2], env={"PYTHONPATH": ".", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["between"] == 0
    assert found["old"] > 5
    assert found["through"] is True
    with open_store(url) as store:
        assert [r.answers for r in list_surveys(store, "testham")] == [12, 11]
        assert audit_is_whole(store)
