"""The frozen shapes of all briefs: what screen, paper, files and commands may rely on.

Every number in here is already past `needsmap.analysis.disclosure`. Fractions are 0-1,
distances metres, counts people. A value of None is "not shown", with the reason in words
beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import (
    Box,
    Example,
    IndexLine,
    Method,
    NearService,
    Place,
    Wish,
    wishes_table,
    worded_layer,
)
from needsmap.briefs.priorities_shape import PrioritiesBrief
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.public_lines import lines_table, no_lines
from needsmap.picture import Picture
from needsmap.tables import MapLayer

__all__ = [
    "AreaBrief", "Box", "ComparisonBrief", "CoverageBrief", "Example", "IndexLine", "Method",
    "MethodBrief", "NearService", "OverviewBrief", "Place", "PrioritiesBrief", "Wish",
]  # fmt: skip


@dataclass(frozen=True)
class OverviewBrief:
    """The map page: what people ask for and where.

    Fields
    ------
    picture : settled. notices : plain sentences about what the link asked and nobody knows.
    title : the finding asked, e.g. "Somewhere for young people". coverage_line : "610 people
    answered · Spring 2026 · heard in 18 of 20 wards". question : wording of the headline
    question, "" without one. base : people behind the whole picture. layer : what the map
    shows (kind as picture.show). wishes : most asked for first, at most 8, whole place (or
    the area in focus when it may be shown). strengths : likewise, may be empty. services :
    columns of `tables.SERVICES`, those picked by the picture. menu : permitted choices.
    empty : True when nobody has answered yet. cautions : short sentences to stand by the map.
    lead : one or two sentences about what the map shows, to stand before it. measure :
    "as counted" or "steadied", the shares of areas. near : in a whole country, the same
    finding for its smallest areas, drawn as one comes near; else None.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    title: str
    coverage_line: str
    question: str
    base: Count
    layer: MapLayer
    wishes: tuple[Wish, ...]
    strengths: tuple[Wish, ...]
    services: pd.DataFrame
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    measure: str = ""
    near: MapLayer | None = None

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"map": one row an area, "wishes": one row a theme}, headings in words."""
        return {"map": worded_layer(self.layer), "wishes": wishes_table(self.wishes)}


@dataclass(frozen=True)
class AreaBrief:
    """One area's card.

    Fields
    ------
    area : which. shown : False when too few answered here; then `why` says so and `parent`
    is where to look instead. people_answered : published base. heard : "55 people answered
    (about 1 in 60 people)". missing : who was heard little, in words ("" if not known).
    strengths, wishes : published, best first. index : one line a domain, overall last.
    near : nearest service of each kind, nearest of the wished-for kinds first. neighbours :
    touching areas of the same level. quotes : lines stewards approved that may be said to be
    from here, see `public_lines.lines_here`; often none.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    area: Place
    parent: Place | None
    population: int | None
    shown: bool
    why: str
    people_answered: Count
    heard: str
    missing: str
    strengths: tuple[Wish, ...]
    wishes: tuple[Wish, ...]
    index: tuple[IndexLine, ...]
    near: tuple[NearService, ...]
    neighbours: tuple[Place, ...]
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    quotes: pd.DataFrame = field(default_factory=no_lines)

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"wishes", "strengths", "index", "nearest"}, and "quotes" where there are any."""
        quotes = {"quotes": lines_table(self.quotes)} if len(self.quotes) else {}
        return {
            "wishes": wishes_table(self.wishes),
            "strengths": wishes_table(self.strengths),
            "index": pd.DataFrame(
                [(i.label, i.words, i.vintage, i.how) for i in self.index],
                columns=["Measure", "Where it stands", "Year", "How"],
            ),
            "nearest": pd.DataFrame(
                [(n.label, n.name, n.words, n.checked_on, n.source) for n in self.near],
                columns=["Kind", "Nearest", "Distance", "Checked on", "Source"],
            ),
            **quotes,
        }


@dataclass(frozen=True)
class CoverageBrief:
    """Who we heard, and who is missing.

    Fields
    ------
    base : everybody who answered. layer : kind "heard", answers against people of each area.
    areas : columns area_code, area_name, people, answered (words), index (100 = fair share,
    NaN if not shown), words, low, high (limits of the index), more (answers to a fair share).
    groups : columns group, group_label, band, band_label, answered (words), share_of_answers,
    share_of_people, index, index_low, index_high, more, words; share_of_people NaN when the
    population is unknown. silent : names of areas nobody answered from. next : columns
    where, who, how_many, words: where to knock next and whom to ask for. located : in words,
    how many answers have a place. overlaps : columns what, overlap (0-1, Σ min of answers'
    and people's shares), words; the headline of how fair the picture is, the least fair first.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    base: Count
    layer: MapLayer
    areas: pd.DataFrame
    groups: pd.DataFrame
    silent: tuple[str, ...]
    next: pd.DataFrame
    located: str
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    overlaps: pd.DataFrame = field(default_factory=pd.DataFrame)

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"areas", "groups", "knock here next"}, headings in words."""
        areas = self.areas[["area_name", "people", "answered", "words"]]
        groups = self.groups[["group_label", "band_label", "answered", "words"]]
        return {
            "areas": areas.set_axis(["Area", "People", "Answered", "In words"], axis=1),
            "groups": groups.set_axis(["Group", "Who", "Answered", "In words"], axis=1),
            "knock here next": self.next.set_axis(
                ["Where", "Who", "More answers", "In words"], axis=1
            ),
        }


@dataclass(frozen=True)
class ComparisonBrief:
    """What people said beside what the index measures, theme by theme.

    Fields
    ------
    theme, label, domain, domain_label : the theme in focus and its domain ("" if none).
    layer : kind "beside" (or "voice" when the theme has no domain). boxes : the four lists,
    then not clear, then hidden. themes : columns theme, label, domain_label, share (words),
    said_measured, said_not_measured, measured_not_said, neither, not_clear: areas in each.
    unmeasured : wishes no official measure looks at. clusters : lists of areas that go
    together with their neighbours more than by chance, empty below 30 areas; cluster_layer :
    the same as a map, None then; clusters_note : what was found, or why not looked for.
    other_level : how the lists come out by another level, "" when there is none.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    theme: str
    label: str
    domain: str
    domain_label: str
    layer: MapLayer
    boxes: tuple[Box, ...]
    themes: pd.DataFrame
    unmeasured: tuple[Wish, ...]
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    clusters: tuple[Box, ...] = ()
    cluster_layer: MapLayer | None = None
    clusters_note: str = ""
    other_level: str = ""

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"map", "lists", "themes"}, headings in words."""
        boxes = (*self.boxes, *self.clusters)
        rows = [(box.title, area.name) for box in boxes for area in box.areas]
        themes = self.themes.drop(columns="theme")
        return {
            "map": worded_layer(self.layer),
            "lists": pd.DataFrame(rows, columns=["List", "Area"]),
            "themes": themes.set_axis(
                [
                    "People asked for",
                    "Official measure",
                    "Share",
                    "Said and measured",
                    "Said, not measured",
                    "Measured, not said",
                    "Neither",
                    "Not clear yet",
                ],
                axis=1,
            ),
        }


@dataclass(frozen=True)
class MethodBrief:
    """How we worked it out. `rules` are the privacy rules as sentences; `methods` all formulas."""

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    rules: tuple[str, ...]
    methods: tuple[Method, ...]
    sentences: tuple[str, ...]
    cautions: tuple[str, ...] = field(default=())

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"methods", "sources", "surveys"}, headings in words."""
        return {
            "methods": pd.DataFrame(
                [(m.title, m.words, m.formula, m.source, m.date) for m in self.methods],
                columns=["Number", "In words", "Formula", "Where it comes from", "Date"],
            ),
            "sources": pd.DataFrame(
                [(s.title, s.licence, s.attribution, s.date) for s in self.provenance.sources],
                columns=["Source", "Licence", "Attribution", "Date"],
            ),
            "surveys": pd.DataFrame(
                [(s.title, str(s.asked or ""), s.people) for s in self.provenance.surveys],
                columns=["Survey", "Asked", "People who answered"],
            ),
        }
