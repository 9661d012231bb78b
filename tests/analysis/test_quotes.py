"""Quotes: gathered for stewards, public only when approved, never where few wrote (D7)."""

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.quote_search import TextSearch
from needsmap.analysis.quotes import (
    Approval,
    gather_texts,
    naming,
    public_quotes,
    quote_id,
)
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.tables import AnswerColumn, Question, SurveyAnswers
from tests.analysis.test_voice import LEVELS, MEMBERSHIP

BUS = "The last bus leaves at six. I walk home in the dark from the late shift."
PARK = "More benches in the park, please."


def writing(where: list[tuple[str, str]], texts: list[str]) -> Voice:
    """Return a voice whose people each wrote one text ("" for none)."""
    cells = [t for t in dict.fromkeys(texts) if t]
    number = {cell: n for n, cell in enumerate(cells)}
    codes = np.array([number.get(t, -1) for t in texts], dtype=np.int32)
    themes = tuple(("buses",) if "bus" in c else ("green",) for c in cells)
    column = AnswerColumn("q5", codes, tuple(cells), tuple(() for _ in cells), themes)
    question = Question("q5", "Anything else?", "open_text", "text", (5,))
    answers = pd.DataFrame(
        {
            "row": range(len(where)), "key": "", "level": [w[0] for w in where],
            "area_code": [w[1] for w in where], "how": "", "answered_on": "",
        }
    )  # fmt: skip
    given = SurveyAnswers("S", None, "plain", "", "", (question,), answers, {"q5": column}, id="s1")
    return compile_voice([given], MEMBERSHIP, LEVELS)


def find_lines(texts: pd.DataFrame, words: str = "", **only: str) -> pd.DataFrame:
    return TextSearch(texts).find(words, **only)[0]


def many(area: str, texts: list[str]) -> Voice:
    return writing([("lsoa", area)] * len(texts), texts)


def test_texts_come_with_theme_area_and_how_many_wrote_them() -> None:
    where = [("lsoa", "A1"), ("ward", "W2"), ("lsoa", "A2"), ("", "")]
    table = gather_texts(writing(where, [BUS, PARK, BUS, ""]), ["s1"], "ward")

    found = {(r.text, r.area_code, r.people) for r in table.itertuples()}
    assert found == {(BUS, "W1", 2), (PARK, "W2", 1)}
    assert set(table["themes"]) == {("buses",), ("green",)}


def test_nothing_is_public_until_a_steward_approved_it() -> None:
    texts = gather_texts(many("A1", [BUS] + [PARK] * 12), ["s1"], "ward")

    assert public_quotes(texts, (), smallest_base=10).empty
    shown = public_quotes(texts, [Approval(quote_id("s1", "q5", BUS), BUS)], smallest_base=10)
    assert shown["line"].tolist() == [BUS]
    assert shown["area_code"].tolist() == ["W1"]
    assert not {"people", "age", "gender"} & set(shown.columns)


@pytest.mark.parametrize(("wrote", "area"), [(7, ""), (8, "W1"), (12, "W1")])
def test_the_area_is_named_only_where_enough_wrote(wrote: int, area: str) -> None:
    # 8 are shown as 10, the smallest base there is; 7 as "fewer than 8" (disclosure rules).
    where = [("lsoa", "A1")] * wrote + [("lsoa", "A3")] * 20
    texts = gather_texts(
        writing(where, [BUS] + [PARK] * (wrote - 1) + ["Fine as it is."] * 20), ["s1"], "ward"
    )
    shown = public_quotes(texts, [Approval(quote_id("s1", "q5", BUS), BUS)], smallest_base=10)

    assert shown["area_code"].tolist() == [area]


def test_where_few_wrote_in_the_whole_place_nothing_is_shown() -> None:
    texts = gather_texts(many("A1", [BUS] + [PARK] * 5), ["s1"], "ward")

    assert public_quotes(texts, [Approval(quote_id("s1", "q5", BUS), BUS)], smallest_base=10).empty


