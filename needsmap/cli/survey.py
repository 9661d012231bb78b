"""`python -m needsmap survey …`: inspect a file, import it, list surveys, undo one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from needsmap.errors import NeedsmapError, Problems, UnreadableFile
from needsmap.intake.choices import Choices
from needsmap.intake.survey import Inspection, Prepared, as_told, inspect, prepare
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.settings import load
from needsmap.store.database import open_store
from needsmap.store.surveys import keep_survey, list_surveys, undo_survey
from needsmap.words import count, say

_MOST_SAID = 20
"""Problems said in words; the JSON has them all."""

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


@click.group("survey")
def command() -> None:
    """Read a survey's file, keep it, list what is kept, take one back."""


@command.command("inspect")
@_file
@_place
@_columns
@_sheet
@_as_json
def inspect_file(
    file: Path, place: str | None, columns: Path | None, sheet: str | None, as_json: bool
) -> None:
    """Say how FILE is understood. Nothing is kept."""
    pack = _open(place) if place else None
    seen = inspect(_read(file), file.name, pack=pack, choices=_choices(columns, sheet))
    if as_json:
        _print(seen.as_dict())
    else:
        _say_inspection(seen)
    _complain(seen.problems)


@command.command("import")
@_file
@_place
@_columns
@_sheet
@click.option("--title", default="", help="What the survey is called.")
@click.option("--asked", default="", help="The day it was asked: 2025-03-31.")
@_as_json
def import_file(
    file: Path,
    place: str | None,
    columns: Path | None,
    sheet: str | None,
    title: str,
    asked: str,
    as_json: bool,
) -> None:
    """Keep the answers of FILE, without personal details."""
    settings = load()
    pack = _open(place)
    choices = _choices(columns, sheet)
    if title:
        choices = replace(choices, title=title)
    if asked:
        choices = replace(choices, asked=_day(asked))
    ready = prepare(inspect(_read(file), file.name, pack=pack, choices=choices))
    with open_store(settings.database_url) as store:
        receipt = keep_survey(store, pack.name, ready.survey, release=settings.release)
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
        _print(result)
    else:
        _say_import(result, ready)
    _complain(ready.problems)


@command.command("list")
@_place
@_as_json
def list_kept(place: str | None, as_json: bool) -> None:
    """List the surveys kept for a place."""
    pack = _open(place)
    with open_store(load().database_url) as store:
        records = list_surveys(store, pack.name)
    if as_json:
        _print(
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
        _print({"survey": undone.survey, "withdrawn": undone.withdrawn, "release": number})
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


def _choices(columns: Path | None, sheet: str | None) -> Choices:
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
    return replace(choices, sheet=sheet) if sheet else choices


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NeedsmapError(
            say("'{text}' is not a day.", text=text[:40]),
            say("Write it as year-month-day, such as 2025-03-31."),
        ) from error


def _print(found: dict[str, object]) -> None:
    click.echo(json.dumps(found, ensure_ascii=False))


def _say_inspection(seen: Inspection) -> None:
    click.echo(count("{n} row was read.", "{n} rows were read.", seen.raw.rows_seen))
    for question in seen.questions:
        where = ", ".join(map(str, question.columns))
        click.echo(f"{where}. {question.text[:90]}  ({question.role}, {question.kind})")
        for option in question.options[:12]:
            why = f"  – {option.reason}" if option.reason else ""
            click.echo(f"     {option.count:>7,}  {option.text[:80]}{why}")
    for found in seen.personal:
        click.echo(
            say(
                "Column {column}: {cells} cells hold a personal detail ({kind}).",
                column=found.column, cells=f"{found.cells:,}", kind=found.kind,
            )
        )  # fmt: skip
    click.echo(
        say(
            "{located} of {of} answers that say where are on the map.",
            located=f"{seen.whereabouts.located:,}", of=f"{seen.whereabouts.of:,}",
        )
    )  # fmt: skip


def _say_import(result: dict[str, object], ready: Prepared) -> None:
    click.echo(
        say(
            "Read {read}: {kept} kept, {known} known already, {aside} set aside. On the map: "
            "{located}. The survey's id is {id}.",
            read=result["read"], kept=result["kept"], known=result["already_known"],
            aside=result["set_aside"], located=result["located"], id=result["survey"],
        )
    )  # fmt: skip
    for label, answers in zip(ready.themes["label"], ready.themes["answers"], strict=True):
        click.echo(f"{answers:>8,}  {label}")


def _complain(problems: Problems) -> None:
    for problem in list(problems)[:_MOST_SAID]:
        row = say("Row {row}", row=problem.row) if problem.row is not None else ""
        where = ", ".join(part for part in (row, (problem.column or "")[:60]) if part)
        click.echo(f"{where}: {problem.message}" if where else problem.message, err=True)
    more = len(problems) - _MOST_SAID
    if more > 0:
        click.echo(count("And {n} more.", "And {n} more.", more), err=True)
