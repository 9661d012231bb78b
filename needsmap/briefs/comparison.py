"""What people said beside what the index measures, theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.disclosure import one_share
from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import domain_label
from needsmap.briefs.clusters import FoundClusters, find_clusters
from needsmap.briefs.index_cautions import index_cautions, other_level_words
from needsmap.briefs.index_layers import BOX_WORDS, areas_in_lists, beside_layer
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.shapes import Box, ComparisonBrief, Place
from needsmap.briefs.standing import newest_indicators
from needsmap.briefs.wishes import make_wishes
from needsmap.picture import Picture
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

LISTS = ("said_measured", "said_not_measured", "measured_not_said", "neither", "not_clear")


def make_comparison(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> ComparisonBrief:
    """Return the nine-box map of the picture's theme, its plain lists, and all themes' counts."""
    scene = set_scene(picture.but(show="beside"), pack, voice, release)
    theme = scene.picture.theme
    entry = scene.themes.get(theme)
    measured = newest_indicators(pack)
    domain = entry.domain if entry and entry.domain in measured else ""
    layer, lists = beside_layer(scene, theme)
    boxes = _boxes(scene, lists)
    found = _clusters(scene, theme) if domain else FoundClusters()
    elsewhere = other_level_words(scene, theme) if domain and not scene.empty else ""
    told = (*_how(scene), *index_cautions(pack), elsewhere, found.note)
    return ComparisonBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        theme=theme,
        label=scene.label(theme),
        domain=domain,
        domain_label=domain_label(domain) if domain else "",
        layer=layer,
        boxes=boxes,
        themes=_themes(scene, measured),
        unmeasured=tuple(
            w
            for w in make_wishes(
                scene,
                scene.shares.themes,
                scene.shares.whole,
                bands=scene.rank_bands(scene.need, scene.shares),
            )
            if w.theme not in scene.themes or scene.themes[w.theme].domain not in measured
        ),
        menu=scene.menu,
        sentences=_sentences(scene, domain, boxes),
        empty=scene.empty,
        cautions=(*scene.cautions, *(words for words in told if words)),
        clusters=found.boxes,
        cluster_layer=found.layer,
        clusters_note=found.note,
        other_level=elsewhere,
    )


def _clusters(scene: Scene, theme: str) -> FoundClusters:
    """Return the clusters, shuffled for once a release: hundreds of shuffles take a while."""
    picture = scene.picture
    asked = (scene.need.parts, picture.level, theme, picture.groups)
    key = ("clusters", scene.pack.version, *asked)
    kept = scene.voice.worked_out.get(key)
    if isinstance(kept, FoundClusters):
        return kept
    found = find_clusters(scene, theme)
    scene.voice.remember(key, found)
    return found


def _boxes(scene: Scene, lists: dict[str, str]) -> tuple[Box, ...]:
    level = scene.picture.level
    label = scene.pack.level(level).label
    codes: dict[str, list[tuple[str, str]]] = {box: [] for box in BOX_WORDS}
    for code, box in lists.items():
        codes[box].append((scene.name(code), code))
    found = []
    for box in BOX_WORDS:
        places = sorted(codes[box])
        areas = tuple(Place(c, level, name, label) for name, c in places)
        found.append(Box(box, say(BOX_WORDS[box]), areas))
    return tuple(found)


def _themes(scene: Scene, measured: dict[str, str]) -> pd.DataFrame:
    rows = []
    shares = scene.shares
    for column, theme in enumerate(shares.themes):
        entry = scene.themes.get(theme)
        if entry is None or entry.domain not in measured:
            continue
        number = areas_in_lists(scene, theme)
        rows.append(
            (
                theme,
                scene.label(theme),
                domain_label(entry.domain),
                one_share(shares.whole, column).words,
                *(number[box] for box in LISTS),
            )
        )
    columns = ["theme", "label", "domain_label", "share", *LISTS]
    return pd.DataFrame(rows, columns=columns)


def _how(scene: Scene) -> tuple[str, ...]:
    told = [
        say(
            "Said: clearly more than in the whole place. Measured: in the most deprived third. "
            "Where the answers do not settle it, it is not clear yet."
        )
    ]
    if scene.picture.level != scene.pack.levels[0].id:
        told.append(
            say(
                "For a {level} the index is the mean of its {plural}, weighted by people.",
                level=scene.pack.level(scene.picture.level).label,
                plural=scene.pack.levels[0].plural,
            )
        )
    return tuple(told)


def _sentences(scene: Scene, domain: str, boxes: tuple[Box, ...]) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."), say("The index and services are shown."))
    wish = quoted(scene.label(scene.picture.theme))
    if not domain:
        return (
            say("No official measure looks at {wish}; only people can say.", wish=wish),
            say("The map shows what people said."),
        )
    named = {box.id: [area.name for area in box.areas] for box in boxes}
    told = []
    if named["said_not_measured"]:
        told.append(
            say(
                "People in {names} ask for {wish} more than elsewhere, though the index does not "
                "put them in the most deprived third.",
                names=listed(named["said_not_measured"]), wish=wish,
            )
        )  # fmt: skip
    if named["said_measured"]:
        told.append(
            say(
                "In {names} people and the index agree: {wish} stands out.",
                names=listed(named["said_measured"]), wish=wish,
            )
        )  # fmt: skip
    if named["measured_not_said"]:
        told.append(
            say(
                "In {names} the index stands out, but people ask for it less than elsewhere.",
                names=listed(named["measured_not_said"]),
            )
        )
    unclear = len(named["not_clear"])
    if unclear:
        told.append(
            plural(
                "In {n} area the answers do not settle it yet.",
                "In {n} areas the answers do not settle it yet.",
                unclear,
            )
        )
    if not any(named[box] for box in ("said_measured", "said_not_measured", "measured_not_said")):
        told.insert(0, say("No area stands out clearly for {wish}.", wish=wish))
    if len(told) < 2:
        told.append(
            say("An area stands out when its answers, with their doubt, leave no other reading.")
        )
    return tuple(told)
