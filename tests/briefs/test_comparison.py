"""Voice beside index: lists, clusters, another level and the cautions that stand with them."""

from collections.abc import Callable

import numpy as np
import pytest

from needsmap.analysis.voice import Voice
from needsmap.briefs.comparison import make_comparison
from needsmap.briefs.overview import make_overview
from needsmap.picture import Picture
from needsmap.places.pack import Pack

MakeVoice = Callable[..., Voice]


def test_the_four_lists_and_not_clear_yet_stand_with_every_map(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_comparison(Picture(theme="health"), kindleford, make_voice(2000), None)

    assert [box.id for box in brief.boxes][:4] == [
        "said_measured", "said_not_measured", "measured_not_said", "neither",
    ]  # fmt: skip
    assert "not_clear" in {box.id for box in brief.boxes}
    assert brief.layer.kind == "beside"


def test_clusters_are_not_looked_for_below_thirty_areas(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_comparison(
        Picture(theme="health", level="ward"), kindleford, make_voice(2000), None
    )

    assert brief.clusters == ()
    assert brief.cluster_layer is None
    assert "30 wards or more" in brief.clusters_note


def test_clusters_are_called_clusters_and_say_nothing_about_why(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(12_000)
    brief = make_comparison(Picture(theme="health", level="lsoa"), kindleford, voice, None)
    again = make_comparison(Picture(theme="health", level="lsoa"), kindleford, voice, None)

    assert brief.cluster_layer is not None
    assert brief.cluster_layer.classes == again.cluster_layer.classes
    assert "luster" in brief.clusters_note
    listed = {a.code for box in brief.clusters for a in box.areas}
    drawn = {c for c, key in brief.cluster_layer.classes.items() if key.isdigit()}
    assert listed == drawn


def test_another_level_is_shown_because_borders_matter(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    by_ward = make_comparison(
        Picture(theme="health", level="ward"), kindleford, make_voice(3000), None
    )
    by_lsoa = make_comparison(
        Picture(theme="health", level="lsoa"), kindleford, make_voice(3000), None
    )

    assert "by LSOAs" in by_ward.other_level
    assert "by wards" in by_lsoa.other_level


def test_the_place_s_own_numbers_say_an_area_is_not_its_people(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_comparison(Picture(theme="health"), kindleford, make_voice(600), None)
    score = kindleford.indicators["iod2025_income_score"]
    worst = kindleford.indicators["iod2025_income_decile"] == 1
    people = kindleford.areas.set_index("area_code")["population"]
    out = 1 - np.average(score[worst], weights=people.reindex(score.index)[worst])

    said = " ".join(brief.cautions)
    assert f"{round(100 * out)}% of people are not short of income" in said
    assert "the most deprived tenth is always a tenth" in said


@pytest.mark.parametrize("theme", ["youth", "belonging"])
def test_a_wish_no_official_measure_looks_at_has_no_clusters_and_no_lists(
    theme: str, kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_comparison(Picture(theme=theme), kindleford, make_voice(2000), None)

    assert brief.domain == ""
    assert brief.clusters == ()
    assert theme in {w.theme for w in brief.unmeasured}


def test_cautions_stand_where_the_map_is_read(kindleford: Pack, make_voice: MakeVoice) -> None:
    voice = make_voice(2000)
    beside = make_comparison(Picture(theme="health", level="ward"), kindleford, voice, None)

    for show in ("index", "beside"):
        told = make_overview(
            Picture(theme="health", level="ward", show=show), kindleford, voice, None
        ).cautions
        assert any("always a tenth" in words for words in told)
        assert any("an area is not its people" in words for words in told)
    assert beside.other_level in told
    said = make_overview(Picture(theme="youth", level="ward"), kindleford, voice, None).cautions
    assert any("Borders matter: by LSOAs" in words for words in said)
