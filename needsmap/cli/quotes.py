"""`needsmap quotes`: read what people wrote, choose lines all may read, take them back.

Whoever may run this beside the data store is trusted: the store holds what people answered.
"""

from __future__ import annotations

import json

import click

from needsmap.briefs.decided import read_decided
from needsmap.briefs.place import open_place
from needsmap.briefs.quotes import QuoteSearch, search_quotes
from needsmap.briefs.rows import each_row
from needsmap.errors import NeedsmapError, NotFound
from needsmap.intake.privacy import scrub
from needsmap.picture import Picture
from needsmap.places.finding import find_pack
from needsmap.places.pack import open_pack
from needsmap.settings import load
from needsmap.store import approve_quote, approved_quotes, open_store, withdraw_quote
from needsmap.words import count, say

_PLACE = click.option("--place", default="", help="A pack's name or folder; else the one set.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("quotes")
def command() -> None:
    """Read what people wrote, and choose lines that all may read."""


@command.command("search")
@click.argument("words", nargs=-1)
@_PLACE
@click.option("--theme", default="", help="Only texts about this theme.")
@click.option("--most", type=click.IntRange(1, 500), default=20, show_default=True)
@_JSON
def search(words: tuple[str, ...], place: str, theme: str, most: int, as_json: bool) -> None:
    """Find lines to choose from. Not to be shown to others."""
    settings = load()
    found = _found(" ".join(words), place, theme, most)
    rows = [
        {
            "quote": row.quote, "survey": row.survey, "line": row.line, "text": row.text,
            "themes": list(row.themes), "area": row.area_name, "people": int(row.people),
            "approved": bool(row.approved), "shown_as": row.shown_as,
        }
        for row in each_row(found.lines)
    ]  # fmt: skip
    if as_json:
        told = {"place": place or settings.place, "hits": found.hits, "texts": found.texts}
        click.echo(json.dumps({**told, "lines": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['quote']}  {row['survey']}  {row['line']}")
    click.echo(
        count("{n} text holds these words.", "{n} texts hold these words.", found.hits), err=True
    )


@command.command("list")
@_PLACE
@_JSON
def list_(place: str, as_json: bool) -> None:
    """List the lines all may read."""
    settings = load()
    pack = open_pack(find_pack(place or settings.place, settings))
    with open_store(settings.database_url) as store:
        known = approved_quotes(store, pack.name)
    if as_json:
        rows = [
            {"quote": q.quote, "survey": q.survey, "line": q.line, "at": q.at.isoformat()}
            for q in known
        ]
        click.echo(json.dumps({"place": pack.name, "quotes": rows}, ensure_ascii=False))
        return
    for one in known:
        click.echo(f"{one.quote}  {one.line}")
    if not known:
        click.echo(say("No quotes have been chosen yet."))


@command.command("approve")
@click.argument("quote")
@click.option("--line", default="", help="The part of the text to show; else its telling line.")
@_PLACE
def approve(quote: str, line: str, place: str) -> None:
    """Let all read a line of a text. QUOTE is the text's id, as the search prints it."""
    settings = load()
    found = _found("", place, "", 1, quote=quote).lines
    if not len(found):
        raise NotFound(
            say("There is no text '{quote}'.", quote=quote[:32]),
            say("Search the texts to see which there are."),
        )
    text = found.iloc[0]
    line = line or str(text["line"])
    pack = open_pack(find_pack(place or settings.place, settings))
    if line not in str(text["text"]):
        raise NeedsmapError(
            say("The line is not a part of the text."), say("Take the words as they were written.")
        )
    if scrub(line, pack.country)[1]:
        raise NeedsmapError(
            say("The line may hold a name or another personal detail."),
            say("Choose a part of the text without it."),
        )
    with open_store(settings.database_url) as store:
        approve_quote(store, pack.name, quote=quote, survey_id=str(text["survey"]), line=line)
    click.echo(str(text["shown_as"]))


@command.command("withdraw")
@click.argument("quote")
@_PLACE
def withdraw(quote: str, place: str) -> None:
    """Take a line back: it is private again at once."""
    settings = load()
    pack = open_pack(find_pack(place or settings.place, settings))
    with open_store(settings.database_url) as store:
        withdraw_quote(store, pack.name, quote)
    click.echo(say("Taken back."))


def _found(words: str, place: str, theme: str, most: int, *, quote: str = "") -> QuoteSearch:
    settings = load()
    opened = open_place(settings, place)
    decided = read_decided(settings, opened.pack.name)
    return search_quotes(
        Picture(theme=theme), opened.pack, opened.voice, words, approvals=decided.approvals,
        only_theme=bool(theme), most=most, quote=quote,
    )  # fmt: skip
