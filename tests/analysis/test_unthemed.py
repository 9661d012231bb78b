"""What no theme matches is counted all the same; expected numbers are those put in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import publish_counts
from needsmap.analysis.unthemed import THE_REST, count_unthemed
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.analysis.test_voice import LEVELS, MEMBERSHIP

OPTIONS = ("Parks", "It is quiet", "The lighthouse", "The fog")
CHOSE = {"Parks": 20, "It is quiet": 12, "The lighthouse": 8, "The fog": 3}


def voice(
    kind: str = "many_choices",
    areas: tuple[str, ...] = ("A1", "A3"),
    chose: dict[str, int] = CHOSE,
) -> Voice:
    """Return people who each chose one option, as many as `chose` says."""
    codes = np.repeat(np.arange(4, dtype=np.int32), list(chose.values()))
    chosen = tuple(((i, 1.0),) for i in range(4)) if kind != "text" else ((),) * 4
    column = AnswerColumn("q2", codes, OPTIONS, chosen, (("green",), (), (), ()))
    options = tuple(Option(o, themes=("green",) if o == "Parks" else ()) for o in OPTIONS)
    question = Question("q2", "What is good?", "strength", kind, (2,),
                        options=() if kind == "text" else options)  # fmt: skip
    where = [areas[i % len(areas)] for i in range(len(codes))]
    answers = pd.DataFrame(
        {"row": range(len(codes)), "key": "", "level": "lsoa", "area_code": where, "how": "",
         "answered_on": ""}
    )  # fmt: skip
    given = SurveyAnswers("S", None, "plain", "", "", (question,), answers, {"q2": column}, id="s1")
    return compile_voice([given], MEMBERSHIP, LEVELS)


def test_wordings_many_share_are_named_and_the_others_stand_together() -> None:
    found = count_unthemed(voice(), [("s1", "q2")], "ward")

    # 8 is the smallest number a count tells; three for the fog stay in the rest.
    assert found.themes == ("It is quiet", "The lighthouse", THE_REST)
    assert found.whole.tolist() == [12, 8, 3]
    assert found.base == sum(CHOSE.values())
    assert found.by_area.sum(axis=0).tolist() == [12, 8, 3]


def test_nothing_anybody_named_is_dropped() -> None:
    found = count_unthemed(voice(), [("s1", "q2")], "ward")

    assert found.whole.sum() + CHOSE["Parks"] == found.base


def test_words_people_wrote_themselves_stay_private() -> None:
    found = count_unthemed(voice("text"), [("s1", "q2")], "ward")

    assert found.themes == (THE_REST,)
    assert found.whole.tolist() == [12 + 8 + 3]


def test_where_every_wording_has_a_theme_there_is_no_rest() -> None:
    found = count_unthemed(voice(), [("s1", "q2")], "ward", told=lambda option: True)

    assert found.themes == ()


def test_wordings_whose_published_numbers_are_equal_stand_by_the_alphabet() -> None:
    # 12 and 8 are both told as 10: the order must not say which of them is the larger.
    names = count_unthemed(voice(), [("s1", "q2")], "ward").themes[:2]
    swapped = CHOSE | {"It is quiet": 8, "The lighthouse": 12}

    assert publish_counts([12, 8]).tolist() == [10, 10]
    assert names == count_unthemed(voice(chose=swapped), [("s1", "q2")], "ward").themes[:2]
