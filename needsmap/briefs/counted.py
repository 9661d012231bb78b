"""The same answers counted in each way that suits the question, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import (
    PublishedShares,
    one_share,
    percent,
    publish_base,
    publish_count,
    row_of,
)
from needsmap.analysis.priorities import Chosen, choose_question, order_themes
from needsmap.analysis.rank_bands import rank_bands
from needsmap.analysis.rules import RULES, Summed, median_at_least, publish_rule, sum_parts
from needsmap.analysis.simultaneous import goodman_confidence
from needsmap.briefs.priorities_shape import CountedQuestion, Way
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed, places, quoted
from needsmap.briefs.scene import Scene
from needsmap.words import count as plural
from needsmap.words import say

WAYS = {
    "named": ("Named it", "everybody who named it counts once"),
    "split": ("One voice each", "each person’s one voice is shared among all they named"),
    "points": (
        "Points by place",
        "first place gets the most points; what a person left unranked shares the points left",
    ),
    "first": ("First choices", "only what people put first counts"),
    "mean": ("Mean share", "the part of their total people gave it, on average"),
    "any": ("Gave it anything", "everybody who gave it anything counts once"),
    "top_two": ("Rated high", "everybody who gave it one of the two highest points"),
}
KINDS = {
    "one_choice": "One choice",
    "many_choices": "Several choices",
    "ranking": "Put in order",
    "amount": "Money shared out",
    "rating": "Rated",
    "text": "In own words",
}
_COLUMNS = (
    "theme", "label", "place", "share", "low", "high", "words", "range_words", "could_be",
    "first_place", "last_place", "median",
)  # fmt: skip


def count_questions(scene: Scene) -> tuple[CountedQuestion, ...]:
    """Return each kind of question about needs in the chosen surveys, counted in its ways.

    The headline question stands first; of other kinds the most answered question.
    """
    found = []
    taken: set[str] = set()
    for chosen in (scene.need, *_others(scene)):
        if chosen is scene.need and not scene.shares.themes:
            continue
        if chosen.parts and chosen.kind in RULES and chosen.kind not in taken:
            taken.add(chosen.kind)
            found.append(_count(scene, chosen))
    rated = _ratings(scene)
    if rated is not None and "rating" not in taken:
        found.append(rated)
    return tuple(found)


def _others(scene: Scene) -> list[Chosen]:
    questions = [
        (q, survey.id)
        for survey in reversed(scene.surveys)
        for q in survey.questions
        if q.role == "need" and q.kind != "rating" and q.answered and q.themes
    ]
    questions.sort(key=lambda pair: -pair[0].answered)
    return [choose_question(scene.voice, (survey,), f"{survey}/{q.id}") for q, survey in questions]


def _where(scene: Scene) -> dict[str, str]:
    area = scene.picture.area
    return {"level": scene.picture.level, "area": area} if area else {}


def _published(scene: Scene, summed: Summed, kind: str) -> PublishedShares:
    confidence = 0.95
    if kind == "one_choice" and summed.themes:
        confidence = goodman_confidence(len(summed.themes))
    least = scene.voice.smallest_base
    return publish_rule(summed, smallest_base=least, confidence=confidence)


def _count(scene: Scene, chosen: Chosen) -> CountedQuestion:
    ways, base, notes = [], publish_base(0), []
    for rule in RULES[chosen.kind]:
        summed = sum_parts(scene.voice, chosen, rule, scene.picture.groups, **_where(scene))
        shares = _published(scene, summed, chosen.kind)
        if rule == "named" and chosen.parts == scene.need.parts:
            # The same limits as on every other page, for the same question.
            shares = scene.shares.whole
            if scene.picture.area:
                shares = row_of(scene.shares.by_area, scene.shares.codes.index(scene.picture.area))
        table = _table(scene, summed, shares)
        if rule == "mean":
            table["median"] = _medians(scene, summed, table["theme"])
            notes += _unlike(summed) if shares.shown.any() else []
        ways.append(_way(rule, table))
        base = publish_base(
            summed.base,
            filtered=bool(scene.picture.groups),
            smallest_base=scene.voice.smallest_base,
        )
    same_first, same_order, depends = _depends(tuple(ways))
    return CountedQuestion(
        kind=chosen.kind,
        kind_words=say(KINDS[chosen.kind]),
        question=chosen.text,
        base=base,
        ways=tuple(ways),
        order=_order(tuple(ways)),
        depends=depends,
        same_first=same_first,
        same_order=same_order,
        notes=tuple(notes),
    )


def _ratings(scene: Scene) -> CountedQuestion | None:
    """Return all rated themes of the newest survey that rates any; each has its own base."""
    for survey in reversed(scene.surveys):
        rated = [
            q for q in survey.questions if q.role == "need" and q.kind == "rating" and q.themes
        ]
        tables, bases = [], []
        for question in rated:
            chosen = Chosen("rating", question.text, ((survey.id, question.id),))
            summed = sum_parts(
                scene.voice, chosen, "top_two", scene.picture.groups, **_where(scene)
            )
            tables.append(_table(scene, summed, _published(scene, summed, "rating")))
            bases.append(summed.base)
        if tables:
            table = pd.concat(tables, ignore_index=True)
            table = table.sort_values("share", ascending=False, kind="stable")
            table["place"] = table["share"].rank(method="min", ascending=False)
            table["place"] = table["place"].fillna(0).astype(int)
            table["could_be"] = ""
            base = publish_base(
                max(bases),
                filtered=bool(scene.picture.groups),
                smallest_base=scene.voice.smallest_base,
            )
            way = _way("top_two", table.reset_index(drop=True))
            return CountedQuestion(
                "rating", say(KINDS["rating"]), "", base, (way,), _order((way,)), ""
            )
    return None


def _way(rule: str, table: pd.DataFrame) -> Way:
    title, words = WAYS[rule]
    return Way(rule, say(title), say(words), table)


def _table(scene: Scene, summed: Summed, shares: PublishedShares) -> pd.DataFrame:
    bands = rank_bands(shares, summed.together)
    rows = []
    for row in each_row(order_themes(summed.themes, shares, bands)):
        share = one_share(shares, int(row.column))
        rows.append(
            (
                row.theme, scene.label(row.theme), int(row.place), row.share, row.low, row.high,
                share.words, share.range_words, places(row.first_place, row.last_place),
                int(row.first_place), int(row.last_place), "",
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _medians(scene: Scene, summed: Summed, themes: pd.Series) -> list[str]:
    steps = median_at_least(summed, smallest_base=scene.voice.smallest_base)
    found = dict(zip(summed.themes, steps, strict=True))
    return [_median_words(found[theme]) for theme in themes]


def _median_words(step: float) -> str:
    if np.isnan(step):
        return say("most people gave it nothing")
    if step == 0:
        return say("half of people gave it something, less than 5%")
    return say("half of people gave it {share} or more", share=percent(step))


def _unlike(summed: Summed) -> list[str]:
    if not summed.unlike:
        return []
    number = publish_count(summed.unlike)
    return [
        say(
            "The amounts of {number} people add up to another total than most people’s. They "
            "are counted as shares of each person’s own total.",
            number=number.words,
        )
    ]


def _order(ways: tuple[Way, ...]) -> pd.DataFrame:
    """Return one row a theme: place and share under each way, the usual way's order."""
    first = ways[0].table
    table = pd.DataFrame({say("People asked for"): first["label"]})
    for way in ways:
        columns = (way.table[name].tolist() for name in ("theme", "place", "words", "median"))
        known = {theme: (f"{place}", *rest) for theme, place, *rest in zip(*columns, strict=True)}
        rows = [known.get(theme, ("–", "–", "")) for theme in first["theme"].tolist()]
        table[way.title] = [f"{place} · {words}" for place, words, _ in rows]
        if any(median for *_, median in rows):
            table[say("Half of people")] = [median for *_, median in rows]
    return table


def _depends(ways: tuple[Way, ...]) -> tuple[bool, bool, str]:
    """Return whether first place and all places agree over the ways, and a sentence."""
    known = [way for way in ways if len(way.table)]
    if len(known) < 2:
        return True, True, ""
    firsts = [tuple(w.table.loc[w.table["place"] == 1, "label"]) for w in known]
    orders = [dict(zip(w.table["theme"], w.table["place"], strict=True)) for w in known]
    same_first = all(set(f) == set(firsts[0]) for f in firsts)
    same_order = all(order == orders[0] for order in orders)
    if same_order:
        return (
            True,
            True,
            plural(
                "The order is the same in the one way of counting.",
                "The order is the same in all {n} ways of counting.",
                len(known),
            ),
        )
    if same_first:
        return (
            True,
            False,
            say(
                "The first wish is the same however one counts; the order below it depends on how "
                "you count."
            ),
        )
    told = [
        say("{wishes} by “{way}”", wishes=listed([quoted(x) for x in first]), way=way.title)
        for way, first in zip(known, firsts, strict=True)
    ]
    return (
        False,
        False,
        say("Which wish comes first depends on how you count: {list}.", list="; ".join(told)),
    )
