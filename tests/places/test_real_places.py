"""Packs built from real data beside the checkout; skipped where it is absent.

Expected values are read from the official-style files themselves, with nothing of the
builder: 139 areas, 28 MSOAs, 21 wards of Trafford; 34 districts of Helsinki.
"""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner

from needsmap.cli.place import command
from needsmap.places.areas import outlines
from needsmap.places.build.england import build_england
from needsmap.places.build.recipe import build_recipe
from needsmap.places.check import check_pack
from needsmap.places.indicators import deciles
from needsmap.places.pack import open_pack

pytestmark = pytest.mark.shelf
OVERALL = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"


@pytest.fixture(scope="module")
def trafford(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packs") / "trafford"
    build_england("E08000009", shelf / "uk" / "trafford", out)
    return out


def test_trafford_has_its_levels_people_and_no_fault(trafford: Path) -> None:
    pack = open_pack(trafford)

    assert list(check_pack(trafford)) == []
    assert {x.id: len(pack.names[x.id]) for x in pack.levels} == {
        "lsoa": 139, "msoa": 28, "ward": 21, "authority": 1,
    }  # fmt: skip
    assert pack.missing == ()
    assert pack.people("authority").notna().all()
    assert len(outlines(pack, "ward")) == 21
    assert len(outlines(pack, "msoa")) == 28


def test_every_decile_of_trafford_equals_the_file(trafford: Path, shelf: Path) -> None:
    file = shelf / "uk/trafford/deprivation/iod2025_file7_reconstructed_trafford.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        official = {r["LSOA code (2021)"]: float(r[OVERALL]) for r in csv.DictReader(stream)}
    pack = open_pack(trafford)

    assert len(official) == 139
    assert deciles(pack, "iod2025_imd_decile").to_dict() == official
    assert deciles(pack, "iod2025_imd_rank").to_dict() == official


def test_areas_of_two_years_are_not_mixed(trafford: Path) -> None:
    pack = open_pack(trafford)
    # E01006185 was split in 2021 (lookups/lookup_lsoa11_lsoa21_ltla22.csv).
    assert "E01006185" not in set(pack.areas["area_code"])
    assert not any(i.startswith("iod2019") for i in pack.indicators.columns)


def test_trafford_built_twice_has_one_version(trafford: Path, shelf: Path, tmp_path: Path) -> None:
    build_england("E08000009", shelf / "uk" / "trafford", tmp_path / "trafford")

    assert open_pack(tmp_path / "trafford").version == open_pack(trafford).version


def test_an_authority_with_few_files_is_built_and_says_what_is_missing(
    shelf: Path, tmp_path: Path
) -> None:
    out = tmp_path / "hartlepool"
    built = build_england("E06000001", shelf / "uk" / "england", out)

    with gzip.open(shelf / "uk/england/iod2025_file7_reconstructed_england.csv.gz", "rt",
                   encoding="utf-8-sig") as stream:  # fmt: skip
        key = "Local Authority District code (2024)"
        official = [r for r in csv.DictReader(stream) if r[key] == "E06000001"]
    assert built.areas == len(official)
    assert list(check_pack(out)) == []
    assert {"services", "population", "grants"} == set(open_pack(out).missing)
    assert len(built.report.missing) >= 3


def test_helsinki_is_built_from_its_recipe(shelf: Path, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "helsinki"
    build_recipe(project / "data/recipes/helsinki.toml", shelf / "world/helsinki", out)
    pack = open_pack(out)

    assert list(check_pack(out)) == []
    assert len(pack.areas) == 34
    with (shelf / "world/helsinki/indexes.csv").open(encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["Year"] == "2023"]
    for row in rows:
        code = next(c for c, n in pack.names["district"].items() if n == row["Area"])
        value = pack.indicators.loc[code, "economic_prosperity"]
        assert value == pytest.approx(float(row["Economic Prosperity Index"]), abs=1e-6)
    with (shelf / "world/helsinki/omastadi_proposals.csv").open(encoding="utf-8") as stream:
        named = {r["district"] for r in csv.DictReader(stream)} - {"location_not_specified"}
    assert named <= set(pack.names["district"].values())


def test_chicago_is_built_from_its_shapefile(shelf: Path, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "chicago"
    source = shelf / "world/chicago"
    build_recipe(project / "data/recipes/chicago.toml", source, out)
    pack = open_pack(out)

    assert list(check_pack(out)) == []
    # The table beside the shapes, read without the recipe.
    rows = gpd.read_file(source / "chicago_community_areas_hardship.dbf", ignore_geometry=True)
    official = {str(int(r.AREAID)): float(r.harship_in) for r in rows.itertuples()}
    assert len(official) == 77
    assert pack.indicators["hardship_index"].to_dict() == official
    assert pack.names["community_area"]["51"] == "South Deering"
    assert pack.people("city").iloc[0] == rows["population"].sum()
    assert len(pack.services) == 148


@pytest.mark.parametrize(
    ("name", "level", "file", "code", "rank", "indicator", "areas", "councils"),
    [
        ("scotland", "data_zone", "SIMD+2020v2.csv", "DZ", "SIMD2020v2_Rank",
         "simd2020_imd_rank", 6976, 32),
        ("northern_ireland", "soa", "NIMDM17_SOAresults.csv", "SOA2001",
         "Multiple Deprivation Measure Rank \n(where 1 is most deprived)",
         "nimdm2017_imd_rank", 890, 11),
    ],
)  # fmt: skip
def test_other_nations_are_built_from_their_official_files(
    shelf: Path, project: Path, tmp_path: Path, name: str, level: str, file: str, code: str,
    rank: str, indicator: str, areas: int, councils: int,
) -> None:  # fmt: skip
    out = tmp_path / name
    build_recipe(project / f"data/recipes/{name}.toml", shelf / "uk", out)
    pack = open_pack(out)

    with (shelf / "uk/official_files" / file).open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row[code]]
    official = {row[code]: float(row[rank].replace(",", "")) for row in rows}
    assert len(official) == areas
    assert pack.finest.id == level
    assert pack.indicators[indicator].to_dict() == official
    assert len(pack.names["authority"]) == councils
    assert list(check_pack(out)) == []


def test_a_wrong_authority_is_refused_in_one_sentence(shelf: Path, tmp_path: Path) -> None:
    source = str(shelf / "uk" / "trafford" / "deprivation")
    out = str(tmp_path / "out")
    result = CliRunner().invoke(
        command, ["build", "england", "--authority", "E06000099", "--from", source, "--out", out,
                  "--json"]
    )  # fmt: skip

    assert result.exit_code != 0
    assert json.loads(result.stdout)["ok"] is False
    assert not Path(out).exists()
