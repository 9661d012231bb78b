"""Places whose names are code: every page shows them as themselves and runs nothing."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.places.pack import open_pack

from .conftest import SCRIPTS, keep_file

Visit = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} ${1} {% raw %} ![x](http://example.org/x.png)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, places: Path) -> tuple[Path, Path]:
    """Return a folder of places with one hostile pack, and a home with its answers."""
    folder = tmp_path_factory.mktemp("places") / "hostile"
    shutil.copytree(places / "testham", folder)
    areas = json.loads((folder / "areas.geojson").read_text("utf-8"))
    for feature in areas["features"]:
        feature["properties"]["area_name"] += f" {HOSTILE}"
    (folder / "areas.geojson").write_text(json.dumps(areas), "utf-8")
    _rewrite(folder / "levels.csv", "parent_name")
    _rewrite(folder / "services.csv", "name")
    _rewrite(folder / "grants.csv", "Title")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["name"], package["title"] = "hostile", f"Hostile {HOSTILE}"
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    home = tmp_path_factory.mktemp("home")
    chosen = settings.load({"NEEDSMAP_HOME": str(home)})
    asked = f"What does {HOSTILE} need most?,Which area do you live in?,What is good here?"
    rows = "".join(f"Better buses {HOSTILE},T0{1 + n % 9},Parks {HOSTILE}\n" for n in range(180))
    keep_file(
        chosen, open_pack(folder), f"{asked}\n{rows}".encode(), HOSTILE[:60], date(2026, 3, 1)
    )
    return folder.parent, home


def _rewrite(file: Path, column: str) -> None:
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row[column] += f" {HOSTILE}"
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("address", list(SCRIPTS))
def test_hostile_names_show_as_themselves_and_run_nowhere(
    address: str,
    visit: Visit,
    hostile: tuple[Path, Path],
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, home = hostile
    shutil.copytree(home, own_home, dirs_exist_ok=True)
    monkeypatch.setenv("NEEDSMAP_PLACES", str(folder))
    monkeypatch.setenv("NEEDSMAP_PLACE", "hostile")

    app = visit(address, by="ward", area="TW1", other="TW2")

    assert not app.exception and not app.error
    shown = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.success]
    for part in shown:
        assert "![x](" not in part.value, "a picture of another host would be loaded"
        assert "<img" not in part.value or "\\<img" in part.value
    for button in app.button:
        assert "![x](" not in button.label
    for one in app.get("html"):
        assert "<img" not in one.proto.body
        assert "{{7*7}}" not in one.proto.body, "braces are encoded on the way to markup"


def test_hostile_names_are_still_readable(
    visit: Visit, hostile: tuple[Path, Path], own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, home = hostile
    shutil.copytree(home, own_home, dirs_exist_ok=True)
    monkeypatch.setenv("NEEDSMAP_PLACES", str(folder))
    monkeypatch.setenv("NEEDSMAP_PLACE", "hostile")

    app = visit("map", by="ward")

    names = app.dataframe(key="map-table").value["Area"]
    assert names.str.contains("{{7*7}}", regex=False).all()
    assert names.str.contains("<img src=x onerror=alert(1)>", regex=False).all()
