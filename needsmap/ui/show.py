"""One function for each thing a page shows. Words of others are made plain here.

`_markup` is the only door to HTML in the pages; every text through it is encoded by
`draw.safe.map_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pandas as pd
import streamlit as st

from needsmap.briefs.provenance import Provenance
from needsmap.briefs.shapes import Wish
from needsmap.draw.safe import map_text
from needsmap.ui import bars, menu
from needsmap.ui.choices import linked
from needsmap.ui.grids import as_arrow, grid
from needsmap.ui.kept import OfShared
from needsmap.ui.plain import plain, visible
from needsmap.ui.quoted import quoted_lines
from needsmap.ui.tabled import tabled
from needsmap.words import say

_STYLE = Path(__file__).with_name("screen.css")
_MAP_HEIGHT, _ON_PHONE = 450, 620
"""CSS pixels: at 1280×720 the map reaches the fold; a phone's legend stands under it."""

_TABLED, _READY = OfShared(most=300), OfShared(most=300)
"""Tables as markup and as they travel: a brief's tables are every viewer's, made ready once."""

_MOST_ROWS, _MOST_WRITTEN_OUT = 5000, 1000
"""Rows sent to a browser, as a grid and written out: a country's 33,755 would be 3 MB."""


def style() -> None:
    """Put the style sheet on the page."""
    st.html(_STYLE)


class _Markup(str):
    """Markup as it is: Streamlit looks whether a plain text is the name of a file."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return self


def _markup(html: str) -> None:
    """Show markup made from encoded text. The only door of its kind."""
    st.html(_Markup(html))


def passage(markup: str) -> None:
    """Show a passage (`passages`); nothing for ""."""
    if markup:
        _markup(markup)


def invented_label() -> None:
    """Say that the place is made up."""
    _markup(f'<span class="nm-invented">{map_text(say("invented place"))}</span>')


def heading(question: str, line: str = "", asked: str = "") -> None:
    """Show the page's question as its title, then who was asked, when, and what."""
    title(question)
    who_was_asked(line, asked)


def title(question: str) -> None:
    """Show the page's question as its title."""
    st.title(plain(question), anchor=False)


def who_was_asked(line: str, asked: str) -> None:
    """Show who was asked, when, and what."""
    with st.container(key="asked", gap=None):
        if line:
            st.markdown(plain(line))
        if asked:
            st.caption(say("They were asked: “{question}”", question=plain(asked)))


def notices(found: Iterable[str]) -> None:
    """Say once what a link asked for that nobody knows here."""
    if words := " ".join(map(plain, dict.fromkeys(found))):
        st.info(words)


def finding(sentences: Sequence[str]) -> None:
    """Show the finding in words, before any picture."""
    with st.container(key="finding", gap="small"):
        for sentence in sentences:
            st.markdown(plain(sentence))


def lead(found: Sequence[str]) -> None:
    """Show a finding in a place that keeps its height, so that a map below stays put."""
    with st.container(key="lead"):
        sentences([" ".join(found)] if found else [])


def sentences(found: Iterable[str]) -> None:
    """Show sentences, one a line, as one message to the browser."""
    if words := "\n\n".join(map(plain, found)):
        st.markdown(words)


def cautions(found: Iterable[str]) -> None:
    """Show what to be careful with, quietly, as one message to the browser."""
    if words := "\n\n".join(map(plain, found)):
        st.caption(words)


def section(title: str) -> None:
    """Start a part of the page."""
    st.subheader(plain(title), anchor=False)


def wishes(
    found: Sequence[Wish],
    *,
    title: str = "",
    strengths: bool = False,
    most: int = 8,
    further: bool = False,
    short: bool = False,
) -> None:
    """Show wishes (or strengths) as bars with their share, people and certainty in words.

    `further` adds what the index says and the nearest service to each; `short` shows how
    sure each is as dots only, with one key to the dots under them all.
    """
    drawn = bars.bars(found[:most], strengths=strengths, further=further, short=short)
    if not drawn:
        return
    if title:
        section(title)
    _markup(drawn + (f'<p class="nm-small">{bars.dots_explained()}</p>' if short else ""))


def quotes(found: pd.DataFrame) -> None:
    """Show what people wrote, line by line (rows of `QuotesBrief.quotes`), with what about."""
    _markup(quoted_lines(found))


