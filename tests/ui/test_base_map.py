"""A base map from a PMTiles file the test writes; the writer is the format's own package."""

import asyncio
import io
import os
from types import SimpleNamespace

import pytest
from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from starlette.applications import Starlette

from needsmap.ui import base_map, server


def _picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(out, "PNG")
    return out.getvalue()


RED, BLUE = _picture("red"), _picture("blue")


def _write(file, *, kind=TileType.PNG, credit="© Somebody & <b>others</b>"):
    with file.open("wb") as stream:
        writer = Writer(stream)
        writer.write_tile(zxy_to_tileid(1, 0, 0), RED)
        writer.write_tile(zxy_to_tileid(2, 1, 1), BLUE)
        world = {"min_lon_e7": -1800000000, "min_lat_e7": -850000000, "max_lon_e7": 1800000000,
                 "max_lat_e7": 850000000, "center_zoom": 1, "center_lon_e7": 0,
                 "center_lat_e7": 0}  # fmt: skip
        writer.finalize(
            {"tile_type": kind, "tile_compression": Compression.NONE, "min_zoom": 1,
             "max_zoom": 2, **world},
            {"attribution": credit},
        )  # fmt: skip


@pytest.fixture
def place(tmp_path):
    _write(tmp_path / base_map.FILE)
    return SimpleNamespace(name="here", folder=tmp_path)


@pytest.fixture
def browser():
    app = Starlette(routes=server.routes())

    def get(path):
        """Return status, headers and body of one answer, as any ASGI server would ask."""
        told = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            told.append(message)

        scope = {"type": "http", "method": "GET", "path": path, "headers": [],
                 "query_string": b"", "root_path": ""}  # fmt: skip
        asyncio.run(app(scope, receive, send))
        headers = {name.decode(): value.decode() for name, value in told[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in told[1:])
        return SimpleNamespace(status=told[0]["status"], headers=headers, body=body)

    return get


def test_a_places_tiles_are_served_from_here_and_kept_for_ever(place, browser):
    told = base_map.base_tiles(place)

    assert (told.least, told.most, told.credit) == (1, 2, "© Somebody & <b>others</b>")
    assert told.address.startswith("tiles/"), "an address of this app, of no other host"
    answer = browser("/" + told.address.format(z=2, x=1, y=1))
    assert answer.body == BLUE
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("where", ["1/1/1", "0/0/0", "3/0/0", "2/9/9", "2/-1/0", "99/0/0"])
def test_a_tile_that_is_not_in_the_file_is_simply_absent(place, browser, where):
    name = base_map.base_tiles(place).address.split("/")[1]

    assert browser(f"/tiles/{name}/1/0/0").body == RED
    assert browser(f"/tiles/{name}/{where}").status == 404


def test_a_changed_file_has_another_address(place):
    before = base_map.base_tiles(place)
    _write(place.folder / base_map.FILE, credit="others")
    os.utime(place.folder / base_map.FILE, ns=(1, 1))

    assert base_map.base_tiles(place).address != before.address


def test_a_place_without_a_base_map_has_none(tmp_path):
    assert base_map.base_tiles(SimpleNamespace(name="bare", folder=tmp_path)) is None


def test_vector_tiles_are_refused_in_words(tmp_path):
    _write(tmp_path / base_map.FILE, kind=TileType.MVT)

    with pytest.raises(ValueError, match="not pictures"):
        base_map.open_tiles(tmp_path / base_map.FILE)
    assert base_map.base_tiles(SimpleNamespace(name="vector", folder=tmp_path)) is None


@pytest.mark.parametrize(
    "content", [b"", b"PMTiles\x03", b"x" * 200, b"PMTiles\x03" + b"\xff" * 300]
)
def test_a_damaged_file_leaves_the_place_without_a_base_map(tmp_path, content):
    (tmp_path / base_map.FILE).write_bytes(content)

    assert base_map.base_tiles(SimpleNamespace(name="damaged", folder=tmp_path)) is None
