"""Who we heard, and who is missing from the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from needsmap.analysis.coverage import overlaps
from needsmap.analysis.disclosure import few_count_words, one_share, percent, publish_shares
from needsmap.analysis.voice import Voice
from needsmap.briefs.doors import knock_here
from needsmap.briefs.groups import heard_by_group
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
    doors = knock_here(scene, areas, groups)
    fair = overlaps(areas, groups)
    names = dict(zip(groups["group"], groups["group_label"], strict=True))
    fair["what"] = [_what(scene, g, names) for g in fair["group"]]
    fair["words"] = [_overlap_words(row) for row in each_row(fair)]
    columns = ["area_code", "area_name", "people", "answered", "index", "words"]
    areas = areas[[*columns, "low", "high", "more"]]
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
        sentences=_sentences(scene, areas, silent, doors, fair),
        empty=scene.empty,
        cautions=scene.cautions,
        overlaps=fair[["what", "overlap", "words"]],
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


def _what(scene: Scene, group: str, names: dict[str, str]) -> str:
    return names[group] if group else scene.pack.level(scene.picture.level).plural


def _overlap_words(row: Any) -> str:
    return say(
        "{what}: {share} of answers and people go together; 100% would be a perfect match.",
        what=capital(row.what), share=percent(row.overlap),
    )  # fmt: skip


def _located(scene: Scene) -> str:
    by_area, total = scene.people
    if not total:
        return ""
    level = scene.pack.level(scene.picture.level)
    known = publish_shares([int(by_area.sum())], total, smallest_base=scene.voice.smallest_base)
    if not known.shown[0]:
        return ""
    return say(
        "We know the {level} of about {share} of those who answered.",
        level=level.label, share=one_share(known, 0).words,
    )  # fmt: skip


def _sentences(
    scene: Scene,
    areas: pd.DataFrame,
    silent: tuple[str, ...],
    doors: pd.DataFrame,
    fair: pd.DataFrame,
) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."), say("Add a survey to hear people."))
    told = [capital(say("{line}.", line=scene.coverage_line.replace(" · ", ", ")))]
    here = doors[(doors["who"] == say("everybody"))].head(2)
    people = doors[doors["where"] == scene.pack.title].head(1)
    wishes = [
        say("{number} more people in {where}", number=row.how_many, where=row.where)
        for row in each_row(here)
    ] + [say("{number} more {who}", number=r.how_many, who=r.who) for r in each_row(people)]
    if wishes:
        told.append(say("If we heard about {list}, this would be fairer.", list=listed(wishes)))
    if len(fair):
        told.append(str(fair["words"].iloc[0]))
    if silent:
        told.append(
            say("Nobody has answered yet from {names}.", names=listed(list(silent), most=4))
        )
    if areas["people"].isna().all():
        told.append(
            say("How many people live in each area is not known, so shares cannot be fair.")
        )
    return tuple(told[:4])
