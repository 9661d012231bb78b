"""Choices that put several pictures in order: a second map beside the first, a meeting's steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from needsmap.briefs.menu import Entry, Menu
from needsmap.picture import Picture
from needsmap.ui import choices
from needsmap.words import say


def choose_against(picture: Picture, menu: Menu, places: Mapping[str, str]) -> None:
    """Choose what a second map beside the first shows; nothing compares two areas instead."""
    labels: dict[tuple[str, ...], str] = {(): say("nothing")}
    labels |= {("theme", entry.id): entry.label for entry in menu.themes}
    labels |= {
        ("index", entry.id): say("Index: {label}", label=entry.label) for entry in menu.indicators
    }
    labels[("heard",)] = say("How many people answered")
    labels |= {
        ("place", name): say("Another place: {place}", place=title)
        for name, title in places.items() if name != picture.place
    }  # fmt: skip
    choices.one_of(
        say("beside a map of"), labels, picture.against, "against",
        lambda against: choices.change(against=against),
    )  # fmt: skip


def choose_steps(picture: Picture, offered: Iterable[Entry], shown: Iterable[str]) -> None:
    """Choose what a meeting shows, in order; taking all out brings the usual steps back."""
    labels = {entry.id: entry.label for entry in offered}
    choices.several_of(
        say("Pictures, in order"), labels, picture.steps or tuple(shown), "steps",
        lambda chosen: choices.change(steps=chosen), empty=say("the usual ones"),
    )  # fmt: skip
