"""A form to start from: ready-made questionnaires to take away, before there is any file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from needsmap.intake.forms import known_forms, load_form
from needsmap.intake.theme_lists import own_themes
from needsmap.intake.themes import load_themes
from needsmap.places.pack import Pack
from needsmap.report.forms import as_entry, as_paper, as_text, as_xlsform
from needsmap.tables import Form
from needsmap.ui.plain import plain
from needsmap.words import say

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(pack: Pack) -> None:
    """Offer our questionnaires for every way of asking; their answers need no correction."""
    st.markdown(
        plain(
            say(
                "No form yet? Start from ours: it asks what is good before what is needed, and "
                "its answers are read without a correction."
            )
        )
    )
    # The shortest first: what is quickly answered is answered by more people.
    name = st.selectbox(
        say("Which form"),
        sorted(known_forms(), key=lambda one: one != "short"),
        format_func=_in_words,
        key="form-name",
    )
    with st.container(horizontal=True):
        for label, ending, kind, write in _ways():
            st.download_button(
                label,
                partial(_made, pack, name, write),
                f"{pack.name}-{name}-{ending}",
                kind,
                key=f"form-{ending}",
                on_click="ignore",
            )


def _in_words(name: str) -> str:
    words = {
        "short": say("Two minutes"),
        "budget": say("Five minutes, with how to share out money"),
    }
    return words.get(name, name)


def _ways() -> tuple[tuple[str, str, str, Callable[[Form], bytes]], ...]:
    return (
        (say("Google or Microsoft Forms (text)"), "questions.txt", "text/plain", as_text),
        (say("KoboToolbox or ODK (XLSForm)"), "xlsform.xlsx", _XLSX, as_xlsform),
        (say("Paper (PDF)"), "paper.pdf", "application/pdf", as_paper),
        (say("To type paper answers into (Excel)"), "answers.xlsx", _XLSX, as_entry),
    )


def _made(pack: Pack, name: str, write: Callable[[Form], bytes]) -> bytes:
    return write(load_form(name, load_themes("en", own_themes(pack)), pack.title))
