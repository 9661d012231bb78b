"""What people ask for beside what is funded."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis import money as adding
from needsmap.analysis.disclosure import ROUNDING_ADDS, middle_counts
from needsmap.analysis.voice import Voice
from needsmap.analysis.word_match import CORRECTED, WordMatch
from needsmap.briefs.grants import Corrections, Grants, Piece, read_grants
from needsmap.briefs.money_map import area_money, money_layer
from needsmap.briefs.money_shape import MoneyBrief, amount_words, sign_of
from needsmap.briefs.money_words import (
    WHERE_WORDS,
    left_out,
    money_cautions,
    money_sentences,
)
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.wishes import make_wishes
from needsmap.picture import Picture
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


def make_money(
    picture: Picture,
    pack: Pack,
    voice: Voice,
    release: Release | None,
    *,
    corrections: Corrections | None = None,
) -> MoneyBrief:
    """Return wishes beside grants, theme by theme and area by area.

    `corrections`: grant identifier → theme ids a steward gave it, instead of the match by
    words; they become part of the picture's mark.
    """
    scene = set_scene(picture, pack, voice, release)
    found = read_grants(pack, scene.themes, years=picture.years, corrections=corrections)
    notices = (*scene.notices, *left_out(found, picture.years))
    counted = found.counted
    sign = sign_of(found.currency)
    total = float(counted["amount"].sum())
    people = _people(pack)
    themes, gap = _themes(scene, found, sign, people)
    areas = area_money(scene, found, scene.picture.theme)
    brief = MoneyBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=notices,
        has_grants=len(found.table) > 0,
        currency=found.currency,
        sign=sign,
        total=total,
        number=len(counted),
        per_head=total / people if people else None,
        years_known=found.years,
        themes=themes,
        apart=_known(gap.apart),
        apart_low=_known(gap.apart_low),
        apart_high=_known(gap.apart_high),
        not_compared=_not_compared(scene, found),
        by_where=found.once(("by where",), lambda: _by_where(found)),
        layer=money_layer(scene, found),
        theme_layer=money_layer(scene, found, theme=scene.picture.theme),
        by_area=areas,
        grants=found.once(("each",), lambda: _each(scene, found)),
        base=scene.base,
        menu=scene.menu,
        sentences=(),
        empty=scene.empty,
        cautions=(),
    )
    if corrections:
        told = repr(sorted(corrections.items())).encode()
        version = f"{pack.version} {hashlib.sha256(told).hexdigest()}"
        of_release = "none" if release is None else f"{release.number} {release.digest}"
        mark = scene.picture.mark(release=of_release, pack_version=version)
        brief = replace(brief, provenance=replace(scene.provenance, mark=mark))
    return replace(
        brief, sentences=money_sentences(scene, brief), cautions=money_cautions(scene, found, brief)
    )


def _themes(
    scene: Scene, found: Grants, sign: str, people: float
) -> tuple[pd.DataFrame, adding.Beside]:
    """Return wishes beside money, one row a wish the question offered, and how far apart."""
    wishes = make_wishes(scene, scene.shares.themes, scene.shares.whole)
    money, number = _by_theme(found)
    given = [float(money.get(w.theme, 0.0)) for w in wishes]
    middle = middle_counts(scene.shares.whole)
    named = [float(middle[scene.shares.column(w.theme)]) for w in wishes]
    base = 0.0 if np.isnan(scene.shares.base) else scene.shares.base
    gap = adding.beside(named, base, given, rounding=ROUNDING_ADDS)
    table = pd.DataFrame(
        {
            "theme": [w.theme for w in wishes],
            "label": [w.label for w in wishes],
            "asked": [w.share.words for w in wishes],
            "wishes": gap.wishes,
            "wishes_low": gap.low,
            "wishes_high": gap.high,
            "money": given,
            "money_share": gap.money,
            "per_head": adding.per_head(given, people or np.nan),
            "grants": [number[w.theme] for w in wishes],
        }
    )
    table["words"] = [_theme_words(row, sign) for row in each_row(table)]
    return table, gap


def _theme_words(row: object, sign: str) -> str:
    if np.isnan(row.wishes):  # type: ignore[attr-defined]
        return say("{money} in grants.", money=amount_words(row.money, sign))  # type: ignore[attr-defined]
    if row.money_share < row.wishes_low:  # type: ignore[attr-defined]
        return say("A smaller part of the money than of the wishes.")
    if row.money_share > row.wishes_high:  # type: ignore[attr-defined]
        return say("A larger part of the money than of the wishes.")
    return say("About the same part of both, as far as these answers tell.")


def _by_theme(found: Grants) -> tuple[pd.Series, Counter[str]]:
    """Return money and number of the counted grants by theme, "" for none."""

    def add_up() -> tuple[pd.Series, Counter[str]]:
        themes = [match.ids for match in found.counted["match"].tolist()]
        money = adding.share_out(found.counted["amount"].tolist(), themes)
        return money, Counter(theme for ids in themes for theme in (ids or ("",)))

    return found.once(("by theme",), add_up)


def _not_compared(scene: Scene, found: Grants) -> pd.DataFrame:
    offered = set(scene.shares.themes)
    money, number = _by_theme(found)
    rows = []
    for theme, amount in money.sort_values(ascending=False, kind="stable").items():
        if theme and theme not in offered:
            words = say("{wish}: the survey did not ask about it", wish=scene.label(str(theme)))
            rows.append((str(theme), float(amount), number[str(theme)], words))
    if "" in money:
        words = say("No word told what it was for")
        rows.append(("", float(money[""]), number[""], words))
    return pd.DataFrame(rows, columns=["what", "money", "grants", "words"])


def _by_where(found: Grants) -> pd.DataFrame:
    rows = []
    for where, (label, words) in WHERE_WORDS.items():
        there = found.table[found.table["where"] == where]
        if len(there):
            rows.append((where, say(label), float(there["amount"].sum()), len(there), say(words)))
    return pd.DataFrame(rows, columns=["where", "label", "money", "grants", "words"])


_FIELDS = {
    "classification": "what the funder filed it under",
    "title": "the title",
    "description": "the description",
    "programme": "the name of the programme",
    "organisation": "the name of the organisation",
}


def _each(scene: Scene, found: Grants) -> pd.DataFrame:
    table = found.table
    # Many grants are alike: each kind of match and of place is put into words once.
    told = {match: _match_words(scene, match) for match in set(table["match"])}
    places = {
        (where, pieces): _where_words(scene, where, pieces)
        for where, pieces in set(zip(table["where"], table["pieces"], strict=True))
    }
    purposes = [told[match][0] for match in table["match"]]
    why = [told[match][1] for match in table["match"]]
    where = [places[pair] for pair in zip(table["where"], table["pieces"], strict=True)]
    each = table[["identifier", "title", "recipient", "funder", "amount", "year"]].assign(
        themes=[match.ids for match in table["match"]],
        purpose=purposes, why=why, where=where,
    )  # fmt: skip
    return each.sort_values("amount", ascending=False, kind="stable").reset_index(drop=True)


def _match_words(scene: Scene, match: WordMatch) -> tuple[str, str]:
    """Return what a grant is counted as, and why, in words."""
    purpose = ", ".join(scene.label(theme) for theme in match.ids) or say("not known")
    if match.field == CORRECTED:
        return purpose, say("set by hand")
    if not match.field:
        return purpose, say("no word we know")
    told = [(match.field, match.words), *([match.also] if match.also else [])]
    why = "; ".join(
        say(
            "{words} in {field}",
            words=", ".join(f"“{word}”" for word in words),
            field=say(_FIELDS[field]),
        )
        for field, words in told
    )
    return purpose, why


def _where_words(scene: Scene, where: str, pieces: tuple[Piece, ...]) -> str:
    label = say(WHERE_WORDS[where][0])
    names = listed([scene.name(p.code, p.level) for p in pieces], most=4)
    return f"{label}: {names}" if names and where != "whole" else label


def _people(pack: Pack) -> float:
    people = pack.areas["population"].to_numpy(dtype=float)
    return 0.0 if np.isnan(people).any() else float(people.sum())


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
