"""No text of others may run: in the browser, or on the server while a map is rendered."""

from __future__ import annotations

import ast
import base64
import html
import json
import re
from pathlib import Path

import folium
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import needsmap
from needsmap.draw import maps, safe
from needsmap.tables import LegendEntry, MapLayer

PROJECT = Path(needsmap.__file__).parents[1]
HOSTILE = [
    "{{7*7}}", "${1}", "<img src=x onerror=alert(1)>", "{% raw %}", "{# x", "`${alert(1)}`",
    "</script><script>alert(1)</script>", "{{cycler.__init__.__globals__.os.getpid()}}",
    "\\u007b{", "\x00\ud800", "'\";--", "%}{{'a'*9}}",
]  # fmt: skip


@given(st.text())
@settings(max_examples=300)
def test_any_text_passes_as_harmless_characters_and_reads_as_itself(text):
    passed = safe.map_text(text)

    assert not set("{}$`<>\"'\\%=/") & set(passed)
    expected = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    # Python follows HTML5, which replaces entities of C1 controls and drops non-characters:
    # the plain text must come back wherever no such character was in it.
    if all(c.isprintable() or c == "\ufffd" for c in expected):
        assert html.unescape(passed) == expected


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=8))
def test_any_value_passes_as_a_parcel_and_comes_out_as_it_went_in(value):
    parcel = safe.parcel(value)

    assert re.fullmatch(r"[A-Za-z0-9+/=]*", parcel)
    assert json.loads(base64.b64decode(parcel)) == value


@pytest.mark.parametrize("text", ['3"', "a b", "${", "{", "é", "A"])
def test_class_characters_take_only_our_own_codes(text):
    with pytest.raises(ValueError, match="a-z and 0-9"):
        safe.class_characters(text)


@pytest.mark.parametrize("name", ['a.json"', "../a.json", "A.json", "{{1}}.json", ".json", "a"])
def test_file_names_take_only_names_we_publish(name):
    with pytest.raises(ValueError, match="published"):
        safe.file_name(name)


def _rendered(text: str) -> str:
    layer = MapLayer(
        kind="voice", title=text, level=text, classes={text: "3"},
        legend=(LegendEntry("3", text, 1),), table=pd.DataFrame(),
    )  # fmt: skip
    made = maps.base_map("look-0123.json")
    maps.values(
        layer, (text, "other"), place=text, outlines=text, box=(0, 0, 1, 1), borders=text,
        services=text, service_categories=(text,), focus=text,
    ).add_to(made)  # fmt: skip
    return made.get_root().render()


def _unchanging(rendered: str) -> str:
    """Leave out what differs every time: folium's random ids and our parcel."""
    rendered = re.sub(r"[0-9a-f]{32}", "", rendered)
    return re.sub(r'NeedsMap\.show\(map_div, "[A-Za-z0-9+/=]+"', "", rendered)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_rendered_map_as_harmless_text_would(text):
    assert _unchanging(_rendered(text)) == _unchanging(_rendered("harmless"))


@given(st.text(alphabet="{}%#$`<>'\"\\ /abc7*\n", max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_is_evaluated_or_let_through_when_a_map_is_rendered(text):
    assert _unchanging(_rendered(text)) == _unchanging(_rendered("harmless"))


def test_the_danger_is_real_folium_itself_evaluates_text():
    made = folium.Map(tiles=None)
    folium.Marker((0, 0), tooltip="{{7*7}}").add_to(made)

    assert "49" in re.sub(r"[0-9a-f]{32}", "", made.get_root().render())


_FORBIDDEN = {"Popup", "Tooltip", "DivIcon", "GeoJson", "GeoJsonTooltip", "GeoJsonPopup",
              "Choropleth", "Icon", "LinearColormap"}  # fmt: skip
_SOURCES = [
    PROJECT / "dashboard.py", *PROJECT.glob("needsmap/**/*.py"), *PROJECT.glob("pages/**/*.py"),
]  # fmt: skip
# The doors that may give Streamlit markup, each with what stands in it.
_MARKUP_DOORS = {"needsmap/ui/show.py"}


def test_nothing_gives_text_to_folium_or_raw_markup_to_a_page():
    found = []
    for file in _SOURCES:
        inside = file.relative_to(PROJECT).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            where = f"{inside}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                owner = node.value.id
                if owner in {"folium", "features", "plugins"} and node.attr in _FORBIDDEN:
                    found.append(f"{where} folium.{node.attr}")
                if owner in {"st", "components"} and node.attr in {"html", "iframe"}:
                    found.append(f"{where} {owner}.{node.attr}")
            if isinstance(node, ast.keyword) and node.arg in {
                "unsafe_allow_html", "unsafe_allow_javascript",
            }:  # fmt: skip
                found.append(f"{where} {node.arg}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("folium"):
                found += [f"{where} {a.name}" for a in node.names if a.name in _FORBIDDEN]

    assert [f for f in found if f.split(":")[0] not in _MARKUP_DOORS] == []
