"""Releases by policy D4. The edge is tried by value: 9, 10 and 11 people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from needsmap.errors import ReleaseTooSmall
from needsmap.store import (
    Store,
    current_release,
    keep_survey,
    make_release,
    open_store,
    released_surveys,
    undo_survey,
    waiting,
)
from needsmap.store.schema import answer_block


@pytest.mark.parametrize(("people", "released"), [(9, False), (10, True), (11, True)])
def test_a_release_needs_ten_people(
    store: Store, make_survey: Callable, people: int, released: bool
) -> None:
    receipt = keep_survey(store, "testham", make_survey(people))

    assert (receipt.release is not None) == released
    assert receipt.waiting == waiting(store, "testham") == (0 if released else people)
    assert (current_release(store, "testham") is not None) == released


def test_too_small_a_release_is_refused_and_public_figures_stay(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20))
    keep_survey(store, "testham", make_survey(4, first=100))

    with pytest.raises(ReleaseTooSmall, match="4 answers wait"):
        make_release(store, "testham")

    public = current_release(store, "testham")
    assert public is not None
    assert (public.number, public.answers) == (1, 20)


def test_by_hand_nothing_becomes_public_by_itself(store: Store, make_survey: Callable) -> None:
    receipt = keep_survey(store, "testham", make_survey(50), release="by_hand")
    assert (receipt.release, receipt.waiting) == (None, 50)
    assert released_surveys(store, "testham") == []

    assert make_release(store, "testham").answers == 50


def test_a_withdrawn_survey_stays_public_until_a_release_may_leave_it_out(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20))
    small = keep_survey(store, "testham", make_survey(10, first=100))
    # Nine of its ten people come back in another file, so one person would differ.
    undone = undo_survey(store, small.survey, release="by_hand")
    again = keep_survey(store, "testham", make_survey(9, first=100))

    assert undone.waiting == 10
    assert (again.release, again.waiting) == (None, 1)
    assert [len(s.answers) for s in released_surveys(store, "testham")] == [20, 10]

    later = keep_survey(store, "testham", make_survey(9, first=300))

    assert later.release is not None
    assert [len(s.answers) for s in released_surveys(store, "testham")] == [20, 9, 9]
    with store.reading() as connection:
        rows = connection.execute(select(func.sum(answer_block.c.rows))).scalar()
    assert rows == 38


def test_a_person_whose_answer_changed_counts_once(store: Store, make_survey: Callable) -> None:
    first = keep_survey(store, "testham", make_survey(30, file="a"))
    undo_survey(store, first.survey, release="by_hand")

    receipt = keep_survey(store, "testham", make_survey(30, file="b", seed=1), release="by_hand")

    assert receipt.waiting == 30


@settings(max_examples=8, deadline=None)
@given(order=st.permutations([0, 1, 2]), people=st.integers(10, 30))
def test_the_same_answers_have_the_same_digest_wherever_and_in_whatever_order_they_are_kept(
    tmp_path_factory: pytest.TempPathFactory, make_survey: Callable, order: list, people: int
) -> None:
    digests = []
    for turn in ([0, 1, 2], order):
        file = tmp_path_factory.mktemp("store") / "needsmap.sqlite"
        with open_store(f"sqlite:///{file}") as store:
            for number in turn:
                survey = make_survey(people, first=number * 100)
                mixed = survey.answers.assign(row=survey.answers["row"] + 7)
                keep_survey(store, "testham", replace(survey, answers=mixed))
            release = current_release(store, "testham")
            assert release is not None
            digests.append(release.digest)

    assert digests[0] == digests[1]


def test_other_answers_have_another_digest(tmp_path: Path, make_survey: Callable) -> None:
    digests = set()
    for seed in (0, 1):
        with open_store(f"sqlite:///{tmp_path / str(seed)}.sqlite") as store:
            release = keep_survey(store, "testham", make_survey(seed=seed)).release
            assert release is not None
            digests.add(release.digest)

    assert len(digests) == 2
