"""What the invented residents say, where the documentation says they say it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

YOUTH, DAMP, SAFE = "Somewhere for young people", "cold or damp homes", "Feeling safe"


def plain(name: str) -> str:
    """Return a ward's name in lower case without signs, "st" as "saint"."""
    words = re.sub(r"[^a-z]+", " ", re.sub("['’]", "", name.lower().replace("&", "and"))).split()
    return " ".join("saint" if word == "st" else word for word in words)


@pytest.fixture(scope="module")
def spring(made: Path) -> pd.DataFrame:
    """Return the spring answers with a column `ward`, found by postcode or by name."""
    folder = made / "kindleford"
    form = pd.read_csv(
        folder / "surveys/kindleford_spring_2026.csv", dtype=str, keep_default_na=False
    )
    lookups = pd.read_csv(folder / "lookups.csv").set_index("key")["area_code"]
    levels = pd.read_csv(folder / "levels.csv")
    wards = levels[levels["level"] == "ward"]
    typed = form.iloc[:, 1].str.strip()
    areas = typed.str.replace(" ", "").str.upper().map(lookups)
    by_name = {str(key).lower(): code for key, code in lookups.items() if code.startswith("K05")}
    code = areas.map(wards.set_index("area_code")["parent_code"])
    code = code.fillna(typed.map(plain).map(by_name))
    names = wards.drop_duplicates("parent_code").set_index("parent_code")["parent_name"]
    return form.assign(ward=code.map(names), needs=form.iloc[:, 4])


def share(spring: pd.DataFrame, wording: str, *wards: str, outside: bool = False) -> float:
    rows = spring["ward"].isin(wards)
    part = spring[(~rows & spring["ward"].notna()) if outside else rows]
    return float(part["needs"].str.contains(wording).mean())


@pytest.mark.parametrize(
    ("wording", "wards"),
    [
        (YOUTH, ("Skerry Point", "Stannick", "Corrow-on-the-Hill")),
        (DAMP, ("Ellershope", "Pinfold")),
        (SAFE, ("Quay Hill",)),
    ],
)
def test_a_need_is_loud_where_the_docs_say_the_index_is_quiet(
    spring: pd.DataFrame, wording: str, wards: tuple[str, ...]
) -> None:
    assert share(spring, wording, *wards) > 2 * share(spring, wording, *wards, outside=True)


@pytest.mark.parametrize(
    ("wording", "wards"), [(YOUTH, ("Dunmoor", "Tollbeck")), (DAMP, ("Old Town", "Kettlegate"))]
)
def test_a_need_is_quiet_where_the_docs_say_the_index_is_loud(
    spring: pd.DataFrame, wording: str, wards: tuple[str, ...]
) -> None:
    assert share(spring, wording, *wards) < share(spring, wording, *wards, outside=True) / 2


def test_who_was_heard_is_as_uneven_as_the_docs_say(spring: pd.DataFrame) -> None:
    heard = spring["ward"].value_counts()

    assert "Harbourside" not in heard
    assert heard["Thrupley and Holme"] < 5
    assert heard["Tollbeck"] < 10
    ages = spring["How old are you?"]
    assert ages.isin(["Under 16", "16-24"]).mean() < 0.06


def test_most_but_not_all_answers_can_be_placed(spring: pd.DataFrame) -> None:
    assert 0.83 < spring["ward"].notna().mean() < 0.92


def test_the_docs_state_the_numbers_the_places_have(made: Path, project: Path) -> None:
    text = (project / "docs" / "kindleford.md").read_text("utf-8")
    folder = made / "kindleford"
    grants = pd.read_csv(folder / "grants.csv", keep_default_na=False)
    kinds = grants["Beneficiary Location:Geographic Code Type"].value_counts()
    lookups = pd.read_csv(folder / "lookups.csv")["kind"].value_counts()
    people = pd.read_csv(folder / "population.csv").query("group == 'age'")["people"].sum()
    services = pd.read_csv(folder / "services.csv")

    assert f"{people:,} people" in text
    assert f"{len(services)} of {services['category'].nunique()} kinds" in text
    assert f"{kinds['LSOA']} carry an LSOA, {kinds['WD']} a ward, {kinds['MD']} only" in text
    assert f"{lookups['postcode']:,} postcodes, {lookups['name']} ways" in text
