"""Legends: the classes of a layer in words, each with the way it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from needsmap.draw.palettes import MISSING, Fill, fills
from needsmap.tables import MISSING_CLASS, MapLayer, paler_key
from needsmap.words import count


@dataclass(frozen=True)
class Key:
    """One line of a legend: class key, how it is drawn, words, number of areas.

    sure : how the same class is drawn undoubted, for the line that says what paler means.
    """

    key: str
    fill: Fill
    words: str
    areas: int
    sure: Fill | None = None


def legend(layer: MapLayer) -> tuple[Key, ...]:
    """Return the legend of a layer in its own order, with the number of areas said.

    Classes no area belongs to are kept when they are part of the ramp, so that two maps
    with the same breaks have the same legend; empty special classes (hidden, missing,
    not clear yet) are left out.
    """
    drawn = fills(layer.kind)
    sure = {paler_key(key): fill for key, fill in drawn.items() if key.isdigit()}
    return tuple(
        Key(
            entry.key,
            drawn.get(entry.key, MISSING),
            f"{entry.label} ({count('{n} area', '{n} areas', entry.areas)})",
            entry.areas,
            sure.get(entry.key),
        )
        for entry in layer.legend
        if entry.areas or entry.key.isdigit()
    )


def class_characters(layer: MapLayer, codes: tuple[str, ...]) -> str:
    """Return one character an area: its class, as a capital letter where we are less sure."""
    classes, paler = layer.classes, layer.paler
    if not paler:
        return "".join([classes.get(code, MISSING_CLASS) for code in codes])
    found = [(code, classes.get(code, MISSING_CLASS)) for code in codes]
    return "".join([paler_key(key) if code in paler else key for code, key in found])
