"""What a grant or offer is about, by its words."""

import pytest

from needsmap.analysis.word_match import NOTHING, WordMatcher

WORDS = {
    "health": ["health", "hospital"],
    "mental_health": ["mental health"],
    "buses": ["bus", "minibus"],
    "library": ["librar*"],
    "green": ["park", "tree planting"],
    "play": ["play", "environment"],
    "care": ["environment"],
}
MATCHER = WordMatcher(WORDS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Mental health walks", ("mental_health",)),  # the longest phrase wins
        ("Mental health and health checks", ("mental_health", "health")),
        ("Two minibuses", ("buses",)),
        ("The BUS's route", ("buses",)),
        ("New librarian", ("library",)),
        ("Tree plantings", ("green",)),
        ("Parking fees", ()),  # a word inside another word is not that word
        ("Environment day", ("play", "care")),
        ("", ()),
    ],
)
def test_words_are_found_whole_in_any_number(text: str, ids: tuple[str, ...]) -> None:
    assert MATCHER.match({"title": text}).ids == ids


def test_the_first_part_that_tells_anything_decides_and_says_which() -> None:
    found = MATCHER.match({"title": "A new start", "description": "Park benches; a bus"})

    assert found.ids == ("green", "buses")
    assert found.field == "description"
    assert found.words == ("park", "bus")


def test_the_name_of_who_received_it_is_not_what_it_is_for() -> None:
    fields = {"title": "Grant to Park Road Hospital Trust for a bus"}

    assert MATCHER.match(fields, recipient="Park Road Hospital Trust").ids == ("buses",)


def test_nothing_known_is_nothing_claimed() -> None:
    assert MATCHER.match({"title": "General fund"}) == NOTHING
