"""Ways of counting: each kind of question by its own rules, never added together.

Ballots and sums: METHODS notes §4.2 "Ranking questions" (worked out by hand there).
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.priorities import Chosen
from needsmap.analysis.rules import (
    AT_LEAST,
    RULES,
    count_bands,
    median_at_least,
    parts,
    publish_rule,
    sum_parts,
)
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.analysis.test_voice import LEVELS, MEMBERSHIP, random_survey

BALLOTS = [(("A", "B", "C"), 4), (("B", "C"), 3), (("C",), 2), (("A", "C"), 1)]
CHOSEN = Chosen("ranking", "", (("s1", "q1"),))


def make_voice(kind: str, cells: list[tuple[tuple[int, float], ...]], people: list[int]) -> Voice:
    """Return a voice of one question with options A-D; so many people gave each cell."""
    options = tuple(Option(t, themes=(t,)) for t in "ABCD")
    codes = np.repeat(np.arange(len(cells)), people).astype(np.int32)
    named = tuple(tuple("ABCD"[i] for i, v in cell if v > 0) for cell in cells)
    texts = tuple("; ".join(f"{'ABCD'[i]}: {100 * v:g}" for i, v in cell) for cell in cells)
    column = AnswerColumn("q1", codes, texts, tuple(cells), named)
    question = Question("q1", "Put in order", "need", kind, (1,), options=options)
    answers = pd.DataFrame(
        {"row": range(len(codes)), "key": "", "level": "ward", "area_code": "W1", "how": "",
         "answered_on": ""}
    )  # fmt: skip
    survey = SurveyAnswers(
        "S", date(2026, 1, 1), "plain", "", "", (question,), answers, {"q1": column}, id="s1"
    )
    return compile_voice([survey], MEMBERSHIP, LEVELS)


def ballots(times: int = 1) -> Voice:
    cells = [tuple(("ABCD".index(o), float(p)) for p, o in enumerate(b, 1)) for b, _ in BALLOTS]
    return make_voice("ranking", cells, [n * times for _, n in BALLOTS])


def sums(voice: Voice, rule: str, kind: str = "ranking") -> dict[str, float]:
    found = sum_parts(voice, Chosen(kind, "", (("s1", "q1"),)), rule)
    return dict(zip(found.themes, found.sums, strict=True))


def test_borda_with_unranked_options_sharing_what_is_left() -> None:
    points = {theme: 3 * total for theme, total in sums(ballots(), "points").items()}

    assert points == pytest.approx({"A": 18.5, "B": 19.5, "C": 18, "D": 4})


def test_approval_counts_everybody_who_ranked_it() -> None:
    assert sums(ballots(), "named") == {"A": 5, "B": 7, "C": 10, "D": 0}


def test_first_choices() -> None:
    assert sums(ballots(), "first") == {"A": 5, "B": 3, "C": 2, "D": 0}


def test_one_voice_each_is_shared_among_what_was_named() -> None:
    cells = [((0, 1.0), (1, 1.0)), ((0, 1.0),)]
    voice = make_voice("many_choices", cells, [10, 4])

    assert sums(voice, "split", "many_choices") == {"A": 9, "B": 5, "C": 0, "D": 0}


def test_amounts_have_a_mean_a_median_and_people_giving_anything() -> None:
    # 30 people give A 60 and B 40; 20 people give all to B: means 36 % and 64 %.
    voice = make_voice("amount", [((0, 0.6), (1, 0.4)), ((1, 1.0),)], [30, 20])
    chosen = Chosen("amount", "", (("s1", "q1"),))
    mean = sum_parts(voice, chosen, "mean")
    shares = publish_rule(mean, smallest_base=10)

    # 18 and 32 of 50 are published as 20 and 30.
    assert shares.share.tolist() == [0.4, 0.6, 0.0, 0.0]
    assert publish_rule(sum_parts(voice, chosen, "any"), smallest_base=10).share[0] == 0.6
    # Three fifths gave A 60; half or more gave B at least 40. Nobody gave C.
    assert AT_LEAST[-2:] == (0.5, 0.75)
    medians = median_at_least(mean, smallest_base=10)
    assert medians[:2].tolist() == [0.5, 0.4]
    assert np.isnan(medians[2])


def test_people_whose_amounts_add_to_another_total_are_counted_and_told() -> None:
    voice = make_voice("amount", [((0, 0.6), (1, 0.4)), ((1, 0.5),)], [30, 12])

    assert sum_parts(voice, Chosen("amount", "", (("s1", "q1"),)), "mean").unlike == 12


def test_the_two_highest_points_of_a_scale_count_and_dont_know_does_not_answer() -> None:
    cells = [((0, 5.0),), ((0, 4.0),), ((0, 2.0),), ((0, 0.0),)]
    voice = make_voice("rating", cells, [10, 20, 30, 40])
    found = sum_parts(voice, Chosen("rating", "", (("s1", "q1"),)), "top_two")

    assert (found.sums[0], found.base) == (30, 60)


def test_a_rule_nobody_knows_is_refused() -> None:
    question = ballots().surveys[0].questions[0]

    with pytest.raises(ValueError, match="`rule`"):
        parts(question, "favourite")


def test_every_rule_gives_a_person_at_most_one_voice_for_a_theme() -> None:
    question = ballots().surveys[0].questions[0]

    for rule in RULES["ranking"]:
        found = parts(question, rule)
        assert found.min() >= 0
        assert found.max() <= 1


def test_an_area_counts_only_its_own_people() -> None:
    given = random_survey(8, 500)
    voice = compile_voice([given], MEMBERSHIP, LEVELS)
    chosen = Chosen("many_choices", "", (("s1", "q1"),))

    found = sum_parts(voice, chosen, "named", level="ward", area="W2")

    here = given.answers["area_code"].isin(["A3", "A4", "W2"]).to_numpy()
    codes = given.columns["q1"].codes[here]
    expected = [
        sum(theme in given.columns["q1"].themes[c] for c in codes if c >= 0)
        for theme in found.themes
    ]
    assert found.sums.tolist() == expected
    assert found.base == int((codes >= 0).sum())


def test_counts_by_band_equal_counting_with_a_filter() -> None:
    voice = compile_voice([random_survey(9, 800)], MEMBERSHIP, LEVELS)
    chosen = Chosen("many_choices", "", (("s1", "q1"),))
    bands = voice.surveys[0].groups["age"].bands

    themes, counts = count_bands(voice, chosen, [("age", bands)])

    for row, band in enumerate(bands):
        one = sum_parts(voice, chosen, "named", (("age", band),))
        assert counts[row, :-1].tolist() == one.sums.tolist()
        assert counts[row, -1] == one.base
    assert themes == one.themes
