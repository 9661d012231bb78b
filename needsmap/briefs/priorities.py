"""What matters most, and how sure we are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import PublishedShares, publish_base, share_words
from needsmap.analysis.priorities import theme_shares
from needsmap.analysis.voice import Voice
from needsmap.briefs.groups import group_label
from needsmap.briefs.saying import capital, listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.shapes import PrioritiesBrief, Wish
from needsmap.briefs.wishes import make_wishes, row_of, strengths_sentence, top_sentences
from needsmap.picture import MOST_GROUPS, Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

BY_GROUP = (
    "group", "band", "theme", "label", "count", "base", "share", "low", "high", "words",
)  # fmt: skip
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
    shares = scene.shares
    tables, bases = [], []
    for one in (shares, scene.strength_shares):
        table, raw = one.whole, one.raw.base
        if scene.picture.area in one.codes:
            row = one.codes.index(scene.picture.area)
            table, raw = row_of(one.by_area, row), int(one.raw.base_by_area[row])
        tables.append(make_wishes(scene, one.themes, table))
        bases.append(
            publish_base(
                raw,
                filtered=bool(scene.picture.groups),
                smallest_base=voice.smallest_base,
            )
        )
    wishes, strengths = tables
    by_group = _by_group(scene)
    common = _common(by_group)
    return PrioritiesBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        question=scene.need.text,
        kind=scene.need.kind,
        base=bases[0],
        wishes=wishes,
        strengths=strengths,
        by_group=by_group,
        by_area=_by_area(scene),
        common=common,
        menu=scene.menu,
        sentences=_sentences(scene, wishes, strengths, common),
        empty=scene.empty,
        cautions=scene.cautions,
    )


def _by_group(scene: Scene) -> pd.DataFrame:
    if not scene.need.parts or len(scene.picture.groups) >= MOST_GROUPS:
        # A third attribute is never combined (policy D3).
        return pd.DataFrame(columns=list(BY_GROUP))
    taken = {group for group, _ in scene.picture.groups}
    top = scene.pack.levels[-1].id
    rows = []
    for group, (asked, bands) in scene.bands.items():
        for band in () if group in taken else bands:
            pair = (*scene.picture.groups, (group, band))
            shares = theme_shares(scene.voice, scene.need, top, pair)
            part = _long(scene, shares.themes, shares.whole)
            rows.append(part.assign(group=group_label(group, asked), band=band))
    if not rows:
        return pd.DataFrame(columns=list(BY_GROUP))
    return pd.concat(rows, ignore_index=True)[list(BY_GROUP)]


def _by_area(scene: Scene) -> pd.DataFrame:
    shares = scene.shares
    rows = [
        _long(scene, shares.themes, row_of(shares.by_area, i)).assign(
            area_code=code, area_name=scene.name(code)
        )
        for i, code in enumerate(shares.codes)
        if shares.themes
    ]
    if not rows:
        return pd.DataFrame(columns=list(BY_AREA))
    return pd.concat(rows, ignore_index=True)[list(BY_AREA)]


def _long(scene: Scene, themes: tuple[str, ...], shares: PublishedShares) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "theme": list(themes),
            "label": [scene.label(t) for t in themes],
            "count": shares.count,
            "base": shares.base,
            "share": shares.share,
            "low": shares.low,
            "high": shares.high,
            "words": share_words(shares),
        }
    )


def _common(by_group: pd.DataFrame) -> tuple[str, ...]:
    """Return themes among the first three of every shown band, as sentences by group."""
    told = []
    for group, part in by_group.groupby("group", sort=False):
        firsts = []
        for _, band in part.groupby("band", sort=False):
            known = band[band["share"].notna() & (band["share"] > 0)]
            if not np.isnan(band["base"].to_numpy(dtype=float)).all():
                ranks = known["share"].rank(method="min", ascending=False)
                firsts.append(set(known.loc[ranks <= OFTEN, "label"]))
        shared = sorted(set.intersection(*firsts)) if len(firsts) > 1 else []
        if shared:
            told.append(
                say(
                    "{group}: everyone we can show names {wishes} among their first three.",
                    group=group,
                    wishes=listed([quoted(label) for label in shared]),
                )
            )
    return tuple(told)


def _sentences(
    scene: Scene, wishes: tuple[Wish, ...], strengths: tuple[Wish, ...], common: tuple[str, ...]
) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."), say("Add a survey to hear people."))
    focus = scene.picture.area
    where = say("in {area}", area=scene.name(focus)) if focus else say("here")
    first = strengths_sentence(strengths, where)
    told = [first] if first else []
    if not wishes:
        told.append(say("Too few people answered for their wishes to be shown."))
    told += top_sentences(wishes, where)
    told += [capital(sentence) for sentence in common[:1]]
    return tuple(told[:4])
