"""Invented residents who answer: where they live, who they are, what they ask for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from needsmap.places.invent import questions as asked
from needsmap.places.invent.addresses import VARIANTS
from needsmap.places.invent.dice import Dice
from needsmap.places.invent.index import RANKED_AMONG
from needsmap.places.invent.wards import Ward

RESPONSE = {"Harbourside": 0.0, "Thrupley and Holme": 0.06, "Tollbeck": 0.2, "Old Town": 1.7,
            "Stannick": 1.6, "Skerry Point": 1.5, "Dunmoor": 1.3}  # fmt: skip
"""How readily people of a ward answer (others 1): nobody by the harbour, hardly anybody in
Thrupley and Holme."""
_ELSEWHERE = ("near the sea", "Kindleford", "up the hill", "KF99 9ZZ", "KF5", "my mum's", "-")
_YOUNG = ("Under 16", "16-24", "25-34")


@dataclass(frozen=True)
class Resident:
    """One invented person's answers, before a form tool writes them down."""

    area: int
    place: str
    needs: tuple[str, ...]
    other_need: str
    strengths: tuple[str, ...]
    offers: tuple[str, ...]
    age: str
    gender: str
    tenure: str
    stayed: str
    comment: str


def make_residents(
    wards: tuple[Ward, ...],
    ranks: Mapping[str, Sequence[int]],
    by_area: dict[int, list[str]],
    seed: int,
    wave: str,
    how_many: int,
) -> list[Resident]:
    """Return the people who answer one wave (`wave` names its dice).

    `ranks`: domain id → rank per area position; a need is named up to about eleven times as
    often where its domain is worst as where it is best, except for `questions.DISAGREES`.
    """
    dice = Dice(seed, f"residents {wave}")
    people = []
    for _ in range(how_many):
        weights = [RESPONSE.get(ward.name, 1.0) * len(ward.areas) for ward in wards]
        ward = dice.pick(wards, weights)
        area = dice.pick(ward.areas)
        age = dice.pick(asked.AGES, asked.AGE_WEIGHTS)
        leaning = [_leaning(need, ward.name, area, age, ranks) for need in asked.NEEDS]
        texts = [wording for _, wording, _, _ in asked.NEEDS]
        named = dice.some(texts, dice.pick((1, 2, 3), (1, 3, 7)), leaning)
        # A form lists what was ticked in the order it was offered.
        needs = tuple(text for text in texts if text in named)
        other = dice.pick(asked.OTHER_NEEDS) if dice.happens(0.06) else ""
        offers = dice.some(asked.OFFERS[:-1], dice.pick((0, 1, 2, 3), (3, 4, 2, 1)))
        good = dice.some(asked.STRENGTHS, dice.pick((1, 2, 3, 4), (2, 4, 3, 1)))
        people.append(
            Resident(
                area=area,
                place=_place(ward, area, by_area, dice),
                needs=() if dice.happens(0.02) else needs,
                other_need=other,
                strengths=tuple(text for text in asked.STRENGTHS if text in good),
                offers=tuple(text for text in asked.OFFERS if text in offers)
                or (asked.OFFERS[-1:] if dice.happens(0.7) else ()),
                age=age if not dice.happens(0.03) else "",
                gender=dice.pick(asked.GENDERS, asked.GENDER_WEIGHTS),
                tenure=dice.pick(asked.TENURES, asked.TENURE_WEIGHTS),
                stayed=dice.pick(asked.STAYED, (1, 3, 5, 6)),
                comment=_comment(dice) if dice.happens(0.3) else "",
            )
        )
    return people


def _comment(dice: Dice) -> str:
    """Return an open answer: one thing or two, said in a way of one's own."""
    said = dice.some(asked.COMMENTS, dice.pick((1, 2), (2, 1)))
    start, end = dice.pick(asked.COMMENT_STARTS), dice.pick(asked.COMMENT_ENDS)
    if said[0].startswith("="):
        # A cell that a careless spreadsheet would take for a formula must begin with "=".
        start = ""
    return f"{start}{' '.join(said)}{end}"


def _leaning(
    need: tuple[str, str, str | None, float],
    ward: str,
    area: int,
    age: str,
    ranks: Mapping[str, Sequence[int]],
) -> float:
    theme, _, domain, usual = need
    weight = usual
    if domain is not None:
        weight *= math.exp(2.4 * (0.5 - ranks[domain][area] / RANKED_AMONG))
    if theme == "youth" and age in _YOUNG:
        weight *= 2
    for disputed, where, times in asked.DISAGREES:
        if theme == disputed and ward in where:
            weight *= times
    return weight


def _place(ward: Ward, area: int, by_area: dict[int, list[str]], dice: Dice) -> str:
    """Return what a person types for where they live: seven in ten a postcode."""
    how = dice.pick(("postcode", "name", "unclear", "blank"), (69, 17, 5, 9))
    if how == "blank":
        return ""
    if how == "unclear":
        return dice.pick(_ELSEWHERE)
    if how == "name":
        name = dice.pick((ward.name, *VARIANTS.get(ward.name, ())))
        return dice.pick((name, name.lower(), name.upper(), f"{name} ", name.replace("'", "’")))
    code = dice.pick(by_area[area])
    return dice.pick(
        (code, code.lower(), code.replace(" ", ""), f" {code} ", code.replace(" ", "").lower()),
        (8, 2, 2, 1, 1),
    )
