"""A meeting's running order: a few pictures for a hall, each a question and few words.

Every step is taken from another brief, so that the hall sees the figures the pages show.
Forty people and ten minutes are the measure: eight steps, a sentence and at most three
numbers each; what is good comes before what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import themes_of
from needsmap.briefs.change import make_change
from needsmap.briefs.coverage import make_coverage
from needsmap.briefs.menu import Entry
from needsmap.briefs.overview import make_overview
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.saying import quoted
from needsmap.briefs.scene import set_scene
from needsmap.briefs.shapes import OverviewBrief, Wish
from needsmap.briefs.standing import newest_indicators
from needsmap.briefs.strengths import make_strengths
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

MOST_NUMBERS = 3
WISHES_SHOWN = 3
"""Wishes that have a step of their own unless others are chosen."""


@dataclass(frozen=True)
class Step:
    """One picture of a meeting.

    id : its name in the link. title : what it is called in the running order. question : what
    the hall reads first. said : one sentence. numbers : at most three (figure, what it is).
    layer : the map. closer : codes of the areas to look at closely.
    """

    id: str
    title: str
    question: str
    said: str
    numbers: tuple[tuple[str, str], ...]
    layer: MapLayer
    closer: tuple[str, ...]


@dataclass(frozen=True)
class MeetingBrief:
    """The steps of a meeting in order, and all that could be shown (`offered`)."""

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    steps: tuple[Step, ...]
    offered: tuple[Entry, ...]
    coverage_line: str
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"running order"}: step, question, what is said, numbers."""
        rows = [
            (number, step.question, step.said, "; ".join(f"{v} {w}" for v, w in step.numbers))
            for number, step in enumerate(self.steps, start=1)
        ]
        headings = [say("Step"), say("Question"), say("In words"), say("Numbers")]
        return {"running order": pd.DataFrame(rows, columns=headings)}


