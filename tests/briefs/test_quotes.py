"""Quotes as a brief: private first, above the finest level, part of the mark."""

from dataclasses import replace

import numpy as np
import pytest

from needsmap.analysis.quotes import Approval
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.quotes import make_quotes, search_quotes
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import AnswerColumn, Question
from tests.briefs.conftest import make_answers

TEXTS = ("The last bus leaves at six, so I miss my class.", "Thank you for asking us.",
         "A warm place to sit with other mums would be lovely.")  # fmt: skip
THEMES = (("buses",), (), ("community_space",))


@pytest.fixture(scope="module")
def writing(kindleford: Pack) -> Voice:
    given = make_answers(kindleford, 900)
    codes = np.random.default_rng(31).integers(0, 3, 900).astype(np.int32)
    column = AnswerColumn("q8", codes, TEXTS, ((), (), ()), THEMES)
    question = Question("q8", "Anything else?", "open_text", "text", (8,))
    given = replace(
        given, questions=(*given.questions, question), columns={**given.columns, "q8": column}
    )
    return compile_voice([given], kindleford.membership, [x.id for x in kindleford.levels])


@pytest.fixture
def make_texts(kindleford: Pack):
    """Return a function that gives a voice in which so many people wrote one text."""

    def make(text: str, themes: tuple[str, ...], people: int = 60) -> Voice:
        given = make_answers(kindleford, people)
        column = AnswerColumn("q8", np.zeros(people, np.int32), (text,), ((),), (themes,))
        question = Question("q8", "Anything else?", "open_text", "text", (8,), answered=people)
        given = replace(
            given, questions=(*given.questions, question), columns={**given.columns, "q8": column}
        )
        return compile_voice([given], kindleford.membership, [x.id for x in kindleford.levels])

    return make


def test_without_an_approval_nothing_anybody_wrote_is_shown(
    kindleford: Pack, writing: Voice
) -> None:
    brief = make_quotes(Picture(), kindleford, writing, None)

    assert brief.quotes.empty
    assert brief.sentences[0] == "No quotes have been chosen yet."
    assert not any(text in repr(brief) for text in TEXTS)


def test_a_steward_searches_chooses_and_everybody_reads(kindleford: Pack, writing: Voice) -> None:
    found = search_quotes(Picture(theme="buses"), kindleford, writing, "bus class").lines
    assert set(found["text"]) == {TEXTS[0]}
    first = found.iloc[0]

    approvals = [Approval(first["quote"], first["line"], "A steward", "2026-04-01T10:00")]
    brief = make_quotes(Picture(theme="buses"), kindleford, writing, None, approvals=approvals)
    assert brief.quotes["line"].tolist() == [first["line"]]
    assert brief.quotes["of_theme"].tolist() == [True]
    again = search_quotes(Picture(), kindleford, writing, "bus", approvals=approvals)
    assert again.lines["approved"].all()


def test_quotes_name_no_area_of_the_finest_level(kindleford: Pack, writing: Voice) -> None:
    brief = make_quotes(Picture(level="lsoa"), kindleford, writing, None)
    found = search_quotes(Picture(level="lsoa"), kindleford, writing, "").lines

    assert brief.level == "ward"
    assert set(found["area_code"]) <= {*kindleford.names["ward"], ""}


def test_groups_never_reach_a_quote_and_it_is_said(kindleford: Pack, writing: Voice) -> None:
    brief = make_quotes(Picture(groups=(("age", "16-24"),)), kindleford, writing, None)

    assert brief.picture.groups == ()
    assert any("age or gender" in notice for notice in brief.notices)


def test_the_mark_covers_what_was_chosen(kindleford: Pack, writing: Voice) -> None:
    quote = search_quotes(Picture(), kindleford, writing, "bus").lines.iloc[0]["quote"]
    one = make_quotes(Picture(), kindleford, writing, None, approvals=[Approval(quote, TEXTS[0])])
    other = make_quotes(
        Picture(), kindleford, writing, None, approvals=[Approval(quote, "The last bus")]
    )

    assert one.provenance.mark != other.provenance.mark


def test_a_line_names_only_what_it_says_itself(kindleford: Pack, make_texts) -> None:
    text = "The bus leaves too early. My flat is damp and I am ill."
    voice = make_texts(text, ("buses", "damp"))
    quote = search_quotes(Picture(), kindleford, voice, "bus").lines.iloc[0]["quote"]
    line = "The bus leaves too early."
    brief = make_quotes(Picture(), kindleford, voice, None, approvals=[Approval(quote, line)])

    assert brief.quotes["themes"].tolist() == [("buses",)]
    assert "damp" not in brief.quotes.to_string().lower()
    assert "text" not in brief.quotes.columns
    whole = make_quotes(Picture(), kindleford, voice, None, approvals=[Approval(quote, text)])
    assert whole.quotes["themes"].tolist() == [("buses", "damp")]


def test_what_is_public_can_be_searched_by_words_theme_and_area(
    kindleford: Pack, writing: Voice
) -> None:
    found = search_quotes(Picture(), kindleford, writing, "")
    approvals = [Approval(row.quote, row.text) for row in found.lines.itertuples()]
    brief = make_quotes(Picture(), kindleford, writing, None, approvals=approvals)

    assert set(brief.only("BUS")["line"]) == {TEXTS[0]}
    assert set(brief.only(theme="community_space")["line"]) == {TEXTS[2]}
    assert brief.only("nobody wrote this").empty
    assert {entry.id for entry in brief.themes} == {"buses", "community_space"}
    assert list(brief.tables()["quotes"]["Survey"].unique()) == ["Spring survey"]


def test_texts_that_name_no_theme_are_found_too(kindleford: Pack, make_texts) -> None:
    voice = make_texts("Nid yw hyn yn y rhestr.", ())

    assert search_quotes(Picture(), kindleford, voice, "rhestr").hits == 1


def test_words_of_all_surveys_are_found_unless_the_link_names_one(kindleford: Pack) -> None:
    waves = []
    for number, text in enumerate(("It was cold.", "It is warm.")):
        given = make_answers(kindleford, 60)
        column = AnswerColumn("q8", np.zeros(60, np.int32), (text,), ((),), ((),))
        question = Question("q8", "Anything else?", "open_text", "text", (8,), answered=60)
        waves.append(replace(
            given, id=f"s{number}", questions=(*given.questions, question),
            columns={**given.columns, "q8": column},
        ))  # fmt: skip
    voice = compile_voice(waves, kindleford.membership, [x.id for x in kindleford.levels])

    assert search_quotes(Picture(), kindleford, voice, "").texts == 2
    one = search_quotes(Picture(surveys=("s0",)), kindleford, voice, "")
    assert one.lines["text"].tolist() == ["It was cold."]


def test_a_search_says_beforehand_how_a_line_would_be_shown(kindleford: Pack, make_texts) -> None:
    few = search_quotes(Picture(), kindleford, make_texts("I wait.", (), people=6), "").lines

    assert few["shown"].tolist() == [False]
    assert "too few people" in few["shown_as"].iloc[0]
