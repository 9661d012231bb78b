"""Writers in processes of their own, for tests that need several, or need to kill some.

Run as a program, because tests of one file cannot be imported by another process:
    writers.py together URL different|same
    writers.py kills URL ROUNDS SEED
    writers.py half_way URL REVISION
    writers.py on_and_on URL
Prints one JSON object; the last one a line for each survey kept.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Engine, NullPool, create_engine, event, inspect

from needsmap.store import (
    audit_entries,
    audit_is_whole,
    keep_survey,
    list_surveys,
    open_store,
    released_surveys,
)
from needsmap.store.schema import metadata
from needsmap.store.upgrade import REVISIONS
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

_CELLS = ("Parks", "Buses, trams", "Somewhere to meet", "=1+1")


def make_survey(
    people: int = 20,
    *,
    first: int = 0,
    form: str = "form",
    file: str = "",
    seed: int = 0,
    title: str = "What matters here",
) -> SurveyAnswers:
    """Return an invented survey: `people` answers with keys counted from `first`."""
    numbers = range(first, first + people)
    answers = pd.DataFrame(
        {
            "row": np.arange(2, people + 2),
            "key": pd.array([f"{number:032x}" for number in numbers], dtype="str"),
            "level": pd.array(["lsoa"] * people, dtype="str"),
            "area_code": pd.array([f"E{number % 9}" for number in numbers], dtype="str"),
            "how": pd.array(["postcode"] * people, dtype="str"),
            "answered_on": pd.array(["2026-05-01"] * people, dtype="str"),
        }
    )
    # Made from the person's number, so the same person writes the same in a longer export.
    codes = np.array([(number * 7 + seed) % 5 - 1 for number in numbers], np.int32)
    columns = {
        "q1": AnswerColumn(
            "q1", codes, _CELLS, tuple(((i, 1.0),) for i in range(4)), (("green",), (), (), ())
        ),
        "q2": AnswerColumn(
            "q2",
            np.arange(people, dtype=np.int32),
            tuple(f"words {number} {seed}" for number in numbers),
            ((),) * people,
            ((),) * people,
        ),
    }
    counts = np.bincount(codes[codes >= 0], minlength=4)
    options = tuple(Option(text, int(count)) for text, count in zip(_CELLS, counts, strict=True))
    questions = (
        Question("q1", "What is missing?", "need", "one_choice", (2,), None, options,
                 int((codes >= 0).sum())),
        Question("q2", "Anything else?", "open_text", "text", (3,), answered=people),
    )  # fmt: skip
    return SurveyAnswers(
        title=title,
        asked=date(2026, 5, 1),
        tool="plain",
        file_digest=file or f"{form}-{first}-{people}-{seed}",
        heading_fingerprint=form,
        questions=questions,
        answers=answers,
        columns=columns,
    )


def together(url: str, which: str) -> dict[str, object]:
    """Let eight processes keep at the same moment; return how many ended well."""
    open_store(url).close()
    start = time.monotonic() + 1.0
    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            with open_store(url) as store:
                mine = make_survey(first=0 if which == "same" else number * 100)
                time.sleep(max(0.0, start - time.monotonic()))
                keep_survey(store, "testham", mine)
            os._exit(0)
        children.append(child)
    ended = [os.waitpid(child, 0)[1] for child in children]
    with open_store(url) as store:
        kept = list_surveys(store, "testham")
        return {
            "well": ended.count(0),
            "surveys": len(kept),
            "answers": sum(record.answers for record in kept),
            "audit": audit_is_whole(store),
        }


def kills(url: str, rounds: int, seed: int) -> dict[str, object]:
    """Kill a writer `rounds` times at random moments; return what was found afterwards."""
    open_store(url).close()
    rng = random.Random(seed)
    acknowledged: list[str] = []
    killed = 0
    for turn in range(rounds):
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            with open_store(url) as store:
                for number in range(10_000):
                    one = make_survey(2_000, first=(turn * 10_000 + number) * 2_000)
                    kept = keep_survey(store, "testham", one, release="by_hand")
                    os.write(theirs, f"{kept.survey}\n".encode())
            os._exit(0)
        os.close(theirs)
        time.sleep(rng.uniform(0.05, 1.0))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        with os.fdopen(ours) as pipe:
            acknowledged += pipe.read().split()
    half = (
        "SELECT count(*) FROM survey s WHERE s.answers <> (SELECT coalesce(sum(b.rows), 0) "
        "FROM answer_block b WHERE b.survey = s.number) OR 2 <> (SELECT count(*) FROM question q "
        "WHERE q.survey = s.number) OR 2 <> (SELECT count(*) FROM cell_dictionary c "
        "WHERE c.survey = s.number)"
    )
    with _look(url).connect() as raw:
        half = raw.exec_driver_sql(half).scalar()
        sqlite = raw.dialect.name == "sqlite"
        whole = raw.exec_driver_sql("PRAGMA integrity_check").scalar() if sqlite else "ok"
    with open_store(url) as store:
        kept_ids = {record.id for record in list_surveys(store, "testham")}
        entries = audit_entries(store)
        return {
            "killed": killed,
            "integrity": whole,
            "half": half,
            "kept": len(kept_ids),
            "acknowledged": len(acknowledged),
            "lost": len(set(acknowledged) - kept_ids),
            "audit": audit_is_whole(store),
            "entries_match": {e.facts["survey"] for e in entries if e.what == "keep"} == kept_ids,
            "public": len(released_surveys(store, "testham")),
        }


def half_way(url: str, former: str) -> dict[str, object]:
    """Kill whoever brings an old store up to date after its first, second, … statement.

    Returns how often the old shape was found afterwards, how often the new one, and how
    often anything else, until one came through.
    """
    found = {"old": 0, "new": 0, "between": 0}
    old_tables = _tables(url)
    for last in range(1, 500):
        child = os.fork()
        if child == 0:
            _die_after(last)
            open_store(url).close()
            os._exit(0)
        came_through = os.waitpid(child, 0)[1] == 0
        revision, tables = _revision(url), _tables(url)
        if revision == former and tables == old_tables:
            found["old"] += 1
        elif revision == REVISIONS[-1] and tables >= set(metadata.tables):
            found["new"] += 1
        else:
            found["between"] += 1
        if came_through:
            break
    return {**found, "through": came_through}


def on_and_on(url: str) -> None:
    """Keep one small survey after the other until somebody ends this process."""
    with open_store(url) as store:
        for number in range(1_000_000):
            keep_survey(store, "testham", make_survey(20, first=number * 20), release="by_hand")
            print(number, flush=True)


def _die_after(last: int) -> None:
    left = [last]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)


def _look(url: str) -> Engine:
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)


def _tables(url: str) -> set[str]:
    return set(inspect(_look(url)).get_table_names())


def _revision(url: str) -> str | None:
    with _look(url).connect() as connection:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


if __name__ == "__main__":
    command, target, *rest = sys.argv[1:]
    if command == "together":
        result = together(target, rest[0])
    elif command == "half_way":
        result = half_way(target, rest[0])
    elif command == "on_and_on":
        on_and_on(target)
    else:
        result = kills(target, int(rest[0]), int(rest[1]))
    print(json.dumps(result))
