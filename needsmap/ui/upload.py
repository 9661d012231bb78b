"""Adding a survey, step by step. Nothing is stored before *Keep*.

The file, and everything a volunteer changed about how it was understood, stays in their
own session as a `Draft`. Each change re-reads the file with the changed `Choices`, so what
is shown is always what would be kept.
"""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from needsmap import settings
from needsmap.intake.answering import details_kept
from needsmap.intake.choices import Choices
from needsmap.intake.closeness import model_if
from needsmap.intake.raw_table import RawTable
from needsmap.intake.survey import Inspection, Prepared, inspect, prepare
from needsmap.intake.themes import load_themes
from needsmap.store import Overlap, Receipt, keep_survey, open_store, overlap, undo_survey
from needsmap.store.kept_details import note_kept_details
from needsmap.ui import data
from needsmap.ui import upload_learned as learned
from needsmap.ui.plain import visible
from needsmap.words import say

STEPS = ("File", "Columns", "Themes", "Problems")
_DRAFT = "survey-draft"


@dataclass
class Draft:
    """A file on its way in. Lives in one viewer's session and nowhere else.

    `version` goes up with each change, so that tables being edited start afresh from what
    is true now. `read` and `ready` are kept with the choices they were made with, the
    survey's name and day apart: those change nothing in how a file is read. `reasons` holds
    the columns a person wants to keep, with the reason as far as it is written. `met` says
    that the file has been looked at once; `marks` what stands for no answer, by column;
    `noted` which personal details the audit log says already are kept.
    """

    name: str
    content: bytes
    choices: Choices = field(default_factory=Choices)
    step: int = 1
    version: int = 0
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    reasons: dict[int, str] = field(default_factory=dict)
    met: bool = False
    read: tuple[Choices, Inspection] | None = None
    ready: tuple[Choices, Prepared] | None = None
    marks: tuple[RawTable, dict[int, tuple[str, ...]]] | None = None
    receipt: Receipt | None = None
    noted: list[tuple[int, str, str]] = field(default_factory=list)
    set_aside: int = 0
    keeping: bool = False
    undone: bool = False

    @property
    def how(self) -> Choices:
        """Return the choices that say how the file is read.

        The day matters where people gave years of birth, and of it only the year.
        """
        asked = self.choices.asked
        born = self.read is not None and any(
            problem.code == "age_from_year" for problem in self.read[1].problems
        )
        year = date(asked.year, 1, 1) if asked and born else None
        return self.choices.changed(title="", asked=year)


def draft() -> Draft | None:
    """Return the file on its way in, or None."""
    return st.session_state.get(_DRAFT)


def begin(name: str, content: bytes, *, choices: Choices | None = None) -> None:
    """Start with a file, unless it is the one already being looked at."""
    now = draft()
    if now is None or now.content != content:
        st.session_state[_DRAFT] = Draft(name, content, choices or Choices())


def begin_with_sample(path: Path, title: str, asked: Any) -> None:
    """Start with a survey that was shipped with the place."""
    begin(path.name, path.read_bytes(), choices=Choices(title=title, asked=asked))


def forget() -> None:
    """Put the file away. What was kept stays kept."""
    st.session_state.pop(_DRAFT, None)
    st.session_state["uploader"] = st.session_state.get("uploader", 0) + 1


def go(step: int) -> None:
    """Go to a step, forwards or back."""
    now = draft()
    if now is not None:
        now.step = min(max(step, 1), len(STEPS))


def alter(**changes: Any) -> None:
    """Change how the file is understood; it is read again with the change."""
    now = draft()
    if now is not None:
        now.choices = now.choices.changed(**changes)
        now.version += 1


def keep_details(reasons: dict[int, str]) -> None:
    """Note which columns with personal details are to be kept; those with a reason are."""
    now = draft()
    if now is None:
        return
    now.reasons = reasons
    kept = {column: why.strip() for column, why in reasons.items() if why.strip()}
    if kept != dict(now.choices.keep_personal):
        alter(keep_personal=kept)


