"""Strengths and offers, with the same care as wishes."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.catalogue import themes_of
from needsmap.briefs.near import neighbours, touching
from needsmap.briefs.offers import offer_kinds
from needsmap.briefs.strengths import make_strengths
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import HIDDEN_CLASS, AnswerColumn, Option, Question
from tests.briefs.conftest import make_answers

MakeVoice = Callable[..., Voice]
OFFERS = ("Driving people to places", "Teaching, coaching or mentoring", "Nothing at the moment")


@pytest.fixture(scope="module")
def offering(kindleford: Pack) -> Voice:
    given = make_answers(kindleford, 1500)
    random = np.random.default_rng(21)
    codes = random.choice(3, 1500, p=[0.3, 0.2, 0.5]).astype(np.int32)
    column = AnswerColumn("q9", codes, OFFERS, tuple(((i, 1.0),) for i in range(3)), ((), (), ()))
    question = Question("q9", "What could you bring?", "offer", "many_choices", (9,),
                        options=tuple(Option(o) for o in OFFERS))  # fmt: skip
    given = replace(
        given, questions=(*given.questions, question), columns={**given.columns, "q9": column}
    )
    return compile_voice([given], kindleford.membership, [x.id for x in kindleford.levels])


def test_strengths_stand_on_a_map_of_their_own(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_strengths(Picture(), kindleford, make_voice(2000), None)

    # The shares the answers were drawn with: 0.6 and 0.4, tests/briefs/conftest.py.
    assert [w.theme for w in brief.strengths] == ["green", "belonging"]
    assert brief.layer.kind == "strength"
    assert brief.strengths[0].share.value == pytest.approx(0.6, abs=0.05)
    assert brief.sentences[0].startswith("What people value here")


def test_a_strength_nobody_was_asked_to_wish_for_can_be_chosen(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_strengths(Picture(theme="belonging"), kindleford, make_voice(2000), None)

    assert brief.theme == brief.picture.theme == "belonging"
    assert brief.notices == ()


def test_offers_are_counted_by_kind_and_nothing_is_no_offer(
    kindleford: Pack, offering: Voice
) -> None:
    table = make_strengths(Picture(), kindleford, offering, None).offers.table

    assert table["offer"].tolist() == ["driving", "teaching"]
    # Drawn with 0.3 and 0.2 of 1,500.
    assert table["count"].tolist() == pytest.approx([450, 300], abs=50)
    assert all(count % 5 == 0 for count in table["count"])


def test_offers_meet_wishes_they_serve_here_or_next_door(kindleford: Pack, offering: Voice) -> None:
    brief = make_strengths(Picture(level="ward"), kindleford, offering, None)
    matches = brief.offers.matches
    kinds, _ = offer_kinds()

    assert len(matches)
    served = {theme for kind in ("driving", "teaching") for theme in kinds[kind].serves}
    assert set(matches["theme"]) <= served
    row = matches[matches["next_door"] != ""].iloc[0]
    names = kindleford.names["ward"]
    around = [names[c] for c in neighbours(kindleford, "ward", row["area_code"])]
    assert all(part.split(") in ")[1] in around for part in row["next_door"].split("; "))


def test_an_offer_stands_on_the_same_map_as_a_strength(kindleford: Pack, offering: Voice) -> None:
    picture = Picture(level="ward", offer="driving")
    brief = make_strengths(picture, kindleford, offering, None)
    layer, wards = brief.layer, offering.codes["ward"]

    assert brief.picture.offer == brief.offer == "driving"
    assert layer.kind == "strength"
    assert layer.title == "What people can bring: driving people to places"
    assert set(layer.classes) == set(wards) == set(layer.table["area_code"])
    # Drawn with 0.3 everywhere: classes start at 10, 20, 35 and 50 %.
    known = [int(key) for key in layer.classes.values() if key.isdigit()]
    assert known and set(known) <= {1, 2, 3} and known.count(2) > len(known) / 2
    assert brief.tables()["map"]["Share"].str.contains("%").all()
    assert set(brief.tables()["offers"]) >= {"People can bring", "Share", "Could be", "How sure"}
    # The finding and the question are of what the map shows.
    assert brief.sentences[0].startswith("People can bring: driving people to places")
    assert brief.question == "What could you bring?"
    other = make_strengths(picture.but(offer="teaching"), kindleford, offering, None)
    assert other.layer.classes != layer.classes
    assert other.provenance.mark != brief.provenance.mark


def test_an_offer_where_few_answered_is_hatched_on_the_map(
    kindleford: Pack, offering: Voice
) -> None:
    # 1,500 people in 140 small areas, half of them known by ward only: most have under 10.
    picture = Picture(level="lsoa", offer="driving")
    layer = make_strengths(picture, kindleford, offering, None).layer

    hidden = [code for code, key in layer.classes.items() if key == HIDDEN_CLASS]
    told = layer.table.set_index("area_code")["Share"]
    assert hidden
    assert set(told[hidden]) == {"–"}
    assert any(entry.key == HIDDEN_CLASS and entry.areas for entry in layer.legend)


def test_steadied_offers_say_so(kindleford: Pack, offering: Voice) -> None:
    picture = Picture(level="ward", offer="driving", steadied=True)
    layer = make_strengths(picture, kindleford, offering, None).layer

    assert "steadied" in layer.title


def test_an_offer_nobody_was_asked_for_is_said_and_a_strength_shown(
    kindleford: Pack, offering: Voice
) -> None:
    brief = make_strengths(Picture(offer="dragons"), kindleford, offering, None)

    assert brief.offer == brief.picture.offer == ""
    assert brief.layer.title.startswith("What people value")
    assert sum("offer in this link" in notice for notice in brief.notices) == 1


def test_where_only_offers_were_asked_the_first_is_on_the_map(
    kindleford: Pack, offering: Voice
) -> None:
    survey = offering.surveys[0]
    asked = tuple(q for q in survey.questions if q.role != "strength")
    alone = Voice((replace(survey, questions=asked),), offering.levels, offering.codes)

    assert make_strengths(Picture(level="ward"), kindleford, alone, None).offer == "driving"


def test_every_offer_serves_themes_there_are() -> None:
    kinds, nothing = offer_kinds()

    assert {t for kind in kinds.values() for t in kind.serves} <= set(themes_of(None))
    assert all(kind.label and kind.words for kind in kinds.values())
    assert nothing


def test_nobody_asked_is_said(kindleford: Pack, make_voice: MakeVoice) -> None:
    told = make_strengths(Picture(), kindleford, make_voice(600), None).sentences

    assert "Nobody was asked yet what they could bring." in told


def test_neighbours_all_at_once_are_the_neighbours_one_by_one(kindleford: Pack) -> None:
    found = touching(kindleford, "ward")

    assert found == {code: neighbours(kindleford, "ward", code) for code in found}


def test_strengths_and_offers_no_list_knows_are_shown_in_their_own_wording(
    kindleford: Pack,
) -> None:
    given = make_answers(kindleford, 600)
    random = np.random.default_rng(5)
    good = ("It is quiet", "The fog horn")
    bring = ("Keeping bees", "Driving people to places")
    added = {}
    for name, role, texts in (("q8", "strength", good), ("q9", "offer", bring)):
        codes = random.choice(2, 600, p=[0.5, 0.5]).astype(np.int32)
        codes[codes == 1] = np.where(np.arange((codes == 1).sum()) < 5, 1, -1)
        column = AnswerColumn(name, codes, texts, (((0, 1.0),), ((1, 1.0),)), ((), ()))
        options = tuple(Option(text) for text in texts)
        question = Question(name, f"{role}?", role, "many_choices", (8,), options=options)
        added[name] = (question, column)
    given = replace(
        given,
        questions=(*(q for q in given.questions if q.id != "q2"), *(q for q, _ in added.values())),
        columns={**given.columns, **{name: c for name, (_, c) in added.items()}},
    )
    voice = compile_voice([given], kindleford.membership, [x.id for x in kindleford.levels])
    brief = make_strengths(Picture(), kindleford, voice, None)

    # Five chose the fog horn: fewer than 8, so it has no name, and no number either.
    assert brief.others["wording"].tolist() == ["It is quiet", "something else"]
    assert brief.others["people"].iloc[1] == "fewer than 8 people"
    assert "fog" not in repr(brief.others)
    assert brief.offers.others["wording"].tolist() == ["Keeping bees"]
    assert brief.offers.table["offer"].tolist() == ["driving"]
    assert set(brief.tables()) >= {"other strengths", "other offers"}
