"""The frame: what stands around every page. Streamlit runs it for every viewer.

Place, label, menu and the filter of people stand at the side; the page's own script runs
inside the error box. The picture travels in the address: every menu link carries it.
"""

from __future__ import annotations

from contextlib import ExitStack

import streamlit as st

from needsmap.ui import choices, data, menu, menu_links, show
from needsmap.ui.faults import calmly
from needsmap.ui.plain import plain
from needsmap.ui.turns import TURNS

LAYOUT = {"page_title": "Needs Map", "layout": "wide", "initial_sidebar_state": "auto"}


def frame() -> None:
    """Draw the frame and run the chosen page in it, the map in one turn with the frame."""
    with ExitStack() as turn:
        turn.enter_context(TURNS.taken())
        _frame(turn)


def _frame(turn: ExitStack) -> None:
    st.set_page_config(**LAYOUT)  # type: ignore[arg-type]
    show.style()
    pages = {entry: menu.make_page(entry) for entry in menu.existing()}
    chosen = st.navigation(list(pages.values()), position="hidden")
    menu_links.catch_up(chosen.url_path)
    with st.sidebar, calmly():
        _side(pages)
    if chosen.url_path:
        turn.close()  # other pages may read a file or make one: nobody waits for that
    with calmly():
        chosen.run()


def _side(pages: dict[menu.Entry, st.Page]) -> None:
    """Draw the side: place, menu, whose answers count."""
    here = data.here()
    if not choices.choose_place(here.pack.name, data.places()):
        st.subheader(plain(here.pack.title), anchor=False)
    if here.pack.invented:
        show.invented_label()
    menu_links.show_menu(pages)
    choices.choose_people(here.picture, here.menu)
    choices.choose_surveys(here.picture, here.menu)


if __name__ == "__main__":
    frame()