def inspection(now: Draft) -> Inspection:
    """Return how the file is understood with the choices made so far.

    Raises
    ------
    UnreadableFile
        When it cannot be read; says why and what to do.
    """
    if now.read is None or now.read[0] != now.how:
        with _progress(say("Reading the file")) as report:
            found = inspect(
                now.content,
                now.name,
                pack=data.here().pack,
                choices=now.how,
                progress=report,
                corrections=learned.corrections(),
                recalled=learned.recalled,
                model=model_if(settings.load().closeness),
            )
        now.read = (now.how, found)
    return now.read[1]


def prepared(now: Draft) -> Prepared:
    """Return what would be kept, with the choices, name and day given so far."""
    found = inspection(now)
    if now.ready is None or now.ready[0] != now.how:
        with _progress(say("Matching answers to places and themes")) as report:
            now.ready = (now.how, prepare(found, progress=report))
    ready = now.ready[1]
    title = visible(now.choices.title)[:120] or ready.survey.title
    asked = now.choices.asked or _last_day(ready)
    return replace(ready, survey=replace(ready.survey, title=title, asked=asked))


def known_already(ready: Prepared) -> Overlap:
    """Return how many of the answers are there already, and how many are new."""
    with open_store(settings.load().database_url) as store:
        return overlap(store, data.here().pack.name, ready.survey)


def keep(now: Draft) -> None:
    """Keep the answers in one go, remember the receipt, and learn how the form is read."""
    ready, found = prepared(now), inspection(now)
    chosen, pack = settings.load(), data.here().pack
    # All in the bar's time: a press on something else ends this run only where the bar is shown.
    with _progress(say("Keeping the answers")) as report, open_store(chosen.database_url) as store:
        details = details_kept(found.personal, found.choices)
        if details != now.noted:
            note_kept_details(store, pack.name, found.raw.digest, details, who="page")
            # A press on something else begins the keeping anew; it was noted all the same.
            now.noted = details
        now.receipt = keep_survey(
            store, pack.name, ready.survey, release=chosen.release, who="page", progress=report
        )
        learned.learn(store, pack.name, found)
        now.set_aside = ready.set_aside
        data.look_again()


def _last_day(ready: Prepared) -> date | None:
    """Return the day of the last answer, which is when people were asked if nobody says."""
    days = [day for day in ready.survey.answers["answered_on"].unique() if day]
    return date.fromisoformat(max(days)) if days else None


def undo(now: Draft) -> None:
    """Take back what was just kept from this page."""
    if now.receipt is None or now.undone:
        return
    chosen = settings.load()
    with open_store(chosen.database_url) as store:
        undo_survey(store, now.receipt.survey, release=chosen.release, who="page")
    now.undone = True
    data.look_again()


def levels() -> dict[str, str]:
    """Return the place's levels, finest first, with their words."""
    return {level.id: level.label for level in data.here().pack.levels}


def theme_labels() -> dict[str, str]:
    """Return theme id → words: the shared list with the place's own over it."""
    own = data.here().pack.folder / "themes.toml"
    return {t.id: t.label for t in load_themes(extra=own if own.is_file() else None)}


class _progress:  # noqa: N801 - used like a function, in a with statement
    """A bar with rows read and time left, gone when the work is done."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar = st.progress(0.0, text=f"{self.words} …")
        self.began = time.monotonic()
        return self.report

    def report(self, done: int, total: int) -> None:
        """Show that `done` of `total` rows were read."""
        share = min(done / total, 1.0) if total else 0.0
        text = say(
            "{words}: {done} of {total} rows",
            words=self.words, done=f"{done:,}", total=f"{total:,}",
        )  # fmt: skip
        if share:
            left = (time.monotonic() - self.began) * (1 - share) / share
            # "About 0 s" would be said of nearly a second.
            text = say("{rows}, about {left} s left", rows=text, left=max(1, math.ceil(left)))
        self.bar.progress(share, text=text)

    def __exit__(self, *_: object) -> None:
        self.bar.empty()
