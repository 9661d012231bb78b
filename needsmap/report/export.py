"""What every file we hand out carries: the tables, and the notes that make them citable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

import pandas as pd

from needsmap.briefs.catalogue import theme_label, themes_of
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
    release, link, surveys, sources with licences, rules. footer : the line at the foot of
    every printed page: the place and the mark.
    """

    title: str
    sentences: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Note, ...]
    cautions: tuple[str, ...] = field(default=())
    footer: str = ""


def make_export(brief: Brief, title: str, *, today: date | None = None) -> Export:
    """Return a brief as an export. `title` is its subject, like "What matters most".

    `today` is printed as the day the file was made; UTC today when not given.
    """
    provenance = brief.provenance
    place = place_words(provenance)
    finding = str(getattr(brief, "title", ""))
    asked = title if not finding or finding in title else f"{title}: {finding}"
    # What the brief leads with comes first; none of it is said twice.
    said = dict.fromkeys((*getattr(brief, "lead", ()), *brief.sentences))
    return Export(
        title=f"{asked} · {place}",
        sentences=tuple(said),
        tables={name: table.reset_index(drop=True) for name, table in brief.tables().items()},
        notes=_notes(brief, place, today or datetime.now(UTC).date()),
        cautions=tuple(one for one in getattr(brief, "cautions", ()) if one not in said),
        footer=say("{place} · mark {mark}", place=place, mark=provenance.mark),
    )


def place_words(provenance: Provenance) -> str:
    """Return the place's title, marked when it is made up."""
    mark = say("(invented place)")
    if provenance.invented and mark not in provenance.place_title:
        return f"{provenance.place_title} {mark}"
    return provenance.place_title


def _notes(brief: Brief, place: str, today: date) -> tuple[Note, ...]:
    provenance = brief.provenance
    notes: list[Note] = [(say("Place"), place)]
    notes += _asked_for(getattr(brief, "picture", None))
    question = str(getattr(brief, "question", ""))
    if question:
        notes.append((say("Question in the survey"), question))
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
        (say("Asked for"), theme_label(themes_of(None), picture.theme) if picture.theme else ""),
        (say("Official measure"), picture.indicator),
        (say("Only people who are"), groups),
        (say("Area in focus"), picture.area),
    ]
    return [(label, text) for label, text in shown if text]
