"""What a reader may choose for a place: the closed list of filters (policy D3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One thing to choose: its id in the link, its words, and a group heading ("" if none)."""

    id: str
    label: str
    heading: str = ""


@dataclass(frozen=True)
class Menu:
    """All permitted choices for one place and its released surveys, in the order to show.

    Fields
    ------
    themes : themes the headline question names, most asked for first, then the others.
    levels : finest first. indicators : with the domain's words as heading. groups : group
    id → (label, bands). surveys : newest first. services : categories with a point in the
    pack. areas : areas of the settled level, by name.
    """

    themes: tuple[Entry, ...]
    levels: tuple[Entry, ...]
    indicators: tuple[Entry, ...]
    groups: dict[str, tuple[str, tuple[Entry, ...]]]
    surveys: tuple[Entry, ...]
    services: tuple[Entry, ...]
    areas: tuple[Entry, ...]
