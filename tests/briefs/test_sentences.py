"""What a brief says of itself: two to four sentences; cautions stand where the map is read.

No expected figure comes from the code under test; counts are of areas in the brief's own map.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from needsmap.analysis.voice import Voice
from needsmap.briefs.area import make_area
from needsmap.briefs.change import make_change
from needsmap.briefs.comparison import make_comparison
from needsmap.briefs.coverage import make_coverage
from needsmap.briefs.money import make_money
from needsmap.briefs.overview import make_overview
from needsmap.briefs.pair import make_pair
from needsmap.briefs.priorities import make_priorities
from needsmap.briefs.quotes import make_quotes
from needsmap.briefs.services import make_services
from needsmap.briefs.strengths import make_strengths
from needsmap.picture import LAYERS, Picture
from needsmap.places.pack import Pack
from needsmap.tables import HIDDEN_CLASS

MakeVoice = Callable[..., Voice]
MAPS = [partial(Picture, level=level, show=show) for level in ("ward", "lsoa") for show in LAYERS]
MAKERS = (
    make_area, make_change, make_comparison, make_coverage, make_money, make_pair,
    make_priorities, make_quotes, make_services, make_strengths,
)  # fmt: skip


@pytest.mark.parametrize("people", [0, 5, 12, 600])
def test_every_map_speaks_in_two_to_four_sentences(
    people: int, kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(people)
    here = kindleford.membership["ward"].iloc[0]
    for picture in MAPS:
        for focus in ({"theme": "youth"}, {"theme": "damp", "level": "ward", "area": here}):
            brief = make_overview(picture(**focus), kindleford, voice, None)
            assert 2 <= len(brief.sentences) <= 4, brief.sentences


@pytest.mark.parametrize("people", [0, 5, 12, 600])
@pytest.mark.parametrize("make", MAKERS)
def test_every_brief_speaks_in_two_to_four_sentences(
    make: Callable, people: int, kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(people)
    for picture in (
        Picture(theme="damp"),
        Picture(level="ward", theme="safety", groups=(("age", "16-24"),)),
        Picture(level="lsoa", theme="green", steadied=True),
    ):
        told = make(picture, kindleford, voice, None).sentences
        assert 2 <= len(told) <= 4, told


@pytest.mark.parametrize("show", ["index", "beside"])
def test_the_cautions_of_the_index_stand_where_its_map_is_read(
    show: str, kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_overview(
        Picture(show=show, level="ward", theme="health"), kindleford, make_voice(600), None
    )
    told = " ".join(brief.cautions)

    assert "where an area stands among others, not how much it has" in told
    assert "Editions of the index were made differently" in told
    assert "an area is not its people" in told
    assert "Borders matter: by LSOAs" in told


@pytest.mark.parametrize("show", ["voice", "heard"])
def test_every_map_says_how_it_comes_out_by_other_borders(
    show: str, kindleford: Pack, make_voice: MakeVoice
) -> None:
    for level, other in (("ward", "LSOAs"), ("lsoa", "wards")):
        picture = Picture(show=show, level=level, theme="youth")
        brief = make_overview(picture, kindleford, make_voice(600), None)

        assert any(f"by {other}" in words for words in brief.cautions)


def test_a_place_says_how_many_small_areas_the_index_puts_first(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    picture = Picture(show="index", level="ward", theme="health")
    wards = make_overview(picture, kindleford, make_voice(600), None)
    areas = make_overview(picture.but(level="lsoa"), kindleford, make_voice(600), None)
    first = sum(key == "4" for key in areas.layer.classes.values())

    assert any(f"by LSOAs, the index puts {first} of 140 " in words for words in wards.cautions)


def test_an_area_whose_few_answers_are_hidden_is_not_called_heard_too_little(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    # 600 answers of 140 areas: about four each would be fair, and four are "fewer than 8".
    brief = make_overview(Picture(show="heard", level="lsoa"), kindleford, make_voice(600), None)
    hidden = sum(key == HIDDEN_CLASS for key in brief.layer.classes.values())

    assert hidden > 50
    assert not any("heard much less" in words for words in brief.lead)
    assert f"In {hidden} areas only a few people answered." in brief.lead
