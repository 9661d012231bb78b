"""`needsmap brief`: every subject in every format, on the invented place Testham."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from needsmap import settings
from needsmap.cli.brief import SUBJECTS, command
from needsmap.errors import NeedsmapError
from needsmap.intake.survey import inspect, prepare
from needsmap.places.pack import open_pack
from needsmap.store import keep_survey, open_store

STARTS = {
    "csv": b"\xef\xbb\xbf", "xlsx": b"PK\x03\x04", "html": b"<!DOCTYPE html>", "pdf": b"%PDF-",
}  # fmt: skip


@pytest.fixture(autouse=True)
def answers(places: Path) -> None:
    """Keep Testham's sample survey and make it public."""
    folder = places / "testham"
    file = next((folder / "surveys").glob("*.csv"))
    prepared = prepare(inspect(file, file.name, pack=open_pack(folder)))
    with open_store(settings.load().database_url) as store:
        assert keep_survey(store, "testham", prepared.survey).release is not None


def _brief(*arguments: str) -> bytes:
    given = [*arguments, "--place", "testham"]
    done = CliRunner().invoke(command, given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_subject_is_one_json_object_that_says_where_it_comes_from(subject: str) -> None:
    said = json.loads(_brief(subject, "--json"))

    assert said["subject"] == subject
    assert said["provenance"]["place"] == "testham"
    assert said["provenance"]["invented"] is True
    assert said["provenance"]["mark"]
    assert said["tables"]


@pytest.mark.parametrize("form", STARTS)
def test_each_format_writes_a_file_of_its_kind(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"brief.{form}"

    assert _brief("priorities", "--format", form, "--out", str(file)) == b""

    assert file.read_bytes().startswith(STARTS[form])


def test_all_formats_carry_the_same_mark_and_say_invented_place() -> None:
    said = json.loads(_brief("overview", "--json"))
    mark = said["provenance"]["mark"].encode()

    for form in ("csv", "html", "geojson"):
        data = _brief("overview", "--format", form)
        assert mark in data
        assert b"(invented place)" in data


def test_a_map_as_geojson_has_an_outline_for_each_area_it_names() -> None:
    said = json.loads(_brief("overview", "--format", "geojson"))

    assert len(said["features"]) > 0
    assert all(feature["geometry"]["type"] for feature in said["features"])


def test_a_subject_without_a_map_says_so() -> None:
    with pytest.raises(NeedsmapError, match="no map"):
        _brief("method", "--format", "geojson")


def test_the_same_picture_gives_the_same_bytes_twice() -> None:
    link = "?place=testham&theme=green"

    assert _brief("priorities", "--picture", link) == _brief("priorities", "--picture", link)