def test_a_changed_text_or_a_line_that_is_not_in_it_is_not_shown() -> None:
    texts = gather_texts(many("A1", [BUS] + [PARK] * 12), ["s1"], "ward")
    approvals = [
        Approval(quote_id("s1", "q5", BUS + "!"), BUS),
        Approval(quote_id("s1", "q5", BUS), "Buses are fine."),
        Approval(quote_id("s1", "q5", BUS), "  "),
    ]

    assert public_quotes(texts, approvals, smallest_base=10).empty


def test_a_part_of_a_text_may_be_approved_alone() -> None:
    texts = gather_texts(many("A1", [BUS] + [PARK] * 12), ["s1"], "ward")
    line = "I walk home in the dark from the late shift."
    shown = public_quotes(texts, [Approval(quote_id("s1", "q5", BUS), line)], smallest_base=10)

    assert shown["line"].tolist() == [line]


def test_words_written_in_two_areas_name_neither() -> None:
    where = [("lsoa", "A1")] * 12 + [("lsoa", "A3")] * 12
    texts = gather_texts(writing(where, [PARK] * 24), ["s1"], "ward")
    shown = public_quotes(texts, [Approval(quote_id("s1", "q5", PARK), PARK)], smallest_base=10)

    assert shown["area_code"].tolist() == [""]
    assert len(shown) == 1


def test_the_search_finds_the_line_that_holds_the_words() -> None:
    texts = gather_texts(many("A1", [BUS, PARK, "Café culture"]), ["s1"], "ward")

    assert find_lines(texts, "dark shift")["line"].tolist() == [
        "I walk home in the dark from the late shift."
    ]
    assert find_lines(texts, "CAFE")["line"].tolist() == ["Café culture"]
    assert find_lines(texts, "ark").empty  # inside "dark" and "park" only
    assert find_lines(texts, theme="green")["line"].tolist() == [PARK, "Café culture"]
    assert len(find_lines(texts, area="W1")) == 3
    assert find_lines(texts, area="W2").empty


def test_signs_in_the_search_are_letters_like_others() -> None:
    texts = gather_texts(many("A1", [BUS]), ["s1"], "ward")

    assert len(find_lines(texts, "(.*[ bus")) == 1
    assert find_lines(texts, "zz*").empty


def test_a_text_of_several_areas_is_found_once_with_all_who_wrote_it() -> None:
    where = [("lsoa", "A1")] * 3 + [("lsoa", "A3")] * 2
    found = find_lines(gather_texts(writing(where, [PARK] * 5), ["s1"], "ward"), "bench")

    assert found[["people", "area_code"]].to_numpy().tolist() == [[5, ""]]


def test_what_is_said_before_an_approval_is_what_is_shown_after_it() -> None:
    where = [("lsoa", "A1")] * 12 + [("lsoa", "A3")] * 5
    texts = gather_texts(
        writing(where, [BUS, *[PARK] * 11, "Hm.", *["Fine as it is."] * 4]), ["s1"], "ward"
    )
    allowed = naming(texts, smallest_base=10)
    approvals = [Approval(quote, text) for quote, text in zip(
        texts["quote"], texts["text"], strict=True)]  # fmt: skip
    shown = public_quotes(texts, approvals, smallest_base=10).set_index("quote")

    assert set(shown.index) == set(allowed.index[allowed["shown"]])
    assert allowed["area_code"].to_dict() == shown["area_code"].to_dict()
    # 12 wrote in W1; 5 in W2 are fewer than 8.
    assert set(allowed["area_code"]) == {"W1", ""}


def test_fifty_thousand_texts_are_searched_at_once() -> None:
    import time

    texts = gather_texts(
        many("A1", [f"{BUS} Number {i} of many, said at length." for i in range(50_000)]),
        ["s1"], "ward",
    )  # fmt: skip
    search = TextSearch(texts)
    search.find("warm up")
    start = time.process_time()
    found, number = search.find("late shift 77")

    assert len(found) == 50
    # Numbers below 50,000 that begin with 77: 77, 770-779, 7700-7799.
    assert number == 111
    # Measured: 0.02 s; a facilitator has ten seconds for the whole.
    assert time.process_time() - start < 0.5
