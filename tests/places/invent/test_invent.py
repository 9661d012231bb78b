"""The shipped packs are what the generator makes, and what it makes hangs together."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import shapely

from needsmap.places.check import check_pack
from needsmap.places.invent.index import HEADINGS, WEIGHTS, heading, imd_score, transformed
from needsmap.places.invent.kindleford import SPRING_PEOPLE, make_kindleford
from needsmap.places.pack import open_pack

# The 124 postcode areas of Royal Mail (with the Crown dependencies), as listed in the
# public Postcode Address File guide.
UK_LETTER_AREAS = {
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF",
    "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT",
    "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG",
    "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L",
    "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN",
    "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S",
    "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA",
    "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR",
    "WS", "WV", "YO", "ZE",
}  # fmt: skip
# Ofcom keeps 07700 900000 to 900999 free for drama.
INVENTED_NUMBER = re.compile(r"07700 900\d{3}")


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / name, keep_default_na=False)


def outlines(folder: Path) -> dict[str, shapely.Geometry]:
    features = json.loads((folder / "areas.geojson").read_text("utf-8"))["features"]
    return {f["properties"]["area_code"]: shapely.geometry.shape(f["geometry"]) for f in features}


def people(folder: Path) -> dict[str, int]:
    features = json.loads((folder / "areas.geojson").read_text("utf-8"))["features"]
    return {f["properties"]["area_code"]: f["properties"]["population"] for f in features}


@pytest.mark.parametrize("name", ["kindleford", "testham"])
def test_the_shipped_pack_is_byte_for_byte_what_the_generator_makes(
    name: str, made: Path, places: Path
) -> None:
    fresh = {p.relative_to(made / name): p for p in (made / name).rglob("*") if p.is_file()}
    shipped = {p.relative_to(places / name): p for p in (places / name).rglob("*") if p.is_file()}

    assert sorted(fresh) == sorted(shipped)
    assert [k for k in fresh if fresh[k].read_bytes() != shipped[k].read_bytes()] == []


def test_another_seed_makes_another_kindleford_that_still_partitions_its_land(
    tmp_path: Path, made: Path
) -> None:
    folder = make_kindleford(tmp_path / "other", 7)

    assert (folder / "areas.geojson").read_bytes() != (
        made / "kindleford" / "areas.geojson"
    ).read_bytes()
    shapes = list(outlines(folder).values())
    assert sum(s.area for s in shapes) == pytest.approx(shapely.union_all(shapes).area, rel=1e-9)


def test_the_command_writes_both_places(made: Path) -> None:
    # The fixture `made` is what the command wrote; it fails where the command does.
    assert {p.parent.name for p in made.glob("*/datapackage.json")} == {"kindleford", "testham"}


@pytest.mark.parametrize(("name", "how_many"), [("kindleford", 140), ("testham", 9)])
def test_areas_do_not_overlap_and_leave_no_gap_inside(name: str, how_many: int, made: Path) -> None:
    shapes = list(outlines(made / name).values())
    union = shapely.union_all(shapes)

    assert len(shapes) == how_many
    assert all(s.is_valid and s.geom_type == "Polygon" for s in shapes)
    assert sum(s.area for s in shapes) == pytest.approx(union.area, rel=1e-9)
    assert [len(part.interiors) for part in shapely.get_parts(union)] == [0] * (
        shapely.get_num_geometries(union)
    )
    left, right = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert len(left) == len(right) == 0


def test_no_area_of_kindleford_is_a_sliver(made: Path) -> None:
    # Polsby & Popper (1991): 4·pi·area / perimeter²; a circle is 1, a square 0.79.
    for code, shape in outlines(made / "kindleford").items():
        assert 4 * 3.14159 * shape.area / shape.length**2 > 0.1, code


@pytest.mark.parametrize(("name", "wards"), [("kindleford", 20), ("testham", 3)])
def test_each_area_lies_in_one_ward_and_every_ward_is_one_piece(
    name: str, wards: int, made: Path
) -> None:
    levels = table(made / name, "levels.csv")
    shapes = outlines(made / name)
    of_ward = levels[levels["level"] == "ward"]

    assert sorted(of_ward["area_code"]) == sorted(shapes)
    assert of_ward["parent_code"].nunique() == wards
    for _, part in of_ward.groupby("parent_code"):
        assert shapely.union_all([shapes[c] for c in part["area_code"]]).geom_type == "Polygon"


@pytest.mark.parametrize("name", ["kindleford", "testham"])
def test_bands_of_every_group_add_up_to_the_people_of_the_area(name: str, made: Path) -> None:
    totals = people(made / name)
    bands = table(made / name, "population.csv")

    summed = bands.groupby(["area_code", "group"])["people"].sum()
    assert set(bands["group"]) == {"age", "gender", "tenure"}
    assert all(number == totals[code] for (code, _), number in summed.items())
    if name == "kindleford":
        assert all(1200 <= number <= 2200 for number in totals.values())


@pytest.mark.parametrize(("name", "of"), [("kindleford", 33_755), ("testham", 9)])
def test_ranks_are_unique_in_range_and_give_the_published_deciles(
    name: str, of: int, made: Path
) -> None:
    index = table(made / name, "indicators.csv")

    for domain in HEADINGS:
        ranks = index[heading(domain, "rank")]
        assert ranks.is_unique and ranks.between(1, of).all(), domain
        # The rule of the English index: the tenth is the rank times ten over N, rounded up.
        assert (index[heading(domain, "decile")] == -(-10 * ranks // of)).all(), domain
        scores = index[heading(domain, "score")]
        ordered = scores[ranks.sort_values().index].to_list()
        assert ordered == sorted(ordered, reverse=True), domain


def test_the_overall_score_of_real_areas_comes_out_as_published() -> None:
    # English Indices of Deprivation 2025, File 7: E01000001 and E01011978.
    order = ("income", "employment", "education", "health", "crime", "barriers", "living")
    city = dict(zip(order, (33730, 33708, 33755, 33108, 33698, 29220, 244), strict=True))
    hartlepool = dict(zip(order, (805, 124, 627, 66, 260, 20405, 28372), strict=True))

    assert imd_score(city) == pytest.approx(8.742, abs=0.001)
    assert imd_score(hartlepool) == pytest.approx(71.945, abs=0.001)
    assert transformed(1) == pytest.approx(100, abs=0.001)
    assert sum(WEIGHTS.values()) == pytest.approx(0.999)


def test_the_overall_score_of_kindleford_follows_from_its_domain_ranks(made: Path) -> None:
    index = table(made / "kindleford", "indicators.csv")

    for _, row in index.iterrows():
        ranks = {domain: int(row[heading(domain, "rank")]) for domain in WEIGHTS}
        assert row[heading("imd", "score")] == imd_score(ranks)


def test_barriers_and_living_go_their_own_way_and_the_other_five_go_together(made: Path) -> None:
    index = table(made / "kindleford", "indicators.csv")
    together = ["income", "employment", "education", "health", "crime"]
    ranks = index[[heading(d, "rank") for d in HEADINGS]].set_axis(list(HEADINGS), axis=1).corr()

    assert ranks.loc[together, together].to_numpy().min() > 0.6
    assert ranks.loc[["barriers", "living"], together].abs().to_numpy().max() < 0.4


def test_headings_are_those_of_the_official_file(shelf: Path, made: Path) -> None:
    official = shelf / "uk/trafford/deprivation/iod2025_file7_reconstructed_trafford.csv"
    real = pd.read_csv(official, encoding="utf-8-sig", nrows=1).columns

    assert set(table(made / "kindleford", "indicators.csv").columns[1:]) <= set(real)


@pytest.mark.parametrize("name", ["kindleford", "testham"])
def test_the_pack_opens_and_the_check_finds_nothing_to_say(name: str, made: Path) -> None:
    pack = open_pack(made / name)

    assert [problem.message for problem in check_pack(made / name)] == []
    assert pack.invented and "(invented place)" in pack.title
    assert pack.missing == ()
    assert all("Invented for demonstration" in source.title for source in pack.sources)
    assert all(survey.path.is_file() for survey in pack.sample_surveys)


@pytest.mark.parametrize("name", ["kindleford", "testham"])
def test_no_postcode_could_be_a_real_one(name: str, made: Path) -> None:
    lookups = table(made / name, "lookups.csv")
    codes = lookups.loc[lookups["kind"] == "postcode", "key"]
    letters = {re.match(r"[A-Z]+", code).group() for code in codes}

    assert len(UK_LETTER_AREAS) == 124
    assert codes.is_unique
    assert codes.str.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][ABD-HJLNP-UW-Z]{2}").all()
    assert letters.isdisjoint(UK_LETTER_AREAS)


def test_every_service_stands_inside_the_place(made: Path) -> None:
    for name in ("kindleford", "testham"):
        services = table(made / name, "services.csv")
        land = shapely.union_all(list(outlines(made / name).values()))
        assert shapely.contains_xy(land, services["longitude"], services["latitude"]).all()
        assert services["name"].is_unique


def test_grants_are_coded_as_unevenly_as_real_ones(made: Path) -> None:
    grants = table(made / "kindleford", "grants.csv")
    kinds = grants["Beneficiary Location:Geographic Code Type"]

    assert len(grants) == 80
    assert set(kinds) == {"LSOA", "WD", "MD", ""}
    assert (grants.loc[kinds == "", "Recipient Org:Postal Code"] != "").all()
    assert grants["Award Date"].between("2021-01-01", "2026-12-31").all()


def test_the_spring_survey_has_the_quirks_of_a_real_form(made: Path) -> None:
    raw = (made / "kindleford/surveys/kindleford_spring_2026.csv").read_bytes()
    form = pd.read_csv(made / "kindleford/surveys/kindleford_spring_2026.csv", dtype=str,
                       keep_default_na=False, skip_blank_lines=False)  # fmt: skip
    blank = (form == "").all(axis=1)

    assert b"\r\n" in raw and "“".encode() in raw
    assert blank.sum() == 1
    assert form[~blank].duplicated().sum() == 1
    assert len(form) == SPRING_PEOPLE + 2
    emails = form.iloc[:, -1]
    assert emails[emails != ""].str.fullmatch(r".+@example\.(com|org)").all()
    assert form.iloc[:, 9].str.contains(INVENTED_NUMBER).sum() >= 2
    assert re.findall(r"07\d{3} ?\d{6}", raw.decode()) == INVENTED_NUMBER.findall(raw.decode())


def test_testham_survey_says_what_the_docs_say(made: Path) -> None:
    form = pd.read_csv(made / "testham/surveys/testham.csv", dtype=str, keep_default_na=False)
    said = form["What does this place need most?"]

    # Counted by hand from the table in docs/kindleford.md.
    assert len(form) == 60
    assert said.str.contains("Parks").sum() == 25
    assert said.str.contains("buses").sum() == 21
    assert said.str.contains("doctor").sum() == 12
    assert said.str.contains("young").sum() == 12
    assert sum(people(made / "testham").values()) == 12_600
