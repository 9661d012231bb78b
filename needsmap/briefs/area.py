"""One area's card: what is good here, what people would change, and what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from needsmap.analysis.disclosure import publish_base, tells_nobody, why_hidden
from needsmap.analysis.quotes import Approval
from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import domain_label
from needsmap.briefs.groups import missing_words
from needsmap.briefs.near import nearest_services, neighbours
from needsmap.briefs.public_lines import lines_here, marked
from needsmap.briefs.saying import one_in
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.shapes import AreaBrief, IndexLine, NearService, Place, Wish
from needsmap.briefs.standing import country_words, newest_indicators, standing, where_words
from needsmap.briefs.wishes import make_wishes, row_of, strengths_sentence, top_sentences
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


def make_area(
    picture: Picture,
    pack: Pack,
    voice: Voice,
    release: Release | None,
    *,
    approvals: Sequence[Approval] = (),
) -> AreaBrief:
    """Return the card of the picture's area; of the first by name when it names none.

    `approvals`: of quotes, those in force, from the store.
    """
    scene = set_scene(picture, pack, voice, release)
    if not scene.picture.area:
        names = pack.names[scene.picture.level]
        first = min(names, key=lambda code: (names[code], code))
        focused = set_scene(scene.picture.but(area=first), pack, voice, release)
        scene = replace(focused, notices=scene.notices)
    code, level = scene.picture.area, scene.picture.level
    raw = int(scene.people[0].get(code, 0))
    filtered = bool(scene.picture.groups)
    base = publish_base(raw, filtered=filtered, smallest_base=voice.smallest_base)
    shown = bool(base.value)
    near = nearest_services(pack, level, code)
    index = index_lines(scene, code)
    wishes, strengths = _wishes(scene, code, index, near)
    population = pack.people(level).get(code, np.nan)
    people = None if np.isnan(population) else int(population)
    parent = _parent(scene, code)
    heard = _heard(base.value, people) if shown else ""
    why = "" if shown else _why(scene, raw, parent)
    area = Place(code, level, scene.name(code), pack.level(level).label)
    missing = missing_words(scene, code) if shown else ""
    quotes = lines_here(scene, code, [wish.theme for wish in wishes], approvals)
    cautions = scene.cautions
    if len(quotes) and filtered:
        cautions += (say("What people wrote is from everybody, whoever the figures are about."),)
    return AreaBrief(
        provenance=marked(scene, quotes, approvals),
        picture=scene.picture,
        notices=scene.notices,
        area=area,
        parent=parent,
        population=people,
        shown=shown,
        why=why,
        people_answered=base,
        heard=heard,
        missing=missing,
        strengths=strengths,
        wishes=wishes,
        index=index,
        near=_wished_first(near, wishes, scene),
        neighbours=tuple(
            Place(c, level, scene.name(c), pack.level(level).label)
            for c in neighbours(pack, level, code)
        ),
        menu=scene.menu,
        sentences=_sentences(scene, area, wishes, strengths, heard, why),
        empty=scene.empty,
        cautions=cautions,
        quotes=quotes,
    )


def index_lines(scene: Scene, code: str) -> tuple[IndexLine, ...]:
    """Return where one area stands on each domain of the newest index, overall last."""
    newest = newest_indicators(scene.pack)
    country = country_words(scene.pack)
    lines = []
    for domain, indicator in sorted(newest.items(), key=lambda pair: pair[0] == "imd"):
        stood = standing(scene.pack, indicator, scene.picture.level)
        where = stood.position.get(code, np.nan)
        if np.isnan(where):
            continue
        decile = stood.deciles.get(code, np.nan)
        words = where_words(where, national=stood.national, country=country)
        lines.append(
            IndexLine(
                domain=domain,
                label=domain_label(domain),
                words=words,
                position=float(where),
                decile=None if np.isnan(decile) else int(decile),
                vintage=str(stood.indicator.vintage),
                how=stood.how,
            )
        )
    return tuple(lines)


def _wishes(
    scene: Scene, code: str, index: tuple[IndexLine, ...], near: tuple[NearService, ...]
) -> tuple[tuple[Wish, ...], tuple[Wish, ...]]:
    words = {line.domain: line.words for line in index}
    nearest = {n.category: f"{n.label}: {n.words}" for n in near}
    found: list[tuple[Wish, ...]] = []
    for chosen, shares in scene.questions:
        if code not in shares.codes or not shares.themes:
            found.append(())
            continue
        row = row_of(shares.by_area, shares.codes.index(code))
        bands = scene.rank_bands(chosen, shares, code)
        found.append(
            make_wishes(scene, shares.themes, row, index=words, nearest=nearest, bands=bands)
        )
    return found[0], found[1]


def _wished_first(
    near: tuple[NearService, ...], wishes: tuple[Wish, ...], scene: Scene
) -> tuple[NearService, ...]:
    top = [w.theme for w in wishes[:5] if w.share.value]
    kinds = [k for t in top if t in scene.themes for k in scene.themes[t].services]
    return tuple(
        sorted(near, key=lambda n: kinds.index(n.category) if n.category in kinds else len(kinds))
    )


def _parent(scene: Scene, code: str) -> Place | None:
    """Return the next larger area around this one that may be shown, else the next larger."""
    pack, level = scene.pack, scene.picture.level
    levels = [x.id for x in pack.levels]
    rows = pack.membership[pack.membership[level] == code]
    larger = []
    for higher in levels[levels.index(level) + 1 :]:
        codes = rows[higher].dropna().unique()
        if len(codes) == 1:
            name = pack.names[higher].get(codes[0], str(codes[0]))
            larger.append(Place(str(codes[0]), higher, name, pack.level(higher).label))
    for place in larger:
        there = Scene(
            scene.picture.but(level=place.level, area=place.code),
            (), pack, scene.voice, scene.release, scene.themes,
        )  # fmt: skip
        raw = int(there.people[0].get(place.code, 0))
        if publish_base(raw, smallest_base=scene.voice.smallest_base).value:
            return place
    return larger[0] if larger else None


def _heard(answered: int | None, people: int | None) -> str:
    if not answered:
        return ""
    if not people or people < answered:
        return say("{number} people answered.", number=answered)
    return say("{number} people answered ({part}).", number=answered, part=one_in(people, answered))


def _why(scene: Scene, raw: int, parent: Place | None) -> str:
    if scene.empty:
        return say("Nobody has answered yet.")
    nobody = tells_nobody(raw, filtered=bool(scene.picture.groups))
    what = say("Nobody answered from here yet.") if nobody else say("Too few people answered.")
    if parent is None:
        return f"{what} {why_hidden(scene.voice.smallest_base)}"
    look = say("Look at {name} instead.", name=parent.name)
    if nobody:
        return f"{what} {look}"
    return f"{what} {why_hidden(scene.voice.smallest_base)} {look}"


def _sentences(
    scene: Scene,
    area: Place,
    wishes: tuple[Wish, ...],
    strengths: tuple[Wish, ...],
    heard: str,
    why: str,
) -> tuple[str, ...]:
    if why:
        told = [why]
        if scene.pack.indicator_info or len(scene.pack.services):
            told.append(say("The index and what is near are shown."))
        return tuple(told)
    where = say("in {area}", area=area.name)
    first = strengths_sentence(strengths, where)
    told = [first] if first else []
    told += top_sentences(wishes, where)
    told.append(heard)
    return tuple(told[:4])
