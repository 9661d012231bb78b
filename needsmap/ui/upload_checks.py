"""Steps 3 and 4: themes and problems; then keep, and the receipt."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from needsmap.tables import Option, Question
from needsmap.ui import hand_on, show, upload
from needsmap.ui.plain import plain, visible
from needsmap.words import count, say

_THEMED = {"need", "strength", "offer"}


def themes_step(now: upload.Draft) -> None:
    """Show which themes each answer was matched to and why, and let that be changed."""
    questions = [q for q in upload.inspection(now).questions if q.role in _THEMED]
    if not any(q.options for q in questions):
        st.markdown(plain(say("No question asks what people want, so there are no themes yet. "
                              "Go back to Columns and say which question does.")))  # fmt: skip
        return
    st.markdown(
        plain(say("Each answer is matched to a shared list of themes, so that surveys can be "
                  "put together. Change what is wrong; answers without a theme are kept too."))
    )  # fmt: skip
    labels = upload.theme_labels()
    for question in questions:
        if question.options:
            _themes_of(now, question, labels)


def _themes_of(now: upload.Draft, question: Question, labels: dict[str, str]) -> None:
    show.section(visible(question.text))
    options = sorted(question.options, key=lambda option: -option.count)
    key = f"themes-{now.version}-{question.id}"
    names = list(dict.fromkeys([*labels.values(), *_used(options, labels)]))
    st.data_editor(
        pd.DataFrame(
            {
                "answer": [visible(option.text) for option in options],
                "people": [option.count for option in options],
                "themes": [[labels.get(t, t) for t in option.themes] for option in options],
                "reason": [visible(option.reason) for option in options],
            }
        ),
        key=key,
        hide_index=True,
        disabled=["answer", "people", "reason"],
        row_height=38,
        height=38 * (min(len(options), 10) + 1) + 3,
        column_config={
            "answer": st.column_config.TextColumn(say("Answer"), width="large"),
            "people": st.column_config.NumberColumn(say("People"), width="small"),
            "themes": st.column_config.MultiselectColumn(say("Themes"), options=names),
            "reason": st.column_config.TextColumn(say("Why")),
        },
        on_change=_take,
        args=(now, options, labels, key),
        alt=say("Answers and the themes they were matched to"),
    )


def _used(options: list[Option], labels: dict[str, str]) -> list[str]:
    return [labels.get(theme, theme) for option in options for theme in option.themes]


def _take(now: upload.Draft, options: list[Option], labels: dict[str, str], key: str) -> None:
    ids = {label: theme for theme, label in labels.items()}
    themes = dict(now.choices.themes)
    for row, edits in st.session_state[key]["edited_rows"].items():
        chosen = edits.get("themes")
        if chosen is not None:
            themes[options[int(row)].text] = tuple(ids.get(label, label) for label in chosen)
    upload.alter(themes=themes)


def problems_step(now: upload.Draft) -> None:
    """Show where answers could be placed, every problem by row and column, and *Keep*."""
    found = upload.inspection(now)
    ready = upload.prepared(now)
    kept = len(ready.survey.answers)
    show.sentences(
        [
            say(
                "{read} rows read: {kept} ready to keep, {aside} set aside.",
                read=f"{ready.read:,}", kept=f"{kept:,}", aside=f"{ready.set_aside:,}",
            ),
            located(ready.survey.answers, upload.levels()),
        ]
    )  # fmt: skip
    show.section(say("Problems"))
    problems = list(ready.problems)
    if problems:
        table = pd.DataFrame(
            {
                say("Row"): ["" if p.row is None else str(p.row) for p in problems],
                say("Column"): [visible(p.column or "") for p in problems],
                say("What is wrong, and what to do"): [visible(p.message) for p in problems],
            }
        )
        show.table(table, key=f"problems-{now.version}", alt=say("Problems by row and column"))
        hand_on.table_file(say("Download these rows to mend"), ready.to_mend, name="to-mend")
    else:
        st.markdown(plain(say("None. Every row could be read.")))
    st.caption(plain(say("Nothing has been stored yet. Keep stores the answers, without what "
                         "leaves the file; you can undo it.")))  # fmt: skip
    if not any(q.role == "need" for q in found.questions):
        st.warning(plain(say("No question says what people ask for. You can keep the survey, "
                             "but the map will not change.")))  # fmt: skip
    st.button(
        say("Keep these answers"), type="primary", on_click=_keep, args=(now,), disabled=not kept
    )


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
        show.sentences([say("Taken back. Everything is as it was before.")])
    else:
        read = done.read + now.set_aside
        show.sentences(
            [
                count("{n} answer kept.", "{n} answers kept.", done.kept),
                say(
                    "{read} rows read: {kept} kept, {known} already known, {aside} set aside.",
                    read=f"{read:,}", kept=f"{done.kept:,}", known=f"{done.already_known:,}",
                    aside=f"{now.set_aside:,}",
                ),
                _public(done),
            ]
        )  # fmt: skip
    with st.container(horizontal=True):
        if not now.undone:
            show.link("map", say("See the map"))
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
