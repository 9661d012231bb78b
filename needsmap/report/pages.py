"""Briefs on paper: one HTML file without parts from elsewhere, and an accessible PDF."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pandas as pd

from needsmap.errors import NeedsmapError
from needsmap.report.export import Export
from needsmap.report.tables import plain
from needsmap.words import say

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_PAPER = Path(__file__).parent / "page.typ"
_MOST_COLUMNS = 8
"""Wider tables do not fit upright paper; they are turned to lists of their first columns."""


def as_html(export: Export) -> bytes:
    """Return the export as one HTML page: nothing is loaded, nothing runs, ready to print."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(export.title)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{escape(export.title)}</h1>",
        *(f"<p>{escape(sentence)}</p>" for sentence in export.sentences),
        *(f'<p class="caution">{escape(caution)}</p>' for caution in export.cautions),
        *(_table(name, table) for name, table in export.tables.items()),
        f"<h2>{escape(say('Notes'))}</h2><dl>",
        *(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in export.notes),
        "</dl></main></body></html>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def as_pdf(export: Export) -> bytes:
    """Return the export as a tagged PDF (PDF/UA-1), which a screen reader can read.

    Raises
    ------
    NeedsmapError
        When the page cannot be set; says to take the HTML page instead.
    """
    import typst

    # Texts go in as data, never as markup, so none of them can act as a command.
    content = {
        "title": export.title,
        "sentences": export.sentences,
        "cautions": export.cautions,
        "tables": [
            {
                "name": name,
                "headings": [str(heading) for heading in table.columns[:_MOST_COLUMNS]],
                "rows": _texts(table.iloc[:, :_MOST_COLUMNS]),
                "left_out": _left_out(table),
            }
            for name, table in export.tables.items()
            if len(table.columns)
        ],
        "notes": export.notes,
        "words": {"notes": say("Notes"), "empty": say("Nothing to show.")},
    }
    try:
        return typst.compile(
            str(_PAPER),
            sys_inputs={"content": json.dumps(content).replace("\\u0000", "")},
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
    except (RuntimeError, ValueError) as error:
        raise NeedsmapError(
            say("The PDF could not be made."), say("Take the HTML page and print it instead.")
        ) from error


def _table(name: str, table: pd.DataFrame) -> str:
    heads = "".join(f'<th scope="col">{escape(str(h))}</th>' for h in table.columns)
    if table.empty:
        return f"<h2>{escape(name)}</h2><p>{escape(say('Nothing to show.'))}</p>"
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _texts(table)
    )
    return (
        f"<h2>{escape(name)}</h2><div><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def _texts(table: pd.DataFrame) -> list[list[str]]:
    return [
        [_text(plain(cell)) for cell in row] for row in table.itertuples(index=False, name=None)
    ]


def _text(cell: str | int | float) -> str:
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.4g}"


def _left_out(table: pd.DataFrame) -> str:
    hidden = len(table.columns) - _MOST_COLUMNS
    if hidden <= 0:
        return ""
    return say("{n} more columns are in the spreadsheet of this page.", n=hidden)
