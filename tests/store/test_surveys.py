"""Keeping and undoing. Expected values are counted by hand from the invented surveys."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from needsmap.errors import NeedsmapError, NotFound
from needsmap.store import (
    Store,
    audit_entries,
    audit_is_whole,
    keep_survey,
    list_surveys,
    make_release,
    released_surveys,
    remember_choices,
    undo_survey,
)
from needsmap.store.schema import metadata
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
_THEMES = st.lists(st.sampled_from(["youth", "green", "homes"]), unique=True, max_size=3)
_ROUND_TRIP = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def surveys(draw: st.DrawFn) -> SurveyAnswers:
    people = draw(st.integers(10, 25))
    keys = draw(
        st.lists(st.binary(min_size=16, max_size=16), min_size=people, max_size=people, unique=True)
    )
    frame = pd.DataFrame(
        {
            "row": np.arange(3, people + 3),
            "key": pd.array([key.hex() for key in keys], dtype="str"),
            **{
                name: pd.array(draw(st.lists(_TEXT, min_size=people, max_size=people)), dtype="str")
                for name in ("level", "area_code", "how", "answered_on")
            },
        }
    )
    columns, questions = {}, []
    for number in range(draw(st.integers(0, 3))):
        cells = draw(st.lists(_TEXT, unique=True, max_size=6))
        codes = draw(st.lists(st.integers(-1, len(cells) - 1), min_size=people, max_size=people))
        options = tuple(
            Option(draw(_TEXT), draw(st.integers(0, 9)), tuple(draw(_THEMES)), draw(_TEXT))
            for _ in range(draw(st.integers(1, 3)))
        )
        pair = st.tuples(
            st.integers(0, len(options) - 1), st.floats(allow_nan=False, allow_infinity=False)
        )
        id_ = f"q{number + 1}"
        columns[id_] = AnswerColumn(
            id_,
            np.array(codes, np.int32),
            tuple(cells),
            tuple(tuple(draw(st.lists(pair, max_size=3))) for _ in cells),
            tuple(tuple(draw(_THEMES)) for _ in cells),
        )
        questions.append(
            Question(id_, draw(_TEXT), "need", "many_choices", (number + 1, number + 9),
                     draw(st.none() | _TEXT), options, draw(st.integers(0, 25)), "age")
        )  # fmt: skip
    return SurveyAnswers(
        title=draw(_TEXT),
        asked=draw(st.none() | st.dates(min_value=date(1990, 1, 1))),
        tool=draw(_TEXT),
        file_digest=draw(st.text("0123456789abcdef", min_size=8, max_size=64)),
        heading_fingerprint=draw(_TEXT),
        questions=tuple(questions),
        answers=frame,
        columns=columns,
    )


def _fresh_place() -> str:
    # All examples share one store, and shrinking repeats drawn values.
    return uuid.uuid4().hex


def assert_equal(one: SurveyAnswers, other: SurveyAnswers) -> None:
    for field in dataclasses.fields(SurveyAnswers):
        if field.name not in {"answers", "columns", "id"}:
            assert getattr(one, field.name) == getattr(other, field.name)
    pd.testing.assert_frame_equal(one.answers, other.answers)
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        back = other.columns[name]
        assert back.codes.dtype == np.int32
        assert (back.codes == column.codes).all()
        assert (back.question, back.cells, back.choices, back.themes) == (
            column.question, column.cells, column.choices, column.themes,
        )  # fmt: skip


def dump(store: Store, *, leave_out: tuple[str, ...] = ("audit", "tombstone")) -> dict[str, list]:
    """Return every row of every table but those that remember."""
    with store.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in metadata.sorted_tables
            if table.name not in leave_out
        }


@_ROUND_TRIP
@given(survey=surveys())
def test_a_survey_comes_out_as_it_went_in(store: Store, survey: SurveyAnswers) -> None:
    place = _fresh_place()

    receipt = keep_survey(store, place, survey)

    [back] = released_surveys(store, place)
    assert back.id == receipt.survey
    assert_equal(survey, back)


@_ROUND_TRIP
@given(former=surveys(), survey=surveys())
def test_undo_restores_the_former_state_row_for_row(
    store: Store, former: SurveyAnswers, survey: SurveyAnswers
) -> None:
    place = _fresh_place()
    keep_survey(store, place, former)
    before = dump(store)

    receipt = keep_survey(store, place, survey, release="by_hand")
    if receipt.kept:
        undone = undo_survey(store, receipt.survey, release="by_hand")

        assert undone.withdrawn == receipt.kept
    assert dump(store) == before


def test_undo_after_a_release_gives_back_the_former_public_answers(
    store: Store, make_survey: Callable
) -> None:
    first = keep_survey(store, "testham", make_survey(30)).release
    before = dump(store, leave_out=("audit", "tombstone", "release", "release_survey"))
    [public] = released_surveys(store, "testham")
    second = keep_survey(store, "testham", make_survey(15, first=500))

    undone = undo_survey(store, second.survey)

    assert undone.release is not None and first is not None
    assert undone.release.number == 3
    assert undone.release.digest == first.digest
    [again] = released_surveys(store, "testham")
    assert_equal(public, again)
    assert dump(store, leave_out=("audit", "tombstone", "release", "release_survey")) == before


def test_the_same_file_twice_adds_nothing(store: Store, make_survey: Callable) -> None:
    first = keep_survey(store, "testham", make_survey(20))
    before = dump(store, leave_out=())

    second = keep_survey(store, "testham", make_survey(20))

    assert (second.read, second.kept, second.already_known, second.changed) == (20, 0, 20, 0)
    assert second.survey == first.survey
    assert dump(store, leave_out=()) == before


def test_the_same_file_read_with_other_choices_adds_nothing(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20, file="abc"))

    other = make_survey(20, file="abc", form="other headings", first=900)
    receipt = keep_survey(store, "testham", other)

    assert (receipt.kept, receipt.already_known) == (0, 20)


def test_a_longer_export_adds_only_its_new_answers(store: Store, make_survey: Callable) -> None:
    keep_survey(store, "testham", make_survey(20))

    receipt = keep_survey(store, "testham", make_survey(33))

    assert (receipt.read, receipt.kept, receipt.already_known) == (33, 13, 20)
    assert receipt.changed == 0
    added = released_surveys(store, "testham")[1]
    assert added.answers["key"].tolist() == [f"{number:032x}" for number in range(20, 33)]
    assert added.columns["q2"].cells == tuple(f"words {number} 0" for number in range(20, 33))
    assert added.questions[1].answered == 13
    assert sum(option.count for option in added.questions[0].options) == sum(
        (number * 7) % 5 - 1 >= 0 for number in range(20, 33)
    )


def test_an_answer_that_reads_differently_is_reported_and_the_former_stays(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20))

    receipt = keep_survey(store, "testham", make_survey(20, seed=1))

    assert (receipt.kept, receipt.already_known, receipt.changed) == (0, 20, 20)
    [only] = released_surveys(store, "testham")
    assert only.columns["q2"].cells[0] == "words 0 0"


def test_a_key_that_comes_twice_in_one_file_is_kept_once(
    store: Store, make_survey: Callable
) -> None:
    survey = make_survey(20)
    survey.answers.loc[19, "key"] = survey.answers.loc[0, "key"]

    receipt = keep_survey(store, "testham", survey)

    assert (receipt.kept, receipt.already_known) == (19, 1)


def test_places_do_not_know_each_other(store: Store, make_survey: Callable) -> None:
    keep_survey(store, "testham", make_survey(20))

    receipt = keep_survey(store, "kindleford", make_survey(20))

    assert receipt.kept == 20
    assert len(list_surveys(store, "testham")) == len(list_surveys(store, "kindleford")) == 1


def test_a_survey_of_several_blocks_keeps_its_order(store: Store, make_survey: Callable) -> None:
    survey = make_survey(120_000)

    keep_survey(store, "testham", survey)

    [back] = released_surveys(store, "testham")
    assert_equal(survey, back)


def test_progress_is_told_while_nobody_has_to_wait_for_the_store(
    store: Store, make_survey: Callable
) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        # Where the store is locked, this waits and then fails.
        remember_choices(store, "testham", f"form {len(told)}", "{}")
        told.append((done, of))

    keep_survey(store, "testham", make_survey(20), progress=tell)
    assert len(told) > 3 and told[0] == (0, 20)
    assert told == sorted(told) and told[-1][0] <= 20


def test_nothing_is_kept_when_whoever_is_told_of_progress_gives_up(
    store: Store, make_survey: Callable
) -> None:
    def give_up(done: int, of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep_survey(store, "testham", make_survey(20), progress=give_up)
    assert list_surveys(store, "testham") == []


def test_a_survey_without_answers_is_refused_in_words(store: Store, make_survey: Callable) -> None:
    empty = dataclasses.replace(make_survey(0), title="Spring")

    with pytest.raises(NeedsmapError, match="no answers in 'Spring'"):
        keep_survey(store, "testham", empty)


def test_undoing_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no survey 'nobody'"):
        undo_survey(store, "nobody")


def test_an_undone_survey_leaves_a_tombstone_and_can_come_back(
    store: Store, make_survey: Callable
) -> None:
    first = keep_survey(store, "testham", make_survey(20), release="by_hand")
    undo_survey(store, first.survey, release="by_hand")

    again = keep_survey(store, "testham", make_survey(20), release="by_hand")

    assert (again.survey, again.kept) == (first.survey, 20)
    with store.reading() as connection:
        stones = connection.execute(select(metadata.tables["tombstone"])).all()
    assert [(stone.survey, stone.answers) for stone in stones] == [(first.survey, 20)]
    assert [entry.what for entry in audit_entries(store)] == ["keep", "undo", "keep"]
    assert audit_is_whole(store)


def test_a_public_survey_that_is_undone_and_comes_back_unchanged_changes_nothing(
    store: Store, make_survey: Callable
) -> None:
    first = keep_survey(store, "testham", make_survey(20))
    undo_survey(store, first.survey, release="by_hand")

    again = keep_survey(store, "testham", make_survey(20))

    assert (again.kept, again.waiting, again.release) == (20, 0, None)
    [record] = list_surveys(store, "testham")
    assert record.released


def test_a_listed_survey_says_whether_it_is_public(store: Store, make_survey: Callable) -> None:
    keep_survey(store, "testham", make_survey(12), release="by_hand")
    assert [(r.answers, r.released) for r in list_surveys(store, "testham")] == [(12, False)]

    make_release(store, "testham")

    assert [(r.answers, r.released) for r in list_surveys(store, "testham")] == [(12, True)]


@pytest.mark.parametrize(("which", "surveys_kept"), [("different", 8), ("same", 1)])
def test_eight_processes_keep_at_the_same_moment(url: str, which: str, surveys_kept: int) -> None:
    done = _run("together", url, which)

    assert done == {
        "well": 8, "surveys": surveys_kept, "answers": 20 * surveys_kept, "audit": True,
    }  # fmt: skip


def test_twenty_killed_writers_leave_nothing_half_and_lose_nothing(tmp_path: Path) -> None:
    done = _run("kills", f"sqlite:///{tmp_path / 'needsmap.sqlite'}", "20", "7")

    assert done["killed"] == 20
    assert done["integrity"] == "ok"
    assert (done["half"], done["lost"], done["public"]) == (0, 0, 0)
    assert done["audit"] is True
    assert done["entries_match"] is True
    assert done["kept"] > 0


def _run(*arguments: str) -> dict:
    program = Path(__file__).with_name("writers.py")
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        capture_output=True, text=True, timeout=240, check=False,
        cwd=Path(__file__).parents[2], env={"PYTHONPATH": ".", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
