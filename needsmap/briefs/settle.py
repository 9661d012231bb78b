"""Settling a link against a place: unknown names become the usual choice, and it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from needsmap.analysis.counting import group_bands
from needsmap.analysis.disclosure import check_filter
from needsmap.analysis.priorities import (
    choose_question,
    chosen_surveys,
    finest_level,
    order_themes,
    theme_shares,
)
from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import points_of, themes_of
from needsmap.briefs.standing import newest_indicators
from needsmap.errors import Refused
from needsmap.picture import Picture, from_query
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack


FIRST_SERVICES = ("gp", "community_centre", "library", "youth_club")
"""Services drawn before anybody has answered: few, and near to what people ask for most."""

MOST_AT_ONCE = 5000
"""Areas above which a place is a country: larger areas come first, the small ones from near."""


@dataclass(frozen=True)
class Settled:
    """A picture every part of which exists, and what had to be changed, in plain sentences."""

    picture: Picture
    notices: tuple[str, ...]


def settle(picture: Picture, pack: Pack, voice: Voice) -> Settled:
    """Return the picture with usual choices filled in and unknown names replaced.

    Never raises for what a link holds. Each replaced part gives one notice: what, and what
    to do.
    """
    notices: list[str] = []
    # Offers are on the map of strengths alone, which settles them itself.
    picture = picture.but(place=pack.name, offer="")
    picture = _surveys(picture, voice, notices)
    picture = _nobody_yet(picture, pack, voice)
    picture = _question(picture, voice, notices)
    picture = _groups(picture, voice, notices)
    picture = _level_and_area(picture, pack, voice, notices)
    picture = _theme(picture, pack, voice, notices)
    picture = _indicator(picture, pack, notices)
    here = set(points_of(pack))
    unknown = [s for s in picture.services if s not in here]
    if unknown:
        notices.append(
            say(
                "This place has no list of '{services}'. Choose from the services shown.",
                services=", ".join(unknown),
            )
        )
        picture = picture.but(services=tuple(s for s in picture.services if s in here))
    return Settled(picture, tuple(notices))


def _nobody_yet(picture: Picture, pack: Pack, voice: Voice) -> Picture:
    """Return what is known without answers: the index for income and some services."""
    if voice.surveys or picture.show != "voice" or not pack.indicator_info:
        return picture
    newest = newest_indicators(pack)
    usual = newest.get("income") or newest.get("imd") or next(iter(pack.indicator_info))
    here = set(points_of(pack))
    services = picture.services or tuple(kind for kind in FIRST_SERVICES if kind in here)
    return picture.but(show="index", indicator=picture.indicator or usual, services=services)


def as_in_link(group: str, band: str) -> tuple[str, str]:
    """Return a group and band as a link writes them, which drops some signs ("£")."""
    pairs = from_query({"people": f"{group}:{band.replace('~', ' ').replace(':', ' ')}"}).groups
    return pairs[0] if pairs else (group, band)


def _surveys(picture: Picture, voice: Voice, notices: list[str]) -> Picture:
    known = {s.id for s in voice.surveys}
    kept = tuple(s for s in picture.surveys if s in known)
    if len(kept) < len(picture.surveys):
        notices.append(
            say(
                "A survey in this link is no longer here. The others are shown, or the latest "
                "one; choose another in the list."
            )
        )
    return picture.but(surveys=kept)


def _question(picture: Picture, voice: Voice, notices: list[str]) -> Picture:
    if not picture.question:
        return picture
    survey_id, _, question_id = picture.question.partition("/")
    survey = voice.survey(survey_id)
    if survey is None or question_id not in {q.id for q in survey.questions}:
        notices.append(
            say("The question in this link is not here. The main question is shown instead.")
        )
        return picture.but(question="")
    return picture


def _groups(picture: Picture, voice: Voice, notices: list[str]) -> Picture:
    if not picture.groups:
        return picture
    ids = choose_question(voice, picture.surveys, picture.question).surveys
    ids = ids or tuple(s.id for s in chosen_surveys(voice, picture.surveys))
    bands = {group: asked for group, (_, asked) in group_bands(voice, ids).items()}
    written = {as_in_link(g, b): (g, b) for g, listed in bands.items() for b in listed}
    wanted = tuple(written.get(pair, pair) for pair in picture.groups)
    try:
        return picture.but(groups=check_filter(wanted, bands))
    except Refused as refused:
        notices.append(f"{refused.what} {refused.fix} {say('Everyone is shown instead.')}")
        return picture.but(groups=())


def _level_and_area(picture: Picture, pack: Pack, voice: Voice, notices: list[str]) -> Picture:
    levels = [level.id for level in pack.levels]
    if picture.level and picture.level not in levels:
        labels = ", ".join(level.label for level in pack.levels)
        notices.append(
            say(
                "This place is not divided by '{level}'. Choose one of: {levels}.",
                level=picture.level,
                levels=labels,
            )
        )
        picture = picture.but(level="")
    if picture.area:
        of_area = [level for level in levels if picture.area in pack.names.get(level, {})]
        if not of_area:
            notices.append(
                say(
                    "There is no area '{area}' here. The whole place is shown; choose an area "
                    "on the map or in the list.",
                    area=picture.area,
                )
            )
            picture = picture.but(area="")
        elif picture.level not in of_area:
            # The area in focus decides the level: a map of wards cannot show one LSOA.
            picture = picture.but(level=of_area[0])
    if not picture.level:
        chosen = choose_question(voice, picture.surveys, picture.question)
        usual = finest_level(voice, chosen, levels)
        if not chosen.parts and len(levels) > 1 and picture.show != "heard":
            usual = levels[0]
        picture = picture.but(level=_from_afar(pack, usual))
    return picture


def _from_afar(pack: Pack, level: str) -> str:
    """Return the level itself, or in a whole country the next that can be taken in at once."""
    order = [known.id for known in pack.levels]
    for wider in order[order.index(level) :]:
        if 1 < len(pack.names.get(wider, {})) <= MOST_AT_ONCE:
            return wider
    return level


def near_level(picture: Picture, pack: Pack) -> str:
    """Return the level a country's map shows as one comes near, "" where there is none."""
    finest = pack.levels[0].id
    many = len(pack.names.get(finest, {})) > MOST_AT_ONCE
    return finest if many and picture.level != finest else ""


