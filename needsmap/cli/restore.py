"""`needsmap restore FILE`: put a backup back where there is nothing yet."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from needsmap import settings
from needsmap.store import restore_backup
from needsmap.words import count, say


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, as_json: bool) -> None:
    """Put the backup FILE into an empty data store: all of it, or nothing."""
    manifest = restore_backup(settings.load().database_url, file)
    if as_json:
        click.echo(json.dumps({"file": str(file), **asdict(manifest)}, ensure_ascii=False))
        return
    surveys = count("{n} survey", "{n} surveys", manifest.surveys)
    answers = count("{n} answer", "{n} answers", manifest.answers)
    click.echo(
        say(
            "{surveys} with {answers} are back, as they were on {day}.",
            surveys=surveys, answers=answers, day=manifest.made_at[:10],
        )
    )  # fmt: skip
