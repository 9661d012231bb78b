"""Lines people wrote that everybody may read: the same rule on every page that shows any."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from needsmap.analysis.quote_search import TextSearch
from needsmap.analysis.quotes import Approval, gather_texts, public_quotes
from needsmap.analysis.voice import Voice
from needsmap.analysis.word_match import WordMatcher
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.rows import each_row
from needsmap.briefs.scene import Scene
from needsmap.words import say

LINES = (
    "quote", "survey", "line", "asked", "themes", "area_code", "wishes", "area_name",
)  # fmt: skip
MOST_HERE = 5
"""Quotes beside one area's figures; the page of quotes has them all."""


def public_lines(scene: Scene, approvals: Sequence[Approval]) -> pd.DataFrame:
    """Return the lines stewards approved, as everybody may see them: `LINES`.

    `survey` is its title, `themes` ids, `wishes` the same in words; areas are of
    `naming_level`, "" where none may be said (see `analysis.quotes.naming`).
    """
    level = naming_level(scene)
    # Of what people wrote only the approved texts are gathered: without an approval nothing.
    wanted = {approval.quote for approval in approvals}
    texts = gather_texts(scene.voice, surveys_of(scene) if wanted else (), level, wanted)
    table = public_quotes(texts, approvals, smallest_base=scene.voice.smallest_base)
    table["themes"] = [
        _themes_of_line(scene, row.line, row.text, row.themes) for row in each_row(table)
    ]
    table = table.drop(columns="text")
    table["wishes"] = [wishes_words(scene, named) for named in table["themes"]]
    table["area_name"] = [scene.name(code, level) if code else "" for code in table["area_code"]]
    titles = {survey.id: survey.title for survey in scene.voice.surveys}
    table["survey"] = [titles[survey] for survey in table["survey"]]
    return table


def lines_here(
    scene: Scene, code: str, wished: Sequence[str], approvals: Sequence[Approval]
) -> pd.DataFrame:
    """Return the lines that may be said to be from an area, at most `MOST_HERE`: `LINES`.

    `code`: an area of the picture's level; an area below `naming_level` has those of the one
    larger area it lies in, whose name stands with each. `wished`: theme ids, the most asked
    for first: lines about these come first.
    """
    if not approvals:
        return no_lines()
    table = public_lines(scene, approvals)
    level, named = scene.picture.level, naming_level(scene)
    rows = scene.pack.membership
    around = rows.loc[rows[level] == code, named].dropna().unique()
    table = table[table["area_code"].isin(around if len(around) == 1 else [])]
    place = {theme: number for number, theme in enumerate(wished)}
    first = [min((place.get(t, len(place)) for t in named), default=len(place)) for named in
             table["themes"]]  # fmt: skip
    table = table.assign(first=first).sort_values("first", kind="stable").head(MOST_HERE)
    return table[list(LINES)].reset_index(drop=True)


def no_lines() -> pd.DataFrame:
    """Return a table of lines with nothing in it."""
    return pd.DataFrame(columns=list(LINES))


def lines_table(lines: pd.DataFrame) -> pd.DataFrame:
    """Return lines ready to show, headings in words."""
    headings = [say("In their own words"), say("About"), say("Area"), say("Asked"), say("Survey")]
    return lines[["line", "wishes", "area_name", "asked", "survey"]].set_axis(headings, axis=1)


def marked(scene: Scene, lines: pd.DataFrame, approvals: Sequence[Approval]) -> Provenance:
    """Return where a picture with these lines comes from; what was approved is in its mark."""
    if not len(lines):
        return scene.provenance
    told = repr(sorted((a.quote, a.line) for a in approvals)).encode()
    version = f"{scene.pack.version} {hashlib.sha256(told).hexdigest()}"
    release = scene.release
    of_release = "none" if release is None else f"{release.number} {release.digest}"
    mark = scene.picture.mark(release=of_release, pack_version=version)
    return replace(scene.provenance, mark=mark)


def wishes_words(scene: Scene, themes: Sequence[str]) -> str:
    """Return theme ids in residents' words."""
    return ", ".join(scene.label(theme) for theme in themes)


@lru_cache(maxsize=2)
def search_in(voice: Voice, surveys: tuple[str, ...], level: str) -> TextSearch:
    """Return the texts of a release, gathered once: a search must take no time."""
    return TextSearch(gather_texts(voice, surveys, level))


def _themes_of_line(scene: Scene, line: str, text: str, themes: tuple[str, ...]) -> tuple[str, ...]:
    """Return those themes of a text that the line itself names: the rest stays private."""
    if line == text.strip() or len(themes) < 2:
        return themes
    words = {t: scene.themes[t].words for t in themes if t in scene.themes}
    found = WordMatcher(words).match({"line": line}).ids
    return tuple(theme for theme in themes if theme in found)


def surveys_of(scene: Scene) -> tuple[str, ...]:
    """Return the surveys the link names, or all: what somebody wrote does not grow old."""
    wanted = tuple(s.id for s in scene.voice.surveys if s.id in scene.wanted)
    return wanted or tuple(s.id for s in scene.voice.surveys)


def naming_level(scene: Scene) -> str:
    """Return the level quotes name areas at: the picture's, or the next above the finest.

    A place with one level only names none: its coarsest level is used, which then holds
    single areas; `public_quotes` still asks for enough people there.
    """
    levels = [level.id for level in scene.pack.levels]
    wanted = scene.picture.level
    return wanted if wanted != levels[0] or len(levels) == 1 else levels[1]
