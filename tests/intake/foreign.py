"""An invented survey and its people, and what each question of it is: the truth for exports.

Nothing here comes from a real file. Wording is made up so that it stands in no list of ours
as a whole; options hold commas and brackets, some people write their own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Answer = str | list[str] | list[int] | dict[str, str] | tuple[float, float]
Sort = Literal["one", "many", "rows", "rank", "share", "text", "point", "number"]


@dataclass(frozen=True)
class Asked:
    """One question: how it is asked, and the role, group and kind a person would give it.

    sort: one or many of `options`; rows: each of `rows` rated with one of `options`; rank:
    `options` put in order; share: points given to `options`; text, point, number.
    """

    id: str
    text: str
    sort: Sort
    role: str
    kind: str
    group: str = ""
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    own: float = 0.0
    """Share of people who write something of their own beside the options."""


ENGLISH = (
    Asked(
        "area",
        "Which part of Brackenfold do you live in?",
        "one",
        "location",
        "one_choice",
        options=("Upper Fold", "Lower Fold", "Quarry Side", "Mossgate"),
    ),
    Asked(
        "needs",
        "Which of these does your street need most? Tick up to four.",
        "many",
        "need",
        "many_choices",
        own=0.06,
        options=(
            "Benches, shade and places to rest",
            "A later bus home",
            "Somewhere dry to meet",
            "Help with bills (heating, water)",
            "Safer crossings",
            "Things for teenagers to do",
        ),
    ),
    Asked(
        "matters",
        "How important are these to you?",
        "rows",
        "need",
        "rating",
        rows=("More trees", "Library opening hours", "Night buses"),
        options=(
            "Not at all important",
            "Slightly important",
            "Fairly important",
            "Very important",
            "Don't know",
        ),
    ),
    Asked(
        "happy",
        "How happy are you with these? (1 = very unhappy, 5 = very happy)",
        "rows",
        "other",
        "rating",
        rows=("Bin collections", "Footpaths"),
        options=("1", "2", "3", "4", "5"),
    ),
    Asked(
        "order",
        "Put these in order, the most needed first",
        "rank",
        "need",
        "ranking",
        options=("Youth club", "Dentist", "Play area", "Corner shop"),
    ),
    Asked("good", "What is good about where you live?", "text", "strength", "text"),
    Asked(
        "bring",
        "What could you bring to your neighbourhood?",
        "many",
        "offer",
        "many_choices",
        options=("Lend tools", "Cook a meal for others", "Walk a dog", "Teach a language"),
    ),
    Asked(
        "age",
        "What is your age group?",
        "one",
        "group",
        "one_choice",
        "age",
        options=("16-24", "25-44", "45-64", "65 or over"),
    ),
    Asked(
        "carer",
        "Do you look after somebody who could not manage without you?",
        "one",
        "group",
        "one_choice",
        "carer",
        options=("Yes", "No", "Prefer not to say"),
    ),
    Asked(
        "home",
        "Do you rent or own your home?",
        "one",
        "group",
        "one_choice",
        "tenure",
        options=("Rent from the council", "Rent privately", "Own, with or without a mortgage"),
    ),
    Asked("more", "Anything else you would like to tell us?", "text", "open_text", "text"),
)

SHARE = Asked(
    "money",
    "How would you spend 100 points on these?",
    "share",
    "need",
    "amount",
    options=("Parks", "Buses", "Homes", "Youth work"),
)
POINT = Asked("where", "Where do you live on the map?", "point", "location", "point")

_OWN = (
    "a bus shelter",
    "cheaper football pitch",
    "somewhere for my bike",
    "a proper cash machine",
    "fewer pigeons",
    "lights on the canal",
    "ramps at the station",
    "a swimming pool",
)
_GOOD = (
    "the people",
    "we all know each other",
    "quiet at night",
    "the neighbours look out for me",
    "the hill, and the view of the moor",
    "nothing much",
)
_MORE = (
    "please fix the lights on the steps by the mill",
    "no",
    "thank you for asking us",
    "the dentist is full, has been for years",
    "more buses on Sundays, they stop at six",
    "too dark by the canal",
)
_FRONT = (
    "I think",
    "Mostly",
    "Well,",
    "For me,",
    "As I said last year:",
    "My mother says",
    "Since March",
)
_BACK = (
    "which helps a lot",
    "and it was better before",
    "or so it seems",
    "ask at number",
    "I am sure",
)


@dataclass
class Person:
    """One person's answers by question id, and when they were given."""

    number: int
    started: datetime
    given: dict[str, Answer] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)

    @property
    def ended(self) -> datetime:
        return self.started + timedelta(minutes=4, seconds=self.number % 60)


def people(questions: tuple[Asked, ...], count: int, seed: int) -> list[Person]:
    """Return people who answer as people do: not everything, some options oftener."""
    chance = random.Random(seed)
    start = datetime(2026, 3, 2, 8, 30)
    return [
        _person(
            number,
            start + timedelta(minutes=37 * number, seconds=chance.randint(0, 59)),
            questions,
            chance,
        )
        for number in range(1, count + 1)
    ]


def _person(
    number: int, started: datetime, questions: tuple[Asked, ...], chance: random.Random
) -> Person:
    person = Person(number, started)
    for asked in questions:
        if chance.random() < (0.45 if asked.sort == "text" else 0.06):
            continue
        person.given[asked.id] = _answer(asked, chance)
        if chance.random() < asked.own:
            person.own[asked.id] = f"{chance.choice(_OWN)} {chance.randint(1, 99)}"
    return person


def _answer(asked: Asked, chance: random.Random) -> Answer:
    if asked.sort == "one":
        weights = [1 / (1 + i) for i in range(len(asked.options))]
        return chance.choices(asked.options, weights)[0]
    if asked.sort == "many":
        chosen = {chance.choice(asked.options) for _ in range(chance.randint(1, 4))}
        return [option for option in asked.options if option in chosen]
    if asked.sort == "rows":
        return {row: chance.choice(asked.options) for row in asked.rows}
    if asked.sort == "rank":
        return chance.sample(asked.options, len(asked.options))
    if asked.sort == "share":
        points = [0] * len(asked.options)
        for _ in range(20):
            points[chance.randrange(len(points))] += 5
        return points
    if asked.sort == "point":
        return round(55 + chance.random(), 5), round(2 + chance.random(), 5)
    if asked.sort == "number":
        return str(chance.randint(0, 60))
    said = chance.choice(_GOOD if asked.role == "strength" else _MORE)
    # Some say the same short thing; most put it in words of their own.
    if chance.random() < 0.25:
        return said
    return f"{chance.choice(_FRONT)} {said}, {chance.choice(_BACK)} {chance.randint(2, 400)}"
