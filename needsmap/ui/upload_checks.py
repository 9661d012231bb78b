"""Step 3: which themes each answer was matched to and why, and mending that."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from needsmap.tables import Option, Question
from needsmap.ui import upload
from needsmap.ui.plain import plain, visible
from needsmap.words import count, say

_THEMED = {"need", "strength", "offer"}
_ROWS = 8


def step(now: upload.Draft) -> None:
    """Show which themes each answer was matched to and why, and let that be changed."""
    questions = [q for q in upload.inspection(now).questions if q.role in _THEMED and q.options]
    if not questions:
        st.markdown(plain(say("No question asks what people want, so there are no themes yet. "
                              "Go back to Columns and say which question does.")))  # fmt: skip
        return
    st.markdown(
        plain(say("Each answer is matched to a shared list of themes, so that surveys can be "
                  "put together. Change what is wrong."))
    )  # fmt: skip
    by_id = {question.id: question for question in questions}
    chosen = st.selectbox(
        say("Question"),
        list(by_id),
        format_func=lambda one: visible(by_id[one].text),
        key=f"themed-{now.key}",
    )
    question = by_id[chosen]
    st.caption(plain(_matched(question)))
    _themes_of(now, question, upload.theme_labels())


def _matched(question: Question) -> str:
    """Return how many answers have a theme, and what becomes of those that have none."""
    found = sum(1 for option in question.options if option.themes)
    without = len(question.options) - found
    told = say("{n} of {all} answers have a theme.", n=found, all=len(question.options))
    if not without:
        return told
    return f"{told} " + count(
        "The other is kept word for word, as “other”.",
        "The {n} others are kept word for word, as “other”.",
        without,
    )


def _themes_of(now: upload.Draft, question: Question, labels: dict[str, str]) -> None:
    options = sorted(question.options, key=lambda option: -option.count)
    key = f"themes-{now.version}-{question.id}"
    names = list(dict.fromkeys([*labels.values(), *_used(options, labels)]))
    st.data_editor(
        pd.DataFrame(
            {
                "answer": [visible(option.text) for option in options],
                "themes": [[labels.get(t, t) for t in option.themes] for option in options],
                "people": [option.count for option in options],
                "reason": [visible(option.reason) for option in options],
            }
        ),
        key=key,
        hide_index=True,
        disabled=["answer", "people", "reason"],
        row_height=38,
        height=38 * (min(len(options), _ROWS) + 1) + 3,
        column_config={
            # Answer and themes stand side by side on a telephone, where 354 points are left.
            "answer": st.column_config.TextColumn(say("Answer"), width=170),
            "themes": st.column_config.MultiselectColumn(say("Themes"), options=names, width=184),
            "people": st.column_config.NumberColumn(say("People"), width="small"),
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
