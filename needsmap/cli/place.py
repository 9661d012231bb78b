"""`python -m needsmap place …`: check packs, make them, list them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from needsmap import settings
from needsmap.errors import BadPack, NeedsmapError
from needsmap.places.build.england import build_england
from needsmap.places.build.recipe import build_recipe
from needsmap.places.build.report import Built
from needsmap.places.check import check_pack
from needsmap.places.finding import list_packs
from needsmap.words import count, say

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
_FROM = click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder with the files to build from.",
)
_OUT = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder to write the pack into.",
)


@click.group()
def command() -> None:
    """Places: check a pack, make one from official files, list those there are."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_JSON
def check(folder: Path, as_json: bool) -> None:
    """Name every fault of the pack in FOLDER. Exit 0: none; 1: some."""
    problems = check_pack(folder)
    if as_json:
        found = {"folder": str(folder), "ok": not problems,
                 "problems": [problem.as_dict() for problem in problems]}  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False))
    elif not problems:
        click.echo(say("Nothing is wrong with {folder}.", folder=folder))
    for problem in problems:
        click.echo(problem.message, err=True)
    if problems:
        click.echo(count("{n} thing to mend.", "{n} things to mend.", len(problems)), err=True)
        sys.exit(1)


@command.group()
def build() -> None:
    """Make a pack from files others publish."""


@build.command()
@click.option("--authority", required=True, help="The authority's code, e.g. E08000009.")
@_FROM
@_OUT
@click.option("--name", default="", help="The pack's short name; default: the authority's name.")
@_JSON
def england(authority: str, source: Path, out: Path, name: str, as_json: bool) -> None:
    """Make a pack of an English authority from official-style files.

    Files are told apart by what is in them, so they may have any name and lie in any
    sub-folder.
    """
    _finish(lambda: build_england(authority, source, out, name=name, progress=_progress), as_json)


@build.command()
@click.argument("recipe", type=click.Path(path_type=Path))
@_FROM
@_OUT
@_JSON
def recipe(recipe: Path, source: Path, out: Path, as_json: bool) -> None:
    """Make a pack of any place as the TOML file RECIPE says."""
    _finish(lambda: build_recipe(recipe, source, out, progress=_progress), as_json)


@command.command(name="list")
@_JSON
def list_places(as_json: bool) -> None:
    """List the places that can be opened."""
    packs = list_packs(settings.load())
    if as_json:
        places = [
            {"name": p.name, "title": p.title, "folder": str(p.folder), "areas": p.areas,
             "invented": p.invented}
            for p in packs
        ]  # fmt: skip
        click.echo(json.dumps({"places": places}, ensure_ascii=False))
        return
    if not packs:
        click.echo(say("There are no places yet. Make one with 'place build'."))
    for pack in packs:
        invented = (
            " " + say("(invented place)") if pack.invented and "invented" not in pack.title else ""
        )
        areas = count("{n} area", "{n} areas", pack.areas)
        click.echo(f"{pack.name}: {pack.title}{invented}, {areas}")


def _progress(sentence: str) -> None:
    click.echo(sentence, err=True)


def _finish(make: Callable[[], Built], as_json: bool) -> None:
    """Run a build, judge what it made, and say both; exit 1 when the pack has faults."""
    try:
        built = make()
    except NeedsmapError as error:
        if as_json:
            faults = error.problems if isinstance(error, BadPack) else ()
            said = {"ok": False, "what": error.what, "fix": error.fix,
                    "problems": [problem.as_dict() for problem in faults]}  # fmt: skip
            click.echo(json.dumps(said, ensure_ascii=False))
        raise
    problems = check_pack(built.folder)
    for sentence in built.report.sentences():
        click.echo(sentence, err=True)
    for problem in problems:
        click.echo(problem.message, err=True)
    if as_json:
        found = {"ok": not problems, **built.as_dict(),
                 "problems": [problem.as_dict() for problem in problems]}  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        areas = count("{n} area", "{n} areas", built.areas)
        click.echo(say("Made {title} in {folder}: {areas}.", title=built.title,
                       folder=built.folder, areas=areas))  # fmt: skip
    if problems:
        sys.exit(1)
