"""Compiled counts equal plain counting, row by row."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis import tally
from needsmap.analysis.counting import count_people, count_themes, group_bands
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

LEVELS = ("lsoa", "ward", "authority")
MEMBERSHIP = pd.DataFrame(
    {
        "lsoa": ["A1", "A2", "A3", "A4"],
        "ward": ["W1", "W1", "W2", "W2"],
        "authority": ["X"] * 4,
    },
    index=["A1", "A2", "A3", "A4"],
)


def column(question: str, values: Sequence[Sequence[str] | None], *, themed: bool) -> AnswerColumn:
    """Return an answer column of lists of theme ids (or one band each)."""
    cells = list(dict.fromkeys("|".join(v) for v in values if v is not None))
    codes = [-1 if v is None else cells.index("|".join(v)) for v in values]
    split = [tuple(c.split("|")) if c else () for c in cells]
    return AnswerColumn(
        question,
        np.array(codes, dtype=np.int32),
        tuple(cells),
        tuple(() for _ in cells),
        tuple(split) if themed else tuple(() for _ in cells),
    )


def survey(
    needs: Sequence[Sequence[str] | None],
    where: Sequence[tuple[str, str]],
    ages: Sequence[str | None],
    *,
    id_: str = "s1",
    asked: date | None = date(2026, 3, 1),
    kind: str = "many_choices",
) -> SurveyAnswers:
    themes = sorted({t for n in needs if n for t in n})
    questions = (
        Question("q1", "What is needed?", "need", kind, (1,),
                 options=tuple(Option(t, themes=(t,)) for t in themes)),
        Question("q2", "How old are you?", "group", "one_choice", (2,), group="age"),
    )  # fmt: skip
    answers = pd.DataFrame(
        {
            "row": range(len(needs)), "key": "", "level": [w[0] for w in where],
            "area_code": [w[1] for w in where], "how": "", "answered_on": "",
        }
    )  # fmt: skip
    columns = {
        "q1": column("q1", needs, themed=True),
        "q2": column("q2", [None if a is None else (a,) for a in ages], themed=False),
    }
    return SurveyAnswers("Spring", asked, "plain", "", "", questions, answers, columns, id=id_)


def random_survey(seed: int, people: int) -> SurveyAnswers:
    random = np.random.default_rng(seed)
    names = [f"t{i}" for i in range(9)]
    needs = [
        None if random.random() < 0.1 else [t for t in names if random.random() < 0.3]
        for _ in range(people)
    ]
    places = [*(("lsoa", f"A{i}") for i in range(1, 5)), ("ward", "W2"), ("", "")]
    where = [places[i] for i in random.integers(0, len(places), people)]
    ages = [[None, "16 to 24", "65 and over", "25-64"][i] for i in random.integers(0, 4, people)]
    return survey(needs, where, ages)


@pytest.mark.parametrize("groups", [(), (("age", "65+"),)])
@pytest.mark.parametrize("level", LEVELS)
def test_counts_equal_counting_one_by_one(level: str, groups: tuple) -> None:
    given = random_survey(5, 700)
    voice = compile_voice([given], MEMBERSHIP, LEVELS)

    counted = count_themes(voice, [("s1", "q1")], level, groups)

    needs, ages = given.columns["q1"], given.columns["q2"]
    expected: dict[tuple[str, str], int] = {}
    for person in range(700):
        code = needs.codes[person]
        age = "" if ages.codes[person] < 0 else ages.cells[ages.codes[person]]
        if code < 0 or (groups and age != "65 and over"):
            continue
        lv, area = given.answers.loc[person, ["level", "area_code"]]
        up = {"lsoa": {"lsoa": area}, "ward": {"ward": area}, "": {}}[lv]
        if lv == "lsoa":
            up["ward"] = MEMBERSHIP.loc[area, "ward"]
        if lv:
            up["authority"] = "X"
        for theme in (*needs.themes[code], "base"):
            for key in {(up.get(level, "nowhere"), theme), ("all", theme)}:
                expected[key] = expected.get(key, 0) + 1
    for row, area in enumerate(counted.codes):
        assert counted.base_by_area[row] == expected.get((area, "base"), 0)
        for col, theme in enumerate(counted.themes):
            assert counted.by_area[row, col] == expected.get((area, theme), 0)
    assert counted.base == expected[("all", "base")]
    assert counted.whole.tolist() == [expected[("all", t)] for t in counted.themes]


def test_an_answer_known_by_ward_counts_at_ward_and_above() -> None:
    voice = compile_voice([survey([["bus"]], [("ward", "W2")], ["65+"])], MEMBERSHIP, LEVELS)

    found = {level: count_people(voice, ["s1"], level)[0].tolist() for level in LEVELS}

    assert found == {"lsoa": [0, 0, 0, 0], "ward": [0, 1], "authority": [1]}


def test_an_answer_from_nowhere_counts_for_the_whole_place_only() -> None:
    voice = compile_voice([survey([["bus"]], [("", "")], [None])], MEMBERSHIP, LEVELS)

    by_area, total = count_people(voice, ["s1"], "authority")

    assert (by_area.tolist(), total) == ([0], 1)


def test_facts_of_people_are_counted_by_crowd_whatever_a_word_holds() -> None:
    """Counted one by one with Python's own loops: crowds of 0, 1, 63, 64, 65 and 200 people."""
    random = np.random.default_rng(33)
    sizes = [0, 1, 63, 64, 0, 65, 200, 0]
    crowds = np.repeat(np.arange(len(sizes)), sizes)
    facts = random.random((12, 11)) < 0.4
    facts[-1] = False
    codes = random.integers(-1, 11, len(crowds)).astype(np.int32)
    keep = random.random(len(crowds)) < 0.5
    layout = tally.make_layout(crowds, len(sizes))
    bits = tally.lay_facts(facts, codes, layout)

    for chosen in (None, keep):
        counts = tally.count_bits(bits, layout, chosen)
        for crowd in range(len(sizes)):
            here = [
                i for i in range(len(crowds)) if crowds[i] == crowd and (chosen is None or keep[i])
            ]
            for fact in range(11):
                assert counts[crowd, fact] == sum(bool(facts[codes[i], fact]) for i in here)


