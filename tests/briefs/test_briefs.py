"""Every brief: complete, plain, past the rules, and unbreakable by a link."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.voice import Voice
from needsmap.briefs.area import make_area
from needsmap.briefs.change import make_change
from needsmap.briefs.comparison import make_comparison
from needsmap.briefs.coverage import make_coverage
from needsmap.briefs.method import make_method
from needsmap.briefs.money import make_money
from needsmap.briefs.overview import make_overview
from needsmap.briefs.priorities import make_priorities
from needsmap.briefs.quotes import make_quotes
from needsmap.briefs.services import make_services
from needsmap.briefs.strengths import make_strengths
from needsmap.picture import LAYERS, Picture, from_query
from needsmap.places.pack import Pack

MAKERS = (
    make_change,
    make_overview,
    make_area,
    make_priorities,
    make_coverage,
    make_comparison,
    make_method,
    make_services,
    make_money,
    make_strengths,
    make_quotes,
)
RESCUE = (
    "deprived area", "left behind", "left-behind", "problem", "vulnerable", "needy", "respondent",
    "dataset", "hard to reach", "hard-to-reach", "help them", "poor people", "disadvantaged",
    "underprivileged", "suffer", "victim", "troubled", "margin of error",
)  # fmt: skip
MakeVoice = Callable[..., Voice]


def words_of(brief: object) -> str:
    tables = brief.tables()  # type: ignore[attr-defined]
    cells = [str(v) for t in tables.values() for v in [*t.columns, *t.to_numpy().ravel()]]
    return " ".join([*brief.sentences, *brief.notices, *brief.cautions, *cells])  # type: ignore[attr-defined]


@pytest.mark.parametrize("people", [0, 5, 12, 600])
@pytest.mark.parametrize("make", MAKERS)
def test_every_brief_speaks_for_any_number_of_answers(
    make: Callable, people: int, kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make(Picture(), kindleford, make_voice(people), None)

    assert 1 <= len(brief.sentences) <= 4
    assert all(s.endswith((".", "!")) and s[0] == s[0].upper() for s in brief.sentences)
    assert all(isinstance(t, pd.DataFrame) for t in brief.tables().values())
    assert "nan" not in " ".join(brief.sentences).lower()
    assert brief.provenance.invented
    assert "Invented place" in brief.provenance.foot


@pytest.mark.parametrize("make", MAKERS)
def test_no_brief_speaks_of_rescue(make: Callable, kindleford: Pack, make_voice: MakeVoice) -> None:
    said = words_of(make(Picture(), kindleford, make_voice(600), None)).lower()

    assert [word for word in RESCUE if word in said] == []


@pytest.mark.parametrize("make", MAKERS)
def test_a_lopsided_survey_breaks_nothing(
    make: Callable, kindleford: Pack, make_voice: MakeVoice
) -> None:
    area = kindleford.membership.index[0]

    brief = make(Picture(), kindleford, make_voice(300, only_area=area), None)

    assert brief.sentences


@pytest.mark.parametrize("make", MAKERS)
def test_a_strange_link_gets_notices_and_the_usual_picture(
    make: Callable, kindleford: Pack, make_voice: MakeVoice
) -> None:
    strange = from_query(
        {
            "survey": "zz", "by": "galaxy", "theme": "dragons", "index": "{{7*7}}", "area": "E999",
            "people": "age:3-4~x:y", "question": "zz/q9", "services": "castle", "show": "beside",
        }
    )  # fmt: skip

    brief = make(strange, kindleford, make_voice(600), None)

    assert len(brief.notices) >= 7
    assert brief.picture.level in {"lsoa", "ward", "authority"}
    assert brief.picture.groups == ()
    assert not brief.picture.surveys


def test_nobody_answered_still_shows_index_and_services(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_overview(Picture(show="index"), kindleford, make_voice(0), None)

    assert brief.sentences[0] == "Nobody has answered yet."
    assert brief.layer.kind == "index"
    assert set(brief.layer.classes.values()) <= set("01234")
    assert brief.empty


def test_five_answers_show_no_figure_anywhere(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_overview(Picture(), kindleford, make_voice(5), None)

    assert brief.wishes == ()
    assert set(brief.layer.classes.values()) <= {"h", "m"}
    assert brief.base.value is None


def test_strengths_come_first(kindleford: Pack, make_voice: MakeVoice) -> None:
    for make in (make_overview, make_priorities):
        sentences = make(Picture(), kindleford, make_voice(600), None).sentences
        assert sentences[0].startswith("What people value here: parks and green space")


def test_every_number_shown_is_a_published_one(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_priorities(Picture(), kindleford, make_voice(600), None)

    for table in (brief.by_area, brief.by_group):
        known = table.dropna(subset=["count"])
        assert len(known) > 0
        assert (known["count"] % 5 == 0).all()
        assert (known["base"] % 5 == 0).all()
        assert (known["base"] >= 10).all()
        # The words tell the published share, nothing finer.
        expected = np.floor(100 * np.minimum(known["count"] / known["base"], 1) + 0.5)
        assert (known["words"] == expected.astype(int).astype(str) + "%").all()


@pytest.mark.parametrize("show", LAYERS)
@pytest.mark.parametrize("level", ["lsoa", "ward", "authority"])
def test_every_layer_covers_every_area_and_its_table_agrees(
    show: str, level: str, kindleford: Pack, make_voice: MakeVoice
) -> None:
    layer = make_overview(Picture(show=show, level=level), kindleford, make_voice(600), None).layer

    assert set(layer.classes) == set(kindleford.names[level])
    assert set(layer.table["area_code"]) == set(layer.classes)
    legend = {entry.key: entry.areas for entry in layer.legend}
    assert set(layer.classes.values()) <= set(legend)
    assert sum(areas for key, areas in legend.items() if key not in "ABCDE") == len(layer.classes)
    assert sum(areas for key, areas in legend.items() if key in "ABCDE") == len(layer.paler)
    assert list(layer.table.columns[:3]) == ["area_code", "area_name", "said"]


def test_the_coverage_line_says_who_when_and_where(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_overview(Picture(), kindleford, make_voice(612), None)

    wards = len(kindleford.names["ward"])
    assert brief.picture.level == "ward"
    assert brief.coverage_line == (
        f"610 people answered · Spring 2026 · heard in {wards} of {wards} wards"
    )


def test_a_filter_gives_fewer_people_and_says_so(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_overview(Picture(groups=(("age", "65+"),)), kindleford, make_voice(600), None)

    assert brief.picture.groups == (("age", "65+"),)
    assert brief.base.value is not None
    assert 100 < brief.base.value < 200
    assert "showing 65+" in brief.coverage_line


def test_a_small_area_points_to_its_ward(kindleford: Pack, make_voice: MakeVoice) -> None:
    area = kindleford.membership.index[0]
    brief = make_area(Picture(area=area), kindleford, make_voice(600), None)

    assert not brief.shown
    assert brief.parent is not None
    assert brief.parent.code == kindleford.membership.loc[area, "ward"]
    assert brief.parent.name in brief.why
    assert brief.wishes == ()
    assert brief.index
    assert brief.near


def test_the_ward_s_card_has_wishes_index_and_neighbours(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    ward = next(iter(kindleford.names["ward"]))
    brief = make_area(Picture(area=ward), kindleford, make_voice(2000), None)

    assert brief.shown
    assert brief.wishes[0].share.value is not None
    assert brief.wishes[0].dots in {"●●●", "●●○", "●○○"}
    assert brief.index[-1].domain == "imd"
    assert {n.code for n in brief.neighbours} < set(kindleford.names["ward"]) - {ward}
    assert all("as the crow flies" in n.words for n in brief.near)
    by_theme = {w.theme: w for w in brief.wishes}
    assert by_theme["youth"].index == "no official measure"
    assert by_theme["health"].index


def test_the_same_question_gives_the_same_mark_and_numbers(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    one = make_overview(Picture(), kindleford, make_voice(600), None)
    other = make_overview(from_query(one.picture.query()), kindleford, make_voice(600), None)

    assert one.provenance.mark == other.provenance.mark
    assert one.layer.classes == other.layer.classes
    pd.testing.assert_frame_equal(one.layer.table, other.layer.table)


def test_the_order_of_wishes_is_the_true_one_when_many_answer(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_priorities(Picture(), kindleford, make_voice(20_000), None)

    # The shares the answers were drawn with: tests/briefs/conftest.py.
    assert [w.theme for w in brief.wishes] == [
        "youth", "buses", "damp", "health", "safety", "green", "belonging",
    ]  # fmt: skip
    assert {w.dots for w in brief.wishes} == {"●●●"}


def test_themes_no_official_measure_looks_at_are_listed_apart(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_comparison(Picture(theme="health"), kindleford, make_voice(2000), None)

    assert {w.theme for w in brief.unmeasured} == {"youth", "green", "belonging"}
    assert set(brief.themes["theme"]) == {"buses", "damp", "health", "safety"}
    listed = [a.code for box in brief.boxes for a in box.areas]
    assert sorted(listed) == sorted(kindleford.names[brief.picture.level])


def test_young_people_heard_little_are_named(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_coverage(Picture(), kindleford, make_voice(1000), None)

    young = brief.groups.set_index("band").loc["16-24"]
    assert young["index"] < 80
    assert "16-24" in " ".join(brief.next["who"])
