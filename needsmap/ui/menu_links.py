"""The menu, whose links carry the picture though the page changes it without the frame.

A change of layer runs the page's fragment alone; the menu's links are then of the picture
before. They are drawn again when a reader reaches for the menu (a pointer over it, a touch,
the keyboard), by a small element that listens; and a link followed faster than that is
caught up with by the server (`catch_up`).
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from needsmap.ui import choices
from needsmap.ui.menu import Entry
from needsmap.words import say

_DRAWN, _NEWEST, _PAGE = "menu-drawn", "menu-newest", "menu-page"

_LISTENS = """
export default function (element) {
  const side = element.parentElement.closest('[data-testid="stSidebar"]');
  if (!side) return;
  const told = (query) => [...new URLSearchParams(query)].sort().join("&");
  const drawn = told(element.data.link);
  let asked = false;
  const reach = () => {
    if (asked || told(window.location.search) === drawn) return;
    asked = true;
    element.setTriggerValue("reached", true);
  };
  const ways = ["pointerenter", "pointerdown", "focusin"];
  for (const way of ways) side.addEventListener(way, reach, true);
  return () => { for (const way of ways) side.removeEventListener(way, reach, true); };
}
"""
_listener = st.components.v2.component("needs_menu", js=_LISTENS, isolate_styles=False)


def remember() -> None:
    """Note which picture the reader sees; each fragment that may change it calls this."""
    st.session_state[_NEWEST] = choices.linked().query()


def catch_up(page: str) -> None:
    """Give a page just opened by an older menu link the picture the reader last saw.

    `page` tells pages apart. The back button is taken at its word, and so is any link that
    is not the menu's as last drawn.
    """
    state = st.session_state
    drawn, newest = state.get(_DRAWN), state.get(_NEWEST)
    back = getattr(get_script_run_ctx(suppress_warning=True), "is_history_navigation", False)
    followed = state.get(_PAGE, page) != page and not back
    state[_PAGE] = page
    if followed and newest is not None and choices.linked().query() == drawn != newest:
        st.query_params.from_dict(newest)
    remember()


@st.fragment
def show_menu(pages: Mapping[Entry, st.Page]) -> None:
    """Show the menu; each link carries the picture."""
    picture = choices.linked()
    query = st.session_state[_DRAWN] = picture.query()
    with st.container(key="menu", gap=None):
        section = ""
        for entry, page in pages.items():
            if entry.section != section:
                section = entry.section
                st.caption(say(section).upper())
            st.page_link(page, label=say(entry.title), query_params=query, width="stretch")
        _listener(key="menu-reached", data={"link": picture.link()}, on_reached_change=_reached)


def _reached() -> None:
    """Nothing more to do than to run the menu again."""
