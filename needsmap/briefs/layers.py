"""Map layers: one class an area, a legend in words with numbers, and the same as a table."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from needsmap.analysis.columns import column_of, column_words
from needsmap.analysis.coverage import areas_heard
from needsmap.analysis.disclosure import (
    middle_counts,
    percent,
    tells_nobody,
    why_hidden,
)
from needsmap.briefs.certain import beside_whole, drawn_paler, place_share
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import quoted, share_of_people
from needsmap.briefs.scene import Scene
from needsmap.tables import HIDDEN_CLASS, MISSING_CLASS, LayerKind, LegendEntry, MapLayer
from needsmap.words import say

SHARE_BREAKS = (0.10, 0.20, 0.35, 0.50)
"""Shares at which a new class of the voice map starts; the same for every theme and wave."""
HEARD_BREAKS = (50.0, 80.0, 125.0, 200.0)
"""Index of answers against people (100 = fair share) at which a new class starts."""


def voice_layer(scene: Scene, theme: str) -> MapLayer:
    """Return the share of people naming a theme, by area."""
    shares, level = scene.shares, scene.picture.level
    column = shares.column(theme)
    classes, rows, paler = {}, [], ""
    unclear: list[str] = []
    if column >= 0:
        table = column_of(shares.by_area, column)
        told, wish = column_words(table), quoted(scene.label(theme))
        whole = place_share(shares.whole, column)
        beside, unclear, paler = beside_whole(shares.codes, table, whole)
        value = np.where(table.few, middle_counts(table) / table.base, table.share)
        keys = np.searchsorted(SHARE_BREAKS, np.nan_to_num(value), side="right").tolist()
        nobody = say("Nobody asked for {wish}.", wish=wish)
        for row, code in enumerate(shares.codes):
            share = told.shares[row]
            if not table.shown[row]:
                classes[code], said = silent(scene, code)
                rows.append((code, scene.name(code), said, "–", "–", "–", "–"))
                continue
            if table.few[row]:
                said = say("Only a few people asked for {wish} ({words}).", wish=wish, words=share)
            elif table.share[row] == 0:
                said = nobody
            else:
                said = _said(share_of_people(float(table.share[row])), wish)
            classes[code] = str(keys[row])
            figures = share, told.ranges[row], told.bases[row], beside[row]
            rows.append((code, scene.name(code), said, *figures))
    if column < 0:
        classes, rows = _nobody(scene, 4)
    edges = [percent(b) for b in SHARE_BREAKS]
    labels = {
        "0": say("Fewer than {to} asked for it", to=edges[0]),
        **{
            str(i): say("{since} to {to}", since=edges[i - 1], to=percent(SHARE_BREAKS[i] - 0.01))
            for i in range(1, len(edges))
        },
        "4": say("Half or more"),
    }
    columns = [*COLUMNS, "Share", "Could be", "People who answered", "Beside the whole place"]
    title = scene.label(theme)
    if scene.picture.steadied:
        # Never silent: the heading of map, legend and table says that shares were drawn together.
        title = say("{wish} (steadied)", wish=title)
    layer = frame_layer("voice", title, level, classes, labels, rows, columns, scene)
    return drawn_paler(layer, unclear, paler)


def heard_layer(scene: Scene) -> tuple[MapLayer, pd.DataFrame, float]:
    """Return answers against people by area, its table of numbers, and the published total."""
    level = scene.picture.level
    people = scene.pack.people(level)
    table, total = areas_heard(scene.voice, scene.survey_ids, level, people)
    classes, rows = {}, []
    words, answered = [], []
    for row in each_row(table):
        living = "–" if np.isnan(row.people) else f"{int(row.people):,}"
        if row.nobody:
            key, said, number = MISSING_CLASS, say("Nobody answered from here yet."), "0"
        elif not row.shown:
            key, number = HIDDEN_CLASS, say("fewer than 8")
            said = say("A few people answered.")
        else:
            number = f"{int(row.count):,}"
            key = (
                HIDDEN_CLASS
                if np.isnan(row.index)
                else str(int(np.searchsorted(HEARD_BREAKS, row.index, side="right")))
            )
            said = _heard_words(row.index, row.low, row.high)
        classes[row.area_code] = key
        words.append(said)
        answered.append(number)
        rows.append((row.area_code, scene.name(row.area_code), said, number, living))
    table["area_name"] = [scene.name(code) for code in table["area_code"]]
    table["answered"], table["words"] = answered, words
    labels = {
        "0": say("Less than half of a fair share"),
        "1": say("Half to four fifths of a fair share"),
        "2": say("About a fair share"),
        "3": say("Up to twice a fair share"),
        "4": say("More than twice a fair share"),
        HIDDEN_CLASS: say("Only a few answers"),
        MISSING_CLASS: say("Nobody answered yet"),
    }
    columns = [*COLUMNS, "People who answered", "People who live here"]
    # No filter bears on who was heard, so the legend names none.
    layer = frame_layer(
        "heard", say("Who we heard"), level, classes, labels, rows, columns, scene,
        scene.everybody_and_when,
    )  # fmt: skip
    return layer, table, total


COLUMNS = ["area_code", "area_name", "said"]


def frame_layer(
    kind: LayerKind,
    title: str,
    level: str,
    classes: dict[str, str],
    labels: dict[str, str],
    rows: list[tuple],
    columns: list[str],
    scene: Scene,
    based: str | None = None,
) -> MapLayer:
    """Return a layer from classes, legend labels and rows of its table, sorted by name.

    `based`: what it rests on in words; who answered and when, if not given.
    """
    usual = {
        HIDDEN_CLASS: say("Too few answers to show"),
        MISSING_CLASS: say("Nobody answered yet") if kind != "index" else say("No figure"),
    }
    areas = Counter(classes.values())
    both = {**labels, **{k: v for k, v in usual.items() if k not in labels}}
    legend = tuple(
        LegendEntry(key, label, areas.get(key, 0))
        for key, label in both.items()
        if key.isdigit() or areas.get(key, 0)
    )
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values("area_name", kind="stable").reset_index(drop=True)
    rests = scene.who_and_when if based is None else based
    return MapLayer(kind, title, level, classes, legend, table, based=rests)


def silent(scene: Scene, code: str) -> tuple[str, str]:
    """Return the class and words of an area that cannot be shown."""
    raw = int(scene.people[0].get(code, 0))
    if tells_nobody(raw, filtered=bool(scene.picture.groups)):
        return MISSING_CLASS, say("Nobody answered from here yet.")
    return HIDDEN_CLASS, why_hidden(scene.voice.smallest_base)


def _nobody(scene: Scene, figures: int) -> tuple[dict[str, str], list[tuple]]:
    names = scene.pack.names.get(scene.picture.level, {})
    said = say("Nobody answered from here yet.")
    blank = ("–",) * figures
    return dict.fromkeys(names, MISSING_CLASS), [(c, n, said, *blank) for c, n in names.items()]


def _said(share: str, wish: str) -> str:
    return say("{share} asked for {wish}.", share=share[:1].upper() + share[1:], wish=wish)


def _heard_words(index: float, low: float, high: float) -> str:
    if np.isnan(index):
        return say("People answered; how many live here is not known.")
    if high < 100:
        return say("Heard less than a fair share: {index} where 100 is fair.", index=round(index))
    if low > 100:
        return say("Heard more than a fair share: {index} where 100 is fair.", index=round(index))
    return say("About a fair share: {index} where 100 is fair.", index=round(index))
