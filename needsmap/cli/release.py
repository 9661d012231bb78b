"""`needsmap release`: make kept answers public."""

from __future__ import annotations

import json

import click

from needsmap import settings
from needsmap.places.finding import find_pack
from needsmap.places.pack import open_pack
from needsmap.store import make_release, open_store
from needsmap.words import say


@click.command("release")
@click.option("--place", default="", help="A pack's name or folder; else the one set.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(place: str, as_json: bool) -> None:
    """Make the answers of a place that wait public, when ten or more do."""
    chosen = settings.load()
    pack = open_pack(find_pack(place or chosen.place, chosen))
    with open_store(chosen.database_url) as store:
        made = make_release(store, pack.name)
    if as_json:
        facts = {
            "place": pack.name,
            "release": made.number,
            "made_at": made.made_at.isoformat(),
            "digest": made.digest,
            "answers": made.answers,
            "surveys": list(made.surveys),
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(
        say(
            "Release {number} of {place} is public: {answers} answers.",
            number=made.number,
            place=pack.title,
            answers=f"{made.answers:,}",
        )
    )
