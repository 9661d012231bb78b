"""Grants of a place: where they were for, what for, and which are not added in."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from needsmap.analysis.voice import compile_voice
from needsmap.briefs.catalogue import themes_of
from needsmap.briefs.grants import Grants, Piece, read_grants
from needsmap.briefs.money import make_money
from needsmap.picture import Picture
from needsmap.places.pack import Pack

GEO = "Beneficiary Location:Geographic Code"
KINDS = {
    "Back to work club": {"jobs", "skills"},
    "Village minibus": {"buses"},
    "Hall roof": {"community_space"},
    "Youth nights": {"youth"},
    "Carers' café": {"care"},
    "New play area": {"play"},
    "Men's shed": {"loneliness"},
    "Safer streets": {"safety"},
    "Damp and draughts": {"damp"},
    "Money advice sessions": {"money"},
    "After-school club": {"childcare", "schools", "youth"},
    "Community fridge": {"food"},
    "Minds matter": {"mental_health"},
    "Warm hub": {"loneliness", "community_space", "money"},
    "English together": {"skills", "belonging"},
    "Football for all": {"culture", "youth"},
    "Summer carnival": {"culture"},
    "Seaside tree planting": {"green"},
}
"""What somebody who reads each of Kindleford's kinds of grant says it is for."""


def given(pack: Pack, *rows: dict[str, object]) -> Grants:
    usual = {
        "Title": "Youth nights", "Description": "", "Currency": "GBP", "Amount Awarded": 100.0,
        "Award Date": "2024-05-01", "Recipient Org:Name": "", GEO: "",
    }  # fmt: skip
    table = pd.DataFrame([{**usual, "Identifier": f"g{i}", **row} for i, row in enumerate(rows)])
    return read_grants(replace(pack, grants=table), themes_of(None))


def test_words_name_what_most_kinds_of_grant_are_for(kindleford: Pack) -> None:
    table = read_grants(kindleford, themes_of(kindleford.folder)).table
    kinds = table["title"].str.split(",").str[0]
    matched = dict(zip(kinds, table["match"], strict=True))
    right = [kind for kind, themes in KINDS.items() if themes & set(matched[kind].ids)]

    assert set(matched) == set(KINDS)
    assert len(right) >= 16


@pytest.mark.parametrize(
    ("code", "where", "pieces"),
    [
        ("T05", "area", [Piece("area", "T05", 1.0)]),
        ("TW3", "area", [Piece("ward", "TW3", 1.0)]),
        ("TA1", "whole", [Piece("authority", "TA1", 1.0)]),
        ("TA1;T05", "whole", [Piece("authority", "TA1", 1.0)]),
        ("TW3;T07", "area", [Piece("ward", "TW3", 1.0)]),  # T07 lies in TW3
        ("T05;E01000001", "partly", []),
        ("E01000001", "elsewhere", []),
        ("", "unknown", []),
    ],
)
def test_where_a_grant_was_for_is_what_the_funder_said(
    testham: Pack, code: str, where: str, pieces: list[Piece]
) -> None:
    row = given(testham, {GEO: code}).table.iloc[0]

    assert row["where"] == where
    assert list(row["pieces"]) == pieces


def test_several_areas_share_by_people(testham: Pack) -> None:
    row = given(testham, {GEO: "T01; TW3"}).table.iloc[0]
    people = [float(testham.people("area")["T01"]), float(testham.people("ward")["TW3"])]

    assert row["where"] == "several"
    assert [p.part for p in row["pieces"]] == pytest.approx([p / sum(people) for p in people])


def test_the_postcode_of_an_office_is_never_a_place(testham: Pack) -> None:
    row = given(testham, {"Recipient Org:Postal Code": "TT1 1AA"}).table.iloc[0]

    assert row["where"] == "unknown"


