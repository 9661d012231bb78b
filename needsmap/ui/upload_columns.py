"""Step 2: what each question is, in one sentence each; and mending one that is wrong."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from needsmap.intake.survey import Inspection
from needsmap.tables import Question
from needsmap.ui import show, upload
from needsmap.ui.plain import plain, visible
from needsmap.ui.upload_marks import choose_marks
from needsmap.words import count, say

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
GROUPS = {
    "": "not said",
    "age": "age",
    "gender": "gender",
    "tenure": "their home",
    "disability": "disability",
    "ethnicity": "ethnic group",
    "carer": "caring for somebody",
    "parent": "being a parent",
    "length_of_residence": "time living here",
}
TOOLS = {
    "google_forms": "Google Forms",
    "ms_forms": "Microsoft Forms",
    "surveymonkey": "SurveyMonkey",
    "qualtrics": "Qualtrics",
    "kobo": "KoboToolbox",
    "odk": "ODK",
    "jisc": "Jisc Online Surveys",
    "limesurvey": "LimeSurvey",
    "typeform": "Typeform",
    "plain": "a spreadsheet",
}
_SPLITS = {"": "not divided", ",": "comma", ";": "semicolon", "|": "upright line", "\n": "new line"}
_HIGH = 420
"""CSS pixels after which a list scrolls, so that a step fits a laptop's screen."""


def step(now: upload.Draft) -> None:
    """Show each question with what it was taken for, and let that be changed."""
    found = upload.inspection(now)
    questions = list(found.questions)
    tool = say(TOOLS.get(found.evidence.tool, found.evidence.tool))
    why = "; ".join(visible(point) for point in found.evidence.points)
    st.markdown(
        plain(say("We took this for a file from {tool}. “What people ask for” makes the map.",
                  tool=tool)),
        help=plain(why) or None,
    )  # fmt: skip
    list_side, change_side = st.columns([6, 5], gap="medium")
    with list_side, st.container(height=_HIGH, border=True):
        for question in questions:
            read = " ".join([understood(question), *_of_ages(found, question)])
            st.markdown(f"**{plain(_numbered(question))}**  \n{plain(read)}")
    with change_side, st.container(height=_HIGH, border=False):
        by_id = {question.id: question for question in questions}
        if by_id:
            first = next((q.id for q in questions if q.role == "need"), questions[0].id)
            chosen = st.selectbox(
                say("Change how a question is understood"),
                list(by_id),
                index=list(by_id).index(first),
                format_func=lambda one: visible(_numbered(by_id[one])),
                key=f"question-{now.key}",
            )
            _change(now, by_id[chosen])
            choose_marks(now, by_id[chosen])
            _options(now, by_id[chosen])


def understood(question: Question) -> str:
    """Return in one sentence what a question was taken for."""
    answered = count("{n} person answered", "{n} people answered", question.answered)
    role = say(ROLES[question.role])
    if question.role == "group" and question.group:
        role = say("About them: {group}", group=_group(question.group))
    kind = say(KINDS[question.kind])
    if question.kind == "many_choices" and question.separator:
        kind = say("{kind}, divided by {sign}", kind=kind, sign=_split(question.separator))
    if not question.options:
        return say("{role}; {kind}; {answered}.", role=role, kind=kind, answered=answered)
    offered = count("{n} different answer", "{n} different answers", len(question.options))
    return say("{role}; {kind}; {offered}; {answered}.",
               role=role, kind=kind, offered=offered, answered=answered)  # fmt: skip


def _of_ages(found: Inspection, question: Question) -> list[str]:
    """Return what to say of a question whose answers were made ages in bands."""
    heading = found.raw.headings[question.columns[0] - 1]
    codes = {"age_from_year", "age_in_bands"}
    return [each.message for each in found.problems if each.code in codes
            and each.column == heading and question.group == "age"]  # fmt: skip


def _numbered(question: Question) -> str:
    """Return a question's wording with the columns it stands in."""
    first, last = question.columns[0], question.columns[-1]
    where = str(first) if first == last else f"{first}–{last}"
    return f"{where}. {visible(question.text)}"


def _group(group: str) -> str:
    return say(GROUPS[group]) if group in GROUPS else group.replace("_", " ")


def _split(separator: str | None) -> str:
    sign = (separator or "").strip(" ") if separator else ""
    return say(_SPLITS[sign]) if sign in _SPLITS else visible(separator or "")


def _change(now: upload.Draft, question: Question) -> None:
    """Offer what can be said otherwise of one question."""
    roles = {role: say(words) for role, words in ROLES.items()}
    kinds = {kind: say(words) for kind, words in KINDS.items()}
    left, right = st.columns(2)
    with left:
        _one(now, question, say("What it is"), "roles", roles, question.role)
    with right:
        _one(now, question, say("Kind of answer"), "kinds", kinds, question.kind)
    if question.role == "group":
        groups = {group: _group(group) for group in dict.fromkeys([*GROUPS, question.group])}
        _one(now, question, say("About them"), "groups", groups, question.group)
    if question.kind == "many_choices" and len(question.columns) == 1:
        sign = (question.separator or "").strip(" ")
        signs = {each: _split(each) for each in dict.fromkeys([*_SPLITS, sign])}
        _one(now, question, say("Answers divided by"), "separators", signs, sign)


def _one(
    now: upload.Draft,
    question: Question,
    label: str,
    what: str,
    words: dict[Any, str],
    is_now: Any,
) -> None:
    """Offer one choice about a question; `what` is the field of `Choices` it is written to."""
    key = f"{what}-{now.key}-{question.id}"

    def changed() -> None:
        made = {**getattr(now.choices, what), question.columns[0]: st.session_state[key]}
        upload.alter(**{what: made})

    st.session_state[key] = is_now
    st.selectbox(label, list(words), format_func=lambda one: words[one], key=key, on_change=changed)


def _options(now: upload.Draft, question: Question) -> None:
    """Show the answers a question offers, each with how many gave it; let them be mended."""
    if not question.options:
        return
    position = question.columns[0]
    with st.expander(say("The answers it offers, and mending them")):
        text = st.text_area(
            say("The answers the form offered, each on a line of its own"),
            value="\n".join(option.text for option in question.options if option.offered),
            key=f"offered-{now.version}-{position}",
        )
        if st.button(say("Use these answers")):
            lines = tuple(line.strip() for line in text.splitlines() if line.strip())
            upload.alter(options={**now.choices.options, position: lines})
            st.rerun()
    show.table(
        pd.DataFrame(
            {
                say("Answer"): [option.text for option in question.options],
                say("People"): [option.count for option in question.options],
                say("Whose words"): [
                    say("the form’s") if option.offered else say("own words")
                    for option in question.options
                ],
            }
        ),
        key=f"options-{now.version}-{position}",
        alt=say("Answers and how many people gave each"),
    )
