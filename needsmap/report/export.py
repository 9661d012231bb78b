"""What every file we hand out carries: the tables, and the notes that make them citable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pandas as pd

from needsmap.briefs.provenance import Provenance
from needsmap.words import say

Note = tuple[str, str]


class Brief(Protocol):
    """What any brief offers an export."""

    @property
    def provenance(self) -> Provenance:
        """Where its numbers come from."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says in plain words."""

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return its tables, ready to show."""


@dataclass(frozen=True)
class Export:
    """A brief ready to become a file.

    title : what it is about and where; says *invented place* where so. tables : name →
    table ready to show. notes : (label, text) pairs: place, filters, people, date, mark,
    release, link, surveys, sources with licences, rules.
    """

    title: str
    sentences: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Note, ...]
    cautions: tuple[str, ...] = field(default=())


def make_export(brief: Brief, title: str, *, today: date | None = None) -> Export:
    """Return a brief as an export. `title` is its subject, like "What matters most".

    `today` is printed as the day the file was made; UTC today when not given.
    """
    provenance = brief.provenance
    place = place_words(provenance)
    return Export(
        title=f"{title} · {place}",
        sentences=tuple(brief.sentences),
        tables={name: table.reset_index(drop=True) for name, table in brief.tables().items()},
        notes=_notes(brief, place, today or datetime.now(UTC).date()),
        cautions=tuple(getattr(brief, "cautions", ())),
    )


def place_words(provenance: Provenance) -> str:
    """Return the place's title, marked when it is made up."""
    if provenance.invented:
        return say("{place} (invented place)", place=provenance.place_title)
    return provenance.place_title


def _notes(brief: Brief, place: str, today: date) -> tuple[Note, ...]:
    provenance = brief.provenance
    notes: list[Note] = [(say("Place"), place)]
    notes += _asked_for(getattr(brief, "picture", None))
    base = getattr(getattr(brief, "base", None), "words", "")
    if base:
        notes.append((say("People who answered"), str(base)))
    for survey in provenance.surveys:
        asked = survey.asked.isoformat() if survey.asked else say("date not known")
        text = say(
            "{title}, asked {asked}, {people}",
            title=survey.title, asked=asked, people=survey.people,
        )  # fmt: skip
        notes.append((say("Survey"), text))
    if provenance.release_number is None:
        notes.append((say("Release"), say("none yet")))
    else:
        made = provenance.release_made_at[:10]
        notes.append(
            (say("Release"), say("{n}, made {day}", n=provenance.release_number, day=made))
        )
    notes += [
        (say("Place data"), provenance.pack_version),
        (say("Mark"), provenance.mark),
        (say("Link"), f"?{provenance.link}"),
        (say("File made on"), today.isoformat()),
    ]
    for source in provenance.sources:
        parts = [source.title, source.date, source.licence, source.attribution]
        notes.append((say("Source and licence"), " · ".join(part for part in parts if part)))
    notes += [(say("Rule"), rule) for rule in provenance.policy]
    return tuple(notes)


def _asked_for(picture: Any) -> list[Note]:
    # The link says it all, but in codes; these are the same choices for a reader.
    if picture is None:
        return []
    groups = ", ".join(f"{group}: {band}" for group, band in picture.groups)
    shown = [
        (say("By"), picture.level),
        (say("Asked for"), picture.theme),
        (say("Official measure"), picture.indicator),
        (say("Only people who are"), groups),
        (say("Area in focus"), picture.area),
    ]
    return [(label, text) for label, text in shown if text]
