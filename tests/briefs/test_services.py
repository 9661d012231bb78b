"""Services beside wishes: distances by hand, what is not known, what is asked for and far."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from pyproj import Geod

from needsmap.analysis.voice import Voice
from needsmap.briefs.area import make_area
from needsmap.briefs.catalogue import themes_of
from needsmap.briefs.near import middle_points
from needsmap.briefs.services import make_services
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import MISSING_CLASS

MakeVoice = Callable[..., Voice]


def test_the_nearest_is_the_nearest_and_minutes_follow_from_metres(
    testham: Pack, nobody: Voice
) -> None:
    near = make_services(Picture(level="area"), testham, nobody, None).near
    points = middle_points(testham, "area")
    sphere = Geod(a=6_371_009, b=6_371_009)
    pharmacy = testham.services.set_index("category").loc["pharmacy"]
    for row in near[near["kind"] == "pharmacy"].itertuples():
        at = points.loc[row.area_code]
        _, _, metres = sphere.inv(
            at["longitude"], at["latitude"], pharmacy["longitude"], pharmacy["latitude"]
        )
        assert row.metres == pytest.approx(metres)
        assert row.minutes == pytest.approx(metres * 1.3 / 80)


def test_page_and_area_card_say_the_same_distance(kindleford: Pack, make_voice: MakeVoice) -> None:
    ward = next(iter(kindleford.names["ward"]))
    card = make_area(Picture(area=ward), kindleford, make_voice(600), None)
    near = make_services(Picture(level="ward"), kindleford, make_voice(600), None).near
    here = near[near["area_code"] == ward].set_index("kind")["metres"]

    assert {n.category: n.metres for n in card.near} == pytest.approx(here.to_dict())


def test_a_kind_without_a_point_is_not_known_never_none(testham: Pack, nobody: Voice) -> None:
    brief = make_services(Picture(level="area"), testham, nobody, None)

    assert set(brief.kinds["kind"]) == set(testham.services["category"])
    assert "Dentist" in brief.not_known
    assert "Dentist" not in set(brief.near["label"])
    assert any("does not mean there is none" in words for words in brief.cautions)


def test_without_any_service_it_says_how_to_add_some(testham: Pack, nobody: Voice) -> None:
    brief = make_services(
        Picture(), replace(testham, services=testham.services.head(0)), nobody, None
    )

    assert brief.kind == ""
    assert "services.csv" in " ".join(brief.sentences)
    assert set(brief.layer.classes.values()) == {MISSING_CLASS}
    assert brief.far.empty


def test_people_for_each_place_and_when_the_list_was_checked(testham: Pack, nobody: Voice) -> None:
    kinds = make_services(Picture(), testham, nobody, None).kinds.set_index("kind")

    # 1,000 + 1,100 + ... + 1,800 people, one pharmacy.
    assert kinds.loc["pharmacy", "people_per_place"] == 12_600
    assert kinds.loc["pharmacy", "checked_on"] == "2026-03-01"
    assert kinds.loc["pharmacy", "source"] == "invented"


def test_asked_for_and_far_lists_what_is_both(kindleford: Pack, make_voice: MakeVoice) -> None:
    brief = make_services(Picture(level="ward"), kindleford, make_voice(3000), None)
    themes = themes_of(kindleford.folder)

    assert len(brief.far)
    assert (brief.far["minutes"] > 15).all()
    assert all(row.kind in themes[row.theme].services for row in brief.far.itertuples())
    # Nothing of a matching kind is nearer than what the list says.
    for row in brief.far.head(20).itertuples():
        of_theme = brief.near[brief.near["kind"].isin(themes[row.theme].services)]
        closest = of_theme.loc[of_theme["area_code"] == row.area_code, "metres"].min()
        assert row.metres == closest


def test_what_can_be_reached_is_shared_out_among_people(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_services(
        Picture(level="authority", services=("school",)), kindleford, make_voice(0), None
    )
    schools = int((kindleford.services["category"] == "school").sum())
    people = kindleford.areas["population"].sum()

    # Every school in reach of anybody is handed out once: places over people.
    assert brief.access["per_10000"].iloc[0] == pytest.approx(10_000 * schools / people)


def test_the_map_starts_a_class_at_5_10_15_and_30_minutes(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_services(Picture(services=("gp",)), kindleford, make_voice(600), None)
    minutes = brief.near[brief.near["kind"] == "gp"].set_index("area_code")["minutes"]

    assert brief.layer.kind == "services"
    for code, key in brief.layer.classes.items():
        assert int(key) == int(np.sum(minutes[code] > np.array([5, 10, 15, 30])))
