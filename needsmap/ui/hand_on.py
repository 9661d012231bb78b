"""Handing a picture on: as a file, on paper, as a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from needsmap.places.areas import outlines
from needsmap.places.pack import Pack
from needsmap.report.export import make_export
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
    provenance = brief.provenance
    with st.container(key="actions", horizontal=True, gap="small"):
        with st.popover(say("Download")):
            _files(brief, name, title, pack)
        with st.popover(say("Print")):
            st.markdown(
                plain(
                    say(
                        "Press Ctrl and P (on a Mac: ⌘ and P). The page prints without its "
                        "menu and choices."
                    )
                )
            )
        with st.popover(say("Copy link")):
            st.markdown(
                plain(
                    say(
                        "Whoever opens this link sees this picture. The mark {mark} tells "
                        "whether the figures are the same.",
                        mark=provenance.mark,
                    )
                )
            )
            st.code(show.full_link(provenance), language=None, wrap_lines=True)


def _files(brief: Any, name: str, title: str, pack: Pack | None) -> None:
    """Show one button a format."""
    file = f"{brief.provenance.place}-{name}-{brief.provenance.mark}"
    formats: list[tuple[str, str, str, Any]] = [
        (say("Table (CSV)"), "csv", "text/csv", as_csv),
        (say("Workbook (Excel)"), "xlsx", _XLSX, as_xlsx),
        (say("Page (HTML)"), "html", "text/html", as_html),
        (say("Page (PDF)"), "pdf", "application/pdf", as_pdf),
    ]
    if pack is not None:
        drawn = outlines(pack, brief.layer.level)

        def as_map(export: Any) -> bytes:
            return as_geojson(export, brief.layer, drawn)

        formats.append((say("Map (GeoJSON)"), "geojson", "application/geo+json", as_map))
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


def _made(brief: Any, title: str, make: Callable[[Any], bytes]) -> bytes:
    return make(make_export(brief, title))


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
