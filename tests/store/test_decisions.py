"""What stewards decided is kept, undone and recorded; expected values are those put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from needsmap.errors import NeedsmapError, NotFound
from needsmap.store import (
    Store,
    approve_quote,
    approved_quotes,
    audit_entries,
    audit_is_whole,
    correct_grants,
    forget_grant,
    grant_corrections,
    keep_survey,
    note_sign_in,
    undo_survey,
    withdraw_quote,
)
from needsmap.tables import SurveyAnswers

HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} '); DROP TABLE audit;-- =1+1"


@pytest.fixture
def spring(store: Store, make_survey: Callable) -> str:
    """Return the id of a kept survey of 20 people; person n wrote "words n 0"."""
    return keep_survey(store, "testham", make_survey(20)).survey


def lines(store: Store, place: str = "testham") -> list[str]:
    return [one.line for one in approved_quotes(store, place)]


def approve(store: Store, survey: str, quote: str, line: str) -> None:
    approve_quote(store, "testham", quote=quote, survey_id=survey, line=line)


def rewritten(given: SurveyAnswers, row: int, words: str) -> SurveyAnswers:
    """Return the survey as a later file of the same form in which one person wrote else."""
    column = given.columns["q2"]
    cells = tuple(words if n == row else cell for n, cell in enumerate(column.cells))
    columns = {**given.columns, "q2": replace(column, cells=cells)}
    return replace(given, columns=columns, file_digest="a-later-file")


def test_a_line_is_public_from_its_approval_to_its_withdrawal(store: Store, spring: str) -> None:
    approve(store, spring, "aa", "words 1 0")
    approve(store, spring, "bb", HOSTILE)
    assert lines(store) == ["words 1 0", HOSTILE]
    assert lines(store, "kindleford") == []

    withdraw_quote(store, "testham", "aa")

    assert lines(store) == [HOSTILE]
    with pytest.raises(NotFound):
        withdraw_quote(store, "testham", "aa")


def test_of_one_text_the_line_approved_last_counts(store: Store, spring: str) -> None:
    approve(store, spring, "aa", "words")
    approve(store, spring, "aa", "words 1")

    assert lines(store) == ["words 1"]


@pytest.mark.parametrize("line", ["", "  \n", "x" * 1001, "a\0b"])
def test_what_is_no_line_is_refused(store: Store, spring: str, line: str) -> None:
    with pytest.raises(NeedsmapError):
        approve(store, spring, "aa", line)

    assert lines(store) == []


def test_only_a_text_of_a_kept_survey_of_the_place_can_be_approved(
    store: Store, spring: str
) -> None:
    with pytest.raises(NotFound):
        approve(store, "0123456789", "aa", "words")
    with pytest.raises(NotFound):
        approve_quote(store, "kindleford", quote="aa", survey_id=spring, line="words")


@pytest.mark.parametrize("release", ["automatic", "by_hand"])
def test_taking_a_survey_back_takes_its_quotes_back_at_once(
    store: Store, make_survey: Callable, spring: str, release: str
) -> None:
    other = keep_survey(store, "testham", make_survey(15, first=500, form="other")).survey
    approve(store, spring, "aa", "words 1 0")
    approve(store, other, "bb", "words 500 0")

    undo_survey(store, spring, release=release)

    assert lines(store) == ["words 500 0"]
    back = [entry for entry in audit_entries(store) if entry.what == "quote_withdrawn"]
    assert [entry.facts for entry in back] == [{"quotes": ["aa"]}]
    # The very same answers kept again bring no approval back.
    keep_survey(store, "testham", make_survey(20))
    assert lines(store) == ["words 500 0"]


def test_words_their_writer_changed_lose_their_approval(
    store: Store, make_survey: Callable, spring: str
) -> None:
    approve(store, spring, "aa", "words 1 0")
    approve(store, spring, "bb", "words 2 0")

    done = keep_survey(store, "testham", rewritten(make_survey(20), 1, "I think otherwise now."))

    assert (done.kept, done.changed) == (0, 1)
    assert lines(store) == ["words 2 0"]


def test_a_change_that_keeps_the_line_keeps_its_approval(
    store: Store, make_survey: Callable, spring: str
) -> None:
    approve(store, spring, "aa", "words 1 0")

    done = keep_survey(store, "testham", rewritten(make_survey(20), 1, "Yes: words 1 0, I said."))

    assert done.changed == 1
    assert lines(store) == ["words 1 0"]


def test_an_answer_emptied_later_loses_its_approval(
    store: Store, make_survey: Callable, spring: str
) -> None:
    approve(store, spring, "aa", "words 1 0")
    given = make_survey(20)
    column = given.columns["q2"]
    codes = column.codes.copy()
    codes[1] = -1
    emptied = replace(given.columns["q2"], codes=codes)
    later = replace(given, columns={**given.columns, "q2": emptied}, file_digest="a-later-file")

    keep_survey(store, "testham", later)

    assert lines(store) == []


def test_the_record_tells_what_was_done_and_none_of_the_words(store: Store, spring: str) -> None:
    approve(store, spring, "aa", "words 1 0")
    withdraw_quote(store, "testham", "aa", who="page")
    correct_grants(store, "testham", {HOSTILE: ["buses"]})
    forget_grant(store, "testham", HOSTILE)
    note_sign_in(store, admitted=False)
    note_sign_in(store, admitted=True)

    entries = audit_entries(store)[-6:]
    assert [entry.what for entry in entries] == [
        "quote", "quote_withdrawn", "grant", "grant_forgotten", "steward_refused", "steward_in",
    ]  # fmt: skip
    assert [entry.who for entry in entries][:2] == ["command", "page"]
    assert "words" not in repr(entries) and "DROP" not in repr(entries)
    assert audit_is_whole(store)


def test_a_grant_is_for_what_was_settled_last(store: Store) -> None:
    news = correct_grants(store, "testham", {"g2": ["youth", "play"], "g1": ["buses"], HOSTILE: []})
    assert news == 3
    assert correct_grants(store, "testham", {"g1": ["buses"], "g2": []}) == 1

    assert grant_corrections(store, "testham") == {"g1": ("buses",), "g2": (), HOSTILE: ()}
    assert list(grant_corrections(store, "testham")) == sorted(["g1", "g2", HOSTILE])
    assert grant_corrections(store, "kindleford") == {}

    forget_grant(store, "testham", "g1")
    assert "g1" not in grant_corrections(store, "testham")
    with pytest.raises(NotFound):
        forget_grant(store, "testham", "g1")


def test_of_many_corrections_all_or_none_are_kept(store: Store) -> None:
    with pytest.raises(NeedsmapError):
        correct_grants(store, "testham", {"g1": ["buses"], " ": ["play"]})

    assert grant_corrections(store, "testham") == {}
