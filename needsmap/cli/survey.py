"""`python -m needsmap survey …`: inspect a file, import it, list surveys, undo one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from needsmap.cli.survey_form import form
from needsmap.cli.survey_learning import Learned
from needsmap.cli.survey_themes import themes
from needsmap.cli.survey_words import complain, print_json, say_import, say_inspection
from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.intake.answering import details_kept
from needsmap.intake.choices import Choices
from needsmap.intake.closeness import model_if
from needsmap.intake.codes import read_codes
from needsmap.intake.survey import as_told, inspect, prepare
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.report.mending import as_mend_csv
from needsmap.settings import load
from needsmap.store.database import open_store
from needsmap.store.kept_details import note_kept_details
from needsmap.store.surveys import keep_survey, list_surveys, undo_survey
from needsmap.words import count, say

_place = click.option("--place", "place", help="The place: a pack's name or its folder.")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_file = click.argument("file", type=click.Path(path_type=Path))
_columns = click.option(
    "--columns",
    "columns",
    type=click.Path(path_type=Path),
    help="A JSON file saying what the columns are (docs/surveys.md).",
)
_sheet = click.option("--sheet", help="Which sheet of a workbook.")
_language = click.option("--language", help="Language of the answers: en, es, cy, fi.")
_codes = click.option(
    "--codes",
    "codes",
    type=click.Path(path_type=Path),
    help="A list of what codes stand for: a KEY file, an XLSForm, or code and words.",
)
_afresh = click.option("--afresh", is_flag=True, help="Do not read it as this form was before.")
_mend = click.option(
    "--mend",
    type=click.Path(path_type=Path),
    help="Write the rows with a problem, and why, to this CSV file.",
)


@click.group("survey")
def command() -> None:
    """Read a survey's file, keep it, list what is kept, take one back."""


@command.command("inspect")
@_file
@_place
@_columns
@_sheet
@_language
@_codes
@_mend
@_as_json
def inspect_file(
    file: Path,
    place: str | None,
    columns: Path | None,
    sheet: str | None,
    language: str | None,
    codes: Path | None,
    mend: Path | None,
    as_json: bool,
) -> None:
    """Say how FILE is understood. Nothing is kept."""
    pack = _open(place) if place else None
    choices = _with_codes(_choices(columns, sheet, language), codes)
    seen = inspect(
        _read(file),
        file.name,
        pack=pack,
        choices=choices,
        model=model_if(load().closeness),
    )
    if mend is not None:
        _write(mend, as_mend_csv(prepare(seen).to_mend))
    if as_json:
        print_json(seen.as_dict())
    else:
        say_inspection(seen)
    complain(seen.problems)


@command.command("import")
@_file
@_place
@_columns
@_sheet
@_language
@_codes
@_afresh
@_mend
@click.option("--title", default="", help="What the survey is called.")
@click.option("--asked", default="", help="The day it was asked: 2025-03-31.")
@_as_json
def import_file(
    file: Path,
    place: str | None,
    columns: Path | None,
    sheet: str | None,
    language: str | None,
    codes: Path | None,
    afresh: bool,
    mend: Path | None,
    title: str,
    asked: str,
    as_json: bool,
) -> None:
    """Keep the answers of FILE, without personal details."""
    settings = load()
    pack = _open(place)
    choices = _with_codes(_choices(columns, sheet, language), codes)
    if title:
        choices = replace(choices, title=title)
    if asked:
        choices = replace(choices, asked=_day(asked))
    with open_store(settings.database_url) as store:
        learned = Learned(store, pack.name)
        seen = inspect(
            _read(file),
            file.name,
            pack=pack,
            choices=choices,
            corrections=learned.corrections(),
            recalled=None if afresh or columns is not None else learned.recall,
            model=model_if(settings.closeness),
        )
        ready = prepare(seen)
        details = details_kept(seen.personal, seen.choices)
        note_kept_details(store, pack.name, seen.raw.digest, details)
        receipt = keep_survey(store, pack.name, ready.survey, release=settings.release)
        learned.learn(seen)
    if mend is not None:
        _write(mend, as_mend_csv(ready.to_mend))
    if seen.recalled:
        click.echo(say("This form was added before; it was read as it was then."), err=True)
    result = {
        "survey": receipt.survey,
        "read": ready.read,
        "kept": receipt.kept,
        "already_known": receipt.already_known,
        "set_aside": ready.set_aside,
        "located": ready.located,
        "themes": [
            {"theme": str(theme), "answers": int(answers)}
            for theme, answers in zip(ready.themes["theme"], ready.themes["answers"], strict=True)
        ],
        "problems": [as_told(problem) for problem in ready.problems],
    }
    if as_json:
        print_json(result)
    else:
        say_import(result, ready)
    complain(ready.problems)


command.add_command(themes)
command.add_command(form)


@command.command("list")
@_place
@_as_json
def list_kept(place: str | None, as_json: bool) -> None:
    """List the surveys kept for a place."""
    pack = _open(place)
    with open_store(load().database_url) as store:
        records = list_surveys(store, pack.name)
    if as_json:
        print_json(
            {
                "surveys": [
                    {
                        "survey": record.id,
                        "title": record.title,
                        "asked": str(record.asked or ""),
                        "tool": record.tool,
                        "kept_at": str(record.kept_at),
                        "answers": record.answers,
                        "released": record.released,
                    }
                    for record in records
                ]
            }
        )
        return
    if not records:
        click.echo(say("No survey is kept for {place} yet.", place=pack.title))
    for record in records:
        public = say("public") if record.released else say("not public yet")
        people = count("{n} answer", "{n} answers", record.answers)
        click.echo(f"{record.id}  {record.title}  {record.asked or ''}  {people}, {public}")


@command.command("undo")
@click.argument("survey")
@_as_json
def undo(survey: str, as_json: bool) -> None:
    """Take back the survey with this id, as if it had never been added."""
    with open_store(load().database_url) as store:
        undone = undo_survey(store, survey)
    number = undone.release.number if undone.release else None
    if as_json:
        print_json({"survey": undone.survey, "withdrawn": undone.withdrawn, "release": number})
        return
    click.echo(
        count("{n} answer was taken back.", "{n} answers were taken back.", undone.withdrawn)
    )
    if number is None:
        click.echo(say("The public figures change with the next release."))


def _open(place: str | None) -> Pack:
    settings = load()
    return open_pack(find_pack(place or settings.place, settings))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            say("The file '{name}' cannot be opened.", name=file.name),
            say("Check its name and that you may read it."),
        ) from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise NeedsmapError(
            say("'{file}' could not be written.", file=file), say("Choose another file name.")
        ) from error


def _choices(columns: Path | None, sheet: str | None, language: str | None = None) -> Choices:
    choices = Choices()
    if columns is not None:
        try:
            text = columns.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise NeedsmapError(
                say("The column choices '{name}' cannot be read.", name=columns.name),
                say("Check the name of the file after --columns."),
            ) from error
        choices = Choices.from_json(text)
    choices = replace(choices, language=language) if language else choices
    return replace(choices, sheet=sheet) if sheet else choices


def _with_codes(choices: Choices, codes: Path | None) -> Choices:
    """Return the choices with what codes stand for, read from a list beside the answers."""
    if codes is None:
        return choices
    return replace(choices, codes=read_codes(_read(codes), codes.name))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NeedsmapError(
            say("'{text}' is not a day.", text=text[:40]),
            say("Write it as year-month-day, such as 2025-03-31."),
        ) from error
