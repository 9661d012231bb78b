"""The same attack on what came after plain counts: ways of counting, bands, offers, change.

A made-up town answers through the real code: every sum the pages rest on is asked for in
every area and every filter of at most two groups, published, and turned into bounds on the
full cross-classification of area x age x gender x whole answer. Linear programming then
tries to pin each small number. Shares, limits, steadied and weighted shares, bands, change,
clusters and money are worked out from these published numbers alone, so they tell no more:
the co-occurrences under the bands are given to the attacker as they are rounded, which is
more than anybody is shown.
"""

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from needsmap.analysis.change import differences
from needsmap.analysis.common_ground import shared_by_all
from needsmap.analysis.comparison import voice_class
from needsmap.analysis.counting import by_bands
from needsmap.analysis.disclosure import (
    FEWEST_SHOWN,
    may_show,
    publish_shares,
    publish_sums,
    row_of,
)
from needsmap.analysis.offers import count_options
from needsmap.analysis.priorities import Chosen
from needsmap.analysis.rank_bands import rank_bands
from needsmap.analysis.rules import RULES, parts, sum_parts
from needsmap.analysis.steadying import steadied_shares
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.analysis.weighting import rake
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.analysis.test_voice import LEVELS, MEMBERSHIP

AREAS, AGES, GENDERS = ("A1", "A2", "A3"), ("16-24", "25-64", "65+"), ("Woman", "Man")
THINGS = ("bus", "green", "youth")
PATTERNS = {
    "many_choices": [c for n in range(4) for c in product((0, 1), repeat=3) if sum(c) == n],
    "ranking": [p for n in range(4) for p in permutations(range(3), n)],
    "amount": [
        (1.0, 0, 0),
        (0, 1.0, 0),
        (0, 0, 1.0),
        (0.5, 0.5, 0),
        (0.2, 0.3, 0.5),
        (0, 0.4, 0.6),
    ],
}  # fmt: skip


def chosen_of(kind: str, pattern: tuple) -> tuple[tuple[int, float], ...]:
    """Return a whole answer as the store keeps it: (option, place or part)."""
    if kind == "ranking":
        return tuple((option, float(place)) for place, option in enumerate(pattern, 1))
    return tuple((option, float(part)) for option, part in enumerate(pattern) if part)


def make_town(kind: str, people: int, seed: int) -> tuple[Voice, np.ndarray]:
    """Return a voice, and its true people: area x age x gender x pattern."""
    random = np.random.default_rng(seed)
    many = len(PATTERNS[kind])
    where, age = random.choice(3, people, p=[0.5, 0.35, 0.15]), random.integers(0, 3, people)
    gender, said = (
        random.integers(0, 2, people),
        random.choice(many, people, p=random.dirichlet(np.ones(many))),
    )
    role = "need"
    choices = tuple(chosen_of(kind, pattern) for pattern in PATTERNS[kind])
    named = tuple(tuple(THINGS[o] for o, _ in chosen) for chosen in choices)
    cells = tuple(str(pattern) for pattern in PATTERNS[kind])
    options = tuple(Option(t, themes=(t,)) for t in THINGS)
    blank = ((),) * 3
    survey = SurveyAnswers(
        "Town", None, "plain", "", "",
        (
            Question("q1", "What is needed?", role, kind, (1,), options=options),
            Question("q2", "Age", "group", "one_choice", (2,), group="age"),
            Question("q3", "Gender", "group", "one_choice", (3,), group="gender"),
        ),
        pd.DataFrame(
            {"row": range(people), "key": "", "level": "lsoa",
             "area_code": [AREAS[i] for i in where], "how": "", "answered_on": ""}
        ),
        {
            "q1": AnswerColumn("q1", said.astype(np.int32), cells, choices, named),
            "q2": AnswerColumn("q2", age.astype(np.int32), AGES, blank, blank),
            "q3": AnswerColumn("q3", gender.astype(np.int32), GENDERS, blank[:2], blank[:2]),
        },
        "s1",
    )  # fmt: skip
    true = np.zeros((3, 3, 2, many))
    np.add.at(true, (where, age, gender, said), 1)
    return compile_voice([survey], MEMBERSHIP, LEVELS), true


def learnt(sums: np.ndarray, base: int, *, exact: bool = False) -> list[tuple[float, float]]:
    """Return what a published table of sums tells: bounds of each sum."""
    if not may_show(base):
        return [(0.0, FEWEST_SHOWN + 2.0)] * len(sums)
    if exact:
        return [(float(s), float(s)) for s in sums]
    shown = publish_sums(sums, base).count
    return [
        (0.0, 7.5) if np.isnan(value) else (0.0, 0.0) if value == 0 else (value - 2.5, value + 2.5)
        for value in shown
    ]


