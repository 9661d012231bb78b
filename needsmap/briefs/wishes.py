"""Themes people named as wishes: order, certainty and words beside each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from needsmap.analysis.disclosure import (
    Count,
    PublishedShares,
    few_count_words,
    one_share,
    row_of,
    why_few,
)
from needsmap.analysis.priorities import order_themes
from needsmap.analysis.rank_bands import RankBands
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import (
    band_words,
    capital,
    certainty,
    listed,
    order_words,
    places,
    quoted,
    share_of_people,
)
from needsmap.briefs.scene import Scene
from needsmap.briefs.shapes import Wish
from needsmap.words import say

__all__ = ["make_wishes", "row_of", "strengths_sentence", "top_sentences"]


def make_wishes(
    scene: Scene,
    themes: tuple[str, ...],
    shares: PublishedShares,
    *,
    index: Mapping[str, str] | None = None,
    nearest: Mapping[str, str] | None = None,
    most: int | None = None,
    bands: RankBands | None = None,
) -> tuple[Wish, ...]:
    """Return themes as wishes, most named first.

    `shares`: one published share a theme. `index`: domain → words about it here.
    `nearest`: service kind → words. `most`: how many to return; themes nobody named are
    left out then. `bands`: the places each theme could hold, see `Scene.rank_bands`.
    """
    found: list[Wish] = []
    for row in each_row(order_themes(themes, shares, bands)):
        if most is not None and (len(found) == most or row.count == 0):
            break
        dots, sure = certainty(row.first_place, row.last_place)
        entry = scene.themes.get(row.theme)
        domain = entry.domain if entry else ""
        kinds = entry.services if entry else ()
        here = (index or {}).get(domain) if domain else None
        found.append(
            Wish(
                theme=row.theme,
                label=scene.label(row.theme),
                place=int(row.place),
                count=_count(row.count),
                share=one_share(shares, int(row.column)),
                first_place=int(row.first_place),
                last_place=int(row.last_place),
                could_be=places(row.first_place, row.last_place),
                dots=dots,
                sure=sure,
                index=here or (say("no official measure") if not domain else ""),
                nearest=next((nearest[k] for k in kinds if nearest and k in nearest), ""),
                likely="" if bands is None else _likely(row),
            )
        )
    return tuple(found)


def strengths_sentence(strengths: tuple[Wish, ...], where: str) -> str:
    """Return what people value, or "" when nothing may be said."""
    told = [w for w in strengths if w.share.value is not None and w.share.value > 0][:3]
    if not told:
        return ""
    return say(
        "What people value {where}: {things}.",
        where=where,
        things=listed([quoted(w.label) for w in told]),
    )


def top_sentences(wishes: tuple[Wish, ...], where: str) -> list[str]:
    """Return the first wish with its doubt, and the next ones, as sentences."""
    if not wishes:
        return []
    if not wishes[0].share.value:
        return [say("Too few people answered to say what they ask for most {where}.", where=where)]
    top = wishes[0]
    firsts = [w for w in wishes if w.place == 1]
    if len(firsts) > 1:
        names = listed([quoted(w.label) for w in firsts])
        return [
            say(
                "{names} come first together {where}: {words} each.",
                names=capital(names),
                where=where,
                words=top.share.words,
            )
        ]
    told = [
        say(
            "{share} {where} asked for {wish} ({words}; from these answers it could be {range}).",
            share=capital(share_of_people(top.share.value or 0)),
            where=where,
            wish=quoted(top.label),
            words=top.share.words,
            range=top.share.range_words,
        )
    ]
    if top.last_place > top.first_place:
        told.append(
            say(
                "Its place among the wishes is not certain: {order}.",
                order=top.likely or order_words(top.first_place, top.last_place),
            )
        )
    else:
        told.append(say("It is clearly the first wish."))
    return told


def _likely(row: Any) -> str:
    likely = (int(row.likely_first_place), int(row.likely_last_place))
    return band_words(likely, (int(row.first_place), int(row.last_place)))


def _count(published: float) -> Count:
    if np.isnan(published):
        return Count(None, few_count_words(), why_few())
    return Count(int(published), f"{int(published):,}")
