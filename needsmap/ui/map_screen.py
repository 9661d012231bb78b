"""The map page's picture: all that a choice of layer or area changes, and nothing else.

It is one fragment: the frame, the menu and the buttons under the table do not run again
when a reader looks at another layer.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from needsmap.briefs.shapes import OverviewBrief
from needsmap.ui import cards, choices, data, finding, menu_links, passages, show
from needsmap.ui.faults import calmly
from needsmap.ui.map_view import show_map
from needsmap.ui.turns import TURNS
from needsmap.words import say


@st.fragment
def picture(release: str, below: Any, seen: dict[str, Any]) -> None:
    """Show the picture the address asks for.

    `release` is the `data.Here.key` of what stands around it; `below` the container that
    takes the foot; the brief shown is put into `seen`.
    """
    with TURNS.taken():
        _picture(release, below, seen)


def _picture(release: str, below: Any, seen: dict[str, Any]) -> None:
    here = data.here()
    if here.key != release:
        st.rerun()  # a survey was kept meanwhile: all on a page is of one release
    menu_links.remember()
    with calmly():
        brief = seen["brief"] = here.overview
        show.notices((*here.notices, *brief.notices))
        show.passage(passages.head(brief))
        _choices(brief)
        map_side, words_side = st.columns([2, 1], gap="medium")
        with map_side:
            _map(here, brief)
        with words_side:
            if brief.picture.area:
                cards.small(data.area())
            else:
                cards.overview_panel(brief)
        if brief.picture.show == "beside" and not brief.empty:
            show.passage(passages.lists(data.comparison(), brief.cautions))
        _table(brief)
        with below:
            show.foot(brief.provenance)


def _choices(brief: OverviewBrief) -> None:
    finding.box()
    with show.fold(say("Choose what to show")):
        choices.choose_show(brief.picture, brief.menu, heard=not brief.empty)
        choices.choose_beside(brief.picture)
        choices.choose_level(brief.picture, brief.menu)
        choices.choose_services(brief.picture, brief.menu)
        finding.box(among_choices=True)


def _map(here: data.Here, brief: OverviewBrief) -> None:
    show_map(
        brief.layer,
        pack=here.pack,
        services=brief.services,
        focus=brief.picture.area,
        view=choices.linked().view,
        height=show.map_height(),
        foot=brief.provenance.under_a_picture,
        picture=f"needs-map-{brief.provenance.mark}",
        on_choose=choices.go_to_area,
        near=brief.near,
    )


def _table(brief: OverviewBrief) -> None:
    show.section(say("The same as a table"))
    if brief.picture.show == "voice" and not brief.empty:
        choices.choose_counting(brief.picture)
    shown = brief.tables()["map"]
    show.table(
        shown,
        key="map-table",
        alt=say("What the map shows, one row an area. Choose a row to go to that area."),
        choose=lambda row: choices.change(area=str(shown["Area code"].iloc[row])),
    )
