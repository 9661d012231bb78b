"""Offers counted like wishes, and matched to wishes here and next door."""

import numpy as np

from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.offers import count_options, match_offers
from needsmap.analysis.voice import compile_voice
from needsmap.tables import AnswerColumn, Option, Question
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, survey

SERVES = {"driving": ("bus",), "cooking": ("food",)}


def offering(where: list[tuple[str, str]], chosen: list[tuple[int, ...]]):
    """Return a voice whose people chose options 0 (lifts), 1 (a car) or 2 (nothing)."""
    made = survey([["bus"]] * len(where), where, [None] * len(where))
    cells = list(dict.fromkeys(chosen))
    column = AnswerColumn(
        "q9", np.array([cells.index(c) for c in chosen], dtype=np.int32),
        tuple("|".join(map(str, c)) for c in cells),
        tuple(tuple((option, 1.0) for option in c) for c in cells), tuple(() for _ in cells),
    )  # fmt: skip
    options = tuple(Option(text) for text in ("Lifts", "A car", "Nothing"))
    question = Question("q9", "What could you bring?", "offer", "many_choices", (9,),
                        options=options)  # fmt: skip
    made = type(made)(
        made.title, made.asked, made.tool, "", "", (*made.questions, question), made.answers,
        {**made.columns, "q9": column}, id="s1",
    )  # fmt: skip
    return compile_voice([made], MEMBERSHIP, LEVELS)


def test_a_person_counts_once_for_a_thing_however_many_options_name_it() -> None:
    where = [("lsoa", "A1")] * 3 + [("ward", "W2")] * 2
    voice = offering(where, [(0, 1), (0,), (2,), (1,), (2,)])
    raw = count_options(voice, {("s1", "q9"): [["driving"], ["driving"], []]}, "ward")

    assert raw.themes == ("driving",)
    assert raw.by_area.ravel().tolist() == [2, 1]
    assert raw.base_by_area.tolist() == [3, 2]
    assert (raw.whole.tolist(), raw.base) == ([3], 5)


def test_an_offer_meets_a_wish_in_its_own_area_and_next_door_only() -> None:
    asked = publish_shares([[60], [20], [20]], [[100], [100], [100]])
    offered = publish_shares([[0, 30], [40, 0], [40, 0]], [[100, 100]] * 3)
    found = match_offers(
        ["bus"], asked, [0.33], ["driving", "cooking"], offered, SERVES, [[1], [0, 2], [1]]
    )

    # Only area 0 asks at least as often as the place; nobody drives there; area 2 is too far.
    assert found[
        ["area", "theme", "offer", "origin", "next_door", "count"]
    ].to_numpy().tolist() == [[0, "bus", "driving", 1, True, 40.0]]


def test_few_offers_are_named_without_their_number_and_hidden_areas_not_at_all() -> None:
    asked = publish_shares([[60], [60]], [[100], [100]])
    offered = publish_shares([[3], [3]], [[100], [6]])
    found = match_offers(["bus"], asked, [0.4], ["driving"], offered, SERVES, [[1], [0]])

    assert found["origin"].tolist() == [0, 0]
    assert found["count"].isna().all()


def test_nothing_asked_or_offered_matches_nothing() -> None:
    nobody = publish_shares([[0]], [[3]])

    assert match_offers(["bus"], nobody, [0.0], ["driving"], nobody, SERVES, [[]]).empty
