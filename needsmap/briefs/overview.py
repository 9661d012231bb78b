"""The map page: what people ask for, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.disclosure import why_hidden
from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import GRANTS
from needsmap.briefs.grant_points import grant_points, grant_points_words
from needsmap.briefs.index_cautions import (
    heard_elsewhere_words,
    index_cautions,
    index_elsewhere_words,
    other_level_words,
    said_elsewhere_words,
)
from needsmap.briefs.index_layers import beside_layer, index_layer
from needsmap.briefs.layers import heard_layer, voice_layer
from needsmap.briefs.lead import map_lead
from needsmap.briefs.scene import Scene, set_scene, steadied_words
from needsmap.briefs.settle import near_level
from needsmap.briefs.shapes import OverviewBrief, Wish
from needsmap.briefs.wishes import make_wishes, row_of, strengths_sentence, top_sentences
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

MOST_WISHES = 8


def make_overview(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> OverviewBrief:
    """Return the map page's brief. Never raises for what the picture holds."""
    scene = set_scene(picture, pack, voice, release)
    layer = _layer(scene)
    wishes, strengths = _wishes(scene)
    lead = map_lead(scene, layer)
    finer = near_level(scene.picture, pack)
    return OverviewBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        title=layer.title,
        coverage_line=scene.coverage_line,
        question=scene.need.text,
        base=scene.base,
        layer=layer,
        wishes=wishes,
        strengths=strengths,
        services=_points(scene),
        menu=scene.menu,
        sentences=_sentences(scene, lead, wishes, strengths),
        empty=scene.empty,
        cautions=(*_colour_of_few(scene, layer), *scene.cautions, *_of_map(scene, layer)),
        lead=lead,
        measure=say("steadied") if scene.picture.steadied else say("as counted"),
        near=_near(scene, finer) if finer else None,
    )


def _points(scene: Scene) -> pd.DataFrame:
    """Return the services and grants chosen."""
    pack, wanted = scene.pack, scene.picture.services
    services = pack.services
    if len(services):
        services = services[services["category"].isin(wanted)].reset_index(drop=True)
    if GRANTS not in wanted:
        return services
    grants = grant_points(pack, scene.picture.years)
    return pd.concat([services, grants], ignore_index=True) if len(services) else grants


def _near(scene: Scene, level: str) -> MapLayer:
    """Return the same finding at a finer level, as the map shows it when one comes near."""
    picture = scene.picture.but(level=level, area="")
    return _layer(set_scene(picture, scene.pack, scene.voice, scene.release))


def _layer(scene: Scene) -> MapLayer:
    picture = scene.picture
    if picture.show == "index" and picture.indicator:
        return index_layer(scene, picture.indicator)
    if picture.show == "beside":
        return beside_layer(scene, picture.theme)[0]
    if picture.show == "heard":
        return heard_layer(scene)[0]
    return voice_layer(scene, picture.theme)


def _of_map(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    """Return what to keep in mind beside this map: the index's cautions, and another level."""
    told: list[str] = []
    if GRANTS in scene.picture.services:
        told.append(grant_points_words(scene.pack, scene.picture.years))
    if layer.kind in {"index", "beside"}:
        told += index_cautions(scene.pack)
    if layer.kind == "beside":
        told.append(other_level_words(scene, scene.picture.theme))
    elif layer.kind == "voice":
        told.append(said_elsewhere_words(scene, scene.picture.theme))
    elif layer.kind == "index":
        told.append(index_elsewhere_words(scene, scene.picture.indicator))
    elif layer.kind == "heard":
        told.append(heard_elsewhere_words(scene))
    return tuple(words for words in told if words)


def _colour_of_few(scene: Scene, layer: MapLayer) -> tuple[str, ...]:
    """Return how areas are coloured whose count is hidden, when the map has any."""
    shares, column = scene.shares, scene.shares.column(scene.picture.theme)
    if layer.kind != "voice" or column < 0 or not shares.by_area.few[:, column].any():
        return ()
    return (
        say(
            "Where fewer than 8 people asked for it, the colour shows the middle of what it "
            "could be."
        ),
    )


def _wishes(scene: Scene) -> tuple[tuple[Wish, ...], tuple[Wish, ...]]:
    """Return top wishes and strengths of the area in focus, of the whole place without one."""
    found = []
    for chosen, shares in scene.questions:
        table, area = shares.whole, ""
        if scene.picture.area in shares.codes:
            area = scene.picture.area
            table = row_of(shares.by_area, shares.codes.index(area))
        bands = scene.rank_bands(chosen, shares, area)
        found.append(make_wishes(scene, shares.themes, table, most=MOST_WISHES, bands=bands))
    return found[0], found[1]


def _sentences(
    scene: Scene, lead: tuple[str, ...], wishes: tuple[Wish, ...], strengths: tuple[Wish, ...]
) -> tuple[str, ...]:
    """Return what is good here, what the map shows, and what people ask for most."""
    if scene.empty:
        return (say("Nobody has answered yet."), *lead)
    focus = scene.picture.area
    where = say("in {area}", area=scene.name(focus)) if focus else say("here")
    told = [s for s in (strengths_sentence(strengths, where),) if s]
    if not wishes:
        told.append(say("Too few people answered for their wishes to be shown."))
        told += lead if scene.picture.show in {"index", "heard"} else ()
        told.append(why_hidden(scene.voice.smallest_base))
        return tuple(told[:4])
    told += lead
    if scene.picture.steadied and scene.picture.show == "voice":
        told.append(steadied_words())
    # The voice map of the first wish has said it already; its place is still to be said.
    top = top_sentences(wishes, where)
    of_first = scene.picture.show == "voice" and scene.picture.theme == wishes[0].theme
    told += top[1:] if of_first and len(top) > 1 else top
    return tuple(told[:4])
