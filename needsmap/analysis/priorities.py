"""What people asked for: which question speaks, and how its themes are ordered.

Orders are worked out from published shares; a theme's possible places come from rank bands
(`needsmap.analysis.rank_bands`). Themes with equal shares keep equal places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from needsmap.analysis.counting import Counted, count_themes
from needsmap.analysis.disclosure import (
    FEWEST_SHOWN,
    ROUNDING_ADDS,
    PublishedShares,
    middle_counts,
    publish_shares,
    share_words,
)
from needsmap.analysis.rank_bands import RankBands
from needsmap.analysis.simultaneous import MANY_OPTIONS, goodman_confidence, sison_glaz
from needsmap.analysis.voice import ThemeQuestion, Voice, VoiceSurvey

KINDS = ("many_choices", "one_choice", "ranking", "amount", "text")
"""Kinds of question that name themes, the one that speaks first at the front."""


@dataclass(frozen=True)
class Chosen:
    """The question that speaks: its kind, wording, and where it stands in each survey.

    parts : (survey id, question id). left_out : titles of chosen surveys that asked in
    another way, which is never merged.
    """

    kind: str
    text: str
    parts: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...] = ()

    @property
    def surveys(self) -> tuple[str, ...]:
        """Return the ids of the surveys it was asked in."""
        return tuple(survey for survey, _ in self.parts)


NOTHING = Chosen("", "", ())


def latest(voice: Voice) -> VoiceSurvey | None:
    """Return the wave asked last, or None when nobody has answered."""
    return voice.surveys[-1] if voice.surveys else None


def chosen_surveys(voice: Voice, wanted: Sequence[str] = ()) -> tuple[VoiceSurvey, ...]:
    """Return the wanted surveys, oldest first; the latest one when none is wanted."""
    found = tuple(s for s in voice.surveys if s.id in wanted)
    last = latest(voice)
    return found or ((last,) if last else ())


def choose_question(
    voice: Voice, wanted: Sequence[str] = (), question: str = "", *, role: str = "need"
) -> Chosen:
    """Return the question to show of the wanted surveys.

    `question` is "survey id/question id" or "". Otherwise: the question of this role with
    themes whose kind comes first in `KINDS`, the most answered of these. Surveys are merged
    only when their question is of the same kind as the newest one's. Open questions speak
    for needs when nothing else does, and before a question about needs that names no theme.
    """
    if "/" in question:
        survey_id, _, question_id = question.partition("/")
        survey = voice.survey(survey_id)
        for candidate in survey.questions if survey else ():
            if candidate.id == question_id:
                return Chosen(candidate.kind, candidate.text, ((survey_id, question_id),))
    surveys = chosen_surveys(voice, wanted)
    if not wanted and surveys and _headline(surveys[-1], role) is None:
        # The last wave may not have asked this at all; the newest one that did speaks.
        surveys = tuple(s for s in voice.surveys if _headline(s, role) is not None)[-1:]
    headlines = [(s, h) for s in surveys if (h := _headline(s, role)) is not None]
    if not headlines:
        return NOTHING
    kind = headlines[-1][1].kind
    return Chosen(
        kind,
        headlines[-1][1].text,
        tuple((s.id, h.id) for s, h in headlines if h.kind == kind),
        tuple(s.title for s, h in headlines if h.kind != kind),
    )


@dataclass(frozen=True, eq=False)
class ThemeShares:
    """Published shares of themes for the whole place and by area of one level.

    whole : shapes (themes,). by_area : shapes (areas, themes). base : published base of the
    whole place, NaN when hidden.
    """

    themes: tuple[str, ...]
    level: str
    codes: tuple[str, ...]
    whole: PublishedShares
    by_area: PublishedShares
    base: float
    raw: Counted

    def column(self, theme: str) -> int:
        """Return the position of a theme; -1 when the question does not name it."""
        return self.themes.index(theme) if theme in self.themes else -1


def theme_shares(
    voice: Voice,
    chosen: Chosen,
    level: str,
    groups: Sequence[tuple[str, str]] = (),
    *,
    confidence: float = 0.95,
    together: bool = False,
) -> ThemeShares:
    """Return published shares naming each theme; base is people who answered the question.

    With `together` the limits of a one-choice question hold for all its themes at once
    (Goodman; Sison and Glaz for the whole place with many options), as an order needs.
    """
    # Only one-choice questions have limits of another kind when they must hold together.
    together = together and chosen.kind == "one_choice"
    key = ("shares", chosen.parts, chosen.kind, level, tuple(groups), confidence, together)
    kept = voice.worked_out.get(key)
    if isinstance(kept, ThemeShares):
        return kept
    raw = count_themes(voice, chosen.parts, level, groups)
    least, each = voice.smallest_base, confidence
    at_once = together and len(raw.themes) > 1
    if at_once:
        each = goodman_confidence(len(raw.themes), confidence=confidence)
    whole = publish_shares(raw.whole, raw.base, smallest_base=least, confidence=each)
    if at_once and len(raw.themes) >= MANY_OPTIONS:
        whole = _sison_glaz(whole, confidence)
    by_area = publish_shares(
        raw.by_area, raw.base_by_area[:, None], smallest_base=least, confidence=each
    )
    base = float(whole.base.max()) if whole.base.size else float("nan")
    found = ThemeShares(raw.themes, level, raw.codes, whole, by_area, base, raw)
    voice.remember(key, found)
    return found


def _sison_glaz(whole: PublishedShares, confidence: float) -> PublishedShares:
    """Return shares of one question with simultaneous limits, what rounding adds included."""
    if not whole.shown.any():
        return whole
    base = float(whole.base[0])
    counts = middle_counts(whole)
    # What was chosen and has no theme stands as one more option.
    low, high = sison_glaz(np.append(counts, max(base - counts.sum(), 0.0)), confidence=confidence)
    off = np.where(whole.few, FEWEST_SHOWN / 2 - 1, np.where(counts == 0, 0.0, ROUNDING_ADDS))
    off = (off + whole.share.clip(0, 1) * ROUNDING_ADDS) / base
    off = np.where(np.isnan(off), FEWEST_SHOWN / base, off)
    low, high = np.clip(low[:-1] - off, 0, 1), np.clip(high[:-1] + off, 0, 1)
    return replace(whole, low=low, high=high)


def order_themes(
    themes: Sequence[str], shares: PublishedShares, bands: RankBands | None = None
) -> pd.DataFrame:
    """Return themes most named first, with the places each could hold.

    `shares`: one published share a theme. `bands`: see `rank_bands`; without them the places
    are those left open by limits that overlap. Out, one row a theme: theme, column (its position
    in `themes`), share, low, high, count, base, words, place, first_place, last_place.
    Counts shown as "fewer than 8" are tied below the others, above nobody. Empty when the
    base is hidden.
    """
    shown = np.flatnonzero(shares.shown)
    if not len(shown):
        names = [*_ORDERED, *(_BANDS if bands is not None else _BANDS[:2])]
        return pd.DataFrame({name: [] for name in names})
    # A hidden count lies between none and the smallest one shown.
    sort = np.where(shares.few, 1.0, np.round(shares.share * shares.base, 6))[shown]
    place = 1 + (sort[None, :] > sort[:, None]).sum(axis=1)
    order = np.lexsort((shown, place))
    found = shown[order]
    low, high = shares.low[shown], shares.high[shown]
    columns: dict[str, object] = {
        "theme": [themes[i] for i in found],
        "column": found,
        **{name: getattr(shares, name)[found] for name in ("share", "low", "high", "count")},
        "base": np.broadcast_to(shares.base, shares.share.shape)[found],
        "words": share_words(shares)[found],
        "place": place[order],
    }
    if bands is None:
        columns["first_place"] = 1 + (low[None, :] > high[:, None]).sum(axis=1)[order]
        columns["last_place"] = len(shown) - (high[None, :] < low[:, None]).sum(axis=1)[order]
    else:
        columns |= {name: getattr(bands, name.removesuffix("_place"))[found] for name in _BANDS}
    return pd.DataFrame(columns)


_ORDERED = ("theme", "column", "share", "low", "high", "count", "base", "words", "place")
_BANDS = ("first_place", "last_place", "likely_first_place", "likely_last_place")


def finest_level(voice: Voice, chosen: Chosen, levels: Sequence[str]) -> str:
    """Return the level to show: the finest where at least half of the areas may be shown.

    When none is, the one with most of its areas shown; the finest when nobody answered.
    """
    best, most = levels[0], 0.0
    for level in levels:
        shown = theme_shares(voice, chosen, level).by_area.shown
        part = float(shown[:, 0].mean()) if shown.size else 0.0
        if part >= 0.5:
            return level
        if part > most:
            best, most = level, part
    return best


def _headline(survey: VoiceSurvey, role: str) -> ThemeQuestion | None:
    roles = (role, "open_text") if role == "need" else (role,)
    found = [
        q
        for q in survey.questions
        if q.role in roles and q.kind in KINDS and q.answered and (q.themes or q.role == role)
    ]
    return min(
        found,
        key=lambda q: (
            # Where no theme is named at all, what people named is still told in its own words.
            not q.themes and role == "need",
            roles.index(q.role), max(KINDS.index(q.kind) - 1, 0), -q.answered,
        ),
        default=None,
    )  # fmt: skip
