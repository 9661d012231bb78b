"""`python -m needsmap survey form`: a questionnaire to start from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from needsmap.errors import NeedsmapError
from needsmap.intake.forms import known_forms, load_form
from needsmap.intake.theme_lists import own_themes
from needsmap.intake.themes import load_themes
from needsmap.places.finding import find_pack
from needsmap.places.pack import open_pack
from needsmap.report.forms import as_entry, as_paper, as_text, as_xlsform
from needsmap.settings import load
from needsmap.tables import Form
from needsmap.words import say

_WRITERS: dict[str, Callable[[Form], bytes]] = {
    "xlsform": as_xlsform, "text": as_text, "paper": as_paper, "entry": as_entry,
}  # fmt: skip


@click.command("form")
@click.option("--name", default="short", show_default=True, type=click.Choice(known_forms()))
@click.option(
    "--format", "kind", required=True, type=click.Choice(list(_WRITERS)),
    help="xlsform: KoboToolbox, ODK. text: to paste. paper: PDF. entry: to type paper into.",
)  # fmt: skip
@click.option("--place", help="A pack's name or folder: its themes are the options.")
@click.option("--language", default="en", show_default=True, help="Language of the themes.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Write to this file.")
def form(name: str, kind: str, place: str | None, language: str, out: Path) -> None:
    """Write a ready-made questionnaire, whose answers are read without a correction."""
    settings = load()
    pack = open_pack(find_pack(place, settings)) if place else None
    asked = load_form(
        name, load_themes(language, own_themes(pack)), pack.title if pack is not None else ""
    )
    try:
        out.write_bytes(_WRITERS[kind](asked))
    except OSError as error:
        raise NeedsmapError(
            say("'{file}' could not be written.", file=out), say("Choose another file name.")
        ) from error
    click.echo(say("Wrote {file}.", file=out))
