"""The map page: what people ask for, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from needsmap.analysis.voice import Voice
from needsmap.briefs.index_layers import beside_layer, index_layer
from needsmap.briefs.layers import heard_layer, voice_layer
from needsmap.briefs.saying import capital, listed, quoted
from needsmap.briefs.scene import Scene, set_scene
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
    wanted = scene.picture.services
    services = pack.services
    if len(services):
        services = services[services["category"].isin(wanted)].reset_index(drop=True)
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
        services=services,
        menu=scene.menu,
        sentences=_sentences(scene, layer, wishes, strengths),
        empty=scene.empty,
        cautions=scene.cautions,
    )


def _layer(scene: Scene) -> MapLayer:
    picture = scene.picture
    if picture.show == "index" and picture.indicator:
        return index_layer(scene, picture.indicator)
    if picture.show == "beside":
        return beside_layer(scene, picture.theme)[0]
    if picture.show == "heard":
        return heard_layer(scene)[0]
    return voice_layer(scene, picture.theme)


def _wishes(scene: Scene) -> tuple[tuple[Wish, ...], tuple[Wish, ...]]:
    """Return top wishes and strengths of the area in focus, of the whole place without one."""
    found = []
    for shares in (scene.shares, scene.strength_shares):
        table = shares.whole
        if scene.picture.area in shares.codes:
            table = row_of(shares.by_area, shares.codes.index(scene.picture.area))
        found.append(make_wishes(scene, shares.themes, table, most=MOST_WISHES))
    return found[0], found[1]


def _sentences(
    scene: Scene, layer: MapLayer, wishes: tuple[Wish, ...], strengths: tuple[Wish, ...]
) -> tuple[str, ...]:
    if scene.empty:
        told = [say("Nobody has answered yet.")]
        if scene.pack.indicator_info:
            told.append(say("The index and services are shown; add a survey to hear people."))
        else:
            told.append(say("Add a survey to hear people."))
        return tuple(told)
    focus = scene.picture.area
    where = say("in {area}", area=scene.name(focus)) if focus else say("here")
    told = [s for s in (strengths_sentence(strengths, where),) if s]
    if not wishes:
        told.append(
            say("Too few people answered for their wishes to be shown: they could be picked out.")
        )
        return tuple(told)
    told += top_sentences(wishes, where)
    if layer.kind == "voice" and not focus:
        told += _most_in(scene)
    return tuple(told[:4])


def _most_in(scene: Scene) -> list[str]:
    """Return where the theme on the map is asked for most, when one area stands out."""
    shares = scene.shares
    column = shares.column(scene.picture.theme)
    if column < 0 or not shares.by_area.share.size:
        return []
    share = shares.by_area.share[:, column]
    known = [i for i in range(len(share)) if share[i] > 0]
    if len(known) < 2:
        return []
    top = max(share[i] for i in known)
    first = [i for i in known if share[i] == top]
    base = int(shares.by_area.base[first[0], column])
    names = listed([scene.name(shares.codes[i]) for i in first])
    wish = quoted(scene.label(scene.picture.theme))
    if len(first) > 1:
        return [say("{wish} is asked for most in {names}.", wish=capital(wish), names=names)]
    sure = shares.by_area.low[first[0], column] > max(
        shares.by_area.high[i, column] for i in known if i != first[0]
    )
    words = f"{round(100 * top)}%"
    if sure:
        return [
            say(
                "{wish} is asked for most in {names} ({words} of {base} people).",
                wish=capital(wish), names=names, words=words, base=base,
            )
        ]  # fmt: skip
    return [
        say(
            "{wish} may be asked for most in {names} ({words} of {base} people), but others are "
            "too close to call.",
            wish=capital(wish), names=names, words=words, base=base,
        )
    ]  # fmt: skip
