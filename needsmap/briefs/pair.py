"""Two areas side by side: the same scales, and only differences that are clear are said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.change import CANNOT_TELL, FELL, HIDDEN, ROSE, differences
from needsmap.analysis.disclosure import one_share, publish_base, row_of, why_hidden
from needsmap.analysis.priorities import ThemeShares
from needsmap.analysis.voice import Voice
from needsmap.briefs.area import index_lines
from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import Place, Wish
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.wishes import make_wishes
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

_VERDICTS = {ROSE: "first", FELL: "second", CANNOT_TELL: "cannot_tell", HIDDEN: "hidden"}


@dataclass(frozen=True)
class Side:
    """One of the two areas.

    place : which. answered : people who answered, in words. wishes, strengths : published,
    most named first; empty when too few answered, which `why` then says.
    """

    place: Place
    answered: str
    wishes: tuple[Wish, ...]
    strengths: tuple[Wish, ...]
    why: str


@dataclass(frozen=True)
class PairBrief:
    """How two areas of the same level differ.

    Fields
    ------
    sides : the two areas, or none when two are not chosen yet. themes : columns theme,
    label, kind ("strength" or "wish"), first, second (words), verdict ("first" when clearly
    more people of the first named it, "second", "cannot_tell", "hidden"), said; clear
    differences first. index : columns label, first, second (words). to_choose : areas of the
    level, by name.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    sides: tuple[Side, ...]
    themes: pd.DataFrame
    index: pd.DataFrame
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"differences", "index"}, headings in words."""
        names = [side.place.name for side in self.sides] or [say("First"), say("Second")]
        first, second = names[0], names[-1]
        shown = self.themes[["label", "first", "second", "said"]]
        return {
            "differences": shown.set_axis(
                [say("People named"), first, second, say("In words")], axis=1
            ),
            "index": self.index.set_axis([say("Measure"), first, second], axis=1),
        }


def make_pair(picture: Picture, pack: Pack, voice: Voice, release: Release | None) -> PairBrief:
    """Return the picture's area beside the one it is compared with, at the same level."""
    scene = set_scene(picture, pack, voice, release)
    notices = list(scene.notices)
    known = pack.names.get(scene.picture.level, {})
    other = scene.picture.other
    if other and other not in known:
        notices.append(say("The area to compare with is not here. Choose another in the list."))
        other = ""
    codes = [code for code in (scene.picture.area, other) if code]
    two = len(set(codes)) == 2
    sides = tuple(_side(scene, code) for code in codes) if two else ()
    themes = _themes(scene, codes) if two else _no_themes()
    return PairBrief(
        provenance=scene.provenance,
        picture=scene.picture.but(other=other),
        notices=tuple(notices),
        sides=sides,
        themes=themes,
        index=_index(scene, codes) if two else pd.DataFrame(columns=["label", "first", "second"]),
        menu=scene.menu,
        sentences=_sentences(scene, sides, themes),
        empty=scene.empty,
        cautions=(*scene.cautions, *(_by_chance() if two else ())),
    )


def _side(scene: Scene, code: str) -> Side:
    level = scene.picture.level
    raw = int(scene.people[0].get(code, 0))
    base = publish_base(
        raw, filtered=bool(scene.picture.groups), smallest_base=scene.voice.smallest_base
    )
    found = []
    for shares in (scene.shares, scene.strength_shares):
        row = shares.codes.index(code) if code in shares.codes and base.value else -1
        table = row_of(shares.by_area, row) if row >= 0 else None
        found.append(make_wishes(scene, shares.themes, table) if table is not None else ())
    place = Place(code, level, scene.name(code), scene.pack.level(level).label)
    answered = say("{number} people answered", number=base.words) if base.value else ""
    why = "" if base.value else say("Too few people answered here to show what they asked for.")
    return Side(place, answered, found[0], found[1], why)


def _no_themes() -> pd.DataFrame:
    return pd.DataFrame(
        columns=["theme", "label", "kind", "first", "second", "difference", "verdict", "said"]
    )


