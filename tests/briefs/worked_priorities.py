"""The worked examples of priorities, weighting, steadying and change, each by its own code."""

from typing import Any

import numpy as np

from needsmap.analysis.change import newcombe
from needsmap.analysis.common_ground import shared_by_all
from needsmap.analysis.coverage import overlap
from needsmap.analysis.disclosure import publish_shares, share_words
from needsmap.analysis.priorities import Chosen
from needsmap.analysis.rank_bands import rank_bands
from needsmap.analysis.rules import median_at_least, publish_rule, sum_parts
from needsmap.analysis.simultaneous import MANY_OPTIONS, goodman, sison_glaz
from needsmap.analysis.steadying import steady
from needsmap.analysis.weighting import effective_number
from needsmap.briefs.saying import places
from tests.analysis.test_rules import make_voice


def order(named: list[int], answered: int) -> dict[str, Any]:
    bands = rank_bands(publish_shares(named, answered))
    words = [places(*pair) for pair in zip(bands.first, bands.last, strict=True)]
    return {"places": words}


def counting_orders(options: list[str], ballots: list[str], people: list[int]) -> dict[str, Any]:
    cells = [
        tuple((options.index(o), float(place)) for place, o in enumerate(ballot.split(), 1))
        for ballot in ballots
    ]
    voice = make_voice("ranking", cells, people)
    chosen = Chosen("ranking", "", (("s1", "q1"),))
    sums = {rule: sum_parts(voice, chosen, rule).sums for rule in ("points", "named", "first")}
    most = len(options) - 1
    return {
        "points": [round(float(p) * most, 9) for p in sums["points"]],
        "ranked": [int(n) for n in sums["named"]],
        "first": [int(n) for n in sums["first"]],
    }


def one_choice(chose: list[int]) -> dict[str, Any]:
    low, high = sison_glaz(chose) if len(chose) >= MANY_OPTIONS else goodman(chose)
    pairs = [[round(float(low[i]), 4), round(float(high[i]), 4)] for i in (0, -1)]
    return {"first": pairs[0], "last": pairs[1]}


def amounts(shares: list[list[float]], people: list[int]) -> dict[str, Any]:
    cells = [tuple((i, s) for i, s in enumerate(row) if s > 0) for row in shares]
    voice = make_voice("amount", cells, people)
    chosen = Chosen("amount", "", (("s1", "q1"),))
    mean = sum_parts(voice, chosen, "mean")
    given = publish_rule(sum_parts(voice, chosen, "any"), smallest_base=10)
    number = len(shares[0])
    return {
        "mean": share_words(publish_rule(mean, smallest_base=10)).tolist()[:number],
        "half_gave_at_least": median_at_least(mean, smallest_base=10).tolist()[:number],
        "anything": share_words(given).tolist()[:number],
    }


def common_ground(young: list[int], old: list[int], answered: int) -> dict[str, Any]:
    score = shared_by_all([publish_shares(young, answered), publish_shares(old, answered)])
    return {"score": [round(float(s), 3) for s in score]}


def steadied(named: list[int], answered: list[int]) -> dict[str, Any]:
    return {"steadied": [round(float(s), 4) for s in steady(named, answered).share]}


def weighting(weights: list[float], people: list[int]) -> dict[str, Any]:
    effective = effective_number(weights, people)
    return {"effective": round(effective, 2), "design": round(sum(people) / effective, 4)}


def fairness(answers: list[int], people: list[int]) -> dict[str, Any]:
    shares = [np.array(v) / sum(v) for v in (answers, people)]
    return {"overlap": round(overlap(*shares), 3)}


def change(now: list[int], before: list[int]) -> dict[str, Any]:
    low, high = newcombe(*now, *before)
    return {"low": round(float(low), 4), "high": round(float(high), 4)}


PRIORITIES = {
    "21_counting_orders": counting_orders,
    "22_one_choice": one_choice,
    "23_amounts": amounts,
    "24_common_ground": common_ground,
    "25_steadied": steadied,
    "26_weighting": weighting,
    "27_overlap": fairness,
    "28_change": change,
}
