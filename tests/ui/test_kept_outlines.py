"""Outlines kept between starts of the server: the same again, and damage only costs time."""

import geopandas as gpd
import pytest
import shapely

from needsmap.draw.outlines import make_outlines
from needsmap.ui.kept_outlines import kept_outlines


@pytest.fixture
def made():
    squares = [shapely.box(x, 0, x + 1, 1) for x in range(4)]
    frame = gpd.GeoDataFrame(
        {"code": list("abcd"), "name": ["Ä", "b", "c", "d"]}, geometry=squares, crs=4326
    )
    return make_outlines(frame)


def _refuse():
    raise AssertionError("they were kept")


def test_outlines_kept_come_back_the_same_without_being_made(tmp_path, made):
    first = kept_outlines(tmp_path / "new", "place", "v1", "small", lambda: made)
    again = kept_outlines(tmp_path / "new", "place", "v1", "small", _refuse)

    assert again == first == made


def test_another_version_of_a_place_is_made_anew(tmp_path, made):
    kept_outlines(tmp_path, "place", "v1", "small", lambda: made)

    with pytest.raises(AssertionError, match="kept"):
        kept_outlines(tmp_path, "place", "v2", "small", _refuse)


@pytest.mark.parametrize("damage", [b"", b"not gzip", b"\x1f\x8b\x08\x00cut off"])
def test_a_damaged_file_is_made_anew_and_mended(tmp_path, made, damage):
    kept_outlines(tmp_path, "place", "v1", "small", lambda: made)
    (file,) = tmp_path.glob("*.gz")
    file.write_bytes(damage)

    assert kept_outlines(tmp_path, "place", "v1", "small", lambda: made) == made
    assert kept_outlines(tmp_path, "place", "v1", "small", _refuse) == made


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path, made):
    (tmp_path / "file").write_text("in the way")

    assert kept_outlines(tmp_path / "file", "place", "v1", "small", lambda: made) == made