def _themes(scene: Scene, codes: list[str]) -> pd.DataFrame:
    parts = [
        _compared(scene, shares, kind, codes)
        for shares, kind in ((scene.strength_shares, "strength"), (scene.shares, "wish"))
    ]
    table = pd.concat(parts, ignore_index=True) if parts else _no_themes()
    clear = table["verdict"].isin(["first", "second"])
    order = pd.DataFrame({"clear": ~clear, "size": -table["difference"].abs().fillna(0)})
    return table.loc[order.sort_values(["clear", "size"], kind="stable").index].reset_index(
        drop=True
    )


def _compared(scene: Scene, shares: ThemeShares, kind: str, codes: list[str]) -> pd.DataFrame:
    if not all(code in shares.codes for code in codes) or not shares.themes:
        return _no_themes()
    first, second = (row_of(shares.by_area, shares.codes.index(code)) for code in codes)
    difference, _, _, said = differences(first, second)
    rows = []
    for column, theme in enumerate(shares.themes):
        verdict = _VERDICTS[int(said[column])]
        label = scene.label(theme)
        words = [one_share(side, column).words for side in (first, second)]
        told = _said(verdict, kind, label, [scene.name(code) for code in codes])
        rows.append((theme, label, kind, *words, float(difference[column]), verdict, told))
    return pd.DataFrame(rows, columns=list(_no_themes().columns))


def _said(verdict: str, kind: str, label: str, names: list[str]) -> str:
    if verdict == "hidden":
        return say("Too few answers to compare.")
    if verdict == "cannot_tell":
        return say("The answers cannot tell them apart.")
    more, less = names if verdict == "first" else reversed(names)
    if kind == "strength":
        return say("More people value {label} in {more} than in {less}.",
                   label=quoted(label), more=more, less=less)  # fmt: skip
    return say("More people ask for {label} in {more} than in {less}.",
               label=quoted(label), more=more, less=less)  # fmt: skip


def _index(scene: Scene, codes: list[str]) -> pd.DataFrame:
    lines = [{line.domain: line for line in index_lines(scene, code)} for code in codes]
    rows = [
        (lines[0][domain].label, lines[0][domain].words, lines[1][domain].words)
        for domain in lines[0]
        if domain in lines[1]
    ]
    return pd.DataFrame(rows, columns=["label", "first", "second"])


def _sentences(scene: Scene, sides: tuple[Side, ...], themes: pd.DataFrame) -> tuple[str, ...]:
    if scene.empty:
        return (
            say("Nobody has answered yet, so there is nothing to compare."),
            say("What the index says of two areas is shown."),
        )
    if not sides:
        return (say("Choose two areas to see how they differ."), _only_clear())
    silent = [side.place.name for side in sides if side.why]
    if silent:
        return (
            say("Too few people answered in {names} to compare.", names=listed(silent)),
            why_hidden(scene.voice.smallest_base),
        )
    clear = themes[themes["verdict"].isin(["first", "second"])]
    if len(clear):
        return (*clear["said"].head(3), _only_clear())
    both = [side.place.name for side in sides]
    alike = [w.label for w in sides[0].wishes[:5] if w.share.value] if sides[0].wishes else []
    shared = [w.label for w in sides[1].wishes[:5] if w.share.value and w.label in alike]
    told = [say("From these answers, {first} and {second} cannot be told apart.",
                first=both[0], second=both[1])]  # fmt: skip
    if shared:
        told.append(say("Both ask for {wishes}.", wishes=listed([quoted(w) for w in shared])))
    return (*told, _only_clear())


def _only_clear() -> str:
    return say("A difference is said only where the limits of both shares leave no doubt.")


def _by_chance() -> tuple[str, ...]:
    return (
        say(
            "A difference is said only when the limits of both shares, with rounding in them, "
            "leave no doubt; one in twenty may still be chance."
        ),
    )
