"""Clusters of voice beside index: areas and neighbours that go together more than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from needsmap.analysis import clusters as local
from needsmap.analysis.disclosure import middle_counts
from needsmap.briefs.layers import COLUMNS, frame_layer, silent
from needsmap.briefs.near import touching
from needsmap.briefs.pieces import Box, Place
from needsmap.briefs.saying import quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.standing import newest_indicators, standing
from needsmap.tables import MapLayer
from needsmap.words import count as plural
from needsmap.words import say

QUADRANTS = {
    1: ("8", "Asked for a lot, and the index is high all round"),
    2: ("2", "Asked for little, and the index is high all round"),
    3: ("0", "Asked for little, and the index is low all round"),
    4: ("6", "Asked for a lot, and the index is low all round"),
}
"""Quadrant of the statistic → class of the nine-box map with the same meaning, and words."""
NO_CLUSTER = "u"


@dataclass(frozen=True)
class FoundClusters:
    """Clusters of a theme beside its domain.

    boxes : one list a kind of cluster, empty ones left out. layer : kind "beside", None when
    clusters were not looked for. note : in words, what was found or why nothing was looked for.
    """

    boxes: tuple[Box, ...] = ()
    layer: MapLayer | None = None
    note: str = ""


def find_clusters(scene: Scene, theme: str) -> FoundClusters:
    """Return local clusters of a theme with its domain, from published shares.

    Only with 30 areas or more that may be shown and have a figure; see
    `analysis.clusters.local_clusters` for the statistic.
    """
    entry = scene.themes.get(theme)
    indicator = newest_indicators(scene.pack).get(entry.domain) if entry else None
    shares, level = scene.shares, scene.picture.level
    column = shares.column(theme)
    if indicator is None or column < 0:
        return FoundClusters()
    table = shares.by_area
    with np.errstate(invalid="ignore", divide="ignore"):
        said = middle_counts(table)[:, column] / table.base[:, column]
    position = standing(scene.pack, indicator, level).position
    measured = position.reindex(list(shares.codes)).to_numpy(dtype=float)
    known = np.flatnonzero(~np.isnan(said) & ~np.isnan(measured))
    plural_word = scene.pack.level(level).plural
    if not local.enough(len(known)):
        return FoundClusters(
            note=say(
                "Clusters are looked for only where {fewest} {areas} or more can be shown; here "
                "it is {number}.",
                fewest=local.FEWEST_AREAS, areas=plural_word, number=len(known),
            )
        )  # fmt: skip
    row_of = {shares.codes[area]: row for row, area in enumerate(known)}
    near = touching(scene.pack, level)
    neighbours = [
        [row_of[n] for n in near.get(shares.codes[area], ()) if n in row_of] for area in known
    ]
    found = local.local_clusters(said[known], measured[known], neighbours)
    kinds = {
        shares.codes[area]: int(found.quadrant[row]) if found.cluster[row] else 0
        for row, area in enumerate(known)
    }
    return FoundClusters(_boxes(scene, kinds), _layer(scene, theme, kinds), _note(kinds))


def _boxes(scene: Scene, kinds: dict[str, int]) -> tuple[Box, ...]:
    level = scene.picture.level
    label = scene.pack.level(level).label
    boxes = []
    for quadrant, (key, words) in QUADRANTS.items():
        codes = sorted((c for c, kind in kinds.items() if kind == quadrant), key=scene.name)
        if codes:
            areas = tuple(Place(c, level, scene.name(c), label) for c in codes)
            boxes.append(Box(f"cluster_{key}", say(words), areas))
    return tuple(boxes)


def _layer(scene: Scene, theme: str, kinds: dict[str, int]) -> MapLayer:
    classes, rows = {}, []
    for code in scene.voice.codes[scene.picture.level]:
        if code not in kinds:
            classes[code], said = silent(scene, code)
        elif kinds[code]:
            classes[code], words = QUADRANTS[kinds[code]]
            said = say(words)
        else:
            classes[code], said = NO_CLUSTER, say("No cluster here.")
        rows.append((code, scene.name(code), said))
    labels = {key: say(words) for key, words in sorted(QUADRANTS.values())}
    labels[NO_CLUSTER] = say("No cluster")
    title = say("Clusters: {wish}", wish=quoted(scene.label(theme)))
    return frame_layer("beside", title, scene.picture.level, classes, labels, rows, COLUMNS, scene)


def _note(kinds: dict[str, int]) -> str:
    number = sum(1 for kind in kinds.values() if kind)
    if not number:
        return say("No clusters: areas and their neighbours go together no more than by chance.")
    return plural(
        "{n} area is the middle of a cluster: it and its neighbours go together more than by "
        "chance. That says nothing about why.",
        "{n} areas are the middle of a cluster: they and their neighbours go together more than "
        "by chance. That says nothing about why.",
        number,
    )
