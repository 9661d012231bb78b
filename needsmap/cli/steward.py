"""`needsmap steward`: a passphrase for whoever looks after a place."""

from __future__ import annotations

import json

import click

from needsmap.errors import NeedsmapError
from needsmap.passphrase import SHORTEST, hashed, make_passphrase
from needsmap.settings import SETTINGS
from needsmap.words import say


@click.command("steward")
@click.option("--choose", is_flag=True, help="Type a passphrase of your own instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(choose: bool, as_json: bool) -> None:
    """Make the passphrase a steward signs in with. Nothing is stored."""
    passphrase = make_passphrase()
    if choose:
        asked = say("Passphrase ({least} letters or more)", least=SHORTEST)
        passphrase = click.prompt(asked, hide_input=True, confirmation_prompt=True, err=True)
        if len(passphrase) < SHORTEST:
            raise NeedsmapError(
                say("This passphrase is too short."),
                say("Take {least} letters or more: four words, for example.", least=SHORTEST),
            )
    setting, value = SETTINGS["steward"].variable, hashed(passphrase)
    if as_json:
        told = {"setting": setting, "value": value}
        click.echo(json.dumps(told if choose else {"passphrase": passphrase, **told}))
        return
    if not choose:
        click.echo(say("Passphrase, to keep where only stewards can read it:"))
        click.echo(f"  {passphrase}")
    click.echo(say("Setting for the server; it does not tell the passphrase:"))
    click.echo(f"  {setting}={value}")