def make_meeting(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> MeetingBrief:
    """Return what to show in a hall: the steps the picture names, else the usual ones.

    Without answers there is no meeting to hold yet: no steps.
    """
    scene = set_scene(picture.but(show="voice", theme=""), pack, voice, release)
    maker = _Maker(scene.picture.but(steps=()), pack, voice, release)
    titles = {} if scene.empty else maker.offered()
    unknown = [step for step in picture.steps if step not in titles]
    chosen = [step for step in picture.steps if step in titles] or maker.usual(titles)
    steps = tuple(maker.step(step, titles[step]) for step in chosen)
    notices = list(scene.notices)
    if unknown and titles:
        notices.append(say("A step of this meeting cannot be shown here, so it is left out."))
    shown = scene.picture.but(steps=tuple(s for s in picture.steps if s in titles))
    return MeetingBrief(
        provenance=scene.provenance,
        picture=shown,
        notices=tuple(notices),
        steps=steps,
        offered=tuple(Entry(step, title) for step, title in titles.items()),
        coverage_line=scene.coverage_line,
        sentences=_sentences(steps),
        empty=scene.empty,
        cautions=scene.cautions,
    )


def _sentences(steps: tuple[Step, ...]) -> tuple[str, ...]:
    if not steps:
        return (say("Nobody has answered yet, so there is nothing to show in a meeting."),)
    return (
        say("{number} pictures, about a minute each, then time to talk.", number=len(steps)),
        say("All of them are loaded before you start, so the hall’s wifi may fail."),
    )


class _Maker:
    """Makes steps of one place's picture; every brief it needs is made once."""

    def __init__(self, picture: Picture, pack: Pack, voice: Voice, release: Release | None) -> None:
        self.picture = picture
        self.given = (pack, voice, release)
        self.pack = pack
        self.themes = themes_of(pack.folder)
        self.first = make_overview(picture, *self.given)

    def offered(self) -> dict[str, str]:
        """Return step id → title of all steps this place could show, in a sensible order."""
        found = {"heard": say("Who we heard")}
        if make_strengths(self.picture, *self.given).strengths:
            found["good"] = say("What is good here")
        wishes = self.first.wishes
        found |= {f"wish.{wish.theme}": wish.label for wish in wishes}
        measured = newest_indicators(self.pack)
        for wish in wishes:
            if self._domain(wish.theme) in measured:
                title = say("{wish}, beside the index", wish=wish.label)
                found[f"beside.{wish.theme}"] = title
        if make_change(self.picture, *self.given).layer is not None:
            found["change"] = say("What has changed")
        if wishes:
            found["first"] = say("What should come first?")
        return found

    def usual(self, titles: dict[str, str]) -> list[str]:
        """Return the steps of a meeting nobody has arranged yet."""
        wishes = [step for step in titles if step.startswith("wish.")][:WISHES_SHOWN]
        beside = [step for step in titles if step.startswith("beside.")][:1]
        wanted = ["heard", "good", *wishes, *beside, "change", "first"]
        return [step for step in wanted if step in titles]

    def step(self, step: str, title: str) -> Step:
        """Return one step."""
        kind, _, theme = step.partition(".")
        makers = {
            "heard": self._heard, "good": self._good, "change": self._change, "first": self._first,
        }  # fmt: skip
        if kind in makers:
            return makers[kind](step, title)
        return self._wish(step, title, theme, kind)

    def _domain(self, theme: str) -> str:
        return self.themes[theme].domain if theme in self.themes else ""

    def _heard(self, step: str, title: str) -> Step:
        brief = make_coverage(self.picture, *self.given)
        heard = sum(1 for key in brief.layer.classes.values() if key != "m")
        level = self.pack.level(brief.picture.level)
        numbers = [
            (brief.base.words, say("people answered")),
            (
                say("{heard} of {all}", heard=heard, all=len(brief.layer.classes)),
                say("{areas} we heard from", areas=level.plural),
            ),
        ]
        lead = make_overview(self.picture.but(show="heard"), *self.given).lead
        said = lead[-1] if lead else brief.sentences[0]
        return _step(step, title, say("Who have we heard?"), said, numbers, brief.layer)

    def _good(self, step: str, title: str) -> Step:
        brief = make_strengths(self.picture.but(theme=""), *self.given)
        numbers = [_number(wish) for wish in brief.strengths]
        said = say("People value {label} most often.", label=quoted(brief.label))
        return _step(step, title, say("What is good here?"), said, numbers, brief.layer)

    def _wish(self, step: str, title: str, theme: str, kind: str) -> Step:
        show = "beside" if kind == "beside" else "voice"
        brief = make_overview(self.picture.but(show=show, theme=theme), *self.given)
        wish = next((w for w in brief.wishes if w.theme == theme), None)
        numbers = []
        if wish is not None and wish.share.words:
            numbers.append((wish.share.words, say("asked for it")))
        if wish is not None and wish.share.range_words:
            numbers.append((wish.share.range_words, say("is what it could be")))
        if kind == "beside":
            question = say("{wish}: do people and the index agree?", wish=brief.layer.title)
            if wish is not None:
                question = say("{wish}: do people and the index agree?", wish=wish.label)
            return _step(step, title, question, brief.lead[0], [], brief.layer, focus=("8", "6"))
        question = say("{wish}: who asks for it, and where?", wish=title)
        return _step(step, title, question, _short(brief), numbers, brief.layer)

    def _change(self, step: str, title: str) -> Step:
        brief = make_change(self.picture, *self.given)
        told = brief.themes[brief.themes["verdict"].isin(["rose", "fell"])]
        if len(told):  # the map is of what changed clearly, where anything did
            theme = str(told["theme"].iloc[0])
            brief = make_change(self.picture.but(theme=theme), *self.given)
        row = brief.themes[brief.themes["theme"] == brief.theme].iloc[0]
        numbers = [
            (str(row["earlier_words"]), say("asked for it before")),
            (str(row["later_words"]), say("ask for it now")),
        ]
        layer = brief.layer or self.first.layer
        question = say("What has changed since last time?")
        return _step(step, title, question, str(row["said"]), numbers, layer, focus=("4", "0"))

    def _first(self, step: str, title: str) -> Step:
        numbers = [_number(wish) for wish in self.first.wishes]
        unsure = len(self.first.wishes) > 1 and self.first.wishes[1].first_place == 1
        said = (
            say("The answers do not settle which of these comes first. What do you say?")
            if unsure
            else say("More people asked for {wish} than for anything else. What do you say?",
                     wish=quoted(self.first.wishes[0].label))
        )  # fmt: skip
        return _step(step, title, title, said, numbers, self.first.layer)


def _short(brief: OverviewBrief) -> str:
    """Return a wish's lead without the figures in brackets, which stand beside it."""
    lead = brief.lead[0] if brief.lead else brief.title
    before, bracket, _ = lead.partition(" (")
    return f"{before}." if bracket else lead


def _number(wish: Wish) -> tuple[str, str]:
    return wish.share.words, wish.label


def _step(
    step: str,
    title: str,
    question: str,
    said: str,
    numbers: list[tuple[str, str]],
    layer: MapLayer,
    *,
    focus: tuple[str, ...] = (),
) -> Step:
    """Return a step whose map can be looked at closely where its class is highest."""
    keys = sorted({key for key in layer.classes.values() if key.isdigit()}, reverse=True)
    wanted = next((key for key in (*focus, *keys) if key in keys), "")
    closer = tuple(code for code, key in layer.classes.items() if key == wanted)
    return Step(step, title, question, said, tuple(numbers[:MOST_NUMBERS]), layer, closer)