def words(text: str) -> None:
    """Show what somebody wrote as it is, letter by letter."""
    _markup(f'<p class="nm-words">{map_text(visible(text))}</p>')


def way_out(address: str, label: str) -> None:
    """Link to a page of ours that is none of Streamlit's, like the sign-in."""
    query = linked().link()
    href = f"{address}?{query}" if query else address
    _markup(f'<p><a class="nm-way" href="{map_text(href)}">{map_text(label)}</a></p>')


def pairs(
    found: Sequence[bars.Pair], *, title: str, names: tuple[str, str], colours: tuple[str, str]
) -> None:
    """Show two bars a thing side by side; `names` and `colours` say what each bar is."""
    section(title)
    _markup(bars.pair_bars(found, names=names, colours=colours))


def table(
    shown: pd.DataFrame, *, key: str, alt: str, choose: Callable[[int], None] | None = None
) -> None:
    """Show a table; cells show texts as themselves. `choose` gets the row's number clicked."""
    written = choose is None or on_phone()
    most = _MOST_WRITTEN_OUT if written else _MOST_ROWS
    if len(shown) > most:
        words = "The first {n} of {all} rows. The download holds them all."
        st.caption(say(words, n=f"{most:,}", all=f"{len(shown):,}"))
        shown = shown.head(most)
    if choose is None or written:
        _markup(_TABLED.get([shown], alt, lambda: _as_markup(shown, alt)))
        return

    def chosen() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            choose(int(rows[0]))

    ready = _READY.get([shown], "", lambda: as_arrow(shown))
    how = grid(shown, key, alt)
    st.dataframe(ready, on_select=chosen, selection_mode="single-row", **how)


def _as_markup(shown: pd.DataFrame, alt: str) -> str:
    return tabled(shown.drop(columns=say("Area code"), errors="ignore"), alt=alt)


def map_height() -> int:
    """Return the height of a map with its legend, in CSS pixels."""
    return _ON_PHONE if on_phone() else _MAP_HEIGHT


def raw_table(shown: pd.DataFrame, *, key: str, alt: str) -> None:
    """Show rows of a volunteer's own file, as many columns as it has, in a grid that scrolls."""
    st.dataframe(shown, **grid(shown, key, alt))


def fold(label: str) -> AbstractContextManager[Any]:
    """Return a place for choices: open on a wide screen, folded into one line on a phone."""
    if on_phone():
        return st.expander(label)
    return st.container(key="choices", horizontal=True, gap="medium", vertical_alignment="bottom")


def on_phone() -> bool:
    """Return whether the reader's browser says it is a phone's."""
    return "Mobi" in str(st.context.headers.get("User-Agent", ""))


def empty(words: str, *, page: str = "", label: str = "") -> None:
    """Say what is not there yet and, if given, link to the page that helps."""
    with st.container(border=True):
        st.markdown(plain(words))
        if page:
            act(page, label)


def act(address: str, label: str) -> None:
    """Link to the page where something can be done about it, looking like a button."""
    with st.container(key=f"act-{address}"):
        link(address, label)


def link(address: str, label: str, **changes: object) -> None:
    """Link to another page with the picture, some of its fields changed."""
    query = linked().but(**changes).query()
    st.page_link(menu.page(address), label=plain(label), query_params=query)


def foot(provenance: Provenance) -> None:
    """Show the mark, the release and the way to sources and method."""
    with st.container(key="foot", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(plain(provenance.foot), width="content")
        link("sources", say("Where it is from"))
        link("method", say("How we worked it out"))


def full_link(provenance: Provenance) -> str:
    """Return the whole address that opens this picture on this page."""
    here = urlsplit(str(st.context.url or ""))
    return urlunsplit((here.scheme, here.netloc, here.path, provenance.link, ""))


def bullets(found: Iterable[str]) -> None:
    """Show sentences as a list."""
    st.markdown("\n".join(f"- {plain(each)}" for each in found))


def table_or(shown: pd.DataFrame, *, key: str, alt: str, words: str) -> None:
    """Show a table, or words when it is empty."""
    if len(shown):
        table(shown, key=key, alt=alt)
    else:
        st.markdown(plain(words))
