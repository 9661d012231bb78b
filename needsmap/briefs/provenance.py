"""Where a brief's numbers come from: printed at the foot of every page, sheet and file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from needsmap.analysis import disclosure
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


@dataclass(frozen=True)
class SurveyNote:
    """One survey behind the figures. `people` is the published number of answers in words."""

    id: str
    title: str
    asked: date | None
    people: str


@dataclass(frozen=True)
class SourceNote:
    """One source of the pack: its title, licence, attribution line and date ("" if unknown)."""

    title: str
    licence: str
    attribution: str
    date: str


@dataclass(frozen=True)
class Provenance:
    """Everything needed to trust, repeat and cite a brief.

    Fields
    ------
    place : pack name. place_title : as people call it. invented : True for made-up places.
    pack_version : short content hash. release_number : None when nobody has answered.
    release_made_at : ISO time or "". mark : code like ``7F3A-21``. link : query string
    without "?". surveys, sources : see their types. policy : the disclosure rules in force
    as plain sentences.
    """

    place: str
    place_title: str
    invented: bool
    pack_version: str
    release_number: int | None
    release_made_at: str
    mark: str
    link: str
    surveys: tuple[SurveyNote, ...]
    sources: tuple[SourceNote, ...]
    policy: tuple[str, ...]

    @property
    def foot(self) -> str:
        """Return the one line under a picture: invented place, mark, release, pack."""
        parts = [say("Picture {mark}", mark=self.mark)]
        if self.release_number is not None:
            parts.append(say("release {number}", number=self.release_number))
        parts.append(say("place data {version}", version=self.pack_version))
        if self.invented:
            parts.insert(0, say("Invented place"))
        return " · ".join(parts)

    @property
    def under_a_picture(self) -> tuple[str, ...]:
        """Return the lines printed under a saved map: the foot, then each source's credit."""
        credits = [source.attribution or source.title for source in self.sources]
        return (self.foot, *dict.fromkeys(credits))


def describe(
    picture: Picture, pack: Pack, surveys: Sequence[SurveyNote], release: Release | None
) -> Provenance:
    """Return the provenance of a settled picture.

    `surveys` are those the picture's numbers were counted from. `release` is None when
    nothing was released yet.
    """
    number = None if release is None else release.number
    return Provenance(
        place=pack.name,
        place_title=pack.title,
        invented=pack.invented,
        pack_version=pack.version,
        release_number=number,
        release_made_at="" if release is None else str(release.made_at),
        mark=picture.mark(
            release="none" if release is None else f"{release.number} {release.digest}",
            pack_version=pack.version,
        ),
        link=picture.link(),
        surveys=tuple(surveys),
        sources=tuple(
            SourceNote(s.title, s.licence, s.attribution, str(s.date or "")) for s in pack.sources
        ),
        policy=disclosure.policy_sentences(),
    )
