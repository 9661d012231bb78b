"""The pieces briefs are made of: a wish, a line of the index, a service near, a list of areas."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from needsmap.analysis.disclosure import Count, Share
from needsmap.tables import MapLayer


@dataclass(frozen=True)
class Wish:
    """One theme people named (a need, or a strength when it stands in a list of strengths).

    Fields
    ------
    theme : theme id. label : in residents' words. place : order by published share, from 1;
    equal shares have equal places. count, share : published, with words ready to show.
    first_place, last_place, could_be : places it could hold by its limits: 1, 3, "1st to 3rd".
    dots : "●●●", "●●○" or "●○○". sure : the dots in words. index : what the matching domain
    says here, or "no official measure". nearest : nearest matching service in words, or "".
    likely : the places in words, "first or second, could be third"; "" for steadied areas.
    """

    theme: str
    label: str
    place: int
    count: Count
    share: Share
    first_place: int
    last_place: int
    could_be: str
    dots: str
    sure: str
    index: str = ""
    nearest: str = ""
    likely: str = ""


@dataclass(frozen=True)
class IndexLine:
    """One domain of the official index for an area.

    domain, label : id and words. words : where it stands, in words. position : share of
    the country's areas that are less deprived, 0-1 (1 = most deprived), None if unknown.
    decile : 1 (most deprived) to 10, None above the finest level. vintage : e.g. "2025".
    how : "as published", or how it was worked out for a larger area.
    """

    domain: str
    label: str
    words: str
    position: float | None
    decile: int | None
    vintage: str
    how: str


@dataclass(frozen=True)
class NearService:
    """The nearest service of a kind, measured from the middle of the area, as the crow flies.

    category, label : kind. name : of the service. metres : straight line. words : ready to
    show ("2.1 km as the crow flies"). checked_on : ISO date or "". source : who listed it.
    """

    category: str
    label: str
    name: str
    metres: float
    words: str
    checked_on: str
    source: str


@dataclass(frozen=True)
class Place:
    """A code with its level and name, to go to: a parent, a neighbour, a search result."""

    code: str
    level: str
    name: str
    level_label: str = ""


@dataclass(frozen=True)
class Box:
    """One of the plain lists: id said_measured, said_not_measured, measured_not_said,
    neither, not_clear or hidden; its title in words; the areas in it.
    """  # noqa: D205

    id: str
    title: str
    areas: tuple[Place, ...]


@dataclass(frozen=True)
class Example:
    """A worked example: what goes in, what comes out, as text pairs; who worked it out."""

    given: tuple[tuple[str, str], ...]
    result: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Method:
    """How one number is worked out: plain words, formula, where it comes from, examples."""

    id: str
    title: str
    words: str
    formula: str
    source: str
    date: str
    examples: tuple[Example, ...]


def wishes_table(wishes: tuple[Wish, ...]) -> pd.DataFrame:
    """Return wishes as a table ready to show, one row a theme, headings in words."""
    return pd.DataFrame(
        [
            (
                w.place,
                w.label,
                w.share.words,
                w.share.range_words,
                w.count.words,
                w.could_be,
                w.sure,
                w.index,
                w.nearest,
            )
            for w in wishes
        ],
        columns=[
            "Order",
            "What people named",
            "Share",
            "Could be",
            "People",
            "Could stand",
            "How sure",
            "The index",
            "Nearest",
        ],
    )


def worded_layer(layer: MapLayer) -> pd.DataFrame:
    """Return a layer's table with headings in words, area codes last."""
    table = layer.table.rename(
        columns={"area_name": "Area", "said": "In words", "area_code": "Area code"}
    )
    return table[[*[c for c in table.columns if c != "Area code"], "Area code"]]