def publish_all(voice: Voice, kind: str, *, exact: bool = False) -> tuple[list, list, list]:
    """Return every published sum: its row over the unknowns, its bounds, and if it is small."""
    survey = voice.surveys[0]
    question = survey.questions[0]
    asked = Chosen(kind, "", (("s1", "q1"),))
    many = len(PATTERNS[kind])
    rows, bounds, small = [], [], []

    def tell(cell: tuple, weights: np.ndarray, raw: np.ndarray, base: int, *, open_: bool) -> None:
        for weight, true, limits in zip(
            weights, raw, learnt(raw, base, exact=open_ and exact), strict=True
        ):
            member = np.zeros((3, 3, 2, many))
            index = tuple(slice(None) if c is None else slice(c, c + 1) for c in cell)
            member[index] = weight
            rows.append(member.ravel())
            bounds.append(limits)
            small.append(not open_ and 0 < true < FEWEST_SHOWN and float(true).is_integer())

    for cell in product((None, 0, 1, 2), (None, 0, 1, 2), (None, 0, 1)):
        where, age, gender = cell
        groups = ()
        if age is not None:
            groups += (("age", AGES[age]),)
        if gender is not None:
            groups += (("gender", GENDERS[gender]),)
        area = {} if where is None else {"level": "lsoa", "area": AREAS[where]}
        for rule in RULES[kind]:
            summed = sum_parts(voice, asked, rule, groups, **area)
            given = parts(question, rule).T
            counts = rule in {"named", "first", "any"}
            tell(cell, given, summed.sums, summed.base, open_=not counts)
            pairs = np.triu_indices(3, 1)
            if counts:
                # As `rank_bands` rounds them, which is more than the bands themselves show.
                both = given[pairs[0]] * given[pairs[1]]
                tell(cell, both, summed.together[pairs], summed.base, open_=False)
            if summed.at_least is not None:
                for step, steps in zip((0.0, 0.5), summed.at_least[[0, 8]], strict=True):
                    enough = (given > 0) if step == 0 else given >= step
                    tell(cell, enough.astype(float), steps, summed.base, open_=False)
        tell(cell, np.ones((1, many)), np.array([summed.base]), summed.base, open_=False)
    if kind == "many_choices":
        # Offers and bands of groups are counted by other roads to the same numbers.
        offers = count_options(voice, {("s1", "q1"): [(t,) for t in THINGS]}, "lsoa")
        plain = [sum_parts(voice, asked, "named", level="lsoa", area=a).sums for a in AREAS]
        assert (
            offers.by_area[[offers.codes.index(a) for a in AREAS]].tolist()
            == np.array(plain).tolist()
        )
        table = by_bands(survey, question, [("age", AGES), ("gender", GENDERS)])
        for i, j in product(range(3), range(2)):
            pair = (("age", AGES[i]), ("gender", GENDERS[j]))
            found = sum_parts(voice, asked, "named", pair)
            assert table[i, j].tolist() == [*found.sums, found.base]
    return rows, bounds, small


def pinned(rows: list, bounds: list, small: list, most: int = 15) -> tuple[int, int]:
    """Return (pinned, tried): small numbers whose bounds meet in one whole number."""
    matrix = np.array(rows)
    ends = np.array(bounds)
    sparse = csr_array(np.vstack([-matrix, matrix]))
    limits = np.concatenate([-ends[:, 0], ends[:, 1]])
    targets = np.flatnonzero(small)
    targets = targets[:: max(1, len(targets) // most)]
    found = 0
    for target in targets:
        reach = []
        for sign in (1, -1):
            solved = linprog(sign * matrix[target], A_ub=sparse, b_ub=limits, method="highs")
            assert solved.success
            reach.append(sign * solved.fun)
        found += np.ceil(reach[0] - 1e-6) == np.floor(reach[1] + 1e-6)
    return found, len(targets)


@pytest.mark.parametrize(
    ("kind", "people", "seed"),
    [("many_choices", 90, 1), ("many_choices", 180, 2), ("ranking", 90, 1), ("amount", 120, 3)],
)
def test_no_way_of_counting_gives_a_small_number_away(kind: str, seed: int, people: int) -> None:
    voice, true = make_town(kind, people, seed)
    rows, bounds, small = publish_all(voice, kind)

    # The attack is fair: the truth itself lies within everything that was published.
    for row, (least, most) in zip(rows, bounds, strict=True):
        assert least - 1e-6 <= row @ true.ravel() <= most + 1e-6
    found, tried = pinned(rows, bounds, small)
    assert tried >= 15
    assert found == 0


def test_the_attack_would_find_sums_that_were_not_rounded() -> None:
    # One voice each, shared among what a person named, given exactly; the rest is rounded.
    voice, _ = make_town("many_choices", 90, 1)

    found, tried = pinned(*publish_all(voice, "many_choices", exact=True))

    assert found > 0.1 * tried


def test_what_is_made_from_published_numbers_moves_only_with_them() -> None:
    # Two towns that differ in every raw count and in no published one.
    raw = np.array([[101, 62, 3], [44, 23, 30]]), np.array([[200], [80]])
    other = np.array([[99, 58, 6], [46, 26, 28]]), np.array([[201], [79]])
    one, same = (publish_shares(*town) for town in (raw, other))
    before = publish_shares([[50, 80, 40], [20, 40, 10]], [[150], [90]])

    assert one.count.tolist()[1] == same.count.tolist()[1]
    for work in (
        lambda table: differences(table, before),
        lambda table: [getattr(steadied_shares(table), f) for f in ("share", "low", "high")],
        lambda table: [shared_by_all([row_of(table, 0), row_of(table, 1)])],
        lambda table: [voice_class(table, 0.4)],
        lambda table: [rake(np.nan_to_num(table.base), [[0.5, 0.5], [0.3, 0.3, 0.4]]).weights],
        lambda table: [rank_bands(row_of(table, 0)).first, rank_bands(row_of(table, 0)).last],
    ):
        for first, second in zip(work(one), work(same), strict=True):
            assert np.array_equal(first, second, equal_nan=first.dtype.kind == "f")
