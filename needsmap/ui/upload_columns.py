"""Step 2: what each question is. Guessed, shown, and changeable."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from needsmap.tables import Question
from needsmap.ui import show, upload
from needsmap.ui.plain import plain, visible
from needsmap.words import say

ROLES = {
    "need": "What people ask for",
    "strength": "What is good here",
    "offer": "What people can bring",
    "location": "Where they live",
    "group": "Something about them",
    "when": "When they answered",
    "open_text": "In their own words",
    "identity": "Who they are (leaves)",
    "other": "Something else",
}
KINDS = {
    "one_choice": "one choice",
    "many_choices": "several choices",
    "ranking": "put in order",
    "rating": "a scale",
    "amount": "an amount shared out",
    "text": "own words",
    "number": "a number",
    "date": "a date",
    "point": "a point on a map",
}
_SPLITS = {"": "not divided", ",": "comma", ";": "semicolon", "|": "upright line", "\n": "new line"}


def step(now: upload.Draft) -> None:
    """Show each question with what it was taken for, and let that be changed."""
    found = upload.inspection(now)
    st.markdown(
        plain(
            say(
                "We took this for a file from {tool}. Check what each question is; change what "
                "is wrong. “What people ask for” is the one the map is made from.",
                tool=say(_TOOLS.get(found.evidence.tool, found.evidence.tool)),
            )
        )
    )
    questions = list(found.questions)
    key = f"questions-{now.version}"
    st.data_editor(
        _table(questions),
        key=key,
        hide_index=True,
        disabled=["columns", "question", "answered"],
        column_config=_columns(questions),
        on_change=_take,
        args=(now, questions, key),
        height=38 * (min(len(questions), 12) + 1) + 3,
        row_height=38,
        alt=say("The questions of the survey and what each is"),
    )
    _options(now, questions)


_TOOLS = {
    "google_forms": "Google Forms",
    "ms_forms": "Microsoft Forms",
    "surveymonkey": "SurveyMonkey",
    "plain": "a spreadsheet",
}


def _table(questions: list[Question]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "columns": [", ".join(map(str, q.columns[:4])) for q in questions],
            "question": [visible(q.text) for q in questions],
            "role": [say(ROLES[q.role]) for q in questions],
            "kind": [say(KINDS[q.kind]) for q in questions],
            "group": [q.group for q in questions],
            "split": [_split_words(q.separator) for q in questions],
            "answered": [q.answered for q in questions],
        }
    )


def _columns(questions: list[Question]) -> dict[str, Any]:
    choose = st.column_config.SelectboxColumn
    groups = ["", "age", "gender", "tenure", "disability", "ethnicity", "carer", "parent"]
    splits = dict.fromkeys([*map(say, _SPLITS.values()), *map(_split_words, _own(questions))])
    return {
        "columns": st.column_config.TextColumn(say("Column"), width="small"),
        "question": st.column_config.TextColumn(say("Question"), width="large"),
        "role": choose(say("What it is"), options=[say(r) for r in ROLES.values()], required=True),
        "kind": choose(say("Kind of answer"), options=[say(k) for k in KINDS.values()],
                       required=True),
        "group": choose(say("About them"),
                        options=list(dict.fromkeys([*groups, *(q.group for q in questions)]))),
        "split": choose(say("Answers divided by"), options=list(splits)),
        "answered": st.column_config.NumberColumn(say("Answered"), width="small"),
    }  # fmt: skip


def _own(questions: list[Question]) -> list[str | None]:
    return [question.separator for question in questions]


def _split_words(separator: str | None) -> str:
    sign = (separator or "").strip(" ") if separator else ""
    return say(_SPLITS[sign]) if sign in _SPLITS else visible(separator or "")


def _take(now: upload.Draft, questions: list[Question], key: str) -> None:
    """Take the changes made in the table into the choices."""
    roles, kinds = dict(now.choices.roles), dict(now.choices.kinds)
    groups, separators = dict(now.choices.groups), dict(now.choices.separators)
    role_ids = {say(words): role for role, words in ROLES.items()}
    kind_ids = {say(words): kind for kind, words in KINDS.items()}
    signs = {say(words): sign for sign, words in _SPLITS.items()}
    for row, edits in st.session_state[key]["edited_rows"].items():
        position = questions[int(row)].columns[0]
        if edits.get("role") in role_ids:
            roles[position] = role_ids[edits["role"]]  # type: ignore[assignment]
        if edits.get("kind") in kind_ids:
            kinds[position] = kind_ids[edits["kind"]]  # type: ignore[assignment]
        if "group" in edits:
            groups[position] = edits["group"] or ""
        if edits.get("split") in signs:
            separators[position] = signs[edits["split"]]
    upload.alter(roles=roles, kinds=kinds, groups=groups, separators=separators)


def _options(now: upload.Draft, questions: list[Question]) -> None:
    """Show the answers a question offers, each with how many gave it; let them be mended."""
    offering = {q.columns[0]: q for q in questions if q.options}
    if not offering:
        return
    show.section(say("The answers each question offers"))
    first = next((p for p, q in offering.items() if q.role == "need"), next(iter(offering)))
    position = st.selectbox(
        say("Question"),
        list(offering),
        index=list(offering).index(first),
        format_func=lambda column: visible(offering[column].text),
    )
    question = offering[position]
    shown = pd.DataFrame(
        {
            say("Answer"): [visible(option.text) for option in question.options],
            say("People"): [option.count for option in question.options],
            say("Whose words"): [
                say("the form’s") if option.offered else say("own words")
                for option in question.options
            ],
        }
    )
    show.table(shown, key=f"options-{now.version}-{position}", alt=say("Answers and how many"))
    with st.expander(say("These are not the answers the form offered")):
        text = st.text_area(
            say("Write each answer the form offered on a line of its own"),
            value="\n".join(option.text for option in question.options if option.offered),
            key=f"offered-{now.version}-{position}",
        )
        if st.button(say("Use these answers")):
            lines = tuple(line.strip() for line in text.splitlines() if line.strip())
            upload.alter(options={**now.choices.options, position: lines})
            st.rerun()
