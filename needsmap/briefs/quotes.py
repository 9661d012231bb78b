"""In people's own words: the quotes a steward approved, by theme and area."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.analysis.quote_search import TextSearch, holding
from needsmap.analysis.quotes import Approval, gather_texts, naming, public_quotes
from needsmap.analysis.voice import Voice
from needsmap.analysis.word_match import WordMatcher
from needsmap.briefs.menu import Entry, Menu
from needsmap.briefs.once import once
from needsmap.briefs.provenance import Provenance
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
        quotes = self.quotes[["line", "wishes", "area_name", "asked", "survey"]]
        headings = [
            say("In their own words"), say("About"), say("Area"), say("Asked"), say("Survey"),
        ]  # fmt: skip
        return {"quotes": quotes.set_axis(headings, axis=1)}

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
    # Without an approval nothing is even gathered.
    texts = _search(voice, _surveys(scene) if approvals else (), level).texts
    table = public_quotes(texts, approvals, smallest_base=voice.smallest_base)
    theme, area = scene.picture.theme, scene.picture.area
    table["themes"] = [
        _themes_of_line(scene, row.line, row.text, row.themes) for row in each_row(table)
    ]
    table = table.drop(columns="text")
    table["wishes"] = [_wishes(scene, named) for named in table["themes"]]
    table["area_name"] = [scene.name(code, level) if code else "" for code in table["area_code"]]
    titles = {survey.id: survey.title for survey in voice.surveys}
    table["survey"] = [titles[survey] for survey in table["survey"]]
    table["of_theme"] = pd.Series([theme in named for named in table["themes"]], dtype=bool)
    table["here"] = (table["area_code"] == area) & (area != "")
    table = table.sort_values(["here", "of_theme"], ascending=False, kind="stable")
    provenance = scene.provenance
    if len(table):
        told = repr(sorted((a.quote, a.line) for a in approvals)).encode()
        version = f"{pack.version} {hashlib.sha256(told).hexdigest()}"
        of_release = "none" if release is None else f"{release.number} {release.digest}"
        mark = scene.picture.mark(release=of_release, pack_version=version)
        provenance = replace(provenance, mark=mark)
    notices = scene.notices
    if picture.groups:
        notices += (say("Quotes are shown for everybody: they never tell age or gender."),)
    return QuotesBrief(
        provenance=provenance,
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
    search = _search(voice, _surveys(scene), level)
    area = scene.picture.area if scene.picture.area in voice.codes[level] else ""
    theme = scene.picture.theme if only_theme else ""
    table, hits = search.find(words, theme=theme, area=area, quote=quote, most=most)
    allowed = naming(search.texts, smallest_base=voice.smallest_base).reindex(table["quote"])
    table["area_name"] = [scene.name(c, level) if c else "" for c in table["area_code"]]
    table["wishes"] = [_wishes(scene, named) for named in table["themes"]]
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


def _wishes(scene: Scene, themes: Sequence[str]) -> str:
    return ", ".join(scene.label(theme) for theme in themes)


@lru_cache(maxsize=2)
def _search(voice: Voice, surveys: tuple[str, ...], level: str) -> TextSearch:
    """Return the texts of a release, gathered once: a search must take no time."""
    return TextSearch(gather_texts(voice, surveys, level))


def _themes_of_line(scene: Scene, line: str, text: str, themes: tuple[str, ...]) -> tuple[str, ...]:
    """Return those themes of a text that the line itself names: the rest stays private."""
    if line == text.strip() or len(themes) < 2:
        return themes
    words = {t: scene.themes[t].words for t in themes if t in scene.themes}
    found = WordMatcher(words).match({"line": line}).ids
    return tuple(theme for theme in themes if theme in found)


def _surveys(scene: Scene) -> tuple[str, ...]:
    """Return the surveys the link names, or all: what somebody wrote does not grow old."""
    wanted = tuple(s.id for s in scene.voice.surveys if s.id in scene.wanted)
    return wanted or tuple(s.id for s in scene.voice.surveys)


def _entries(found: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
    named = {code: name for code, name in found if code}
    return tuple(Entry(*pair) for pair in sorted(named.items(), key=lambda pair: pair[1]))


def naming_level(scene: Scene) -> str:
    """Return the level quotes name areas at: the picture's, or the next above the finest.

    A place with one level only names none: its coarsest level is used, which then holds
    single areas; `public_quotes` still asks for enough people there.
    """
    levels = [level.id for level in scene.pack.levels]
    wanted = scene.picture.level
    return wanted if wanted != levels[0] or len(levels) == 1 else levels[1]


def _sentences(scene: Scene, table: pd.DataFrame, level: str) -> tuple[str, ...]:
    if scene.empty:
        return (say("Nobody has answered yet."),)
    if not len(table):
        return (
            say("No quotes have been chosen yet."),
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
