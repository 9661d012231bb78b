"""The meeting's element: all steps at once, so that a hall's wifi may fail after the start."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from needsmap import settings
from needsmap.briefs.meeting import MeetingBrief, Step
from needsmap.draw import assets, maps
from needsmap.draw.maps import Around, Scene
from needsmap.draw.packed import PUBLISHED
from needsmap.places.pack import Pack
from needsmap.tables import MapLayer
from needsmap.ui.map_view import publish_grounds
from needsmap.words import count, say

MOST_ROWS = 40
"""Rows of a step's table: a hall reads the first few; the pages have them all."""

# The map's script comes first: the meeting draws its maps with it.
_LOADER = """
export default async function (element) {
  const own = document.querySelector('script[src*="static/js/"]').src;
  const root = own.slice(0, own.indexOf("static/js/"));
  await import(root + element.data.script);
  return (await import(root + element.data.hall)).show(element, root);
}
"""
_element = st.components.v2.component("needs_meeting", js=_LOADER, isolate_styles=False)


def offer_start(brief: MeetingBrief, pack: Pack, *, key: str = "meeting") -> None:
    """Show the button that starts the meeting; a link with `step=` starts it by itself."""
    chosen = settings.load()
    look = PUBLISHED.put("look", maps.make_look(chosen.tiles, chosen.tiles_credit))
    described = [_described(step, pack, look) for step in brief.steps]
    _element(
        key=key,
        data={
            "script": assets.address("map.js"),
            "hall": assets.address("meeting.js"),
            "style": assets.address("map.css"),
            "hallStyle": assets.address("meeting.css"),
            "options": described[0]["options"],
            "look": described[0]["look"],
            "mark": _mark(brief),
            "steps": [_step(step, one) for step, one in zip(brief.steps, described, strict=True)],
            "words": _words(),
        },
    )


def _mark(brief: MeetingBrief) -> str:
    """Return what stands small in the corner: the mark, and that a place is invented."""
    mark = say("Picture {mark}", mark=brief.provenance.mark)
    return f"{say('Invented place')} · {mark}" if brief.provenance.invented else mark


def _described(step: Step, pack: Pack, look: str) -> dict[str, Any]:
    ground, borders = publish_grounds(pack, step.layer.level)
    # A hall reads words, not how many areas there are of each: empty classes are left out too.
    shown = replace(step.layer, legend=tuple(entry for entry in step.layer.legend if entry.areas))
    around = Around(
        place=f"{pack.name} {step.layer.level}", box=ground.box, borders=borders, keeps=False
    )
    scene = Scene(shown, ground.codes, ground.name)
    return maps.describe(maps.base_map(look), maps.values(scene, around))


def _step(step: Step, described: dict[str, Any]) -> dict[str, Any]:
    message = described["message"]
    words = {entry.key: entry.label for entry in step.layer.legend}
    message["legend"] = [[key, words[key]] for key, _ in message["legend"]]
    return {
        "id": step.id,
        "question": step.question,
        "said": step.said,
        "numbers": [list(pair) for pair in step.numbers],
        "message": message,
        "closer": list(step.closer)[:MOST_ROWS],
        "table": _table(step.layer),
    }


def _table(layer: MapLayer) -> dict[str, Any]:
    """Return the first rows of a layer's table, its highest class first, as texts."""
    table = layer.table.drop(columns="area_code")
    order = [layer.classes.get(code, "") for code in layer.table["area_code"]]
    rank = sorted(range(len(order)), key=lambda i: (not order[i].isdigit(), _down(order[i])))
    rows = [[str(cell) for cell in table.iloc[i]] for i in rank[:MOST_ROWS]]
    more = len(rank) - len(rows)
    return {
        "head": [say("Area"), say("In words"), *map(str, table.columns[2:])],
        "rows": rows,
        "more": count("And {n} more area.", "And {n} more areas.", more) if more > 0 else "",
    }


def _down(key: str) -> int:
    return -int(key) if key.isdigit() else 0


def _words() -> dict[str, str]:
    return {
        "start": say("Start the meeting"),
        "next": say("Next"),
        "back": say("Back"),
        "table": say("Table"),
        "map": say("Map"),
        "closer": say("Closer"),
        "out": say("Out"),
        "steps": say("Steps"),
        "step": say("Picture {n} of {all}"),
    }
