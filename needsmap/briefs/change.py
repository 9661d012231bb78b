"""What has changed since people were last asked: rose, fell, or cannot tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis.change import FELL, HIDDEN, ROSE, differences, newcombe
from needsmap.analysis.disclosure import PublishedShares, one_share, publish_count
from needsmap.analysis.priorities import (
    NOTHING,
    Chosen,
    ThemeShares,
    choose_question,
    theme_shares,
)
from needsmap.analysis.voice import Voice, VoiceSurvey
from needsmap.briefs.change_layer import change_layer
from needsmap.briefs.change_shape import ChangeBrief
from needsmap.briefs.provenance import SurveyNote, describe
from needsmap.briefs.same_question import wording_differences
from needsmap.briefs.saying import capital, listed, quoted, season
from needsmap.briefs.scene import Scene, set_scene
from needsmap.picture import Picture
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

MONTHS_BETWEEN = 12
"""Months after which asking again is suggested: the same season, so the same mood."""
_COLUMNS = (
    "theme", "label", "earlier", "later", "earlier_words", "later_words", "change", "low", "high",
    "change_words", "range_words", "verdict", "said",
)  # fmt: skip


def make_change(picture: Picture, pack: Pack, voice: Voice, release: Release | None) -> ChangeBrief:
    """Return what changed between two surveys, theme by theme and for one theme by area.

    The two are the oldest and the newest of those the picture names, else the two asked
    last. They are compared only when both asked with the same kind of question.
    """
    # A filter of groups narrows both surveys alike; steadying would blur what changed.
    scene = set_scene(picture.but(show="voice", steadied=False), pack, voice, release)
    pair = _two(scene)
    if pair is None:
        return _one_wave(scene)
    (first, asked_first), (last, asked_last) = pair
    then, now = (
        theme_shares(voice, chosen, scene.picture.level, scene.picture.groups)
        for chosen in (asked_first, asked_last)
    )
    themes = tuple(t for t in now.themes if t in then.themes)
    same, wording = wording_differences(first, asked_first, last, asked_last)
    table = _compare(scene, themes, then.whole, now.whole, then, now)
    theme = scene.picture.theme if scene.picture.theme in themes else next(iter(themes), "")
    notes = tuple(_note(s) for s in (first, last))
    layer = change_layer(scene, theme, then, now, notes) if theme else None
    shown = scene.picture.but(theme=theme or scene.picture.theme)
    return ChangeBrief(
        provenance=describe(shown, pack, notes, release),
        picture=shown,
        notices=scene.notices,
        earlier=notes[0],
        later=notes[1],
        question=asked_last.text,
        same=same,
        wording=wording,
        theme=theme,
        label=scene.label(theme) if theme else "",
        themes=table,
        layer=layer,
        one_wave=False,
        when_next=(),
        menu=scene.menu,
        sentences=_sentences(table, first, last, same),
        empty=False,
        cautions=(*scene.cautions, *wording, *_by_chance(table)),
    )


def _two(scene: Scene) -> tuple[tuple[VoiceSurvey, Chosen], tuple[VoiceSurvey, Chosen]] | None:
    """Return two surveys to compare with the question each asked, or None."""
    wanted = scene.picture.surveys
    listed_ = [s for s in scene.voice.surveys if not wanted or s.id in wanted]
    if len(listed_) < 2:
        listed_ = list(scene.voice.surveys)
    asked = [(s, choose_question(scene.voice, (s.id,))) for s in listed_]
    asked = [(s, chosen) for s, chosen in asked if chosen.parts]
    if not asked:
        return None
    last, latest = asked[-1]
    # Another kind of question counts otherwise; only the same kind can be compared.
    earlier = [(s, c) for s, c in asked[:-1] if c.kind == latest.kind]
    if not earlier:
        return None
    return (earlier[0] if len(wanted) > 1 else earlier[-1]), (last, latest)


def _compare(
    scene: Scene,
    themes: tuple[str, ...],
    then: PublishedShares,
    now: PublishedShares,
    before: ThemeShares,
    after: ThemeShares,
) -> pd.DataFrame:
    rows = []
    for theme in themes:
        one, other = before.column(theme), after.column(theme)
        earlier, later = _only(then, one), _only(now, other)
        change, low, high, verdict = (v[0] for v in differences(later, earlier))
        was, is_ = one_share(then, one), one_share(now, other)
        label = scene.label(theme)
        name, said = _said(int(verdict), label, was.words, is_.words)
        points = "–" if np.isnan(change) else f"{100 * change:+.0f}"
        span = (
            ""
            if np.isnan(low)
            else say("{low} to {high}", low=f"{100 * low:+.0f}", high=f"{100 * high:+.0f}")
        )
        rows.append(
            (
                theme, label, earlier.share[0], later.share[0], was.words, is_.words, change, low,
                high, points, span, name, said,
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    clear = table["verdict"].isin(["rose", "fell"])
    size = table["change"].abs().fillna(-1.0).astype(float)
    order = np.lexsort((-size.to_numpy(), ~clear.to_numpy()))
    return table.iloc[order].reset_index(drop=True)


def _only(table: PublishedShares, column: int) -> PublishedShares:
    columns = [getattr(table, f)[column : column + 1] for f in table.__dataclass_fields__]
    return PublishedShares(*columns)


def _said(verdict: int, label: str, was: str, is_: str) -> tuple[str, str]:
    wish = quoted(label)
    if verdict == HIDDEN:
        return "hidden", say("Too few people answered to compare {wish}.", wish=wish)
    words = {"wish": capital(wish), "was": was, "now": is_}
    if verdict == ROSE:
        return "rose", say("{wish} rose: from {was} to {now} of people.", **words)
    if verdict == FELL:
        return "fell", say("{wish} fell: from {was} to {now} of people.", **words)
    return "cannot_tell", say(
        "{wish}: {was} then, {now} now. These answers cannot tell whether that is a change.",
        **words,
    )


def _sentences(
    table: pd.DataFrame, first: VoiceSurvey, last: VoiceSurvey, same: bool
) -> tuple[str, ...]:
    if not len(table):
        return (say("The two surveys have no wish in common, so nothing can be compared."),)
    told = []
    for verdict, words in (("rose", "More people than last time asked for {list}."),
                           ("fell", "Fewer people than last time asked for {list}.")):  # fmt: skip
        part = table[table["verdict"] == verdict]
        if len(part):
            names = [
                say("{wish} ({was}, now {now})", wish=quoted(str(row.label)),
                    was=row.earlier_words, now=row.later_words)
                for row in part.head(3).itertuples()
            ]  # fmt: skip
            more = [quoted(str(label)) for label in part["label"][3:]]
            told.append(say(words, list=listed([*names, *more])))
    unclear = int((table["verdict"] == "cannot_tell").sum())
    if not told:
        told.append(
            say("No clear change since last time: what moved could be chance.")
            if unclear
            else say("Too few people answered in one of the surveys to compare them.")
        )
    elif unclear:
        told.append(
            plural(
                "For {n} wish these answers cannot tell.",
                "For {n} other wishes these answers cannot tell.",
                unclear,
            )
        )
    if not same:
        told.append(say("The two surveys did not ask in quite the same way; see below."))
    who = [season(s.asked) or s.title for s in (first, last)]
    told.append(say("Compared: {first} and {last}.", first=who[0], last=who[1]))
    return tuple(told[:4])


def _by_chance(table: pd.DataFrame) -> tuple[str, ...]:
    """Return how many of the compared wishes may look changed without any change."""
    compared = int((table["verdict"] != "hidden").sum())
    if compared < 5:
        return ()
    return (
        say("Of {number} wishes compared, about one in twenty could look changed by chance alone.",
            number=compared),
    )  # fmt: skip


def _one_wave(scene: Scene) -> ChangeBrief:
    last = scene.surveys[-1] if scene.surveys else None
    when = _when(scene, last)
    if scene.empty:
        told: tuple[str, ...] = (
            say("Nobody has answered yet."),
            say("Ask once, then ask the same again later: then change can be seen."),
        )
    elif len(scene.voice.surveys) > 1 and scene.need != NOTHING:
        told = (
            say("No two surveys here asked about wishes in the same way, so none can be compared."),
            *when,
        )
    else:
        told = (say("People were asked once so far, so change cannot be seen yet."), *when)
    return ChangeBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        earlier=None,
        later=None if last is None else _note(last),
        question=scene.need.text,
        same=False,
        wording=(),
        theme=scene.picture.theme,
        label=scene.label(scene.picture.theme),
        themes=pd.DataFrame(columns=list(_COLUMNS)),
        layer=None,
        one_wave=True,
        when_next=when,
        menu=scene.menu,
        sentences=told[:4],
        empty=scene.empty,
        cautions=scene.cautions,
    )


def _when(scene: Scene, last: VoiceSurvey | None) -> tuple[str, ...]:
    """Return when to ask again, and how large a change would then show."""
    if last is None:
        return ()
    told = []
    if last.asked is not None:
        again = _months_later(last.asked, MONTHS_BETWEEN)
        told.append(
            say("Ask the same question again in {season}, a year later.", season=season(again))
        )
    else:
        told.append(say("Ask the same question again about a year after the first time."))
    base = scene.shares.base
    if not np.isnan(base) and base > 0:
        told.append(
            say(
                "With about as many answers ({number}) a change of {points} points or more would "
                "show.",
                number=f"{int(base):,}", points=_smallest_seen(base),
            )
        )  # fmt: skip
    return tuple(told)


def _smallest_seen(base: float) -> int:
    """Return the points a share of four in ten must move to show, with as many answers again."""
    for points in range(1, 60):
        low, _ = newcombe((0.4 + points / 100) * base, base, 0.4 * base, base)
        if low > 0:
            return points
    return 60


def _months_later(asked: date, months: int) -> date:
    year, month = divmod(asked.month - 1 + months, 12)
    return asked.replace(year=asked.year + year, month=month + 1, day=1)


def _note(survey: VoiceSurvey) -> SurveyNote:
    return SurveyNote(survey.id, survey.title, survey.asked, publish_count(survey.size).words)
