"""What matters most, and how sure we are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import publish_base, row_of, why_hidden
from needsmap.analysis.voice import Voice
from needsmap.briefs.by_group import (
    Grouped,
    by_group,
    group_shares,
    long_table,
    shared_ground,
    weigh,
)
from needsmap.briefs.counted import count_questions
from needsmap.briefs.groups import group_label
from needsmap.briefs.priorities_shape import CountedQuestion
from needsmap.briefs.saying import capital, listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.shapes import PrioritiesBrief, Wish
from needsmap.briefs.unthemed import other_things
from needsmap.briefs.wishes import make_wishes, strengths_sentence, top_sentences
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

BY_AREA = (
    "area_code", "area_name", "theme", "label", "count", "base", "share", "low", "high", "words",
)  # fmt: skip
OFTEN = 3
"""A theme is shared ground when it is among the first three wishes of every shown band."""


def make_priorities(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> PrioritiesBrief:
    """Return what matters most overall, by group and by area, for the picture's filter.

    With an area in focus, overall means that area.
    """
    scene = set_scene(picture, pack, voice, release)
    tables, bases = [], []
    for chosen, one in scene.questions:
        table, raw, area = one.whole, one.raw.base, ""
        if scene.picture.area in one.codes:
            area = scene.picture.area
            row = one.codes.index(area)
            table, raw = row_of(one.by_area, row), int(one.raw.base_by_area[row])
        bands = scene.rank_bands(chosen, one, area)
        tables.append(make_wishes(scene, one.themes, table, bands=bands))
        bases.append(
            publish_base(
                raw,
                filtered=bool(scene.picture.groups),
                smallest_base=voice.smallest_base,
            )
        )
    wishes, strengths = tables
    grouped = group_shares(scene)
    groups = by_group(scene, grouped)
    common = _common(scene, grouped)
    counted = count_questions(scene) if not scene.empty else ()
    others = other_things(scene, scene.need, area=scene.picture.area)
    return PrioritiesBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        question=scene.need.text,
        kind=scene.need.kind,
        base=bases[0],
        wishes=wishes,
        strengths=strengths,
        by_group=groups,
        by_area=_by_area(scene),
        common=common,
        menu=scene.menu,
        sentences=_sentences(scene, wishes, strengths, common, counted, others),
        empty=scene.empty,
        cautions=scene.cautions,
        counted=counted,
        shared=shared_ground(scene, grouped),
        weighting=weigh(scene, grouped),
        measure=say("steadied") if scene.picture.steadied else say("as counted"),
        others=others,
    )


def _by_area(scene: Scene) -> pd.DataFrame:
    shares = scene.shares
    if not shares.themes:
        return pd.DataFrame(columns=list(BY_AREA))
    names = {"area_code": shares.codes, "area_name": tuple(scene.name(c) for c in shares.codes)}
    return long_table(scene, shares.themes, shares.by_area, names)[list(BY_AREA)]


def _common(scene: Scene, grouped: Grouped) -> tuple[str, ...]:
    """Return themes among the first three of every shown band, as sentences by group."""
    told = []
    labels = np.array([scene.label(t) for t in scene.shares.themes], dtype=object)
    for group, (_, table) in grouped.items():
        firsts = []
        for share in table.share[table.shown.any(axis=1)]:
            known = np.nan_to_num(share)
            places = 1 + (known[None, :] > known[:, None]).sum(axis=1)
            firsts.append(set(labels[(known > 0) & (places <= OFTEN)]))
        shared = sorted(set.intersection(*firsts)) if len(firsts) > 1 else []
        if shared:
            told.append(
                say(
                    "{group}: everyone we can show names {wishes} among their first three.",
                    group=group_label(group, scene.bands[group][0]),
                    wishes=listed([quoted(label) for label in shared]),
                )
            )
    return tuple(told)


def _sentences(
    scene: Scene,
    wishes: tuple[Wish, ...],
    strengths: tuple[Wish, ...],
    common: tuple[str, ...],
    counted: tuple[CountedQuestion, ...],
    others: pd.DataFrame,
) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."), say("Add a survey to hear people."))
    focus = scene.picture.area
    where = say("in {area}", area=scene.name(focus)) if focus else say("here")
    first = strengths_sentence(strengths, where)
    told = [first] if first else []
    if not wishes and len(others):
        told.append(
            say("What people asked for is on no list of ours: it stands under “In other words”.")
        )
    elif not wishes:
        told.append(say("Too few people answered for their wishes to be shown."))
    told += top_sentences(wishes, where)
    if counted and not counted[0].same_first:
        told.append(counted[0].depends)
    told += [capital(sentence) for sentence in common[:1]]
    if len(told) < 2:
        told.append(why_hidden(scene.voice.smallest_base))
    return tuple(told[:4])