def test_a_filter_nobody_meets_counts_nobody() -> None:
    facts = np.array([[True, True], [False, False]])
    layout = tally.make_layout(np.array([0, 0, 1, 1]), 2)
    bits = tally.lay_facts(facts, np.zeros(4, dtype=np.int32), layout)

    assert tally.count_bits(bits, layout, np.zeros(4, dtype=bool)).sum() == 0
    one = tally.count_bits(bits, layout, np.array([False, False, False, True]))
    assert one.tolist() == [[0, 0], [1, 1]]


def test_nobody_at_all_is_counted_too() -> None:
    layout = tally.make_layout(np.zeros(0, dtype=np.int64), 0)
    bits = tally.lay_facts(np.zeros((1, 9), dtype=bool), np.zeros(0, dtype=np.int32), layout)

    assert tally.count_bits(bits, layout).shape == (0, 9)


def test_no_answers_at_all_make_an_empty_voice() -> None:
    voice = compile_voice([], MEMBERSHIP, LEVELS)
    counted = count_themes(voice, [], "ward")

    assert counted.themes == ()
    assert counted.base == 0
    assert counted.codes == ("W1", "W2")


def test_a_survey_without_rows_counts_nobody() -> None:
    voice = compile_voice([survey([], [], [])], MEMBERSHIP, LEVELS)

    assert count_people(voice, ["s1"], "ward")[1] == 0


def test_waves_stand_oldest_first_and_bands_by_age() -> None:
    old = survey([["bus"]] * 3, [("", "")] * 3, ["65 and over", "16 to 24", "Prefer not to say"],
                 id_="old", asked=date(2024, 1, 1))  # fmt: skip
    new = survey([["bus"]], [("", "")], ["25-64"], id_="new")
    voice: Voice = compile_voice([new, old], MEMBERSHIP, LEVELS)

    assert [s.id for s in voice.surveys] == ["old", "new"]
    bands = group_bands(voice, ["old", "new"])["age"][1]
    assert bands == ("16-24", "25-64", "65+", "Prefer not to say")
