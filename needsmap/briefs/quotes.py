"""In people's own words: the quotes a steward approved, by theme and area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.analysis.quote_search import holding
from needsmap.analysis.quotes import Approval, naming
from needsmap.analysis.voice import Voice
from needsmap.briefs.menu import Entry, Menu
from needsmap.briefs.once import once
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.public_lines import (
    lines_table,
    marked,
    naming_level,
    public_lines,
    search_in,
    surveys_of,
    wishes_words,
)
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.picture import Picture
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


@dataclass(frozen=True)
class QuotesBrief:
    """What people wrote, as far as a steward approved it.

    Fields
    ------
    theme, label : the theme in focus. quotes : quote, line, asked, survey (its title), themes
    (ids), wishes (words), area_code, area_name ("" where it may not be said), of_theme (True
    where it names the theme in focus), here (True where it is from the area in focus); those
    of theme and area first. They are of the surveys the link names, or of all. level : where
    areas are named, always above the finest. themes, areas : those that have a quote.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    theme: str
    label: str
    level: str
    quotes: pd.DataFrame
    themes: tuple[Entry, ...]
    areas: tuple[Entry, ...]
    base: Count
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"quotes": one row a quote}, headings in words."""
        return {"quotes": lines_table(self.quotes)}

    def only(self, words: str = "", *, theme: str = "", area: str = "") -> pd.DataFrame:
        """Return the quotes that hold all words, name a theme, are from an area."""
        held = holding(self.quotes["line"].tolist(), words)
        if theme:
            held &= np.array([theme in named for named in self.quotes["themes"]], dtype=bool)
        if area:
            held &= (self.quotes["area_code"] == area).to_numpy(dtype=bool)
        return self.quotes[held].reset_index(drop=True)


def make_quotes(
    picture: Picture,
    pack: Pack,
    voice: Voice,
    release: Release | None,
    *,
    approvals: Sequence[Approval] = (),
) -> QuotesBrief:
    """Return the quotes everybody may read.

    `approvals`: those in force, from the store. Groups of the picture do not apply: a quote
    never tells age or gender. Approvals are part of the picture's mark.
    """
    scene = set_scene(picture.but(groups=()), pack, voice, release)
    level = naming_level(scene)
    table = public_lines(scene, approvals)
    theme, area = scene.picture.theme, scene.picture.area
    table["of_theme"] = pd.Series([theme in named for named in table["themes"]], dtype=bool)
    table["here"] = (table["area_code"] == area) & (area != "")
    table = table.sort_values(["here", "of_theme"], ascending=False, kind="stable")
    notices = scene.notices
    if picture.groups:
        notices += (say("Quotes are shown for everybody: they never tell age or gender."),)
    return QuotesBrief(
        provenance=marked(scene, table, approvals),
        picture=scene.picture,
        notices=notices,
        theme=theme,
        label=scene.label(theme),
        level=level,
        quotes=table.reset_index(drop=True),
        themes=_entries((t, scene.label(t)) for named in table["themes"] for t in named),
        areas=_entries(zip(table["area_code"], table["area_name"], strict=True)),
        base=scene.base,
        menu=scene.menu,
        sentences=_sentences(scene, table, level),
        empty=scene.empty,
        cautions=(
            say("A quote is one person's words. It shows what a number can mean, not how many."),
        ),
    )


@dataclass(frozen=True, eq=False)
class QuoteSearch:
    """What a steward's search found: never to be shown to others.

    lines : quote, survey, line, text, themes, wishes (words), area_code, area_name, people,
    approved (bool), shown (bool: may be public at all), shown_as (words: with which area).
    hits : how many texts hold the words. texts : how many there are.
    """

    lines: pd.DataFrame
    hits: int
    texts: int


def search_quotes(
    picture: Picture,
    pack: Pack,
    voice: Voice,
    words: str = "",
    *,
    approvals: Sequence[Approval] = (),
    only_theme: bool = False,
    quote: str = "",
    most: int = 50,
) -> QuoteSearch:
    """Return lines a steward or facilitator may choose from: never to be shown to others.

    The caller checks that the reader is a steward. `words`: see `quote_search.TextSearch`. The
    picture's area is kept to; its theme only when `only_theme`. `quote`: only this text.
    """
    scene = set_scene(picture.but(groups=()), pack, voice, None)
    level = naming_level(scene)
    search = search_in(voice, surveys_of(scene), level)
    area = scene.picture.area if scene.picture.area in voice.codes[level] else ""
    theme = scene.picture.theme if only_theme else ""
    table, hits = search.find(words, theme=theme, area=area, quote=quote, most=most)
    allowed = naming(search.texts, smallest_base=voice.smallest_base).reindex(table["quote"])
    table["area_name"] = [scene.name(c, level) if c else "" for c in table["area_code"]]
    table["wishes"] = [wishes_words(scene, named) for named in table["themes"]]
    approved = {a.quote for a in approvals}
    table["approved"] = pd.Series([q in approved for q in table["quote"]], dtype=bool)
    table["shown"] = allowed["shown"].to_numpy(dtype=bool)
    table["shown_as"] = [
        _shown_as(scene, level, shown, code)
        for shown, code in zip(allowed["shown"], allowed["area_code"], strict=True)
    ]
    return QuoteSearch(table, hits, int(search.texts["quote"].nunique()))


def _shown_as(scene: Scene, level: str, shown: bool, code: str) -> str:
    if not shown:
        return say("Cannot be shown: too few people wrote an answer to this question.")
    if code:
        return say("Would be shown with the area {area}.", area=scene.name(code, level))
    return say("Would be shown without an area: too few wrote there, or it is not known.")


def _entries(found: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    named = {code: name for code, name in found if code}
    return tuple(Entry(*pair) for pair in sorted(named.items(), key=lambda pair: pair[1]))


def _sentences(scene: Scene, table: pd.DataFrame, level: str) -> tuple[str, ...]:
    if scene.empty or not len(table):
        return (
            say("Nobody has answered yet.")
            if scene.empty
            else say("No quotes have been chosen yet."),
            say(
                "What people wrote is private until somebody who looks after this place has "
                "read it and chosen lines to show."
            ),
        )
    label = quoted(scene.label(scene.picture.theme))
    about = table[table["of_theme"]]
    told = [
        plural(
            "{n} quote has been chosen to stand beside the numbers.",
            "{n} quotes have been chosen to stand beside the numbers.",
            len(table),
        )
    ]
    if len(about):
        areas = list(dict.fromkeys(r.area_name for r in each_row(about) if r.area_name))
        told.append(
            plural(
                "{n} of them is about {wish}{where}.", "{n} of them are about {wish}{where}.",
                len(about), wish=label,
                where=say(", from {areas}", areas=listed(areas)) if areas else "",
            )
        )  # fmt: skip
    else:
        told.append(say("None of them is about {wish}.", wish=label))
    return tuple(told)
