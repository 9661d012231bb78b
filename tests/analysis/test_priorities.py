"""Which question speaks, and how wishes are ordered."""

from datetime import date

import pandas as pd

from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.priorities import (
    NOTHING,
    choose_question,
    finest_level,
    order_themes,
    theme_shares,
)
from needsmap.analysis.voice import compile_voice
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, survey


def ordered(counts: list[int], base: int) -> pd.DataFrame:
    names = [f"t{i}" for i in range(len(counts))]
    return order_themes(names, publish_shares(counts, base)).set_index("theme")


def test_ties_stay_ties() -> None:
    # 21 and 22 are both published as 20.
    table = ordered([21, 50, 22], 100)

    assert table["place"].to_dict() == {"t1": 1, "t0": 2, "t2": 2}


def test_small_counts_stand_below_others_and_above_nobody_tied() -> None:
    table = ordered([0, 3, 7, 40], 100)

    assert table["place"].to_dict() == {"t3": 1, "t1": 2, "t2": 2, "t0": 4}


def test_clear_wishes_have_one_place_and_close_ones_several() -> None:
    table = ordered([900, 400, 390, 50], 1000)

    assert table.loc["t0", ["first_place", "last_place"]].tolist() == [1, 1]
    assert table.loc["t1", ["first_place", "last_place"]].tolist() == [2, 3]
    assert table.loc["t3", ["first_place", "last_place"]].tolist() == [4, 4]


def test_a_hidden_base_gives_no_order() -> None:
    assert len(ordered([3, 4], 7)) == 0


def test_the_latest_wave_speaks_and_other_kinds_are_never_merged() -> None:
    old = survey([["bus"]], [("", "")], [None], id_="old", asked=date(2024, 1, 1), kind="ranking")
    new = survey([["bus"]], [("", "")], [None], id_="new")
    voice = compile_voice([old, new], MEMBERSHIP, LEVELS)

    assert choose_question(voice).parts == (("new", "q1"),)
    both = choose_question(voice, ("old", "new"))
    assert both.parts == (("new", "q1"),)
    assert both.left_out == ("Spring",)


def test_waves_of_the_same_kind_are_merged_when_asked_for() -> None:
    old = survey([["bus"]], [("", "")], [None], id_="old", asked=date(2024, 1, 1))
    new = survey([["bus"]], [("", "")], [None], id_="new")
    voice = compile_voice([old, new], MEMBERSHIP, LEVELS)

    assert choose_question(voice, ("old", "new")).surveys == ("old", "new")


def test_nobody_asked_is_nothing() -> None:
    voice = compile_voice([], MEMBERSHIP, LEVELS)

    assert choose_question(voice) == NOTHING
    assert finest_level(voice, NOTHING, LEVELS) == "lsoa"


def test_the_level_is_the_finest_at_which_most_areas_may_be_shown() -> None:
    # 8 people in each ward but only one LSOA of four has 8 people.
    where = [("lsoa", "A1")] * 8 + [("lsoa", "A3")] * 4 + [("lsoa", "A4")] * 4
    voice = compile_voice([survey([["bus"]] * 16, where, [None] * 16)], MEMBERSHIP, LEVELS)

    assert finest_level(voice, choose_question(voice), LEVELS) == "ward"


def test_published_shares_of_areas_hide_the_small_ones() -> None:
    where = [("lsoa", "A1")] * 20 + [("lsoa", "A3")] * 5
    voice = compile_voice([survey([["bus"]] * 25, where, [None] * 25)], MEMBERSHIP, LEVELS)

    shares = theme_shares(voice, choose_question(voice), "lsoa")

    assert shares.by_area.shown[:, 0].tolist() == [True, False, False, False]
    assert shares.by_area.share[0, 0] == 1.0
    assert shares.base == 25
