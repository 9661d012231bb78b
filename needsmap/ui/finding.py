"""Finding one's way: a box to type a postcode, a name or a service, and what it leads to.

What is typed stays in the reader's own session: never in the link, which others may see.
"""

from __future__ import annotations

import streamlit as st

from needsmap.briefs.catalogue import SERVICES, service_label
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.places.search import Hit, find, look_at, why_nothing
from needsmap.ui import choices, data, show
from needsmap.ui.plain import plain
from needsmap.words import count, say

_TYPED, _FOUND, _SAID = "find", "find-hits", "find-said"
_MOST = 8


def box(*, among_choices: bool = False) -> None:
    """Offer the box and under it what was found.

    A page calls this twice: where it stands by itself, as on a phone, and among its choices,
    as on a wide screen; one of the two shows nothing. One sure match is gone to at once;
    several are listed as buttons, so that the keyboard reaches each with Tab.
    """
    if among_choices == show.on_phone():
        return
    with st.container(key="find-box", gap=None):
        st.text_input(
            say("Find"),
            key=_TYPED,
            placeholder=say("name, postcode"),
            on_change=_look,
            autocomplete="off",
            max_chars=80,
        )
        _found()


def _look() -> None:
    """Look for what was typed; go there when it can only mean one thing."""
    here, text = data.here(), str(st.session_state.get(_TYPED, ""))
    st.session_state[_FOUND], st.session_state[_SAID] = (), ""
    if not text.strip():
        return
    kinds = {kind: service_label(kind) for kind in SERVICES}
    hits = find(here.pack, text, most=_MOST, kinds=kinds)
    sure = [hit for hit in hits if hit.rank == 0]
    if not hits:
        st.session_state[_SAID] = why_nothing(here.pack, text)
    elif len(hits) == 1 or (len(sure) == 1 and sure[0].kind != "service"):
        _go((sure or hits)[0])
    else:
        st.session_state[_FOUND] = tuple(hits)


def _go(hit: Hit) -> None:
    """Go to what was found: its area in focus or its kind of service drawn, map and all."""
    here = data.here()
    st.session_state[_FOUND] = ()
    hit = _at_level(here.pack, here.picture, hit)
    st.session_state[_SAID] = _words(here.pack, hit) if hit.kind == "postcode" else ""
    view = look_at(here.pack, hit)
    if hit.code:
        choices.change(area=hit.code, level=hit.level, view=view)
        return
    drawn = dict.fromkeys((*here.picture.services, hit.category))
    settled = here.picture  # before anybody answered the usual picture is not the bare link's
    choices.change(services=tuple(drawn), view=view, show=settled.show, indicator=settled.indicator)


def _at_level(pack: Pack, picture: Picture, hit: Hit) -> Hit:
    """Return a postcode's hit at the level on the map, where that is a larger one."""
    order = [level.id for level in pack.levels]
    if hit.kind != "postcode" or picture.level not in order:
        return hit
    if order.index(picture.level) <= order.index(hit.level) or hit.level != order[0]:
        return hit
    parent = str(pack.membership.at[hit.code, picture.level])
    name = pack.names[picture.level].get(parent, parent)
    code = hit.label.partition(":")[0]
    return Hit("postcode", f"{code}: {name}", picture.level, parent, rank=hit.rank)


def _words(pack: Pack, hit: Hit) -> str:
    """Return e.g. "KF1 2AB is in Dunmoor (ward)."."""
    key, _, name = hit.label.partition(": ")
    written = f"{key[:-3]} {key[-3:]}" if hit.rank == 0 else key
    return say("{code} is in {area} ({level}).",
               code=written, area=name, level=pack.level(hit.level).label)  # fmt: skip


def _found() -> None:
    """Show what was found, or why nothing was, over the page so that nothing below moves."""
    hits: tuple[Hit, ...] = st.session_state.get(_FOUND, ())
    said = st.session_state.get(_SAID, "")
    if not hits and not said:
        return
    pack = data.here().pack
    with st.container(key="found", gap="small"):
        if said:
            st.markdown(plain(said))
        else:
            st.markdown(plain(count("{n} found. Choose one:", "{n} found. Choose one:", len(hits))))
        for number, hit in enumerate(hits):
            st.button(
                plain(_label(pack, hit)), key=f"hit-{number}", on_click=_go, args=(hit,),
                width="stretch",
            )  # fmt: skip
        st.button(say("Close"), key="found-close", on_click=_close)


def _label(pack: Pack, hit: Hit) -> str:
    kind = service_label(hit.category) if hit.category else pack.level(hit.level).label
    return f"{hit.label} · {kind}"


def _close() -> None:
    st.session_state[_FOUND], st.session_state[_SAID] = (), ""
