"""Money beside wishes: Testham's five grants by hand, Kindleford for the words."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from needsmap.analysis.voice import Voice
from needsmap.briefs.money import make_money
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import MISSING_CLASS

MakeVoice = Callable[..., Voice]


def test_grants_stand_on_the_areas_they_were_for_and_no_finer(testham: Pack, nobody: Voice) -> None:
    by_ward = make_money(Picture(level="ward"), testham, nobody, None).by_area
    by_square = make_money(Picture(level="area"), testham, nobody, None).by_area

    # data/places/testham/grants.csv: T01 2,000, T05 1,000, ward TW3 3,000, all of Testham 4,000,
    # and 500 of which only the recipient's postcode is known.
    assert by_ward.set_index("area_code")["money"].to_dict() == {
        "TW1": 2000, "TW2": 1000, "TW3": 3000,
    }  # fmt: skip
    money = by_square.set_index("area_code")["money"]
    assert money["T01"] == 2000
    assert money["T05"] == 1000
    assert money.sum() == 3000


def test_money_for_the_whole_place_and_of_unknown_places_is_said_apart(
    testham: Pack, nobody: Voice
) -> None:
    brief = make_money(Picture(level="ward"), testham, nobody, None)

    where = brief.by_where.set_index("where")["money"].to_dict()
    assert where == {"area": 6000, "whole": 4000, "unknown": 500}
    assert brief.total == 10_000
    assert brief.number == 4
    assert "40% of it was for the whole place" in " ".join(brief.sentences)
    assert any("office" in words for words in brief.cautions)


def test_an_area_without_a_grant_of_its_own_is_not_coloured_as_little(
    testham: Pack, nobody: Voice
) -> None:
    layer = make_money(Picture(level="area"), testham, nobody, None).layer

    assert layer.kind == "money"
    assert layer.classes["T01"].isdigit()
    assert layer.classes["T02"] == MISSING_CLASS
    assert "known" in layer.table.set_index("area_code").loc["T02", "said"]


def test_money_a_head_is_money_over_people(testham: Pack, nobody: Voice) -> None:
    brief = make_money(Picture(level="ward"), testham, nobody, None)
    people = testham.areas["population"].sum()

    assert brief.per_head == pytest.approx(10_000 / people)
    row = brief.by_area.set_index("area_code").loc["TW3"]
    assert row["per_head"] == pytest.approx(3000 / testham.people("ward")["TW3"])


def test_shared_grants_add_up_over_areas_and_are_marked(testham: Pack, nobody: Voice) -> None:
    grants = testham.grants.head(1).assign(
        **{"Beneficiary Location:Geographic Code": "T01;T05;TW3", "Amount Awarded": 900.0}
    )
    brief = make_money(Picture(level="ward"), replace(testham, grants=grants), nobody, None)

    assert brief.by_area["money"].sum() == pytest.approx(900)
    assert brief.by_area["split"].tolist() == [1, 1, 1]
    assert "shared between areas" in brief.layer.table["said"].iloc[0]


def test_without_grants_it_says_where_to_get_some(testham: Pack, nobody: Voice) -> None:
    brief = make_money(Picture(), replace(testham, grants=testham.grants.head(0)), nobody, None)

    assert not brief.has_grants
    assert "grantnav.threesixtygiving.org" in " ".join(brief.sentences)
    assert brief.apart is None
    assert set(brief.layer.classes.values()) == {MISSING_CLASS}


def test_years_without_grants_are_said_and_years_count(kindleford: Pack, make_voice: MakeVoice):
    none = make_money(Picture(years=(1999, 1999)), kindleford, make_voice(600), None)
    some = make_money(Picture(years=(2024, 2024)), kindleford, make_voice(600), None)

    assert none.sentences[0] == "No grants of these years are known."
    year = kindleford.grants["Award Date"].str[:4] == "2024"
    assert len(some.grants) == int(year.sum())
    assert any("other years" in notice for notice in some.notices)
    assert "in 2024" in some.sentences[0]


def test_wishes_and_money_are_parts_of_one_whole_each(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    brief = make_money(Picture(), kindleford, make_voice(600), None)
    table = brief.themes

    assert table["wishes"].sum() == pytest.approx(1)
    assert table["money_share"].sum() == pytest.approx(1)
    assert brief.apart == pytest.approx(np.abs(table["wishes"] - table["money_share"]).sum() / 2)
    assert brief.apart_low < brief.apart < brief.apart_high
    # Every pound of the counted grants is either set beside a wish or listed apart.
    assert table["money"].sum() + brief.not_compared["money"].sum() == pytest.approx(brief.total)


def test_a_correction_changes_the_money_and_the_mark(
    kindleford: Pack, make_voice: MakeVoice
) -> None:
    voice = make_voice(600)
    before = make_money(Picture(), kindleford, voice, None)
    buses = before.grants["themes"].map(lambda themes: themes == ("buses",))
    here = before.grants["where"] == "For the whole place"
    grant = before.grants[buses & here].iloc[0]
    after = make_money(
        Picture(), kindleford, voice, None, corrections={grant["identifier"]: ("youth",)}
    )

    def money(brief, theme: str) -> float:
        return float(brief.themes.set_index("theme").loc[theme, "money"])

    assert money(before, "buses") - money(after, "buses") == pytest.approx(grant["amount"])
    assert money(after, "youth") - money(before, "youth") == pytest.approx(grant["amount"])
    assert after.provenance.mark != before.provenance.mark
    assert "set by hand" in set(after.grants["why"])


def test_a_foreign_currency_is_named_not_added(testham: Pack, nobody: Voice) -> None:
    table = testham.grants.copy()
    table.loc[0, "Currency"] = "EUR"
    brief = make_money(Picture(level="ward"), replace(testham, grants=table), nobody, None)

    assert brief.sign == "£"
    assert brief.total == 9_000
    assert any("1 grant in EUR" in notice for notice in brief.notices)


def test_tables_hold_no_bare_unknowns(kindleford: Pack, make_voice: MakeVoice) -> None:
    for people in (0, 600):
        tables = make_money(Picture(), kindleford, make_voice(people), None).tables()
        cells = {str(cell) for table in tables.values() for cell in table.to_numpy().ravel()}
        assert not cells & {"nan", "None", "NaN"}
