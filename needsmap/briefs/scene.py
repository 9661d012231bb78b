"""A settled picture with all a brief needs to answer it, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.counting import count_people, group_bands
from needsmap.analysis.disclosure import Count, publish_base, publish_count, row_of
from needsmap.analysis.priorities import (
    Chosen,
    ThemeShares,
    choose_question,
    chosen_surveys,
    theme_shares,
)
from needsmap.analysis.rank_bands import RankBands, rank_bands
from needsmap.analysis.rules import RULES, sum_parts
from needsmap.analysis.steadying import steadied
from needsmap.analysis.voice import Voice, VoiceSurvey
from needsmap.briefs.catalogue import ThemeEntry, theme_label, themes_of
from needsmap.briefs.menu import Menu
from needsmap.briefs.provenance import Provenance, SurveyNote, describe
from needsmap.briefs.saying import season
from needsmap.briefs.settle import settle
from needsmap.picture import Picture
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


def steadied_words() -> str:
    """Return what steadied shares are, to stand wherever they are shown."""
    return say(
        "Shares of areas are steadied: where few answered they are drawn toward the whole place."
    )


@dataclass(frozen=True, eq=False)
class Scene:
    """What a brief is made from. Lazy parts are worked out at first use and kept."""

    picture: Picture
    notices: tuple[str, ...]
    pack: Pack
    voice: Voice
    release: Release | None
    themes: dict[str, ThemeEntry]

    @cached_property
    def surveys(self) -> tuple[VoiceSurvey, ...]:
        """Return the surveys the figures are counted from, oldest first."""
        ids = self.need.surveys or tuple(s.id for s in chosen_surveys(self.voice, self.wanted))
        return tuple(s for s in self.voice.surveys if s.id in ids)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the surveys the picture names; none means the latest."""
        return self.picture.surveys

    @cached_property
    def survey_ids(self) -> tuple[str, ...]:
        """Return their ids."""
        return tuple(s.id for s in self.surveys)

    @cached_property
    def need(self) -> Chosen:
        """Return the question that speaks for what people ask for."""
        return choose_question(self.voice, self.wanted, self.picture.question)

    @cached_property
    def strength(self) -> Chosen:
        """Return the question that speaks for what is good here."""
        return choose_question(self.voice, self.survey_ids, role="strength")

    @cached_property
    def shares(self) -> ThemeShares:
        """Return published shares of what people ask for, at the picture's level and filter.

        Shares of areas are steadied when the picture asks for it.
        """
        return self._shares(self.need)

    @cached_property
    def strength_shares(self) -> ThemeShares:
        """Return published shares of what is good, at the picture's level and filter."""
        return self._shares(self.strength)

    @property
    def questions(self) -> tuple[tuple[Chosen, ThemeShares], ...]:
        """Return what people ask for and what is good: each question with its shares."""
        return (self.need, self.shares), (self.strength, self.strength_shares)

    def _shares(self, chosen: Chosen) -> ThemeShares:
        picture = self.picture
        found = theme_shares(self.voice, chosen, picture.level, picture.groups, together=True)
        return steadied(self.voice, chosen, found, picture.groups) if picture.steadied else found

    def rank_bands(self, chosen: Chosen, shares: ThemeShares, area: str = "") -> RankBands | None:
        """Return the places each theme of a question could hold, in the place or one area.

        None for an area with steadied shares: what was drawn together has no order of its own.
        """
        if area and self.picture.steadied:
            return None
        rule = RULES[chosen.kind][0] if chosen.kind == "rating" else "named"
        where = {"level": self.picture.level, "area": area} if area else {}
        summed = sum_parts(self.voice, chosen, rule, self.picture.groups, **where)
        key = ("rank bands", chosen.parts, rule, self.picture.groups, *where.values())
        kept = self.voice.worked_out.get(key)
        if isinstance(kept, RankBands):
            return kept
        table = row_of(shares.by_area, shares.codes.index(area)) if area else shares.whole
        found = rank_bands(table, summed.together)
        self.voice.remember(key, found)
        return found

    @cached_property
    def people(self) -> tuple[pd.Series, int]:
        """Return raw numbers of everybody who took part: by area code, and in all."""
        by_area, total = count_people(
            self.voice, self.survey_ids, self.picture.level, self.picture.groups
        )
        return pd.Series(by_area, index=list(self.voice.codes[self.picture.level])), total

    @property
    def base(self) -> Count:
        """Return the published number of people who took part."""
        return publish_base(
            self.people[1],
            filtered=bool(self.picture.groups),
            smallest_base=self.voice.smallest_base,
        )

    @cached_property
    def everybody(self) -> tuple[pd.Series, int]:
        """Return the same as `people` for everybody, whatever the filter."""
        by_area, total = count_people(self.voice, self.survey_ids, self.picture.level)
        return pd.Series(by_area, index=list(self.voice.codes[self.picture.level])), total

    @property
    def empty(self) -> bool:
        """Return whether nobody's answers are public yet."""
        return not self.voice.surveys

    @cached_property
    def bands(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the groups people may be filtered by: id → (label, bands)."""
        return group_bands(self.voice, self.survey_ids)

    def label(self, theme: str) -> str:
        """Return a theme in residents' words."""
        return theme_label(self.themes, theme)

    def name(self, code: str, level: str = "") -> str:
        """Return an area's name."""
        return self.pack.names.get(level or self.picture.level, {}).get(code, code)

    @cached_property
    def coverage_line(self) -> str:
        """Return e.g. "610 people answered · Spring 2026 · heard in 18 of 20 wards".

        It is about everybody who answered; a filter is named after it.
        """
        if self.empty:
            return say("Nobody has answered yet")
        by_area, _ = self.everybody
        level = self.pack.level(self.picture.level)
        heard = int((by_area > 0).sum())
        where = say(
            "heard in {heard} of {all} {areas}",
            heard=heard,
            all=len(by_area),
            areas=level.plural if len(by_area) != 1 else level.label,
        )
        return " · ".join(part for part in (self.everybody_and_when, where, self._only()) if part)

    @cached_property
    def everybody_and_when(self) -> str:
        """Return e.g. "610 people answered · Spring 2026"; "" before anybody was asked."""
        if self.empty:
            return ""
        answered = say("{number} people answered", number=publish_count(self.everybody[1]).words)
        when = season(self.surveys[-1].asked) if self.surveys else ""
        return " · ".join(part for part in (answered, when) if part)

    @property
    def who_and_when(self) -> str:
        """Return who answered and when, with a filter's own people."""
        return " · ".join(part for part in (self.everybody_and_when, self._only()) if part)

    def _only(self) -> str:
        """Return whom a filter shows and how many they are; "" without one."""
        if not self.picture.groups:
            return ""
        bands = ", ".join(band for _, band in self.picture.groups)
        return say("showing {bands}: {number} people", bands=bands, number=self.base.words)

    @cached_property
    def provenance(self) -> Provenance:
        """Return where this picture's numbers come from."""
        notes = [
            SurveyNote(s.id, s.title, s.asked, publish_count(s.size).words) for s in self.surveys
        ]
        return describe(self.picture, self.pack, notes, self.release)

    @cached_property
    def menu(self) -> Menu:
        """Return what may be chosen."""
        from needsmap.briefs.choosing import make_menu

        return make_menu(self)

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """Return what to keep in mind beside these figures, in short sentences."""
        found = []
        if not self.empty:
            found.append(
                say("People chose to answer, so this is not a count of everybody who lives here.")
            )
            found.append(say("Numbers are rounded so nobody can be picked out."))
        if self.picture.steadied and not self.empty:
            found.append(steadied_words())
        if self.need.left_out:
            found.append(
                plural(
                    "{n} survey asked in another way, so it is not added in: {names}.",
                    "{n} surveys asked in another way, so they are not added in: {names}.",
                    len(self.need.left_out),
                    names=", ".join(self.need.left_out),
                )
            )
        if len(self.pack.indicators.columns):
            found.append(
                say(
                    "The index compares areas with each other; it says nothing about any one "
                    "person who lives there."
                )
            )
        return tuple(found)


def set_scene(picture: Picture, pack: Pack, voice: Voice, release: Release | None) -> Scene:
    """Return the scene for a picture, settled against the place."""
    settled = settle(picture, pack, voice)
    return Scene(settled.picture, settled.notices, pack, voice, release, themes_of(pack.folder))
