"""Two maps side by side: what stands high on both, on one, or in another place.

Both layers come from the map page's briefs, whose classes always start at the same shares
and the same fifths: a colour means the same on both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from needsmap.briefs.pieces import worded_layer
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.shapes import OverviewBrief
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import say

HIGH = frozenset({"3", "4"})
"""The two darkest of five classes."""
_MOST_NAMED = 4


@dataclass(frozen=True)
class TwoBrief:
    """Two maps and what they say together.

    left, right : layers. names : what tells the two apart in a heading. lines : who was asked
    and when, for each. same : both are of the same areas, so that they can be told apart area
    by area.
    """

    provenance: Provenance
    picture: Picture
    title: str
    left: MapLayer
    right: MapLayer
    names: tuple[str, str]
    lines: tuple[str, str]
    same: bool
    sentences: tuple[str, ...]
    cautions: tuple[str, ...] = ()

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"both maps"} for the same areas, else a table a map, headings in words."""
        left, right = worded_layer(self.left), worded_layer(self.right)
        if not self.same:
            return {self.left.title[:31]: left, self.right.title[:31]: right}
        code, area = say("Area code"), say("Area")
        # Both sides say whose they are: a heading that names none would be taken for either.
        left_end, right_end = (f" · {name}" for name in self.names)
        both = left.merge(right.drop(columns=area), on=code, suffixes=(left_end, right_end))
        return {"both maps": both}


def right_of(picture: Picture) -> Picture:
    """Return the picture of the second map: the first with one thing changed."""
    kind, *named = picture.against or ("heard",)
    name = named[0] if named else ""
    plain = picture.but(against=(), area="")
    if kind == "theme":
        return plain.but(show="voice", theme=name, indicator="")
    if kind == "index":
        return plain.but(show="index", indicator=name)
    if kind == "place":
        return Picture(
            place=name, show=picture.show, theme=picture.theme, indicator=picture.indicator
        )
    return plain.but(show="heard")


def left_of(picture: Picture) -> Picture:
    """Return the picture of the first map: one measure, so that the two can be compared."""
    return picture.but(area="", show="voice" if picture.show == "beside" else picture.show)


def make_two(
    left: OverviewBrief, right: OverviewBrief, *, names: tuple[str, str] | None = None
) -> TwoBrief:
    """Return two map pages as one brief.

    `names` tells the two apart where their titles do not: two places, or two surveys.
    """
    layers = [left.layer, right.layer]
    if names is not None:
        layers = [
            replace(layer, title=f"{name}: {layer.title}")
            for name, layer in zip(names, layers, strict=True)
        ]
    same = set(layers[0].classes) == set(layers[1].classes)
    told = _sentences(layers[0], layers[1]) if same else _each(left, right, names)
    cautions = dict.fromkeys((*left.cautions, *right.cautions))
    return TwoBrief(
        provenance=left.provenance,
        picture=left.picture,
        title=say("{first} beside {second}", first=layers[0].title, second=layers[1].title),
        left=layers[0],
        right=layers[1],
        names=names or (layers[0].title, layers[1].title),
        lines=(left.coverage_line, right.coverage_line),
        same=same,
        sentences=told,
        cautions=tuple(cautions),
    )


def _each(
    left: OverviewBrief, right: OverviewBrief, names: tuple[str, str] | None
) -> tuple[str, ...]:
    first, second = names or (left.title, right.title)
    return tuple(
        say("{name}: {said}", name=name, said=quoted(brief.lead[0]))
        for name, brief in ((first, left), (second, right))
        if brief.lead
    )


def _high(layer: MapLayer) -> set[str]:
    """Return the areas in the two darkest classes whose figure is published.

    Where only a few answered, the colour is a middle of what could be: no ground to say more.
    """
    found = {code for code, key in layer.classes.items() if key in HIGH}
    if "Share" not in layer.table:
        return found
    shares = zip(layer.table["area_code"], layer.table["Share"].astype(str), strict=True)
    return {code for code, share in shares if code in found and share[:1].isdigit()}


def _sentences(left: MapLayer, right: MapLayer) -> tuple[str, ...]:
    """Return which areas are dark on both maps, or on one, in words."""
    names = dict(zip(left.table["area_code"], left.table["area_name"], strict=True))
    high = [_high(layer) for layer in (left, right)]

    def named(codes: set[str]) -> str:
        return listed(sorted(str(names[code]) for code in codes), most=_MOST_NAMED)

    both, first, second = high[0] & high[1], high[0] - high[1], high[1] - high[0]
    told = [
        say("In the two darkest colours on both maps: {names}.", names=named(both))
        if both
        else say("No area is in the two darkest colours on both maps.")
    ]
    if first:
        told.append(say("Only for {title}: {names}.", title=quoted(left.title), names=named(first)))
    if second:
        told.append(
            say("Only for {title}: {names}.", title=quoted(right.title), names=named(second))
        )
    return tuple(told)
