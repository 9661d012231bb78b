"""The steward's desk for quotes: search all that people wrote, choose a line, take it back.

Every door here asks first who is signed in; what it returns is shown to that reader only and
kept in no memory shared with others.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from needsmap import settings
from needsmap.briefs.menu import Entry
from needsmap.briefs.quotes import QuotesBrief, QuoteSearch, search_quotes
from needsmap.briefs.rows import each_row
from needsmap.errors import NeedsmapError
from needsmap.intake.privacy import scrub
from needsmap.store import approve_quote, open_store, withdraw_quote
from needsmap.ui import choices, data, show, steward
from needsmap.ui.faults import show_error
from needsmap.ui.plain import plain
from needsmap.words import count, say

_MOST = 10
"""Lines a page: a steward reads each of them."""
_FAULT = "quote-fault"


def desk() -> None:
    """Show the search over all open text, and the lines that are public."""
    _say_fault()
    here, brief = data.here(), data.quotes()
    show.cautions(_warnings())
    words = st.text_input(say("Find texts with these words"), key="desk-words", max_chars=80)
    with show.fold(say("Choose")):
        choices.choose_about(here.menu.themes)
        names = here.pack.names[brief.level]
        choices.choose_from((Entry(code, name) for code, name in names.items()), brief.level)
    found = find(words)
    if not found.texts:
        show.sentences([say("Nobody wrote anything in an open question yet.")])
    else:
        show.sentences(
            [
                say("{hits} of {all} texts fit; the {shown} most telling stand here.",
                    hits=f"{found.hits:,}", all=f"{found.texts:,}", shown=len(found.lines)),
            ]
        )  # fmt: skip
    for row in each_row(found.lines):
        _card(row)
    _public(brief)


def find(words: str) -> QuoteSearch:
    """Return lines to choose from, of the theme and area the link names.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    here = data.here()
    return search_quotes(
        here.asked, here.pack, here.place.voice, words,
        approvals=data.decided().approvals, only_theme=bool(here.asked.theme), most=_MOST,
    )  # fmt: skip


def approve(quote: str, survey: str, text: str, line: str) -> None:
    """Let all read a line.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    NeedsmapError
        When the line is not a part of the text, or may hold a personal detail.
    """
    steward.require()
    pack, line = data.here().pack, line.strip()
    if line not in text:
        raise NeedsmapError(
            say("The line is not a part of the text."),
            say("Cut it from the text as it was written; nothing may be added."),
        )
    if scrub(line, pack.country)[1]:
        raise NeedsmapError(
            say("The line may hold a name or another personal detail."),
            say("Choose a part of the text without it."),
        )
    with open_store(settings.load().database_url) as store:
        approve_quote(store, pack.name, quote=quote, survey_id=survey, line=line, who="page")
    data.look_again()


def withdraw(quote: str) -> None:
    """Make a line private again.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    with open_store(settings.load().database_url) as store:
        withdraw_quote(store, data.here().pack.name, quote, who="page")
    data.look_again()


def _warnings() -> tuple[str, ...]:
    return (
        say("Before you let all read a line, ask: could a neighbour tell who wrote it? A name, a "
            "job, an illness, a family, a house, a date or a story often tells."),
        say("Choose the shortest part that says it. Age, gender and small areas are never shown."),
    )  # fmt: skip


def _card(row: Any) -> None:
    with st.container(border=True, key=f"line-{row.quote}"):
        scrubbed, details = scrub(row.text, data.here().pack.country)
        show.words(row.text)
        if details:
            st.warning(
                plain(
                    say("Looked at again, this may hold personal details. Without them: {text}",
                        text=scrubbed)
                )
            )  # fmt: skip
        about = row.wishes or say("no theme of the list")
        show.cautions([f"{about} · {row.shown_as}"])
        if row.approved:
            st.button(
                say("Take back"), key=f"back-{row.quote}", on_click=_do, args=(withdraw, row.quote)
            )
        elif row.shown:
            key = f"words-{row.quote}"
            st.text_input(say("Words to show"), value=row.line, key=key, max_chars=1000)
            st.button(
                say("Let all read these words"),
                key=f"let-{row.quote}",
                on_click=lambda: _do(
                    approve, row.quote, row.survey, row.text, st.session_state[key]
                ),
            )


def _public(brief: QuotesBrief) -> None:
    show.section(count("{n} line all can read", "{n} lines all can read", len(brief.quotes)))
    for row in each_row(brief.quotes):
        with st.container(key=f"public-{row.quote}", horizontal=True):
            show.words(row.line)
            st.button(
                say("Take back"), key=f"out-{row.quote}", on_click=_do, args=(withdraw, row.quote)
            )


def _do(deed: Any, *given: str) -> None:
    """Do something; what is wrong is said above the desk when the page is drawn again."""
    try:
        deed(*given)
    except NeedsmapError as error:
        st.session_state[_FAULT] = error


def _say_fault() -> None:
    error = st.session_state.pop(_FAULT, None)
    if error is not None:
        show_error(error)
