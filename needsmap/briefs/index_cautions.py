"""What to keep in mind wherever the index is read, with the place's own numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from needsmap.analysis.comparison import CONFIDENCE
from needsmap.analysis.disclosure import percent
from needsmap.analysis.priorities import theme_shares
from needsmap.briefs.index_layers import BOX_WORDS, areas_in_lists, index_layer, said_classes
from needsmap.briefs.layers import heard_layer
from needsmap.briefs.saying import quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.standing import newest_indicators
from needsmap.tables import MISSING_CLASS
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Indicator, Pack

_TOLD = ("said_measured", "said_not_measured", "measured_not_said", "not_clear")


def index_cautions(pack: Pack) -> tuple[str, ...]:
    """Return the cautions of the index: relative, not over time, not about each person."""
    info = [i for i in pack.indicator_info.values() if i.domain]
    if not info:
        return ()
    told = [
        say(
            "The index says where an area stands among others, not how much it has: the most "
            "deprived tenth is always a tenth."
        )
    ]
    told.append(say("Editions of the index were made differently: a changed tenth is no trend."))
    people = _people_words(pack)
    return (*told, people) if people else tuple(told)


def other_level_words(scene: Scene, theme: str) -> str:
    """Return how the lists come out by another level, "" when there is none to show.

    Borders change what a map says; the next larger level with two areas or more is shown,
    else the next smaller one.
    """
    wanted = _another_level(scene)
    if not wanted:
        return ""
    number = areas_in_lists(_there(scene, wanted), theme)
    parts = [
        say("{box} in {n}", n=number[box], box=quoted(say(BOX_WORDS[box])))
        for box in _TOLD
        if number.get(box)
    ]
    plural_word = scene.pack.level(wanted).plural
    if not parts:
        return say("By {areas}, too few answered to say.", areas=plural_word)
    return say(
        "Borders matter: by {areas} it is {parts}.",
        areas=plural_word, parts=", ".join(parts),
    )  # fmt: skip


def said_elsewhere_words(scene: Scene, theme: str) -> str:
    """Return how many areas of another level ask for a theme clearly more, or clearly less.

    Beside the map of what people said; "" when there is no other level or nobody answered.
    """
    wanted = _another_level(scene)
    if not wanted or scene.empty:
        return ""
    shares = theme_shares(
        scene.voice, scene.need, wanted, scene.picture.groups, confidence=CONFIDENCE
    )
    column = shares.column(theme)
    if column < 0:
        return ""
    said, _ = said_classes(shares, column)
    level = scene.pack.level(wanted)
    if not (said >= -1).any():
        return say("By {areas}, too few answered to say.", areas=level.plural)
    return say(
        "Borders matter: by {areas}, {more} of {all} ask for it clearly more than the whole "
        "place and {less} clearly less.",
        areas=level.plural, more=int((said == 2).sum()), less=int((said == 0).sum()),
        all=len(said),
    )  # fmt: skip


def index_elsewhere_words(scene: Scene, indicator: str) -> str:
    """Return how many areas of another level stand in the most deprived fifth, or ""."""
    wanted = _another_level(scene)
    info = scene.pack.indicator_info.get(indicator)
    if not wanted or info is None or not info.domain:
        return ""
    layer = index_layer(_there(scene, wanted), indicator)
    top = next((entry for entry in layer.legend if entry.key == "4"), None)
    figures = sum(entry.areas for entry in layer.legend if entry.key.isdigit())
    if top is None or not figures:
        return ""
    return say(
        "Borders matter: by {areas}, the index puts {n} of {all} in the {top}.",
        areas=scene.pack.level(wanted).plural, n=top.areas, all=figures, top=quoted(top.label),
    )  # fmt: skip


def heard_elsewhere_words(scene: Scene) -> str:
    """Return from how many areas of another level nobody answered yet, or ""."""
    wanted = _another_level(scene)
    if not wanted or scene.empty:
        return ""
    classes = heard_layer(_there(scene, wanted))[0].classes
    return say(
        "Borders matter: by {areas}, nobody answered yet from {n} of {all}.",
        areas=scene.pack.level(wanted).plural,
        n=sum(key == MISSING_CLASS for key in classes.values()), all=len(classes),
    )  # fmt: skip


def _there(scene: Scene, level: str) -> Scene:
    return replace(scene, picture=scene.picture.but(level=level, area=""))


def _another_level(scene: Scene) -> str:
    """Return the next larger level with two areas or more, else the next smaller, else ""."""
    levels = [level.id for level in scene.pack.levels]
    at = levels.index(scene.picture.level)
    others = (*levels[at + 1 :], *reversed(levels[:at]))
    return next((x for x in others if len(scene.pack.names[x]) > 1), "")


def _people_words(pack: Pack) -> str:
    """Return how many people of the most deprived tenth are not short of income themselves.

    The income score of the English index is the share of people who are; the mean is
    weighted by people.
    """
    newest = pack.indicator_info.get(newest_indicators(pack).get("income", ""))
    if newest is None:
        return ""
    score = _of_same(pack, newest, "score")
    decile = _of_same(pack, newest, "decile")
    if score is None or decile is None or not newest.id.startswith("iod"):
        return ""
    shares = pack.indicators[score.id]
    worst = (pack.indicators[decile.id] == 1) & shares.between(0, 1)
    people = pack.areas.set_index("area_code")["population"].reindex(shares.index)
    if not worst.any() or people[worst].isna().any() or people[worst].sum() <= 0:
        return ""
    mean = float(np.average(shares[worst], weights=people[worst]))
    return plural(
        "In the {n} area here in the most deprived tenth for income, {out} of people are not "
        "short of income: an area is not its people.",
        "In the {n} areas here in the most deprived tenth for income, {out} of people are not "
        "short of income: an area is not its people.",
        int(worst.sum()), out=percent(1 - mean),
    )  # fmt: skip


def _of_same(pack: Pack, info: Indicator, statistic: str) -> Indicator | None:
    return next(
        (
            i
            for i in pack.indicator_info.values()
            if (i.domain, i.vintage, i.statistic) == (info.domain, info.vintage, statistic)
        ),
        None,
    )
