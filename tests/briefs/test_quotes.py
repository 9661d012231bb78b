"""Quotes as a brief: private first, above the finest level, part of the mark."""

from dataclasses import replace

import numpy as np
import pytest

from needsmap.analysis.quotes import Approval
from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.area import make_area
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


@pytest.fixture
def one_ward_writes(kindleford: Pack) -> tuple[Voice, str]:
    """Return a voice of sixty people of one ward who all wrote one text, and the ward."""
    ward = sorted(kindleford.names["ward"])[0]
    given = make_answers(kindleford, 60, only_area=ward)
    text = "The last bus goes too early."
    column = AnswerColumn("q8", np.zeros(60, np.int32), (text,), ((),), (("buses",),))
    question = Question("q8", "Anything else?", "open_text", "text", (8,), answered=60)
    given = replace(
        given, questions=(*given.questions, question), columns={**given.columns, "q8": column}
    )
    levels = [level.id for level in kindleford.levels]
    return compile_voice([given], kindleford.membership, levels), ward


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


def test_an_areas_card_has_the_lines_that_may_be_said_to_be_from_there(
    kindleford: Pack, writing: Voice
) -> None:
    found = search_quotes(Picture(level="ward"), kindleford, writing, "").lines
    approvals = [Approval(row.quote, row.line) for row in found.itertuples()]
    everywhere = make_quotes(Picture(), kindleford, writing, None, approvals=approvals).quotes
    seen = 0
    for ward in kindleford.names["ward"]:
        picture = Picture(level="ward", area=ward)
        brief = make_area(picture, kindleford, writing, None, approvals=approvals)
        plain = make_area(picture, kindleford, writing, None)
        said = everywhere.loc[everywhere["area_code"] == ward, "line"].tolist()
        # The same lines as the page of quotes has from here, no others, and no more than five.
        assert set(brief.quotes["line"]) <= set(said)
        assert len(brief.quotes) == min(len(said), 5)
        assert ("quotes" in brief.tables()) == bool(said)
        assert "quotes" not in plain.tables()
        assert (brief.provenance.mark != plain.provenance.mark) == bool(said)
        seen += len(said)
    assert seen == len(everywhere[everywhere["area_code"] != ""])


def test_what_too_few_wrote_names_no_area_and_is_on_no_areas_card(
    kindleford: Pack, make_texts
) -> None:
    # Sixty people all over 20 wards wrote the same: it is from no one area.
    voice = make_texts("The last bus goes too early.", ("buses",))
    quote = search_quotes(Picture(), kindleford, voice, "bus").lines.iloc[0]["quote"]
    approvals = [Approval(quote, "The last bus goes too early.")]

    assert len(make_quotes(Picture(), kindleford, voice, None, approvals=approvals).quotes) == 1
    for ward in kindleford.names["ward"]:
        picture = Picture(level="ward", area=ward)
        brief = make_area(picture, kindleford, voice, None, approvals=approvals)
        assert brief.quotes.empty


def test_a_small_areas_card_names_the_larger_area_its_lines_are_from(
    kindleford: Pack, one_ward_writes: tuple[Voice, str]
) -> None:
    voice, ward = one_ward_writes
    found = search_quotes(Picture(level="ward"), kindleford, voice, "").lines
    approvals = [Approval(found.iloc[0]["quote"], found.iloc[0]["line"])]
    inside = kindleford.membership.index[kindleford.membership["ward"] == ward]
    outside = kindleford.membership.index[kindleford.membership["ward"] != ward]

    picture = Picture(level="lsoa", area=inside[0])
    brief = make_area(picture, kindleford, voice, None, approvals=approvals)
    assert brief.quotes["area_name"].tolist() == [kindleford.names["ward"][ward]]
    away = make_area(picture.but(area=outside[0]), kindleford, voice, None, approvals=approvals)
    assert away.quotes.empty


def test_a_line_beside_figures_of_a_group_is_said_to_be_from_everybody(
    kindleford: Pack, one_ward_writes: tuple[Voice, str]
) -> None:
    voice, ward = one_ward_writes
    found = search_quotes(Picture(level="ward"), kindleford, voice, "").lines
    approvals = [Approval(found.iloc[0]["quote"], found.iloc[0]["line"])]
    picture = Picture(level="ward", area=ward, groups=(("age", "25-44"),))

    brief = make_area(picture, kindleford, voice, None, approvals=approvals)
    assert len(brief.quotes) == 1
    assert any("from everybody" in caution for caution in brief.cautions)
