"""Briefs on paper: one HTML file without parts from elsewhere, and an accessible PDF."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path

import fontpkg_atkinson_hyperlegible

from needsmap.errors import NeedsmapError
from needsmap.report.export import Export
from needsmap.report.paper import PaperTable, paper_tables
from needsmap.words import say

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_PAPER = Path(__file__).parent / "page.typ"
TYPEFACE = Path(fontpkg_atkinson_hyperlegible.ROOT) / "files"


def as_html(export: Export, drawing: bytes | None = None) -> bytes:
    """Return the export as one HTML page: nothing is loaded, nothing runs, ready to print.

    `drawing` is the brief's map as `map_picture.as_svg` gives it, if it has one.
    """
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
        *([f"<figure>{drawing.decode()}</figure>"] if drawing else []),
        *(_table(table) for table in paper_tables(export.tables)),
        f"<h2>{escape(say('Notes'))}</h2><dl>",
        *(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in export.notes),
        "</dl></main></body></html>",
    ]
    return "\n".join(parts).encode("utf-8", "replace")


def as_pdf(export: Export, drawing: bytes | None = None) -> bytes:
    """Return the export as a tagged PDF (PDF/UA-1), which a screen reader can read.

    `drawing` is the brief's map as `map_picture.as_svg` gives it, if it has one; for a screen
    reader the first sentence and the tables stand for it.

    Raises
    ------
    NeedsmapError
        When the page cannot be set; says to take the HTML page instead.
    """
    import typst

    # Texts go in as data, never as markup, so none of them can act as a command.
    content = {
        "title": export.title,
        "footer": export.footer,
        "sentences": export.sentences,
        "cautions": export.cautions,
        "tables": [asdict(table) for table in paper_tables(export.tables) if table.headings],
        "notes": export.notes,
        "drawing": drawing.decode() if drawing else "",
        "drawn": say("Map: {title}. The table below says the same.", title=export.title),
        "words": {
            "notes": say("Notes"),
            "empty": say("Nothing to show."),
            "page": say("Page {n} of {all}"),
        },
    }
    try:
        return typst.compile(
            str(_PAPER),
            sys_inputs={"content": json.dumps(content).replace("\\u0000", "")},
            pdf_standards=["ua-1"],
            font_paths=[str(TYPEFACE)],
            ignore_system_fonts=True,
        )
    except (RuntimeError, ValueError) as error:
        raise NeedsmapError(
            say("The PDF could not be made."), say("Take the HTML page and print it instead.")
        ) from error


def _table(table: PaperTable) -> str:
    if not table.rows:
        return f"<h2>{escape(table.name)}</h2><p>{escape(say('Nothing to show.'))}</p>"
    marks = [' class="figure"' if number else "" for number in table.numbers]
    heads = "".join(
        f'<th scope="col"{mark}>{escape(heading)}</th>'
        for mark, heading in zip(marks, table.headings, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(f"<td{mark}>{escape(cell)}</td>" for mark, cell in zip(marks, row, strict=True))
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<h2>{escape(table.name)}</h2><div><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>\n{body}\n</tbody></table></div>"
    )
