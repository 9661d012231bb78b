"""What the survey commands say on the screen."""

from __future__ import annotations

import json
from textwrap import shorten

import click

from needsmap.errors import Problems
from needsmap.intake.survey import Inspection, Prepared
from needsmap.words import count, say

_MOST_SAID = 20
"""Problems said in words; the JSON has them all."""


def print_json(found: dict[str, object]) -> None:
    """Print one JSON object on stdout."""
    click.echo(json.dumps(found, ensure_ascii=False))


def say_inspection(seen: Inspection) -> None:
    """Say how a file is understood."""
    click.echo(count("{n} row was read.", "{n} rows were read.", seen.raw.rows_seen))
    for question in seen.questions:
        where = ", ".join(map(str, question.columns))
        asked = shorten(question.text, 90, placeholder=" …")
        click.echo(f"{where}. {asked}  ({question.role}, {question.kind})")
        for option in question.options[:12]:
            why = f"  – {option.reason}" if option.reason else ""
            click.echo(
                f"     {option.count:>7,}  {shorten(option.text, 80, placeholder=' …')}{why}"
            )
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


def say_import(result: dict[str, object], ready: Prepared) -> None:
    """Say what was kept of a file, and what people asked for."""
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


def complain(problems: Problems) -> None:
    """Say what is wrong with single rows, on stderr."""
    for problem in list(problems)[:_MOST_SAID]:
        row = say("Row {row}", row=problem.row) if problem.row is not None else ""
        column = shorten(problem.column or "", 60, placeholder=" …")
        where = ", ".join(part for part in (row, column) if part)
        click.echo(f"{where}: {problem.message}" if where else problem.message, err=True)
    more = len(problems) - _MOST_SAID
    if more > 0:
        click.echo(count("And {n} more.", "And {n} more.", more), err=True)
