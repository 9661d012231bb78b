"""Offers of a place: read from forms by words, counted, and set beside wishes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import one_share, percent, publish_shares
from needsmap.analysis.offers import OptionNames, count_options, match_offers
from needsmap.analysis.priorities import Chosen, choose_question
from needsmap.analysis.word_match import WordMatcher
from needsmap.briefs.near import touching
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.unthemed import other_things, people_words
from needsmap.picture import Picture
from needsmap.settings import DATA_FOLDER
from needsmap.words import say

OFFERS_FILE = DATA_FOLDER / "offers" / "en.toml"

OFFER_COLUMNS = ("offer", "label", "count", "people", "share")
AREA_COLUMNS = ("area_code", "area_name", "offer", "label", "count", "people")
MATCH_COLUMNS = (
    "area_code", "area_name", "theme", "wish", "share", "clear", "here", "next_door", "words",
)  # fmt: skip


@dataclass(frozen=True)
class OfferKind:
    """A thing people can bring: id, label, words for it, theme ids it can help with."""

    id: str
    label: str
    words: tuple[str, ...]
    serves: tuple[str, ...]


@lru_cache(maxsize=1)
def offer_kinds() -> tuple[dict[str, OfferKind], tuple[str, ...]]:
    """Return offer id → kind, and the words of answers that offer nothing."""
    text = tomllib.loads(OFFERS_FILE.read_text("utf-8"))
    kinds = {
        kind: OfferKind(kind, entry["label"], tuple(entry["words"]), tuple(entry["serves"]))
        for kind, entry in text["offers"].items()
    }
    return kinds, tuple(text["nothing"])


@dataclass(frozen=True, eq=False)
class Offers:
    """What people can bring, published.

    question : its wording, "" when nobody was asked. table : `OFFER_COLUMNS`, most offered
    first (count NaN = "fewer than 8"; people and share are words). by_area : `AREA_COLUMNS`,
    rows with anybody. matches : `MATCH_COLUMNS`, one row an area and wish. others : offers
    of no known kind in the form's wording, see `unthemed.other_things`.
    """

    question: str
    table: pd.DataFrame
    by_area: pd.DataFrame
    matches: pd.DataFrame
    others: pd.DataFrame


def find_offers(scene: Scene) -> Offers:
    """Return the offers of a scene's surveys, and where they could meet a wish.

    Kept with the answers: it is the same for every viewer, theme and area in focus.
    """
    usual = Picture()
    asked = scene.picture.but(
        theme=usual.theme, area=usual.area, show=usual.show, services=(), indicator="", years=(),
        view=None,
    )  # fmt: skip
    key = ("offers", str(scene.pack.folder), scene.pack.version, asked)
    kept = scene.voice.worked_out.get(key)
    if isinstance(kept, Offers):
        return kept
    found = _find(scene)
    scene.voice.remember(key, found)
    return found


def _find(scene: Scene) -> Offers:
    chosen = choose_question(scene.voice, scene.survey_ids, role="offer")
    names = _names(scene, chosen)
    level, least = scene.picture.level, scene.voice.smallest_base
    raw = count_options(scene.voice, names, level, scene.picture.groups)
    whole = publish_shares(raw.whole, raw.base, smallest_base=least)
    by_area = publish_shares(raw.by_area, raw.base_by_area[:, None], smallest_base=least)
    kinds, _ = offer_kinds()
    rows = [
        (t, _label(t), float(whole.count[i]), people_words(whole.count[i]),
         one_share(whole, i).words)
        for i, t in enumerate(raw.themes) if whole.shown[i]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(OFFER_COLUMNS))
    table = table.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)
    shown = np.argwhere(by_area.shown & (by_area.count != 0))
    words = {n: people_words(n) for n in np.unique(np.nan_to_num(by_area.count, nan=-1.0))}
    words[-1.0] = people_words(float("nan"))
    area_rows = [
        (raw.codes[a], scene.name(raw.codes[a]), raw.themes[i], _label(raw.themes[i]),
         float(by_area.count[a, i]), words[-1.0 if by_area.few[a, i] else by_area.count[a, i]])
        for a, i in shown
    ]  # fmt: skip
    matches = pd.DataFrame(columns=list(MATCH_COLUMNS))
    if raw.themes and scene.shares.themes:
        at = {code: row for row, code in enumerate(raw.codes)}
        around = touching(scene.pack, level)
        near = [[at[n] for n in around.get(code, ()) if n in at] for code in raw.codes]
        found = match_offers(
            scene.shares.themes, scene.shares.by_area, scene.shares.whole.share.tolist(),
            raw.themes, by_area, {k: kind.serves for k, kind in kinds.items()}, near,
        )  # fmt: skip
        matches = _worded(scene, found, raw.codes)
    return Offers(
        chosen.text, table, pd.DataFrame(area_rows, columns=list(AREA_COLUMNS)), matches,
        other_things(scene, chosen, told=lambda option: bool(_read(option.text))),
    )  # fmt: skip


def _names(scene: Scene, chosen: Chosen) -> OptionNames:
    """Return which kinds of offer each option of the form names."""
    named: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for survey_id, question_id in chosen.parts:
        survey = scene.voice.survey(survey_id)
        question = next(q for q in survey.questions if q.id == question_id) if survey else None
        named[survey_id, question_id] = [
            tuple(kind for kind in _read(o.text) if kind != _NOTHING)
            for o in (question.options if question else ())
        ]
    return named


_NOTHING = "nothing"


@lru_cache(maxsize=2000)
def _read(option: str) -> tuple[str, ...]:
    """Return the kinds of offer an option names; `_NOTHING` alone when it offers nothing."""
    kinds, nothing = offer_kinds()
    if WordMatcher({_NOTHING: nothing}).match({"option": option}).ids:
        return (_NOTHING,)
    return WordMatcher({k: kind.words for k, kind in kinds.items()}).match({"option": option}).ids


def _worded(scene: Scene, found: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    wishes: dict[tuple[int, str], list[Any]] = {}
    # The same offer stands beside many wishes and areas: each is put into words once.
    told: dict[tuple[str, int, bool], str] = {}
    for row in each_row(found):
        wishes.setdefault((row.area, row.theme), []).append(row)
        key = row.offer, row.origin, row.next_door
        if key not in told:
            told[key] = _offer_words(row)
            if row.next_door:
                area_name = scene.name(codes[row.origin])
                told[key] = say("{offer} in {area}", offer=told[key], area=area_name)
    rows = []
    for (area, theme), part in wishes.items():
        here = [told[r.offer, r.origin, False] for r in part if not r.next_door]
        there = [told[r.offer, r.origin, True] for r in part if r.next_door]
        label = scene.label(theme)
        words = say("{wish}: {offers}.", wish=label, offers=listed([*here, *there], most=3))
        rows.append(
            (codes[area], scene.name(codes[area]), theme, label, percent(part[0].share),
             part[0].clear, "; ".join(here), "; ".join(there), words)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(MATCH_COLUMNS))


def _offer_words(row: Any) -> str:
    return say(
        "{offer} ({people})",
        offer=quoted(_label(row.offer)),
        people=people_words(row.count),
    )


def _label(offer: str) -> str:
    return say(offer_kinds()[0][offer].label)