def test_currencies_are_not_mixed_and_what_is_left_out_is_counted(testham: Pack) -> None:
    found = given(
        testham,
        {}, {}, {"Currency": "EUR"}, {"Amount Awarded": float("nan")}, {"Amount Awarded": 0.0},
        {"Identifier": "g0", "Amount Awarded": 7.0},
    )  # fmt: skip

    assert found.currency == "GBP"
    assert found.other_currencies == {"EUR": 1}
    assert (found.no_amount, found.repeated) == (2, 1)
    assert found.table["amount"].tolist() == [100.0, 100.0]


def test_years_are_read_from_any_way_of_writing_a_date(testham: Pack) -> None:
    rows = [{"Award Date": d} for d in ("2019-02-22T00:00:00+00:00", "05/06/2014", "2021", "")]
    pack = replace(testham, grants=pd.DataFrame([
        {"Identifier": f"g{i}", "Title": "", "Amount Awarded": 1.0, "Currency": "GBP", **row}
        for i, row in enumerate(rows)
    ]))  # fmt: skip

    assert read_grants(pack, themes_of(None)).table["year"].tolist() == [2019, 2014, 2021, 0]
    some = read_grants(pack, themes_of(None), years=(2014, 2019))
    assert some.table["year"].tolist() == [2019, 2014]
    assert some.outside_years == 2
    assert some.years == (2014, 2021)


@pytest.mark.parametrize(
    ("title", "filed", "themes"),
    [
        # Words and classification agree on one: it holds.
        ("Youth nights", "Young people; Health", {"youth"}),
        # They name different things: both hold, half each.
        ("Youth nights", "Employment and jobs", {"youth", "jobs"}),
        # Only one of them says anything.
        ("Core costs 2024", "Mental health support", {"mental_health"}),
        ("Youth nights", "Other", {"youth"}),
        ("Core costs 2024", "Other", set()),
    ],
)
def test_what_the_funder_filed_it_under_is_read_beside_its_words(
    testham: Pack, title: str, filed: str, themes: set[str]
) -> None:
    rows = given(
        testham,
        {"Title": title, "Classifications:Title": filed},
        {"Title": title, "Classifications:0:Title": filed, "Classifications:0:Code": "youth"},
    ).table

    assert [set(match.ids) for match in rows["match"]] == [themes, themes]


def test_both_reasons_are_told(testham: Pack) -> None:
    grants = testham.grants.head(1).assign(
        **{"Title": "Youth nights", "Description": "", "Classifications:Title": "Mental health"}
    )
    nobody = compile_voice([], testham.membership, [level.id for level in testham.levels])
    [row] = make_money(Picture(), replace(testham, grants=grants), nobody, None).grants.to_dict(
        "records"
    )

    assert row["themes"] == ("youth", "mental_health")
    assert row["why"] == "“youth” in the title; “mental health” in what the funder filed it under"


def test_a_correction_stands_in_place_of_the_words(testham: Pack) -> None:
    table = read_grants(
        testham, themes_of(None), corrections={"360G-invented-TEST-1": ("culture",)}
    ).table
    first = table.set_index("identifier").loc["360G-invented-TEST-1", "match"]

    assert first.ids == ("culture",)
    assert first.field == "corrected"


@pytest.mark.shelf
def test_a_real_borough_s_own_grants_stay_borough_wide(shelf: Path, testham: Pack) -> None:
    raw = pd.read_csv(
        shelf / "uk/trafford/grants/trafford_council_voluntary_sector_grants.csv", dtype=str
    ).fillna("")
    raw["Amount Awarded"] = pd.to_numeric(raw["Amount Awarded"])
    raw[GEO] = raw[GEO].replace("E08000009", "TA1")
    found = read_grants(replace(testham, grants=raw), themes_of(None))

    assert set(found.table["where"]) == {"whole"}
    assert found.table["amount"].sum() == pytest.approx(
        raw.drop_duplicates("Identifier")["Amount Awarded"].sum()
    )
    # Words tell what more than nine in ten are for; the rest stand apart.
    assert (found.table["match"].map(lambda m: bool(m.ids))).mean() > 0.9
