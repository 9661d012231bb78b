"""Where packs are found: shipped ones, those of the settings, and any folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from needsmap import settings
from needsmap.errors import NotFound
from needsmap.places.finding import find_pack, list_packs

MakePack = Callable[..., Path]


@pytest.fixture
def with_places(monkeypatch: pytest.MonkeyPatch) -> Callable[..., settings.Settings]:
    def load(*folders: Path) -> settings.Settings:
        monkeypatch.setenv("NEEDSMAP_PLACES", os.pathsep.join(str(f) for f in folders))
        return settings.load()

    return load


def test_shipped_places_are_listed_by_title() -> None:
    found = list_packs(settings.load())

    assert [(p.name, p.areas, p.invented) for p in found] == [
        ("kindleford", 140, True),
        ("testham", 9, True),
    ]


def test_a_folder_of_packs_and_a_pack_itself_may_be_named(
    small_pack: MakePack, tmp_path: Path, with_places: Callable[..., settings.Settings]
) -> None:
    pack = small_pack()
    shutil.copytree(pack, tmp_path / "elsewhere" / "copied")
    change = tmp_path / "elsewhere" / "copied" / "datapackage.json"
    change.write_text(change.read_text().replace('"fourfold"', '"second"'))

    found = {p.name: p for p in list_packs(with_places(pack, tmp_path / "elsewhere"))}

    assert set(found) == {"fourfold", "second", "kindleford", "testham"}
    assert found["fourfold"].areas == 4
    assert found["second"].folder == (tmp_path / "elsewhere" / "copied").resolve()


def test_the_settings_folders_win_over_shipped_packs(
    small_pack: MakePack, with_places: Callable[..., settings.Settings]
) -> None:
    mine = small_pack("testham")

    assert find_pack("testham", with_places(mine)) == mine.resolve()


def test_a_place_is_found_by_name_folder_name_and_folder(
    small_pack: MakePack, tmp_path: Path, with_places: Callable[..., settings.Settings]
) -> None:
    pack = small_pack()
    renamed = tmp_path / "renamed"
    pack.rename(renamed)
    known = with_places(renamed)

    assert find_pack("fourfold", known) == renamed.resolve()
    assert find_pack(" renamed ", known) == renamed.resolve()
    assert find_pack(renamed, known) == renamed.resolve()


@pytest.mark.parametrize("name", ["", "nowhere", "../..", "a\0b", "x" * 5000, "~nobody/x", "/"])
def test_what_is_no_place_is_not_found_and_the_places_are_named(name: str) -> None:
    with pytest.raises(NotFound) as refused:
        find_pack(name, settings.load())

    assert "kindleford" in refused.value.fix
    assert len(refused.value.what) < 200


def test_folders_that_are_no_packs_are_passed_over(
    tmp_path: Path, with_places: Callable[..., settings.Settings]
) -> None:
    for name, content in (("a", "{"), ("b", "[]"), ("c", '{"title": "x"}'), ("d", "\xff")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "datapackage.json").write_text(content, encoding="latin-1")
    (tmp_path / "file").write_text("")

    found = list_packs(with_places(tmp_path, tmp_path / "missing", tmp_path / "file"))

    assert [p.name for p in found] == ["kindleford", "testham"]
