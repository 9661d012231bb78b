"""Priorities in every way of counting, weighted beside raw, steadied, and over time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.area import make_area
from needsmap.briefs.change import make_change
from needsmap.briefs.coverage import make_coverage
from needsmap.briefs.overview import make_overview
from needsmap.briefs.priorities import make_priorities
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.briefs.conftest import THEMES, make_answers

MakeVoice = Callable[..., Voice]


def compiled(pack: Pack, *surveys: SurveyAnswers) -> Voice:
    return compile_voice(list(surveys), pack.membership, [level.id for level in pack.levels])


def with_question(
    survey: SurveyAnswers, kind: str, cells: list[tuple], weights: list[float], seed: int = 3
) -> SurveyAnswers:
    """Return the survey with one more question about the first four themes."""
    random = np.random.default_rng(seed)
    people = len(survey.answers)
    codes = random.choice(len(cells), people, p=weights).astype(np.int32)
    options = tuple(Option(t, people, (t,)) for t in THEMES[:4])
    named = tuple(tuple(THEMES[i] for i, v in cell if v > 0) for cell in cells)
    texts = tuple("; ".join(f"{THEMES[i]}: {100 * v:g}" for i, v in cell) for cell in cells)
    column = AnswerColumn("q9", codes, texts, tuple(cells), named)
    question = Question("q9", "And again?", "need", kind, (9,), None, options, people)  # type: ignore[arg-type]
    return replace(
        survey,
        questions=(*survey.questions, question),
        columns={**survey.columns, "q9": column},
    )


def test_kinds_of_question_stand_side_by_side_and_are_never_merged(kindleford: Pack) -> None:
    # Many put youth first, more rank buses somewhere: the order depends on how one counts.
    cells = [((0, 1.0),), ((2, 1.0), (1, 2.0)), ((3, 1.0), (1, 2.0))]
    survey = with_question(make_answers(kindleford, 600), "ranking", cells, [0.4, 0.3, 0.3])

    brief = make_priorities(Picture(), kindleford, compiled(kindleford, survey), None)

    assert [c.kind for c in brief.counted] == ["many_choices", "ranking"]
    ranking = brief.counted[1]
    assert [way.id for way in ranking.ways] == ["points", "named", "first"]
    firsts = {w.id: w.table.loc[w.table["place"] == 1, "theme"].tolist() for w in ranking.ways}
    assert firsts["first"] == ["youth"]
    assert firsts["named"] == ["buses"]
    assert "depends on how you count" in ranking.depends
    assert not ranking.same_first
    # The headline's shares are the ones on every other page.
    headline = brief.counted[0].ways[0].table.set_index("theme")["words"].to_dict()
    assert headline == {w.theme: w.share.words for w in brief.wishes}
    assert {"Several choices", "Put in order"} <= set(brief.tables())


def test_amounts_that_add_up_to_something_else_are_counted_and_said(kindleford: Pack) -> None:
    cells = [((0, 0.6), (1, 0.4)), ((0, 0.5),)]
    survey = with_question(make_answers(kindleford, 300), "amount", cells, [0.8, 0.2])

    brief = make_priorities(Picture(), kindleford, compiled(kindleford, survey), None)

    amount = next(c for c in brief.counted if c.kind == "amount")
    assert "another total" in amount.notes[0]
    assert {w.id for w in amount.ways} == {"mean", "any"}
    assert amount.ways[0].table["median"].iloc[0].startswith("half of people gave it")


def test_every_published_number_of_every_way_is_rounded(kindleford: Pack) -> None:
    cells = [((0, 1.0), (1, 2.0)), ((2, 1.0),)]
    survey = with_question(make_answers(kindleford, 437), "ranking", cells, [0.5, 0.5])
    brief = make_priorities(Picture(), kindleford, compiled(kindleford, survey), None)

    for counted in brief.counted:
        for way in counted.ways:
            known = way.table["share"].dropna()
            people = known * counted.base.value
            assert (np.abs(people / 5 - np.round(people / 5)) < 1e-9).all()


def test_raw_stands_beside_weighted_with_what_it_is_worth(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_priorities(Picture(), kindleford, make_voice(2000), None)

    weighting = brief.weighting
    assert weighting is not None
    assert weighting.refused == ""
    assert weighting.by == "age"
    assert 30 <= weighting.effective < weighting.people <= 2010
    raw = weighting.table.set_index("theme")["raw"]
    assert raw["youth"] == brief.wishes[0].share.value
    said = " ".join(weighting.sentences).lower()
    assert "could move" in said
    assert "margin of error" not in said


@pytest.mark.parametrize("people", [12, 40])
def test_weighting_too_few_answers_is_refused_in_words(
    people: int, kindleford: Pack, make_voice: MakeVoice
) -> None:
    weighting = make_priorities(Picture(), kindleford, make_voice(people), None).weighting

    assert weighting is None or weighting.refused.endswith(".")
    assert weighting is None or weighting.effective is None


def test_common_ground_scores_stand_in_order(kindleford: Pack, make_voice: MakeVoice) -> None:
    shared = make_priorities(Picture(), kindleford, make_voice(3000), None).shared

    age = shared[shared["group"] == "Age"]
    assert age["theme"].tolist()[:2] == ["youth", "buses"]
    assert age["score"].is_monotonic_decreasing


def test_steadied_shares_are_said_wherever_they_are_shown(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(600)
    raw = make_overview(Picture(), kindleford, voice, None)
    steady = make_overview(Picture(steadied=True), kindleford, voice, None)

    assert "steadied" in steady.layer.title
    assert "steadied" in " ".join(steady.sentences)
    assert "steadied" in " ".join(steady.cautions)
    assert (raw.measure, steady.measure) == ("as counted", "steadied")
    assert "steadied" not in raw.layer.title + " ".join(raw.sentences)
    spread = [
        pd.Series(b.layer.table["Share"].str.rstrip("%")).pipe(pd.to_numeric, errors="coerce").std()
        for b in (raw, steady)
    ]
    assert spread[1] < spread[0]
    assert steady.provenance.mark != raw.provenance.mark


def test_the_card_of_an_area_agrees_with_a_steadied_map(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(2000)
    ward = next(iter(kindleford.names["ward"]))
    area = make_area(Picture(area=ward, steadied=True), kindleford, voice, None)
    layer = make_overview(Picture(steadied=True, level="ward", theme="buses"), kindleford, voice,
                          None).layer  # fmt: skip

    on_map = layer.table.set_index("area_code").loc[ward, "Share"]
    assert {w.theme: w.share.words for w in area.wishes}["buses"] == on_map


def test_how_fair_the_picture_is_comes_first_and_never_min_over_max(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_coverage(Picture(), kindleford, make_voice(1000), None)

    assert set(brief.overlaps["what"]) == {"wards", "Age"}
    assert brief.overlaps["overlap"].between(0.5, 1).all()
    assert brief.overlaps["words"].iloc[0] in brief.sentences
    young = brief.groups.set_index("band").loc["16-24"]
    assert young["index_low"] < young["index"] < young["index_high"] < 100
    assert (brief.next["how_many"] % 5 == 0).all()
    wards = set(kindleford.names["ward"].values())
    of_young = brief.next[brief.next["who"].str.contains("16-24")]
    assert set(of_young["where"]) & wards


def waves(pack: Pack, shares: tuple[float, ...], people: int = 900) -> Voice:
    """Return two waves: the first as usual, the second asked again with other answers."""
    first = make_answers(pack, people, seed=1)
    again = make_answers(pack, people, seed=2)
    random = np.random.default_rng(9)
    facts = random.random((people, len(THEMES))) < np.array(shares)
    rows = ["|".join(t for t, yes in zip(THEMES, r, strict=True) if yes) for r in facts]
    cells = list(dict.fromkeys(rows))
    column = AnswerColumn(
        "q1", np.array([cells.index(r) for r in rows], dtype=np.int32), tuple(cells),
        tuple(() for _ in cells), tuple(tuple(c.split("|")) if c else () for c in cells),
    )  # fmt: skip
    later = replace(
        again, id="s2", asked=date(2027, 3, 20), columns={**again.columns, "q1": column}
    )
    return compiled(pack, first, later)


def test_what_rose_and_fell_is_said_and_the_rest_cannot_be_told(kindleford: Pack) -> None:
    # True shares before: .45 .40 .30 .25 .20 .12 .03; youth and damp change, the rest do not.
    voice = waves(kindleford, (0.25, 0.40, 0.50, 0.25, 0.20, 0.12, 0.03))

    brief = make_change(Picture(theme="damp"), kindleford, voice, None)

    said = brief.themes.set_index("theme")["verdict"].to_dict()
    assert said["youth"] == "fell"
    assert said["damp"] == "rose"
    assert said["belonging"] in {"cannot_tell", "hidden"}
    assert brief.same
    assert "warm, dry homes" in brief.sentences[0]
    assert brief.layer is not None
    assert brief.layer.kind == "change"
    assert set(brief.layer.classes) == set(kindleford.names[brief.picture.level])
    assert set(brief.layer.classes.values()) <= set("01234uhm")
    counted = [entry.areas for entry in brief.layer.legend if entry.key not in "ABCDE"]
    assert sum(counted) == len(brief.layer.classes)
    # Paler: surely a change, but on both sides of ten points or of unknown size.
    limits = brief.layer.table.set_index("area_code").loc[sorted(brief.layer.paler), "Could be"]
    assert len(limits)
    for low, high in (map(int, span.split(" to ")) for span in limits if span):
        assert low * high >= 0 and min(abs(low), abs(high)) <= 10 <= max(abs(low), abs(high))
    assert {"change", "map"} <= set(brief.tables())


def test_where_a_count_is_hidden_no_table_gives_points(kindleford: Pack) -> None:
    # Youth falls from 45 % to almost nobody, belonging stays with a few.
    voice = waves(kindleford, (0.005, 0.40, 0.50, 0.25, 0.20, 0.12, 0.005))

    brief = make_change(Picture(theme="youth", level="ward"), kindleford, voice, None)
    hidden = ("under ", "fewer than ", "not shown")
    told = {
        name: table[table["Before"].str.startswith(hidden) | table["Now"].str.startswith(hidden)]
        for name, table in brief.tables().items()
    }

    assert len(told["change"])
    assert len(told["map"])
    for table in told.values():
        assert set(table["Change in points"]) == {"–"}
        assert set(table["Could be"]) == {""}
    few = brief.themes[brief.themes["change_words"] == "–"]
    assert few[["change", "low", "high"]].isna().all(axis=None)
    assert brief.themes.set_index("theme").loc["youth", "verdict"] == "fell"


def test_one_wave_says_when_to_ask_again(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_change(Picture(), kindleford, make_voice(600), None)

    assert brief.one_wave
    assert brief.layer is None
    assert "Spring 2027" in " ".join(brief.sentences)


def test_another_wording_is_told_and_options_of_a_few_are_not_repeated(kindleford: Pack) -> None:
    first = make_answers(kindleford, 300, seed=1)
    asked = first.questions[0]
    options = (*asked.options, Option("A new tram", 40), Option("my own secret wish", 2))
    other = replace(asked, text="Which three things would you spend money on?", options=options)
    later = replace(
        make_answers(kindleford, 300, seed=2), id="s2", asked=date(2027, 3, 20),
        questions=(other, *first.questions[1:]),
    )  # fmt: skip

    brief = make_change(Picture(), kindleford, compiled(kindleford, first, later), None)

    told = " ".join(brief.wording)
    assert not brief.same
    assert "A new tram" in told
    assert "secret" not in told


def test_surveys_asked_in_another_way_are_not_compared(kindleford: Pack) -> None:
    first = make_answers(kindleford, 300, seed=1, kind="ranking")
    later = replace(make_answers(kindleford, 300, seed=2), id="s2", asked=date(2027, 3, 20))

    brief = make_change(Picture(), kindleford, compiled(kindleford, first, later), None)

    assert brief.one_wave
    assert "in the same way" in brief.sentences[0]


def test_a_contradictory_survey_breaks_nothing(kindleford: Pack) -> None:
    # Two firsts, a place past the end, shares past one, and an empty ranking.
    cells = [((0, 1.0), (1, 1.0)), ((2, 9.0),), ((3, 1.7), (0, 0.0)), ()]
    survey = with_question(
        make_answers(kindleford, 200), "ranking", cells, [0.25, 0.25, 0.25, 0.25]
    )
    voice = compiled(kindleford, survey)

    for kind in ("q9", "q1"):
        brief = make_priorities(Picture(question=f"s1/{kind}"), kindleford, voice, None)
        assert brief.sentences
        for counted in brief.counted:
            for way in counted.ways:
                assert way.table["share"].dropna().between(0, 1).all()
