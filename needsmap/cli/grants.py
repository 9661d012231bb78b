"""`needsmap grants`: what stewards settled grants are for, in and out."""

from __future__ import annotations

import json
from pathlib import Path

import click

from needsmap.briefs.catalogue import themes_of
from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.settings import load
from needsmap.store import (
    correct_grants,
    grant_corrections,
    grants_as_toml,
    grants_from_toml,
    open_store,
)
from needsmap.words import count, say


@click.command("grants")
@click.option("--place", default="", help="A pack's name or folder; else the one set.")
@click.option("--export", "out", type=click.Path(path_type=Path), help="Write them to this file.")
@click.option("--import", "source", type=click.Path(path_type=Path), help="Add those of this file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(place: str, out: Path | None, source: Path | None, as_json: bool) -> None:
    """Show what grants were corrected; take the corrections to another machine."""
    settings = load()
    pack = open_pack(find_pack(place or settings.place, settings))
    added = 0
    with open_store(settings.database_url) as store:
        if source is not None:
            added = correct_grants(store, pack.name, _checked(source, pack))
        known = grant_corrections(store, pack.name)
    if out is not None:
        try:
            out.write_text(grants_as_toml(known), encoding="utf-8")
        except OSError as error:
            raise NeedsmapError(
                say("'{file}' could not be written.", file=out), say("Choose another file name.")
            ) from error
    if as_json:
        listed = [{"grant": name, "themes": list(themes)} for name, themes in known.items()]
        told = {"place": pack.name, "added": added, "corrections": listed}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if source is not None:
        click.echo(count("{n} correction was new.", "{n} corrections were new.", added))
    for name, themes in known.items():
        click.echo(f"{name}  →  {', '.join(themes) or say('no theme')}")
    if not known:
        click.echo(say("No grant was corrected for {place} yet.", place=pack.title))


def _checked(source: Path, pack: Pack) -> dict[str, tuple[str, ...]]:
    """Return the corrections of a file.

    Raises
    ------
    NeedsmapError
        When the file cannot be read, or names a theme this place does not have.
    """
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            say("The file '{name}' cannot be read.", name=source.name),
            say("Choose a file that was exported with --export."),
        ) from error
    given = grants_from_toml(text)
    known = themes_of(pack.folder)
    for name, themes in given.items():
        strange = [theme for theme in themes if theme not in known]
        if strange:
            raise NeedsmapError(
                say(
                    "The correction of '{grant}' names '{strange}', which is not known here.",
                    grant=name[:60], strange=strange[0][:40],
                ),
                say("Use the ids of this place's themes: {known}.", known=", ".join(sorted(known))),
            )  # fmt: skip
    return given
