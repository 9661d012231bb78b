"""Where an area's answers tell it from the whole place, and where a map is drawn paler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from needsmap.analysis.columns import column_of
from needsmap.analysis.comparison import voice_class
from needsmap.analysis.disclosure import PublishedShares, percent
from needsmap.analysis.priorities import ThemeShares
from needsmap.tables import LegendEntry, MapLayer, paler_key
from needsmap.words import say


def said_classes(shares: ThemeShares, column: int) -> tuple[np.ndarray, float]:
    """Return the voice class of each area for one theme, and the place's published share.

    Classes as `comparison.voice_class`, by the limits `shares` was made with.
    """
    whole = place_share(shares.whole, column)
    return voice_class(column_of(shares.by_area, column), whole), whole


def place_share(whole: PublishedShares, column: int) -> float:
    """Return the whole place's share of one column, the middle of its limits where few said so."""
    if bool(whole.few[column]):
        return (float(whole.low[column]) + float(whole.high[column])) / 2
    return float(whole.share[column])


def beside_whole(
    codes: Sequence[str], areas: PublishedShares, whole: float
) -> tuple[list[str], list[str], str]:
    """Return how each area's share stands beside the place's own, by the limits shown with it.

    `areas`: one column of areas. Gives the words of each area ("–" where hidden), the
    codes of areas that cannot be told from the place, and what the legend says of those.
    """
    found = voice_class(areas, whole).tolist()
    words = {
        2: say("clearly more"), 0: say("clearly fewer"), 1: say("about the same"),
        -1: say("cannot tell"), -2: "–",
    }  # fmt: skip
    unclear = [code for code, each in zip(codes, found, strict=True) if each == -1]
    share = percent(0.0 if np.isnan(whole) else whole)
    told = say("Paler: could be {share}, as overall", share=share)
    return [words[each] for each in found], unclear, told


def drawn_paler(layer: MapLayer, codes: Iterable[str], words: str) -> MapLayer:
    """Return a layer with areas drawn paler, and a line of the legend that says why."""
    paler = frozenset(code for code in codes if layer.classes.get(code, "").isdigit())
    if not paler:
        return layer
    often = Counter(layer.classes[code] for code in sorted(paler)).most_common(1)[0][0]
    ramp = [entry for entry in layer.legend if entry.key.isdigit()]
    others = [entry for entry in layer.legend if not entry.key.isdigit()]
    line = LegendEntry(paler_key(often), words, len(paler))
    return replace(layer, paler=paler, legend=(*ramp, line, *others))
