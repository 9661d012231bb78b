"""`python -m needsmap survey themes`: what stewards of a place corrected, in and out."""

from __future__ import annotations

from pathlib import Path

import click

from needsmap.cli.survey_words import print_json
from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.intake.choices import Choices
from needsmap.intake.matching import wording_of
from needsmap.intake.recall import corrections_made
from needsmap.intake.theme_lists import own_themes
from needsmap.intake.themes import known_languages, load_themes
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.settings import load
from needsmap.store import (
    ThemeCorrection,
    corrections_as_toml,
    corrections_from_toml,
    open_store,
    remember_themes,
    theme_corrections,
)
from needsmap.words import count, say


@click.command("themes")
@click.option("--place", help="The place: a pack's name or its folder.")
@click.option("--export", "out", type=click.Path(path_type=Path), help="Write them to this file.")
@click.option("--import", "source", type=click.Path(path_type=Path), help="Add those of this file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def themes(place: str | None, out: Path | None, source: Path | None, as_json: bool) -> None:
    """Show what wording was settled for this place; take it to another."""
    settings = load()
    pack = open_pack(find_pack(place or settings.place, settings))
    added = 0
    with open_store(settings.database_url) as store:
        if source is not None:
            added = remember_themes(store, pack.name, _checked(_text(source), pack))
        known = theme_corrections(store, pack.name)
    if out is not None:
        try:
            out.write_text(corrections_as_toml(known), encoding="utf-8")
        except OSError as error:
            raise NeedsmapError(
                say("'{file}' could not be written.", file=out), say("Choose another file name.")
            ) from error
    if as_json:
        listed = [
            {"wording": one.wording, "themes": list(one.themes), "language": one.language}
            for one in known
        ]
        print_json({"place": pack.name, "added": added, "corrections": listed})
        return
    if source is not None:
        click.echo(count("{n} correction was new.", "{n} corrections were new.", added))
    for one in known:
        named = ", ".join(one.themes) or say("no theme")
        click.echo(f"{one.wording}  →  {named}  ({one.language})")
    if not known:
        click.echo(say("Nothing was corrected for {place} yet.", place=pack.title))


def _text(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            say("The file '{name}' cannot be read.", name=source.name),
            say("Choose a file that was exported with --export."),
        ) from error


def _checked(text: str, pack: Pack) -> list[ThemeCorrection]:
    """Return the corrections of a file, those with personal details left out.

    Raises
    ------
    NeedsmapError
        When one names a theme this place does not have, or a language without a list.
    """
    known = {theme.id for theme in load_themes(extra=own_themes(pack))}
    checked = []
    for one in corrections_from_toml(text):
        strange = [theme for theme in one.themes if theme not in known]
        if one.language not in known_languages():
            strange.append(one.language)
        if strange:
            raise NeedsmapError(
                say(
                    "The correction of '{wording}' names '{strange}', which is not known here.",
                    wording=one.wording[:60],
                    strange=strange[0][:40],
                ),
                say("Use the ids of this place's themes: {known}.", known=", ".join(sorted(known))),
            )
        settled = Choices(themes={wording_of(one.wording): one.themes})
        checked += [ThemeCorrection(*each) for each in corrections_made(settled, one.language)]
    return checked
