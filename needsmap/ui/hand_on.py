"""Handing a picture on: as a file, on paper, as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import streamlit as st

from needsmap.places.areas import outlines
from needsmap.places.pack import Pack
from needsmap.report.export import make_export
from needsmap.report.map_picture import as_png, drawing_of
from needsmap.report.pages import as_html, as_pdf
from needsmap.report.tables import as_csv, as_geojson, as_xlsx
from needsmap.ui import show
from needsmap.ui.plain import plain
from needsmap.words import say


def offer(brief: Any, *, name: str, title: str, pack: Pack | None = None) -> None:
    """Offer a page's brief as files, how to print it, and its link.

    `title` is the subject of the files, `name` their name; with `pack`, the brief's map
    layer is offered as GeoJSON too. Files are made when asked for, not before.
    """
    _drawers(lambda: brief, name, title, pack)


def offer_seen(seen: Mapping[str, Any], *, name: str, pack: Pack) -> None:
    """Offer the brief last put at `seen["brief"]` by a part of the page that runs by itself."""
    _drawers(lambda: seen["brief"], name, "", pack)


@st.fragment
def _drawers(look: Callable[[], Any], name: str, title: str, pack: Pack | None) -> None:
    """Show the three buttons. Files and link are made when their drawer is opened."""
    with st.container(key="actions", horizontal=True, gap="small"):
        with _drawer(say("Download"), name, tall=340) as opened:
            if opened:
                _files(look(), name, title or look().title, pack)
        with st.popover(say("Print")):
            _how_to_print()
        with _drawer(say("Copy link"), name, tall=180) as opened:
            if opened:
                _the_link(look())


@contextmanager
def _drawer(label: str, name: str, *, tall: int) -> Iterator[bool]:
    """Give whether a button's drawer is open. `tall`: its CSS pixels, kept free until filled.

    Where it opens, above or below, is settled before what is in it comes.
    """
    drawer = st.popover(label, key=f"drawer-{name}-{label}", on_change="rerun")
    with drawer:
        if not drawer.open:
            st.space(tall)
        yield bool(drawer.open)


def _how_to_print() -> None:
    st.markdown(
        plain(
            say(
                "Press Ctrl and P (on a Mac: ⌘ and P). The page prints without its "
                "menu and choices."
            )
        )
    )


def _the_link(brief: Any) -> None:
    st.markdown(
        plain(
            say(
                "Whoever opens this link sees this picture. The mark {mark} tells "
                "whether the figures are the same.",
                mark=brief.provenance.mark,
            )
        )
    )
    st.code(show.full_link(brief.provenance), language=None, wrap_lines=True)


def _files(brief: Any, name: str, title: str, pack: Pack | None) -> None:
    """Show one button a format."""
    file = f"{brief.provenance.place}-{name}-{brief.provenance.mark}"
    formats: list[tuple[str, str, str, Any]] = [
        (say("Table (CSV)"), "csv", "text/csv", as_csv),
        (say("Workbook (Excel)"), "xlsx", _XLSX, as_xlsx),
    ]
    if pack is None:
        formats += [
            (say("Page (HTML)"), "html", "text/html", as_html),
            (say("Page (PDF)"), "pdf", "application/pdf", as_pdf),
        ]
    else:
        formats += _with_map(brief, pack)
    for label, ending, kind, make in formats:
        st.download_button(
            label,
            partial(_made, brief, title, make),
            f"{file}.{ending}",
            kind,
            key=f"download-{name}-{ending}",
            on_click="ignore",
            width="stretch",
        )


def _with_map(brief: Any, pack: Pack) -> list[tuple[str, str, str, Any]]:
    """Return the formats a map stands in; outlines are read when a file is asked for."""

    def areas() -> Any:
        return outlines(pack, brief.layer.level)

    def drawing() -> bytes:
        return drawing_of(brief, areas())

    return [
        (say("Page (HTML)"), "html", "text/html", lambda export: as_html(export, drawing())),
        (say("Page (PDF)"), "pdf", "application/pdf", lambda export: as_pdf(export, drawing())),
        (say("Map (picture, PNG)"), "png", "image/png", lambda _: as_png(drawing())),
        (say("Map (drawing, SVG)"), "svg", "image/svg+xml", lambda _: drawing()),
        (
            say("Map (GeoJSON)"), "geojson", "application/geo+json",
            lambda export: as_geojson(export, brief.layer, areas()),
        ),
    ]  # fmt: skip


def _made(brief: Any, title: str, make: Callable[[Any], bytes]) -> bytes:
    return make(make_export(brief, title))


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
