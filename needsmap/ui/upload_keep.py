"""Step 4: problems, what is there already, the survey's name; then keep, and the receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from needsmap.intake.survey import Prepared
from needsmap.report.mending import as_mend_csv
from needsmap.store import Overlap
from needsmap.ui import show, upload
from needsmap.ui.plain import plain, visible
from needsmap.ui.upload_details import leaving_words
from needsmap.words import count, say

_LONG_AGO = date(1970, 1, 1)
_MANY, _MOST_LINES = 20, 5
"""Rows of which the same is said once above all of them, and how many such lines there are."""


def step(now: upload.Draft) -> None:
    """Show what would be kept and what is wrong, row by row; nothing is stored before *Keep*."""
    found, ready = upload.inspection(now), upload.prepared(now)
    if found.recalled:
        st.success(
            plain(say("We know this form: it is read as it was last time. You can look at each "
                      "step, or keep the answers now."))
        )  # fmt: skip
    _about(now, ready)
    show.sentences([_summary(ready), leaving_words(now, found)])
    if not any(q.role == "need" for q in found.questions):
        st.warning(plain(say("No question says what people ask for. You can keep the survey, "
                             "but the map will not change.")))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say("Keep these answers"),
            type="primary",
            on_click=_keep,
            args=(now,),
            disabled=not len(ready.survey.answers),
        )
        st.caption(plain(say("Nothing has been stored yet. You can undo it afterwards.")))
    _problems(now, ready)


def _about(now: upload.Draft, ready: Prepared) -> None:
    """Ask for the survey's name and the day it was asked.

    Neither reads the file again, but where years of birth are read as ages in another year.
    """

    def named() -> None:
        now.choices = now.choices.changed(title=st.session_state[f"title-{now.key}"])

    def dated() -> None:
        when = st.session_state[f"asked-{now.key}"]
        now.choices = now.choices.changed(asked=when if isinstance(when, date) else None)

    st.session_state[f"title-{now.key}"] = now.choices.title or ready.survey.title
    st.session_state[f"asked-{now.key}"] = ready.survey.asked
    name, day = st.columns(2)
    name.text_input(
        say("Name of the survey"), max_chars=120, key=f"title-{now.key}", on_change=named
    )
    # By itself it offers ten years back, and surveys in a drawer are older.
    asked = ready.survey.asked or _LONG_AGO
    day.date_input(
        say("When people were asked"),
        key=f"asked-{now.key}",
        on_change=dated,
        value=None,
        min_value=min(_LONG_AGO, asked),
        max_value=max(date.today(), asked),
    )


def _summary(ready: Prepared) -> str:
    """Return in a line what was read, what would be kept, where it is and what is known."""
    parts = [
        say(
            "{read} rows read: {kept} ready to keep, {aside} set aside.",
            read=f"{ready.read:,}",
            kept=f"{len(ready.survey.answers):,}",
            aside=f"{ready.set_aside:,}",
        ),
        located(ready.survey.answers, upload.levels()),
        known_words(upload.known_already(ready)),
    ]
    return " ".join(part for part in parts if part)


def known_words(known: Overlap) -> str:
    """Return what is there already of the answers: new, known, changed; "" for a new form."""
    if known.same_file:
        return say("This very file is there already, as “{title}”: keeping it adds {new} answers.",
                   title=known.same_file, new=f"{known.new:,}")  # fmt: skip
    if not known.known:
        return ""
    told = say("{new} are new, {known} are there already.",
               new=f"{known.new:,}", known=f"{known.known:,}")  # fmt: skip
    if not known.changed:
        return told
    return f"{told} " + count(
        "{n} of them reads differently now; the earlier one stays.",
        "{n} of them read differently now; the earlier ones stay.",
        known.changed,
    )


def _problems(now: upload.Draft, ready: Prepared) -> None:
    problems = list(ready.problems)
    if not problems:
        show.section(say("No problems: every row could be read"))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        show.section(count("{n} problem", "{n} problems", len(problems)))
        st.download_button(
            say("Download these rows to mend"),
            as_mend_csv(ready.to_mend),
            "to-mend.csv",
            "text/csv",
            on_click="ignore",
            help=say("Mend them in a spreadsheet and add that file here: nobody counts twice."),
        )
    if again := over_and_over(problem.message for problem in problems):
        show.bullets(map(visible, again))
    with st.container(key="problems"):
        show.table(
            pd.DataFrame(
                {
                    say("Row"): ["" if p.row is None else str(p.row) for p in problems],
                    say("Column"): [visible(p.column or "") for p in problems],
                    say("What is wrong, and what to do"): [visible(p.message) for p in problems],
                }
            ),
            key=f"problems-{now.version}",
            alt=say("Problems by row and column"),
        )


def over_and_over(messages: Iterable[str]) -> list[str]:
    """Return what is said of many rows, most often first: a line instead of thousands."""
    times = Counter(messages).most_common(_MOST_LINES)
    return [
        say("{n} times: {what}", n=f"{n:,}", what=message) for message, n in times if n >= _MANY
    ]


def _keep(now: upload.Draft) -> None:
    now.keeping = True


def located(answers: Any, levels: dict[str, str]) -> str:
    """Return in words how many answers have a place, and how many only by a larger area.

    `levels` gives each level's words, finest first.
    """
    known = answers[answers["area_code"] != ""]
    placed = say("{n} of {all} placed", n=f"{len(known):,}", all=f"{len(answers):,}")
    only = known["level"].value_counts()
    parts = [
        say("{n} only by {level}", n=f"{only[level]:,}", level=words)
        for level, words in list(levels.items())[1:]
        if only.get(level, 0)
    ]
    return "; ".join([placed, *parts]) + "."


def receipt(now: upload.Draft) -> None:
    """Show what became of the file, whether it is public, and how to take it back."""
    done = now.receipt
    if done is None:
        return
    if now.undone:
        show.finding([say("Taken back. Everything is as it was before.")])
    else:
        read = done.read + now.set_aside
        show.finding(
            [
                count("{n} answer kept.", "{n} answers kept.", done.kept),
                say(
                    "{read} rows read: {kept} kept, {known} already known, {aside} set aside.",
                    read=f"{read:,}", kept=f"{done.kept:,}", known=f"{done.already_known:,}",
                    aside=f"{now.set_aside:,}",
                ),
                _public(done),
                say("The next file of the same form will be read in the same way."),
            ]
        )  # fmt: skip
    with st.container(horizontal=True):
        if not now.undone:
            show.act("map", say("See the map"))
            st.button(say("Undo: take these answers back"), on_click=upload.undo, args=(now,))
        st.button(say("Add another survey"), on_click=upload.forget)


def _public(done: Any) -> str:
    if done.release is not None:
        return say("They are public now, in release {number}.", number=done.release.number)
    if done.waiting:
        return say(
            "They are not public yet: figures change when ten or more people’s answers wait, so "
            "that nobody can be picked out. {n} wait.",
            n=done.waiting,
        )
    return say("The public figures stay as they are.")
