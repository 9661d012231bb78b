"""Offers of a place: read from forms by words, counted, and set beside wishes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from needsmap.analysis.counting import Counted
from needsmap.analysis.disclosure import PublishedShares, one_share, percent, publish_shares
from needsmap.analysis.offers import OptionNames, count_options, match_offers, texts
from needsmap.analysis.priorities import Chosen, choose_question
from needsmap.analysis.word_match import WordMatcher
from needsmap.briefs.near import touching
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.unthemed import other_things, people_words
from needsmap.picture import Picture
from needsmap.settings import DATA_FOLDER
from needsmap.tables import Option
from needsmap.words import say

OFFERS_FILE = DATA_FOLDER / "offers" / "en.toml"

MOST_TOLD = 3
"""Offers named in the sentence about a wish; of the others it says how many there are."""
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
    of no known kind in the form's wording, see `unthemed.other_things`. kinds : the kinds of
    offer the form asks for; whole : their published shares in the whole place; shares : the
    same by area of the picture's level, areas x kinds.
    """

    question: str
    table: pd.DataFrame
    by_area: pd.DataFrame
    matches: pd.DataFrame
    others: pd.DataFrame
    kinds: tuple[str, ...]
    whole: PublishedShares
    shares: PublishedShares


def find_offers(scene: Scene) -> Offers:
    """Return the offers of a scene's surveys, and where they could meet a wish.

    Kept with the answers: it is the same for every viewer, theme and area in focus.
    """
    usual = Picture()
    asked = scene.picture.but(
        theme=usual.theme, area=usual.area, show=usual.show, services=(), indicator="", years=(),
        offer=usual.offer, view=None,
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
        (t, offer_label(t), float(whole.count[i]), people_words(whole.count[i]),
         one_share(whole, i).words)
        for i, t in enumerate(raw.themes) if whole.shown[i]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(OFFER_COLUMNS))
    table = table.sort_values("count", ascending=False, kind="stable").reset_index(drop=True)
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
        chosen.text, table, _by_area(scene, raw, by_area), matches,
        other_things(scene, chosen, told=_is_known), raw.themes, whole, by_area,
    )  # fmt: skip


def _by_area(scene: Scene, raw: Counted, by_area: PublishedShares) -> pd.DataFrame:
    """Return what people of each area can bring, rows with anybody: `AREA_COLUMNS`."""
    area, offer = np.nonzero(by_area.shown & (by_area.count != 0))
    counts = by_area.count[area, offer]
    different, number = np.unique(np.nan_to_num(counts, nan=-1.0), return_inverse=True)
    words = [people_words(float("nan") if n < 0 else n) for n in different]
    names = [scene.name(code) for code in raw.codes]
    labels = [offer_label(thing) for thing in raw.themes]
    told = [
        (raw.codes, area), (names, area), (raw.themes, offer), (labels, offer), (words, number),
    ]  # fmt: skip
    code, name, thing, label, people = (texts(w).take(at) for w, at in told)
    columns = (code, name, thing, label, counts, people)
    return pd.DataFrame(dict(zip(AREA_COLUMNS, columns, strict=True)))


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


def _is_known(option: Option) -> bool:
    """Return whether an option is counted under a kind of offer, or offers nothing."""
    return bool(_read(option.text))


def _worded(scene: Scene, found: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    """Return matches put into words: `match_offers` in, one row an area and wish out."""
    names = [scene.name(code) for code in codes]
    told = _offers_told(found, names)
    areas, (wish, wishes) = found["area"].to_numpy(), found["theme"].factorize()
    # Rows of the same area and wish stand together: here first, then next door.
    starts = np.flatnonzero((np.diff(areas, prepend=-1) != 0) | (np.diff(wish, prepend=-1) != 0))
    ends = np.append(starts[1:], len(told))[: len(starts)]
    near = np.cumsum(np.append(0, found["next_door"].to_numpy(dtype=np.int64)))
    middles = ends - (near[ends] - near[starts])
    pieces = list(zip(starts.tolist(), middles.tolist(), ends.tolist(), strict=True))
    labels = [scene.label(str(theme)) for theme in wishes]
    sentence, more = say("{wish}: {offers}."), say("{names} and {number} more")
    begun = [sentence.format(wish=label, offers=_GAP) for label in labels]
    words = []
    for (first, _, end), which in zip(pieces, wish[starts].tolist(), strict=True):
        rest = end - first - MOST_TOLD
        offers = (
            more.format(names=", ".join(told[first : first + MOST_TOLD]), number=rest)
            if rest > 0
            else listed(told[first:end], most=MOST_TOLD)
        )
        words.append(begun[which].replace(_GAP, offers))
    here = ["; ".join(told[first:middle]) for first, middle, _ in pieces]
    there = ["; ".join(told[middle:end]) for _, middle, end in pieces]
    area, wish = areas[starts], wish[starts]
    shares = found["share"].to_numpy()[starts].tolist()
    different = {share: percent(share) for share in set(shares)}
    columns = (
        texts(codes).take(area), texts(names).take(area), texts(list(wishes)).take(wish),
        texts(labels).take(wish), [different[share] for share in shares],
        found["clear"].to_numpy(dtype=bool)[starts], here, there, words,
    )  # fmt: skip
    return pd.DataFrame(dict(zip(MATCH_COLUMNS, columns, strict=True)))


_GAP = "\0"
"""Stands where words come in that are known only row by row."""


def _offers_told(found: pd.DataFrame, names: list[str]) -> list[str]:
    """Return each row's offer in words: "lend a room (15 people) in Hightown"."""
    offer, kinds = found["offer"].factorize()
    # The same offer stands beside many wishes and areas: each is put into words once.
    counts = np.nan_to_num(found["count"].to_numpy(), nan=-1.0).astype(np.int64)
    key = (offer * len(names) + found["origin"].to_numpy()) * 2 + found["next_door"].to_numpy()
    _, firsts, numbers = np.unique(key, return_index=True, return_inverse=True)
    here, inside = say("{offer} ({people})"), say("{offer} in {area}")
    labels = [quoted(offer_label(str(kind))) for kind in kinds]
    known: dict[tuple[int, int], tuple[str, str]] = {}
    told = []
    columns = (offer, counts, found["origin"].to_numpy(), found["next_door"].to_numpy())
    for kind, count, origin, next_door in zip(
        *(column[firsts].tolist() for column in columns), strict=True
    ):
        if (kind, count) not in known:
            people = people_words(float("nan") if count < 0 else count)
            words = here.format(offer=labels[kind], people=people)
            known[kind, count] = words, inside.format(offer=words, area=_GAP)
        near, away = known[kind, count]
        told.append(away.replace(_GAP, names[origin]) if next_door else near)
    return [told[number] for number in numbers.tolist()]


def offer_label(offer: str) -> str:
    """Return a kind of offer in words."""
    return say(offer_kinds()[0][offer].label)
