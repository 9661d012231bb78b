"""`python -m needsmap …`: the commands.

Every command takes ``--json`` to print one JSON object on stdout; problems go to stderr
in words. Exit code 0: done; 1: refused, with reasons; 2: wrong usage.
"""

from __future__ import annotations

import importlib
import sys

import click

from needsmap.errors import NeedsmapError

_GROUPS = {
    "place": "needsmap.cli.place",
    "survey": "needsmap.cli.survey",
    "release": "needsmap.cli.release",
    "brief": "needsmap.cli.brief",
    "quotes": "needsmap.cli.quotes",
    "grants": "needsmap.cli.grants",
    "steward": "needsmap.cli.steward",
    "serve": "needsmap.cli.serve",
    "backup": "needsmap.cli.backup",
    "restore": "needsmap.cli.restore",
}


class _Commands(click.Group):
    """Loads a command's module only when it is asked for, so help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _GROUPS:
            return None
        return importlib.import_module(_GROUPS[cmd_name]).command


@click.command(cls=_Commands)
def needsmap() -> None:
    """Needs Map: what residents ask for, beside what official figures say."""


def main() -> None:
    """Run a command; say a refusal in words on stderr and exit with 1."""
    try:
        needsmap(prog_name="python -m needsmap")
    except NeedsmapError as error:
        click.echo(error.what, err=True)
        if error.fix:
            click.echo(error.fix, err=True)
        sys.exit(1)
