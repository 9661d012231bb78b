"""The pages and where they stand in the menu. Only pages that exist are shown."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from needsmap.settings import PROJECT_FOLDER
from needsmap.words import say

PAGES_FOLDER = PROJECT_FOLDER / "pages"


@dataclass(frozen=True)
class Entry:
    """One page: its section, its file under `pages/`, its title and its address.

    The first entry is the page at "/", whatever its address says.
    """

    section: str
    file: str
    title: str
    address: str

    @property
    def path(self) -> Path:
        """Return the script's full path."""
        return PAGES_FOLDER / self.file


ENTRIES = (
    Entry("Look", "look/map.py", "Map", "map"),
    Entry("Look", "look/area.py", "Area", "area"),
    Entry("Look", "look/compare.py", "Compare", "compare"),
    Entry("Look", "look/change.py", "Change", "change"),
    Entry("Look", "look/services.py", "Services", "services"),
    Entry("Listen", "listen/add_survey.py", "Add a survey", "add-a-survey"),
    Entry("Listen", "listen/priorities.py", "Priorities", "priorities"),
    Entry("Listen", "listen/who_we_heard.py", "Who we heard", "who-we-heard"),
    Entry("Listen", "listen/strengths.py", "Strengths", "strengths"),
    Entry("Listen", "listen/quotes.py", "Quotes", "quotes"),
    Entry("Decide", "decide/money.py", "Money", "money"),
    Entry("Decide", "decide/meeting.py", "Meeting", "meeting"),
    Entry("Decide", "decide/decisions.py", "Decisions", "decisions"),
    Entry("About", "about/method.py", "How we worked it out", "method"),
    Entry("About", "about/sources.py", "Where it is from", "sources"),
    Entry("About", "about/manage.py", "Look after this place", "manage"),
)


@cache
def existing() -> list[Entry]:
    """Return the entries whose page is there, in the order of the menu."""
    return [entry for entry in ENTRIES if entry.path.is_file()]


def page(address: str) -> st.Page:
    """Return the page with that address, for links to it.

    Raises
    ------
    KeyError
        When no page that exists has it.
    """
    for entry in existing():
        if entry.address == address:
            return make_page(entry)
    raise KeyError(address)


def make_page(entry: Entry) -> st.Page:
    """Return Streamlit's page for a menu entry.

    Making one looks for its file on the disk; so each is made once and every viewer's run
    gets a copy of its own, for Streamlit notes in it which page the viewer is on.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        return _make(entry, say(entry.title))  # outside a run Streamlit makes it only in part
    return copy(_made(entry, say(entry.title)))


@cache
def _made(entry: Entry, title: str) -> st.Page:
    return _make(entry, title)


def _make(entry: Entry, title: str) -> st.Page:
    return st.Page(entry.path, title=title, url_path=entry.address, default=entry == ENTRIES[0])
