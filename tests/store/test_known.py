"""What would be new, known and changed, before anything is kept. Counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from needsmap.store import Overlap, Store, keep_survey, overlap, undo_survey
from needsmap.store.schema import metadata


def _rows(store: Store) -> dict[str, list]:
    with store.reading() as connection:
        return {t.name: connection.execute(select(t)).all() for t in metadata.sorted_tables}


def test_in_an_empty_store_everything_is_new(store: Store, make_survey: Callable) -> None:
    assert overlap(store, "testham", make_survey(20)) == Overlap(20, 0, 0, "")


def test_the_same_file_is_named_by_the_title_it_was_kept_under(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20, title="Spring"))

    again = make_survey(20, title="Called otherwise now")

    assert overlap(store, "testham", again) == Overlap(0, 20, 0, "Spring")


def test_a_longer_export_shows_how_many_are_new_and_how_many_read_differently(
    store: Store, make_survey: Callable
) -> None:
    keep_survey(store, "testham", make_survey(20))
    longer = make_survey(33)
    column = longer.columns["q2"]
    cells = ("mended", "mended too", *column.cells[2:])
    mended = {**longer.columns, "q2": replace(column, cells=cells)}

    assert overlap(store, "testham", longer) == Overlap(13, 20, 0, "")
    assert overlap(store, "testham", replace(longer, columns=mended)) == Overlap(13, 20, 2, "")


@pytest.mark.parametrize("people", [5, 20, 33])
def test_what_is_shown_before_keeping_is_what_keeping_does(
    store: Store, make_survey: Callable, people: int
) -> None:
    keep_survey(store, "testham", make_survey(20))
    given = make_survey(people, file="another", seed=1)

    shown = overlap(store, "testham", given)
    receipt = keep_survey(store, "testham", given)

    assert (shown.new, shown.known, shown.changed) == (
        receipt.kept, receipt.already_known, receipt.changed,
    )  # fmt: skip


def test_looking_writes_nothing(store: Store, make_survey: Callable) -> None:
    keep_survey(store, "testham", make_survey(20))
    before = _rows(store)

    overlap(store, "testham", make_survey(50))

    assert _rows(store) == before


def test_what_was_taken_back_is_new_again(store: Store, make_survey: Callable) -> None:
    receipt = keep_survey(store, "testham", make_survey(20))
    undo_survey(store, receipt.survey, release="by_hand")

    assert overlap(store, "testham", make_survey(20)) == Overlap(20, 0, 0, "")


def test_two_answers_that_share_half_a_key_are_two(store: Store, make_survey: Callable) -> None:
    survey = make_survey(12)
    keys = ["a" * 16 + f"{n:016x}" for n in range(6)] + ["b" * 16 + f"{n:016x}" for n in range(6)]
    survey.answers["key"] = keys

    assert overlap(store, "testham", survey).new == 12
    survey.answers.loc[11, "key"] = keys[0]
    assert overlap(store, "testham", survey) == Overlap(11, 1, 0, "")
