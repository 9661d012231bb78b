"""Legends: the classes of a layer in words, each with the way it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from needsmap.draw.palettes import MISSING, Fill, fills
from needsmap.tables import MapLayer
from needsmap.words import count


@dataclass(frozen=True)
class Key:
    """One line of a legend: class key, how it is drawn, words, number of areas."""

    key: str
    fill: Fill
    words: str
    areas: int


def legend(layer: MapLayer) -> tuple[Key, ...]:
    """Return the legend of a layer in its own order, with the number of areas said.

    Classes no area belongs to are kept when they are part of the ramp, so that two maps
    with the same breaks have the same legend; empty special classes (hidden, missing,
    not clear yet) are left out.
    """
    drawn = fills(layer.kind)
    return tuple(
        Key(
            entry.key,
            drawn.get(entry.key, MISSING),
            f"{entry.label} ({count('{n} area', '{n} areas', entry.areas)})",
            entry.areas,
        )
        for entry in layer.legend
        if entry.areas or entry.key.isdigit()
    )
