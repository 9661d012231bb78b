"""Our ways of counting rankings against pref_voting's, over 300 made-up profiles of ballots.

The scores and orders in tests/oracles/ballots.json were worked out by pref_voting 1.18.2 in an
environment of its own (tests/oracles/ballots.py): beside the product it would put numpy back.
Our points, with unranked options sharing what is left, are the mean of two of its scores: for
each ballot "options below minus options above" is twice the points less what all can give
(symmetric Borda of truncated ballots, Terzopoulou and Endriss 2021, Journal of Mathematical
Economics 92:32).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.priorities import Chosen, order_themes
from needsmap.analysis.rules import publish_rule, sum_parts
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.analysis.test_voice import LEVELS, MEMBERSHIP

FILE = json.loads((Path(__file__).parents[1] / "oracles/ballots.json").read_text("utf-8"))
PROFILES: list[dict[str, Any]] = FILE["profiles"]
TIMES = 100
"""Each ballot stands for so many people: no difference is lost in rounding to 5."""


@pytest.fixture(scope="module")
def voice() -> Voice:
    """Return one survey in which each profile is a question."""
    size = TIMES * max(sum(n for _, n in p["ballots"]) for p in PROFILES)
    questions, columns = [], {}
    for number, profile in enumerate(PROFILES):
        letters = "ABCDEF"[: profile["options"]]
        ballots = [ballot for ballot, _ in profile["ballots"]]
        people = [TIMES * n for _, n in profile["ballots"]]
        codes = np.full(size, -1, dtype=np.int32)
        codes[: sum(people)] = np.repeat(np.arange(len(ballots)), people)
        ranked = tuple(
            tuple((letters.index(o), float(p)) for p, o in enumerate(b, 1)) for b in ballots
        )
        name = f"q{number}"
        columns[name] = AnswerColumn(
            name, codes, tuple(ballots), ranked, tuple(map(tuple, ballots))
        )
        options = tuple(Option(o, themes=(o,)) for o in letters)
        questions.append(Question(name, "Order", "need", "ranking", (number + 1,), options=options))
    answers = pd.DataFrame(
        {"row": range(size), "key": "", "level": "ward", "area_code": "W1", "how": "",
         "answered_on": ""}
    )  # fmt: skip
    survey = SurveyAnswers(
        "S", date(2026, 1, 1), "plain", "", "", tuple(questions), answers, columns, id="s1"
    )
    return compile_voice([survey], MEMBERSHIP, LEVELS)


def counted(voice: Voice, number: int, rule: str) -> Any:
    return sum_parts(voice, Chosen("ranking", "", (("s1", f"q{number}"),)), rule)


def test_the_oracle_is_what_it_says_and_holds_orders_that_differ() -> None:
    assert FILE["made_by"] == "pref_voting 1.18.2"
    assert len(PROFILES) == 300
    assert sum("borda_order" in p for p in PROFILES) >= 100
    # Approval and Borda do not elect the same in many of them: the rules are told apart.
    assert sum(p["borda_winners"] != p["approval_winners"] for p in PROFILES) > 100


def test_points_first_choices_and_namings_are_those_of_pref_voting(voice: Voice) -> None:
    for number, profile in enumerate(PROFILES):
        people, most = sum(n for _, n in profile["ballots"]), profile["options"] - 1
        theirs = (np.array(profile["symmetric_borda"]) + most * people) / 2
        points = counted(voice, number, "points").sums * most / TIMES

        assert points == pytest.approx(theirs)
        if "borda" in profile:
            assert points == pytest.approx(profile["borda"])
        assert (counted(voice, number, "first").sums / TIMES).tolist() == profile["plurality"]
        assert (counted(voice, number, "named").sums / TIMES).tolist() == profile["approval"]


@pytest.mark.parametrize(
    ("rule", "winners", "order"),
    [("points", "borda_winners", "borda_order"), ("named", "approval_winners", ""),
     ("first", "", "plurality_order")],
)  # fmt: skip
def test_published_orders_and_ties_are_those_of_pref_voting(
    voice: Voice, rule: str, winners: str, order: str
) -> None:
    for number, profile in list(enumerate(PROFILES))[::2]:
        summed = counted(voice, number, rule)
        shares = publish_rule(summed, smallest_base=10)
        table = order_themes(summed.themes, shares).sort_values("column")
        places = table["place"].to_numpy()

        if winners:
            assert np.flatnonzero(places == 1).tolist() == profile[winners]
        if order in profile:
            # Theirs count places without gaps: 1, 1, 2 where ours are 1, 1, 3.
            dense = np.unique(places, return_inverse=True)[1] + 1
            assert dense.tolist() == profile[order]
