"""Who we heard, and who is missing from the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import few_count_words, percent
from needsmap.analysis.voice import Voice
from needsmap.briefs.groups import heard_by_group, little_heard
from needsmap.briefs.layers import heard_layer
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import capital, listed
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.shapes import CoverageBrief
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

MOST_DOORS = 10
"""Rows of the list "knock here next"."""


def make_coverage(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> CoverageBrief:
    """Return who we heard by area and group, and where to ask next. Filters do not apply."""
    scene = set_scene(picture.but(groups=(), show="heard"), pack, voice, release)
    layer, areas, _ = heard_layer(scene)
    groups = heard_by_group(scene)
    groups["answered"] = [_number(value) for value in groups["count"]]
    groups["words"] = [_group_words(row) for row in each_row(groups)]
    silent = tuple(sorted(areas.loc[areas["nobody"], "area_name"])) if not scene.empty else ()
    doors = _doors(scene, areas, groups)
    areas = areas[["area_code", "area_name", "people", "answered", "index", "words"]]
    return CoverageBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        base=scene.base,
        layer=layer,
        areas=areas.sort_values("area_name", kind="stable").reset_index(drop=True),
        groups=groups,
        silent=silent,
        next=doors,
        located=_located(scene),
        menu=scene.menu,
        sentences=_sentences(scene, areas, silent, doors),
        empty=scene.empty,
        cautions=scene.cautions,
    )


def _number(value: float) -> str:
    return few_count_words() if np.isnan(value) else f"{int(value):,}"


def _group_words(row: Any) -> str:
    if np.isnan(row.share_of_people):
        if np.isnan(row.share_of_answers):
            return say("Only a few people; how many live here is not known.")
        return say(
            "{share} of those who said; how many live here is not known.",
            share=percent(row.share_of_answers),
        )
    of_people = percent(row.share_of_people)
    if np.isnan(row.share_of_answers):
        return say(
            "Only a few people answered; they are {people} of people here.", people=of_people
        )
    return say(
        "{share} of answers, {people} of people here: {index} where 100 is fair.",
        share=percent(row.share_of_answers), people=of_people, index=_whole(row.index),
    )  # fmt: skip


def _whole(value: float) -> str:
    return "–" if np.isnan(value) else str(round(value))


def _doors(scene: Scene, areas: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return where and whom to ask next: columns where, who, how_many, words."""
    rows = []
    short = areas[areas["more"] > 0].sort_values("more", ascending=False, kind="stable")
    for row in each_row(short.head(MOST_DOORS)):
        rows.append((row.area_name, say("everybody"), int(row.more)))
    little = little_heard(groups)
    for row in each_row(little[little["more"] > 0]):
        rows.append((scene.pack.title, _who(row.group, row.band_label), int(row.more)))
    table = pd.DataFrame(rows, columns=["where", "who", "how_many"])
    table["words"] = [
        say("about {number} more answers", number=number) for number in table["how_many"]
    ]
    return table


def _who(group: str, band: str) -> str:
    if group == "age":
        return say("people aged {band}", band=band)
    return say("people who say “{band}”", band=band)


def _located(scene: Scene) -> str:
    by_area, total = scene.people
    if not total:
        return ""
    level = scene.pack.level(scene.picture.level)
    return say(
        "We know the {level} of about {share} of those who answered.",
        level=level.label, share=percent(float(by_area.sum()) / total),
    )  # fmt: skip


def _sentences(
    scene: Scene, areas: pd.DataFrame, silent: tuple[str, ...], doors: pd.DataFrame
) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."), say("Add a survey to hear people."))
    told = [capital(say("{line}.", line=scene.coverage_line.replace(" · ", ", ")))]
    here = doors[doors["who"] == say("everybody")].head(2)
    people = doors[doors["who"] != say("everybody")].head(1)
    wishes = [
        say("{number} more people in {where}", number=row.how_many, where=row.where)
        for row in each_row(here)
    ] + [say("{number} more {who}", number=r.how_many, who=r.who) for r in each_row(people)]
    if wishes:
        told.append(say("If we heard about {list}, this would be fairer.", list=listed(wishes)))
    if silent:
        told.append(
            say("Nobody has answered yet from {names}.", names=listed(list(silent), most=4))
        )
    if areas["people"].isna().all():
        told.append(
            say("How many people live in each area is not known, so shares cannot be fair.")
        )
    return tuple(told[:4])
