"""The commands `place check`, `build` and `list`, run as `python -m needsmap` runs them.

Exit codes are those of docs/places.md: 0 done, 1 refused or faults found, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from needsmap.cli import main

MakePack = Callable[..., Path]


@dataclass
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    def command(*words: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["needsmap", "place", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
            sys.exit(0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Run(int(ended.value.code or 0), out, err)

    return command


def test_a_good_pack_is_said_to_be_good(run: Callable[..., Run], small_pack: MakePack) -> None:
    folder = small_pack()

    assert run("check", folder).code == 0
    found = run("check", folder, "--json")
    assert (found.code, found.err) == (0, "")
    assert found.json == {"folder": str(folder), "ok": True, "problems": []}


def test_faults_are_named_in_words_and_as_json(
    run: Callable[..., Run], small_pack: MakePack
) -> None:
    folder = small_pack()
    table = folder / "services.csv"
    table.write_text(table.read_text().replace("50.05", "north").replace("2026-01-01", "soon"))

    found = run("check", folder, "--json")

    assert found.code == 1
    assert [(p["row"], p["column"]) for p in found.json["problems"]] == [
        (2, "latitude"), (2, "checked_on"),
    ]  # fmt: skip
    assert "'north' is not a number" in found.err
    assert "2 things to mend" in found.err


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: p / "nowhere", "There is no folder"),
        (lambda p: p / "file", "is a file"),
        (lambda p: p / "empty", "is empty"),
    ],
)
def test_what_is_no_pack_is_one_sentence_and_what_to_do(
    run: Callable[..., Run], tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()

    found = run("check", make(tmp_path))

    assert found.code == 1
    assert words in found.err.splitlines()[0]
    assert len(found.err.splitlines()) == 2  # the sentence, and "1 thing to mend."


def test_a_pack_without_outlines_says_what_to_do(
    run: Callable[..., Run], small_pack: MakePack
) -> None:
    folder = small_pack()
    (folder / "areas.geojson").unlink()

    found = run("check", folder)

    assert found.code == 1
    assert "There is no areas.geojson." in found.err
    assert "export them as GeoJSON" in found.err


def test_shipped_places_and_those_of_the_settings_are_listed(
    run: Callable[..., Run], small_pack: MakePack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDSMAP_PLACES", str(small_pack()))

    assert run("list").out.splitlines() == [
        "fourfold: Fourfold (invented place), 4 areas",
        "kindleford: Kindleford (invented place), 140 areas",
        "testham: Testham (invented place), 9 areas",
    ]
    listed = run("list", "--json").json["places"]
    assert [(p["name"], p["areas"], p["invented"]) for p in listed] == [
        ("fourfold", 4, True), ("kindleford", 140, True), ("testham", 9, True),
    ]  # fmt: skip


def test_a_build_says_what_it_used_and_what_is_missing(
    run: Callable[..., Run], tmp_path: Path, project: Path
) -> None:
    source = tmp_path / "from"
    source.mkdir()
    ring = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    feature = {"type": "Feature", "properties": {"Name": "One"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    collection = {"type": "FeatureCollection", "features": [feature]}
    (source / "areas.geojson").write_text(json.dumps(collection))
    recipe = tmp_path / "one.toml"
    recipe.write_text('name = "one"\ntitle = "One"\n[areas]\nfile = "areas.geojson"\n'
                      'name = "Name"\n')  # fmt: skip

    words = ["build", "recipe", recipe, "--from", source, "--out", tmp_path / "pack", "--json"]
    found = run(*words)

    assert found.code == 0
    assert found.json["ok"] is True
    assert found.json["areas"] == 1
    assert found.json["used"] == [{"file": "areas.geojson", "for": "outline of 1 area"}]
    assert len(found.json["missing"]) == 3
    assert "Missing: services." in found.err

    recipe.write_text(recipe.read_text().replace('"Name"', '"Nome"'))
    refused = run(*words)
    assert refused.code == 1
    assert refused.json["ok"] is False
    assert [(p["row"], p["column"]) for p in refused.json["problems"]] == [(5, "Nome")]
    assert "Its columns are: Name" in refused.err


@pytest.mark.parametrize("kind", ["missing", "file", "empty"])
def test_a_folder_to_build_from_that_is_none_is_refused(
    run: Callable[..., Run], tmp_path: Path, kind: str
) -> None:
    source = tmp_path / "from"
    if kind == "file":
        source.write_text("")
    elif kind == "empty":
        source.mkdir()

    found = run("build", "england", "--authority", "E06000001", "--from", source,
                "--out", tmp_path / "pack", "--json")  # fmt: skip

    assert found.code == 1
    assert found.json["ok"] is False
    assert "--from" in found.json["fix"]
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    "words",
    [["check"], ["build", "england"], ["build", "recipe", "--from", "x"], ["nonsense"],
     ["list", "--nonsense"]],
)  # fmt: skip
def test_wrong_usage_ends_with_2(run: Callable[..., Run], words: list[str]) -> None:
    found = run(*words)

    assert found.code == 2
    assert "Usage:" in found.err
