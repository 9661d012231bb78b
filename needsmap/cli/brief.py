"""`needsmap brief`: one subject of one picture, as text, data, spreadsheet, map or paper."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import click
import numpy as np
import pandas as pd

from needsmap import settings
from needsmap.briefs.decided import read_decided
from needsmap.briefs.place import OpenPlace, open_place
from needsmap.errors import NeedsmapError
from needsmap.picture import Picture, from_query
from needsmap.report.export import Export, make_export
from needsmap.report.map_picture import as_png, drawing_of
from needsmap.report.pages import as_html, as_pdf
from needsmap.report.tables import as_csv, as_geojson, as_xlsx, plain
from needsmap.words import say

SUBJECTS = {
    "overview": "What people ask for, and where",
    "area": "One area",
    "priorities": "What matters most",
    "coverage": "Who we heard",
    "comparison": "What people say beside the official figures",
    "services": "What people ask for beside what is near",
    "money": "Does money go where people ask?",
    "strengths": "What is good here, and who can help",
    "quotes": "In people's own words",
    "method": "How we worked it out",
}
"""Subject → title. Each is made by `make_<subject>` in `needsmap.briefs.<subject>`."""

_WRITERS: dict[str, Callable[[Export], bytes]] = {
    "csv": as_csv, "xlsx": as_xlsx, "html": as_html, "pdf": as_pdf,
}  # fmt: skip


_MAPS = ("geojson", "svg", "png")
"""Forms of the map alone."""


@click.command("brief")
@click.argument("subject", type=click.Choice(list(SUBJECTS)))
@click.option("--place", default="", help="A pack's name or folder; else the one set.")
@click.option("--picture", "query", default="", help="A picture's link, or the part after '?'.")
@click.option(
    "--format", "form", default="json", show_default=True,
    type=click.Choice(["json", *_WRITERS, *_MAPS]),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
def command(
    subject: str, place: str, query: str, form: str, as_json: bool, out: Path | None
) -> None:
    """Print one subject's figures, or write them to a file."""
    picture = from_query(dict(parse_qsl(query.rpartition("?")[2])))
    opened = open_place(settings.load(), place or picture.place)
    brief = make_brief(subject, picture, opened)
    if as_json or form == "json":
        text = json.dumps(as_data(subject, brief), ensure_ascii=False, allow_nan=False)
        data = text.encode("utf-8", "replace") + b"\n"
    else:
        data = _file(form, make_export(brief, say(SUBJECTS[subject])), brief, opened)
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise NeedsmapError(
            say("'{file}' could not be written.", file=out), say("Choose another file name.")
        ) from error


def make_brief(subject: str, picture: Picture, opened: OpenPlace) -> Any:
    """Return the brief of a subject for a picture of an open place.

    Raises
    ------
    NotFound
        When the picture names an area nobody knows.
    """
    make = getattr(import_module(f"needsmap.briefs.{subject}"), f"make_{subject}")
    decided = read_decided(settings.load(), opened.pack.name)
    return make(picture, opened.pack, opened.voice, opened.release, **decided.of(subject))


def as_data(subject: str, brief: Any) -> dict[str, object]:
    """Return a brief as plain values: its words, its tables, where it comes from."""
    return {
        "subject": subject,
        "title": say(SUBJECTS[subject]),
        "sentences": list(brief.sentences),
        "cautions": list(getattr(brief, "cautions", ())),
        "notices": list(getattr(brief, "notices", ())),
        "tables": {
            name: [
                {
                    str(heading): _value(cell)
                    for heading, cell in zip(table.columns, row, strict=True)
                }
                for row in table.itertuples(index=False, name=None)
            ]
            for name, table in brief.tables().items()
        },
        "provenance": _value(dataclasses.asdict(brief.provenance)),
    }


def _value(cell: object) -> object:
    if isinstance(cell, dict):
        return {name: _value(part) for name, part in cell.items()}
    if isinstance(cell, (list, tuple)):
        return [_value(part) for part in cell]
    if isinstance(cell, (bool, np.bool_)):
        return bool(cell)
    if isinstance(cell, (date, datetime)) and cell is not pd.NaT:
        return cell.isoformat()
    found = plain(cell)
    # An empty text stays one; a missing figure is null.
    return None if found == "" and not isinstance(cell, str) else found


def _file(form: str, export: Export, brief: Any, opened: OpenPlace) -> bytes:
    layer = getattr(brief, "layer", None)
    areas = import_module("needsmap.places.areas")
    if form in {"csv", "xlsx"} or (layer is None and form in _WRITERS):
        return _WRITERS[form](export)
    if layer is None:
        raise NeedsmapError(
            say("This subject has no map."),
            say(
                "Ask for 'overview', 'coverage', 'comparison', 'services', 'money' or 'strengths' "
                "as a map."
            ),
        )
    outlines = areas.outlines(opened.pack, layer.level)
    if form == "geojson":
        return as_geojson(export, layer, outlines)
    drawing = drawing_of(brief, outlines)
    if form == "svg":
        return drawing
    if form == "png":
        return as_png(drawing)
    return as_html(export, drawing) if form == "html" else as_pdf(export, drawing)
