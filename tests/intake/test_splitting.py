"""Ticked options joined in a cell: the form's own options come out whole."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needsmap.intake.splitting import learn_options, pieces_of, split


def ticked(options: list[str], people: int, seed: int, separator: str = ", ") -> Counter[str]:
    """Cells of people who tick one to four options in the form's order, as Google writes them."""
    chance = random.Random(seed)
    cells: Counter[str] = Counter()
    for _ in range(people):
        chosen = sorted(chance.sample(range(len(options)), chance.randint(1, min(4, len(options)))))
        cells[separator.join(options[i] for i in chosen)] += 1
    return cells


def learned(cells: Counter[str], separator: str = ", ") -> set[str]:
    found = learn_options(list(cells), list(cells.values()), separator)
    return {text for text, _ in found.options}


def test_options_with_commas_are_kept_whole():
    options = [
        "Parks, gardens and open spaces",
        "Buses",
        "Doctors, dentists, pharmacies",
        "Homes (to rent, to buy, to share)",
        "Safety",
        "Shops, markets",
    ]

    assert learned(ticked(options, 200, seed=1)) == set(options)


def test_options_that_share_a_piece_are_told_apart():
    options = ["Parks, gardens", "Squares, gardens", "Arts, music", "Arts, sport", "Buses", "Jobs"]

    assert learned(ticked(options, 300, seed=2)) == set(options)


def test_what_people_write_themselves_is_no_option():
    options = ["Buses", "Homes, rents", "Jobs", "Safety"]
    cells = ticked(options, 300, seed=3)
    for i in range(40):
        cells[f"Buses, my own idea {i}, and number {i}"] += 1

    assert learned(cells) == set(options)


@pytest.mark.parametrize("separator", [", ", ";", "|", "\n"])
def test_every_usual_separator_works(separator):
    options = ["Parks", "Buses", "Homes", "Jobs", "Safety"]

    assert learned(ticked(options, 100, seed=4, separator=separator), separator) == set(options)


def test_options_often_ticked_together_stay_two():
    cells = Counter({"Parks, Buses": 80, "Parks": 10, "Buses": 10, "Jobs": 20, "Jobs, Homes": 9,
                     "Homes": 5})  # fmt: skip

    assert learned(cells) == {"Parks", "Buses", "Jobs", "Homes"}


def test_own_wording_is_given_back_as_it_was_written():
    offered = frozenset({"Parks, gardens", "Buses"})

    assert split("Buses, a bench, please, Parks, gardens", ", ", offered) == (
        ["Buses", "Parks, gardens"],
        "a bench, please",
    )


def test_the_last_semicolon_of_microsoft_forms_is_no_answer():
    assert pieces_of("Parks;Buses;", ";") == ["Parks", "Buses"]


word = st.text(st.sampled_from("abcdefgh"), min_size=2, max_size=5)


@st.composite
def option_sets(draw):
    """Sets of options, some with commas inside, in which no piece occurs twice."""
    words = draw(st.lists(word, min_size=3, max_size=14, unique=True))
    options, i = [], 0
    while i < len(words):
        n = draw(st.integers(1, 3))
        options.append(", ".join(w.capitalize() for w in words[i : i + n]))
        i += n
    return options


@settings(max_examples=200, deadline=None)
@given(option_sets(), st.data())
def test_splitting_undoes_joining_for_known_options(options, data):
    chosen = data.draw(st.lists(st.sampled_from(options), unique=True, min_size=1))

    assert split(", ".join(chosen), ", ", frozenset(options)) == (chosen, "")


@settings(max_examples=60, deadline=None)
@given(option_sets().filter(lambda options: len(options) >= 4), st.integers(0, 1000))
def test_random_option_sets_are_learned_exactly(options, seed):
    # 400 people: enough that no two options stand together in nearly every cell by chance.
    assert learned(ticked(options, 400, seed)) == set(options)
