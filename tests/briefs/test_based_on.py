"""What a legend says its map rests on: how many people and when, or whose figures."""

from __future__ import annotations

import pytest

from needsmap.briefs.money import make_money
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture
from needsmap.places.pack import Pack


def test_a_map_of_answers_says_how_many_people_and_when(kindleford: Pack, make_voice) -> None:
    brief = make_overview(Picture(level="ward"), kindleford, make_voice(600), None)

    answered, *rest = brief.layer.based.split(" · ")

    assert answered == "600 people answered"
    assert rest == [brief.coverage_line.split(" · ")[1]], "the season it was asked in"


def test_a_filter_says_whom_it_shows_and_how_many_they_are(kindleford: Pack, make_voice) -> None:
    picture = Picture(level="ward", groups=(("age", "16-24"),))
    brief = make_overview(picture, kindleford, make_voice(600), None)

    assert brief.layer.based.split(" · ")[-1] == f"showing 16-24: {brief.base.words} people"


def test_the_map_of_who_was_heard_names_no_filter_for_none_bears_on_it(
    kindleford: Pack, make_voice
) -> None:
    picture = Picture(level="ward", show="heard")
    everybody, some = (
        make_overview(each, kindleford, make_voice(600), None).layer
        for each in (picture, picture.but(groups=(("age", "16-24"),)))
    )

    assert everybody.classes == some.classes and everybody.based == some.based


@pytest.mark.parametrize("show", ["index", "beside"])
def test_a_map_with_the_index_names_its_source(kindleford: Pack, make_voice, show: str) -> None:
    picture = Picture(level="ward", theme="safety", show=show)
    brief = make_overview(picture, kindleford, make_voice(600), None)

    [source] = {i.source for i in kindleford.indicator_info.values() if i.domain == "crime"}
    assert source and source in brief.layer.based
    assert ("people answered" in brief.layer.based) is (show == "beside")


def test_nobody_is_said_to_have_answered_before_anybody_was(kindleford: Pack, make_voice) -> None:
    brief = make_overview(Picture(level="ward", show="heard"), kindleford, make_voice(0), None)

    assert brief.layer.based == ""


def test_a_map_of_grants_says_how_many_it_counts(kindleford: Pack, make_voice) -> None:
    brief = make_money(Picture(level="ward"), kindleford, make_voice(0), None)

    number = brief.layer.based.split(" ")[0]
    assert any(f"{number} grants" in sentence for sentence in brief.sentences)
