"""The one or two sentences that lead a map: what this map shows, before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from needsmap.analysis.comparison import UNCLEAR
from needsmap.analysis.disclosure import one_share, percent
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import capital, listed, quoted, share_of_people
from needsmap.briefs.wishes import row_of
from needsmap.tables import HIDDEN_CLASS, MISSING_CLASS, MapLayer
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.briefs.scene import Scene

MOST_NAMED = 3
"""Areas named in a lead; where more stand out, their number is said."""


def map_lead(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    """Return what `layer` shows, in one or two sentences; the area in focus comes first.

    The voice map's sentence is about the wish on the map, which need not be the first wish.
    """
    if layer.kind == "index":
        return _index(scene, layer)
    if scene.empty:
        return (say("Nobody has answered yet, so this map is still empty."),)
    if layer.kind == "heard":
        return _heard(scene, layer)
    if layer.kind == "beside":
        return _beside(scene, layer)
    return _voice(scene)


def _voice(scene: Scene) -> tuple[str, ...]:
    shares, focus = scene.shares, scene.picture.area
    column = shares.column(scene.picture.theme)
    if column < 0:
        return ()
    table, where = shares.whole, say("here")
    if focus in shares.codes:
        table, where = row_of(shares.by_area, shares.codes.index(focus)), scene.name(focus)
        where = say("in {area}", area=where)
    wish, share = quoted(scene.label(scene.picture.theme)), one_share(table, column)
    if share.value is None and share.high is not None:
        return (
            say("Only a few people {where} asked for {wish} ({words}).",
                where=where, wish=wish, words=share.words),
        )  # fmt: skip
    if share.value is None:
        few = say("Too few people answered {where} to show who asked for {wish}.",
                  where=where, wish=wish)  # fmt: skip
        return (few,)
    if share.value == 0:
        return (say("Nobody {where} asked for {wish}.", where=where, wish=wish),)
    told = say(
        "{share} {where} asked for {wish} ({words}; it could be {range}).",
        share=capital(share_of_people(share.value)),
        where=where,
        wish=wish,
        words=share.words,
        range=share.range_words,
    )
    return (told, *(() if focus else _most_in(scene, column)))


def _most_in(scene: Scene, column: int) -> tuple[str, ...]:
    """Return where the wish on the map is asked for most, and whether that is clear."""
    table, codes = scene.shares.by_area, scene.shares.codes
    share = np.nan_to_num(table.share[:, column]) if table.share.size else np.zeros(0)
    known = np.flatnonzero(share > 0)
    if len(known) < 2:
        return ()
    first = known[share[known] == share[known].max()]
    if len(first) > 1:
        names = listed([scene.name(codes[i]) for i in first])
        return (say("Most in {names}.", names=names),)
    top, others = first[0], [i for i in known if i != first[0]]
    words = {
        "name": scene.name(codes[top]),
        "share": percent(float(share[top])),
        "base": f"{int(table.base[top, column]):,}",
    }
    if table.low[top, column] > max(table.high[i, column] for i in others):
        return (say("Most in {name} ({share} of {base} people).", **words),)
    return (
        say(
            "Perhaps most in {name} ({share} of {base} people), but others are too close to call.",
            **words,
        ),
    )


def _index(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    said = {row.area_code: row.said for row in each_row(layer.table)}
    focus, measure = scene.picture.area, quoted(layer.title)
    info = scene.pack.indicator_info.get(scene.picture.indicator)
    of_index = bool(info and info.domain)
    if focus in said:
        words = quoted(said[focus]).rstrip(".")
        if not of_index:
            return (say("{area}: {words}.", area=scene.name(focus), words=words),)
        return (
            say("The government’s index puts {area} {words} for {measure}.",
                area=scene.name(focus), words=words, measure=measure),
        )  # fmt: skip
    top = next((entry for entry in layer.legend if entry.key == "4"), None)
    figures = sum(entry.areas for entry in layer.legend if entry.key.isdigit())
    if not of_index or top is None or not figures:
        return (say("The map shows {measure}.", measure=measure),)
    level = scene.pack.level(scene.picture.level)
    return (
        say(
            "For {measure}, the government’s index puts {n} of {all} {areas} in the {top}.",
            measure=measure, n=top.areas, all=figures,
            areas=level.plural if figures != 1 else level.label, top=quoted(top.label),
        ),
    )  # fmt: skip


def _heard(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    said = {row.area_code: (row.area_name, row.said) for row in each_row(layer.table)}
    focus = scene.picture.area
    if focus in said:
        return (say("{area}: {words}", area=said[focus][0], words=quoted(said[focus][1])),)
    little = [c for c, key in layer.classes.items() if key == "0"]
    # How many a few are is hidden, and with it whether that is less than a fair share.
    few = [c for c, key in layer.classes.items() if key == HIDDEN_CLASS]
    nobody = [c for c, key in layer.classes.items() if key == MISSING_CLASS]
    told = []
    if little:
        told.append(
            plural(
                "{n} area is heard much less than its fair share.",
                "{n} areas are heard much less than their fair share.",
                len(little),
            )
        )
    elif few:
        told.append(
            plural(
                "In {n} area only a few people answered.",
                "In {n} areas only a few people answered.",
                len(few),
            )
        )
    if nobody:
        told.append(
            say("Nobody has answered yet from {names}.",
                names=listed([scene.name(c) for c in nobody]))
        )  # fmt: skip
    return tuple(told) or (say("No area is heard much less than its fair share."),)


def _beside(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    said = {row.area_code: row.said for row in each_row(layer.table)}
    wish, focus = quoted(scene.label(scene.picture.theme)), scene.picture.area
    if focus in said:
        words = quoted(said[focus]).rstrip(".")
        return (say("{area}: {words}, for {wish}.", area=scene.name(focus), words=words,
                    wish=wish),)  # fmt: skip
    agree = [c for c, key in layer.classes.items() if key == "8"]
    only = [c for c, key in layer.classes.items() if key in {"6", "7"}]
    told = []
    if agree:
        told.append(
            say("People and the index agree about {wish} in {names}.",
                wish=wish, names=_names(scene, agree))
        )  # fmt: skip
    if only:
        told.append(
            say("Only people say it in {names}.", names=_names(scene, only))
            if agree
            else say("People ask for {wish} in {names}; the index does not put them first.",
                     wish=wish, names=_names(scene, only))
        )  # fmt: skip
    if told:
        return tuple(told)
    unclear = sum(entry.areas for entry in layer.legend if entry.key == UNCLEAR)
    if unclear:
        level = scene.pack.level(scene.picture.level)
        return (
            say(
                "For {wish}, the answers do not settle it yet in {n} of {all} {areas}.",
                wish=wish, n=unclear, all=len(layer.classes),
                areas=level.plural if len(layer.classes) != 1 else level.label,
            ),
        )  # fmt: skip
    return (say("No area stands out clearly for {wish}, beside the index.", wish=wish),)


def _names(scene: Scene, codes: list[str]) -> str:
    return listed(sorted(scene.name(code) for code in codes), most=MOST_NAMED)
