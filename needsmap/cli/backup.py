"""`needsmap backup FILE`: write all that must not be lost into one file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from needsmap import settings
from needsmap.store import make_backup, open_store
from needsmap.words import count, say


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, as_json: bool) -> None:
    """Write answers, releases and the record of all places to FILE, and check it."""
    with open_store(settings.load().database_url, create=False) as store:
        made = make_backup(store, file)
    if as_json:
        click.echo(json.dumps({"file": str(file), **asdict(made)}, ensure_ascii=False))
        return
    surveys = count("{n} survey", "{n} surveys", made.surveys)
    answers = count("{n} answer", "{n} answers", made.answers)
    click.echo(
        say(
            "'{file}' holds {surveys} with {answers}. It was opened again and checked.",
            file=file, surveys=surveys, answers=answers,
        )
    )  # fmt: skip
    click.echo(say("Keep it where only you can read it: it holds what people answered."))
