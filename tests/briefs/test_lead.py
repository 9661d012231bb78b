"""What leads a map says what the map's own table says of the area in focus."""

from __future__ import annotations

from collections.abc import Callable

from needsmap.analysis.voice import Voice
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture
from needsmap.places.pack import Pack

RARE = Picture(theme="belonging", level="ward")
"""Belonging is named by 3 % of the seeded answers, so by fewer than 8 people in any ward."""


def test_an_area_where_a_few_asked_is_led_by_those_few_and_not_called_unknown(
    kindleford: Pack, make_voice: Callable[..., Voice]
) -> None:
    voice = make_voice(600)
    table = make_overview(RARE, kindleford, voice, None).layer.table
    few = table[table["said"].str.startswith("Only a few people asked for")]
    assert len(few) > 3

    area = few.iloc[0]
    brief = make_overview(RARE.but(area=area["area_code"]), kindleford, voice, None)

    assert brief.lead[0].startswith(f"Only a few people in {area['area_name']} asked for")
    assert area["Share"] in brief.lead[0]


def test_the_colour_of_a_hidden_count_is_explained_where_the_map_is_read(
    kindleford: Pack, make_voice: Callable[..., Voice]
) -> None:
    rare = make_overview(RARE, kindleford, make_voice(600), None)
    index = make_overview(RARE.but(show="index"), kindleford, make_voice(600), None)

    words = "the colour shows the middle of what it could be"
    assert any(words in caution for caution in rare.cautions)
    assert not any(words in caution for caution in index.cautions)