def _theme(picture: Picture, pack: Pack, voice: Voice, notices: list[str]) -> Picture:
    themes = themes_of(pack.folder)
    chosen = choose_question(voice, picture.surveys, picture.question)
    shares = theme_shares(voice, chosen, picture.level, picture.groups)
    if picture.theme and picture.theme not in themes and picture.theme not in shares.themes:
        notices.append(
            say(
                "There is no wish called '{theme}' in the list. The one most asked for is "
                "shown; choose another in the list.",
                theme=picture.theme,
            )
        )
        picture = picture.but(theme="")
    elif picture.theme and shares.themes and picture.theme not in shares.themes:
        notices.append(
            say(
                "Nobody was offered '{theme}' in this question. The wish most asked for is "
                "shown instead.",
                theme=themes[picture.theme].label,
            )
        )
        picture = picture.but(theme="")
    if not picture.theme:
        ordered = order_themes(shares.themes, shares.whole)
        usual = str(ordered["theme"].iloc[0]) if len(ordered) else next(iter(themes), "")
        picture = picture.but(theme=usual)
    return picture


def _indicator(picture: Picture, pack: Pack, notices: list[str]) -> Picture:
    if picture.indicator and picture.indicator not in pack.indicator_info:
        notices.append(
            say(
                "There is no official measure '{name}' here. The usual one is shown; choose "
                "another in the list.",
                name=picture.indicator,
            )
        )
        picture = picture.but(indicator="")
    if not picture.indicator and picture.show == "index" and pack.indicator_info:
        newest = newest_indicators(pack)
        themes = themes_of(pack.folder)
        domain = themes[picture.theme].domain if picture.theme in themes else ""
        usual = newest.get(domain) or newest.get("imd") or next(iter(pack.indicator_info))
        picture = picture.but(indicator=usual)
    return picture
