"""No text of others may run: in the browser, or on the server while a map is rendered."""

from __future__ import annotations

import ast
import html
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


@pytest.mark.parametrize("text", ['3"', "a b", "${", "{", "é", "Z"])
def test_class_characters_take_only_our_own_codes(text):
    with pytest.raises(ValueError, match="a-z, A-R and 0-9"):
        safe.class_characters(text)


@pytest.mark.parametrize("name", ['a.json"', "../a.json", "A.json", "{{1}}.json", ".json", "a"])
def test_file_names_take_only_names_we_publish(name):
    with pytest.raises(ValueError, match="published"):
        safe.file_name(name)


def _drawn(text: str) -> tuple[folium.Map, folium.FeatureGroup]:
    layer = MapLayer(
        kind="voice", title=text, level=text, classes={text: "3"},
        legend=(LegendEntry("3", text, 1),), table=pd.DataFrame(),
    )  # fmt: skip
    around = maps.Around(
        place=text, box=(0, 0, 1, 1), borders=text, services=text, categories=(text,),
        focus=text, foot=(text,), picture=text, together=text,
    )  # fmt: skip
    scene = maps.Scene(layer, (text, "other"), "outlines-0123.json")
    return maps.base_map("look-0123.json"), maps.values(scene, around)


def _rendered(text: str) -> str:
    made, group = _drawn(text)
    group.add_to(made)
    return re.sub(r"[0-9a-f]{32}", "", made.get_root().render())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_leaves_the_rendered_map_as_harmless_text_would(text):
    assert _rendered(text) == _rendered("harmless")


@given(st.text(alphabet="{}%#$`<>'\"\\ /abc7*\n", max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_is_evaluated_or_let_through_when_a_map_is_rendered(text):
    assert _rendered(text) == _rendered("harmless")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_reaches_the_maps_script_as_a_value_unchanged(text):
    told = maps.describe(*_drawn(text))["message"]

    assert told["title"] == text
    assert told["words"] == {"3": text}


def test_the_danger_is_real_folium_itself_evaluates_text():
    made = folium.Map(tiles=None)
    folium.Marker((0, 0), tooltip="{{7*7}}").add_to(made)

    assert "49" in re.sub(r"[0-9a-f]{32}", "", made.get_root().render())


_FORBIDDEN = {"Popup", "Tooltip", "DivIcon", "GeoJson", "GeoJsonTooltip", "GeoJsonPopup",
              "Choropleth", "Icon", "LinearColormap"}  # fmt: skip
_SOURCES = [
    PROJECT / "dashboard.py", *PROJECT.glob("needsmap/**/*.py"), *PROJECT.glob("pages/**/*.py"),
]  # fmt: skip
# The functions that may give Streamlit markup: the style sheet's file, and markup made
# there from encoded text.
_MARKUP_DOORS = {"needsmap/ui/show.py style", "needsmap/ui/show.py _markup"}


def _functions(tree: ast.Module) -> dict[ast.AST, str]:
    """Return node → name of the function it stands in, the innermost one."""
    found: dict[ast.AST, str] = {}
    for function in ast.walk(tree):  # outer functions come first
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= dict.fromkeys(ast.walk(function), function.name)
    return found


def _told(node: ast.AST) -> list[str]:
    """Return what a node does that could let text of others run."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        owner = node.value.id
        if owner in {"folium", "features", "plugins"} and node.attr in _FORBIDDEN:
            return [f"folium.{node.attr}"]
        if owner in {"st", "components"} and node.attr in {"html", "iframe"}:
            return [f"{owner}.{node.attr}"]
    if isinstance(node, ast.keyword) and node.arg in {
        "unsafe_allow_html", "unsafe_allow_javascript",
    }:  # fmt: skip
        return [str(node.arg)]
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("folium"):
        return [a.name for a in node.names if a.name in _FORBIDDEN]
    return []


def test_nothing_gives_text_to_folium_or_raw_markup_to_a_page():
    found = []
    for file in _SOURCES:
        tree = ast.parse(file.read_text("utf-8"))
        within = _functions(tree)
        for node in ast.walk(tree):
            door = f"{file.relative_to(PROJECT).as_posix()} {within.get(node, '')}".strip()
            found += [(door, told) for told in _told(node)]

    assert [f for f in found if f[0] not in _MARKUP_DOORS] == []
    assert {door for door, _ in found} == _MARKUP_DOORS, "each door named is still one"
