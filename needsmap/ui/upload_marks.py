"""Marks such as "-" that were read as not answered: shown with the question, and put back."""

from __future__ import annotations

import streamlit as st

from needsmap.intake.missing import find_missing
from needsmap.tables import Question
from needsmap.ui import upload
from needsmap.ui.plain import plain, visible
from needsmap.words import say


def choose_marks(now: upload.Draft, question: Question) -> None:
    """Say which marks count as not answered in a question; unticked, they are answers."""
    if now.marks is None or now.marks[0] is not upload.inspection(now).raw:
        raw = upload.inspection(now).raw
        now.marks = (raw, find_missing(raw))
    found = {p: now.marks[1][p] for p in question.columns if p in now.marks[1]}
    if not found:
        return
    key = f"marks-{now.key}-{question.id}"

    def changed() -> None:
        kept = {p: texts if st.session_state[key] else () for p, texts in found.items()}
        upload.alter(missing={**now.choices.missing, **kept})

    st.session_state[key] = all(now.choices.missing.get(p, texts) for p, texts in found.items())
    marks = ", ".join(
        f"“{visible(text)}”" for text in dict.fromkeys(t for texts in found.values() for t in texts)
    )
    st.checkbox(
        plain(say("{marks} means not answered here", marks=marks)), key=key, on_change=changed
    )
