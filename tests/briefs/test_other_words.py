"""What people asked for that is on no list of ours: told in the form's words, never dropped."""

from dataclasses import replace

import numpy as np

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.briefs.priorities import make_priorities
from needsmap.briefs.quotes import search_quotes
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers
from tests.briefs.conftest import make_answers


def compiled(pack: Pack, survey: SurveyAnswers) -> Voice:
    return compile_voice([survey], pack.membership, [level.id for level in pack.levels])


OWN = (("A skate ramp", 40), ("A foghorn", 5))


def asked_in_own_ways(pack: Pack, kind: str) -> Voice:
    """Return a voice whose one question about needs names nothing of our list of themes."""
    given = make_answers(pack, 300)
    codes = np.full(300, -1, dtype=np.int32)
    codes[:40], codes[40:45] = 0, 1
    texts = tuple(text for text, _ in OWN)
    chosen = (((0, 1.0),), ((1, 1.0),)) if kind != "text" else ((), ())
    options = tuple(Option(text) for text in texts) if kind != "text" else ()
    question = Question("q1", "What is needed?", "need", kind, (1,), options=options)  # type: ignore[arg-type]
    columns = {**given.columns, "q1": AnswerColumn("q1", codes, texts, chosen, ((), ()))}
    return compiled(
        pack, replace(given, questions=(question, *given.questions[1:]), columns=columns)
    )


def test_what_people_asked_for_and_no_theme_matches_is_told_in_the_forms_words(
    kindleford: Pack,
) -> None:
    brief = make_priorities(
        Picture(), kindleford, asked_in_own_ways(kindleford, "one_choice"), None
    )

    # Forty chose the first: a number to tell. Five chose the second: no name and no number.
    assert brief.others["wording"].tolist() == ["A skate ramp", "something else"]
    assert brief.others["count"].tolist()[0] == 40
    assert brief.others["people"].tolist()[1] == "fewer than 8 people"
    assert "foghorn" not in repr(brief)
    assert brief.tables()["other wishes"]["In these words"].tolist()[0] == "A skate ramp"
    assert any("In other words" in sentence for sentence in brief.sentences)


def test_an_area_in_focus_tells_its_own_other_words(kindleford: Pack) -> None:
    voice = asked_in_own_ways(kindleford, "one_choice")
    areas = [
        make_priorities(Picture(level="ward", area=code), kindleford, voice, None).others
        for code in kindleford.names["ward"]
    ]

    # Some 45 answers over all wards: most wards answered too little for any number.
    assert any(not len(others) for others in areas)
    assert all((others["count"].dropna() < 40).all() for others in areas)


def test_needs_in_own_words_that_name_no_theme_are_counted_and_can_be_found(
    kindleford: Pack,
) -> None:
    voice = asked_in_own_ways(kindleford, "text")

    others = make_priorities(Picture(), kindleford, voice, None).others
    assert others["wording"].tolist() == ["something else"]
    # What people wrote themselves is private, however many wrote it: rule D7.
    assert others["count"].tolist() == [45]
    assert "skate" not in repr(others)
    assert set(search_quotes(Picture(), kindleford, voice, "skate").lines["text"]) == {OWN[0][0]}


def test_a_question_that_names_themes_speaks_before_one_that_names_none(kindleford: Pack) -> None:
    given = make_answers(kindleford, 300)
    odd = Question("q0", "Anything odd?", "need", "many_choices", (9,), options=(Option("Odd"),))
    column = AnswerColumn("q0", np.zeros(300, np.int32), ("Odd",), (((0, 1.0),),), ((),))
    asked = replace(
        given, questions=(odd, *given.questions), columns={**given.columns, "q0": column}
    )

    brief = make_priorities(Picture(), kindleford, compiled(kindleford, asked), None)

    assert brief.question == "What is needed?"
    assert [c.kind for c in brief.counted] == ["many_choices"]
