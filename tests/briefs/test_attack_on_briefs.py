"""Whoever holds every table of money, services, strengths and offers learns nothing more.

Two made-up towns differ in the true number of nearly every ward, band, wish, strength and
offer, and in no published one (counts to the nearest 5, fewer than 8 hidden). If anything a
brief tells were worked out from true numbers, or put in order by them, the two would differ
somewhere. What the published counts themselves give away is attacked by linear programming
in tests/analysis/test_disclosure_attack.py and test_attack_on_ways.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.money import make_money
from needsmap.briefs.priorities import make_priorities
from needsmap.briefs.services import make_services
from needsmap.briefs.strengths import make_strengths
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import AnswerColumn, MapLayer, Option, Question, SurveyAnswers

BANDS = ("16-24", "65+")
ASKED = {
    "need": (("Youth club", "youth"), ("Buses", "buses"), ("Safety", "safety"),
             ("A skate ramp", ""), ("A foghorn", "")),
    "strength": (("Parks", "green"), ("Neighbours", "belonging"), ("Shops", "shops"),
                 ("It is quiet", ""), ("The fog", "")),
    "offer": (("Driving people to places", ""), ("Teaching, coaching or mentoring", ""),
              ("Cooking, baking or growing food", ""), ("Keeping bees", ""), ("A kite", "")),
}  # fmt: skip
"""Question → options with their theme, "" for none. The third and the last are few."""


def said(people: int, more: int) -> list[tuple[int, ...]]:
    """Return what each of `people` of a ward and band chose, as positions of options.

    10, 10, 2, 10 and 2 people choose an option, each number moved by `more`, the first the
    other way: then the second is the larger of two that are told as equal.
    """
    numbers = (10 - more, 10 + more, 2 + more, 10 + more, 2 + more)
    return [tuple(i for i, n in enumerate(numbers) if person < n) for person in range(people)]


def make_town(pack: Pack, *, moved: bool, told_more: int = 0) -> Voice:
    """Return a voice of 20 people a ward and band; `moved`: one more or fewer nearly everywhere.

    `told_more`: people added to the first ward and band, beyond what rounding hides.
    """
    wards = sorted(pack.names["ward"])
    assert len(wards) == 20
    rows: list[tuple[str, int, tuple[int, ...]]] = []
    for number, ward in enumerate(wards):
        # One up, one down; the second ward stays, so that the whole place differs too.
        more = 0 if not moved or number == 1 else 1 if number % 2 == 0 else -1
        for band in range(len(BANDS)):
            extra = told_more if number == band == 0 else 0
            rows += [(ward, band, cell) for cell in said(20 + more + extra, more + extra)]
    cells = sorted({cell for _, _, cell in rows})
    codes = np.array([cells.index(cell) for _, _, cell in rows], dtype=np.int32)
    questions = [Question("q0", "How old are you?", "group", "one_choice", (1,), group="age")]
    blank = tuple(() for _ in BANDS)
    ages = np.array([band for _, band, _ in rows], dtype=np.int32)
    columns = {"q0": AnswerColumn("q0", ages, BANDS, blank, blank)}
    for place, (role, options) in enumerate(ASKED.items(), 2):
        name = f"q{place}"
        made = tuple(Option(text, themes=(theme,) if theme else ()) for text, theme in options)
        questions.append(
            Question(name, f"{role}?", role, "many_choices", (place,), ";", made)  # type: ignore[arg-type]
        )
        columns[name] = AnswerColumn(
            name, codes,
            tuple("; ".join(options[i][0] for i in cell) for cell in cells),
            tuple(tuple((i, 1.0) for i in cell) for cell in cells),
            tuple(tuple(options[i][1] for i in cell if options[i][1]) for cell in cells),
        )  # fmt: skip
    answers = pd.DataFrame(
        {"row": range(len(rows)), "key": "", "level": "ward",
         "area_code": [ward for ward, _, _ in rows], "how": "", "answered_on": ""}
    )  # fmt: skip
    survey = SurveyAnswers(
        "Town", date(2026, 3, 1), "plain", "", "", tuple(questions), answers, columns, id="s1"
    )
    return compile_voice([survey], pack.membership, [level.id for level in pack.levels])


@pytest.fixture(scope="module")
def towns(kindleford: Pack) -> tuple[Voice, Voice]:
    return make_town(kindleford, moved=False), make_town(kindleford, moved=True)


def pictures() -> Iterator[Picture]:
    """Return every filter of wards, with several maps; and the other levels."""
    for groups in ((), (("age", BANDS[0]),), (("age", BANDS[1]),)):
        usual = Picture(level="ward", groups=groups)
        yield usual.but(theme="belonging", offer="teaching")
        yield usual.but(theme="safety", offer="cooking", steadied=not groups)
    yield from (Picture(level=level) for level in ("lsoa", "authority"))


def everything(brief: Any) -> dict[str, str]:
    """Return all a brief tells as texts: its tables, frames, map layers, words and numbers."""
    found = {f"table {name}": frame.to_csv() for name, frame in brief.tables().items()}
    for name, value in vars(brief).items():
        if name in {"picture", "provenance"}:
            continue
        if isinstance(value, pd.DataFrame):
            found[name] = value.to_csv()
        elif isinstance(value, MapLayer):
            found[name] = repr((value.title, value.classes, value.legend, value.table.to_csv()))
        elif name == "offers":
            found[name] = repr([value.table.to_csv(), value.by_area.to_csv(),
                                value.matches.to_csv(), value.others.to_csv()])  # fmt: skip
        else:
            found[name] = repr(value)
    return found


MAKERS = [make_money, make_services, make_strengths]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_nothing_told_moves_with_what_is_hidden(
    make: Callable[..., Any], kindleford: Pack, towns: tuple[Voice, Voice]
) -> None:
    for picture in pictures():
        one, other = (everything(make(picture, kindleford, town, None)) for town in towns)
        assert one == other, picture


def test_other_words_move_with_nothing_hidden_either(
    kindleford: Pack, towns: tuple[Voice, Voice]
) -> None:
    ward = sorted(kindleford.names["ward"])[0]
    for picture in (*pictures(), Picture(level="ward", area=ward)):
        one, other = (make_priorities(picture, kindleford, town, None).others for town in towns)
        assert one.to_csv() == other.to_csv(), picture


def test_the_two_towns_differ_and_the_test_would_see_a_published_change(
    kindleford: Pack, towns: tuple[Voice, Voice]
) -> None:
    sizes = [town.surveys[0].size for town in towns]
    # 20 wards and 2 bands of 20; the moved town has one more ward up than down.
    assert sizes == [800, 802]
    larger = make_town(kindleford, moved=False, told_more=8)
    for make in MAKERS:
        picture = Picture(level="ward", offer="driving")
        one, other = (everything(make(picture, kindleford, t, None)) for t in (towns[0], larger))
        assert one != other
