"""What is kept for everybody: made once, let go with its release. No expected figures."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

from needsmap.ui.kept import Kept, Looked, OfShared


def test_a_thing_is_made_once_for_all_who_ask():
    kept, made = Kept(most=10), []

    for _ in range(3):
        assert kept.get("place", "one", "map", lambda: made.append(1) or "drawn") == "drawn"

    assert len(made) == 1


def test_who_asks_while_it_is_made_waits_for_it():
    kept, made, begun, go_on = Kept(most=10), [], threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        assert go_on.wait(5)
        made.append(1)
        return "drawn"

    answers: list[str] = []

    def ask() -> None:
        answers.append(kept.get("place", "one", "map", slowly))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(5)
    go_on.set()
    for thread in threads:
        thread.join(5)

    assert answers == ["drawn"] * 4
    assert len(made) == 1


def test_what_older_releases_gave_is_let_go():
    kept = Kept(most=10)
    for release in ("one", "two", "three"):
        for what in range(5):
            kept.get("place", release, what, object)

    assert len(kept) == 10
    assert kept.get("place", "three", 0, lambda: "anew") != "anew"
    assert kept.get("place", "one", 0, lambda: "anew") == "anew"


def test_one_place_does_not_push_out_another():
    kept = Kept(most=10)
    first = kept.get("place", "one", "map", object)
    for release in ("a", "b", "c"):
        kept.get("elsewhere", release, "map", object)

    assert kept.get("place", "one", "map", object) is first


def test_no_more_is_kept_than_was_said_and_the_latest_asked_for_stays():
    kept = Kept(most=2)
    first = kept.get("place", "one", "first", object)
    kept.get("place", "one", "second", object)
    assert kept.get("place", "one", "first", object) is first
    kept.get("place", "one", "third", object)

    assert len(kept) == 2
    assert kept.get("place", "one", "first", object) is first


def test_a_failure_is_told_and_the_next_who_asks_tries_again():
    kept = Kept(most=2)

    def fails() -> None:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        kept.get("place", "one", "map", fails)

    assert kept.get("place", "one", "map", lambda: "drawn") == "drawn"


def test_an_answer_is_looked_for_again_when_it_is_old_or_forgotten():
    asked: list[str] = []
    lasting = Looked(lambda name: asked.append(name) or len(asked), seconds=1000)
    passing = Looked(lambda name: asked.append(name) or len(asked), seconds=-1)

    assert (lasting("a"), lasting("a"), lasting("b")) == (1, 1, 2)
    lasting.clear()
    assert lasting("a") == 3
    assert passing("a") != passing("a")


class Shared:
    """Something all viewers share."""


def test_what_was_made_of_a_thing_goes_with_it():
    kept, brief, other = OfShared(most=10), Shared(), Shared()
    made = weakref.ref(kept.get([brief], "table", Shared))
    assert kept.get([brief], "table", Shared) is made()
    assert kept.get([other], "table", lambda: "of the other") == "of the other"

    del brief
    gc.collect()

    assert made() is None
    assert kept.get([other], "table", lambda: "made again") == "of the other"
