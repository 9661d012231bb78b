"""A whole country: larger areas from afar, the same finding for small areas from near.

Kindleford stands for a country here: the number of areas that makes one is set below its 140.
"""

from __future__ import annotations

import pytest

from needsmap.analysis.voice import Voice
from needsmap.briefs import settle
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture


@pytest.fixture(scope="module")
def voice(make_voice) -> Voice:
    return make_voice(400)


@pytest.fixture
def as_a_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "MOST_AT_ONCE", 60)


def test_a_country_opens_on_its_larger_areas(kindleford, voice, as_a_country):
    brief = make_overview(Picture(), kindleford, voice, None)

    assert brief.picture.level == "ward"
    assert set(brief.layer.classes) == set(kindleford.names["ward"])


@pytest.mark.parametrize("show", ["voice", "index", "heard", "beside"])
def test_small_areas_carry_the_same_finding_from_near(kindleford, voice, as_a_country, show):
    brief = make_overview(Picture(show=show, theme="health"), kindleford, voice, None)
    alone = make_overview(Picture(show=show, theme="health", level="lsoa"), kindleford, voice, None)

    assert brief.near is not None
    assert brief.near.kind == brief.layer.kind == show
    assert brief.near.classes == alone.layer.classes
    assert [e.label for e in brief.near.legend] == [e.label for e in alone.layer.legend]


def test_small_areas_asked_for_by_name_need_no_second_layer(kindleford, voice, as_a_country):
    assert make_overview(Picture(level="lsoa"), kindleford, voice, None).near is None


def test_a_borough_is_shown_at_once(kindleford, voice):
    assert make_overview(Picture(level="ward"), kindleford, voice, None).near is None
