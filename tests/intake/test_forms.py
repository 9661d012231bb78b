"""The ready-made forms: strengths before needs, and exports read without one correction."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from needsmap.errors import NotFound
from needsmap.intake.choices import Choices
from needsmap.intake.codes import read_codes
from needsmap.intake.forms import known_forms, load_form
from needsmap.intake.survey import Inspection, inspect, prepare
from needsmap.intake.themes import load_themes
from needsmap.places.pack import Pack, open_pack
from needsmap.tables import Form

PROJECT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location(
    "form_exports", Path(__file__).with_name("form_exports.py")
)
assert _spec is not None and _spec.loader is not None
exports = importlib.util.module_from_spec(_spec)
sys.modules["form_exports"] = exports
_spec.loader.exec_module(exports)

KINDS = {"one": "one_choice", "many": "many_choices", "text": "text", "budget": "amount",
         "postcode": "text"}  # fmt: skip
TOOLS = {
    "google": "google_forms", "microsoft": "ms_forms", "kobo": "kobo", "kobo_names": "kobo",
    "odk": "kobo", "surveymonkey": "surveymonkey", "qualtrics": "qualtrics",
    "qualtrics_joined": "qualtrics", "limesurvey": "limesurvey", "typeform": "typeform",
    "jisc": "jisc", "typed_in": "plain",
}  # fmt: skip
"""How each tool writes our form, and what the file is recognised as (ODK and Kobo are one)."""
PEOPLE = (5, 30, 60, 120)


def form_of(name: str) -> Form:
    return load_form(name, load_themes())


@pytest.mark.parametrize("name", known_forms())
def test_strengths_are_asked_before_needs_and_nobody_is_named(name: str) -> None:
    roles = [question.role for question in form_of(name).questions]

    assert roles.index("strength") < roles.index("need")
    assert "identity" not in roles
    assert {"strength", "offer", "need", "location", "group"} <= set(roles)


def test_a_form_nobody_made_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match="no form"):
        load_form("long", load_themes())


def read_of(form: Form, tool: str, people: int, seed: int, pack: Pack | None) -> Inspection:
    """Inspect a tool's export of a form as a volunteer brings it: Jisc's with its KEY beside."""
    given = exports.answers(form, people, seed=seed)
    choices = Choices(codes=read_codes(exports.jisc_key(form), "k.csv") if tool == "jisc" else {})
    return inspect(getattr(exports, tool)(form, given), "x.csv", pack=pack, choices=choices)


@pytest.fixture(scope="module")
def testham() -> Pack:
    return open_pack(PROJECT / "data" / "places" / "testham")


@pytest.mark.parametrize("people", PEOPLE)
@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", known_forms())
def test_exports_of_the_form_are_read_without_a_correction(
    name: str, tool: str, people: int, testham: Pack
) -> None:
    form = form_of(name)
    given = exports.answers(form, people, seed=5)

    seen = read_of(form, tool, people, 5, testham)
    ready = prepare(seen)

    assert seen.evidence.tool == TOOLS[tool]
    by_text = {q.text: q for q in seen.questions}
    for asked in form.questions:
        found = by_text[asked.text]
        told = (found.role, found.kind, found.group if found.role == "group" else "")
        assert told == (asked.role, KINDS[asked.kind], asked.group), asked.text
        if asked.options:
            offered = {o.text: o.count for o in found.options if o.offered}
            assert set(offered) == set(asked.options)
            assert not [o for o in found.options if not o.offered]
            # How many gave each answer is known from the answers themselves.
            for place, option in enumerate(asked.options):
                values = [one[asked.id] for one in given]
                chose = [v[place] > 0 if asked.kind == "budget" else option in v for v in values]
                assert offered[option] == sum(chose), (asked.text, option)
    # Each option that is a theme names it and perhaps others, never something else alone.
    labels = {theme.label: theme.id for theme in load_themes()}
    needs = next(q for q in seen.questions if q.role == "need" and q.kind == "many_choices")
    for option in needs.options:
        assert labels[option.text] in option.themes, option.text
    assert (ready.read, len(ready.survey.answers), ready.set_aside) == (people, people, 0)
    assert ready.located == people
    assert [p.code for p in ready.problems if p.code != "same_answer_again"] == []


def test_words_of_another_form_are_left_to_be_guessed() -> None:
    form = form_of("short")
    given = exports.answers(form, 60, seed=5)
    other = exports.google(form, given).decode().replace("Friendly neighbours", "The folk here")

    found = {q.text: q for q in inspect(other.encode(), "x.csv").questions}
    strengths = found["What is good about living here? (choose up to 3)"]

    assert "The folk here" in {o.text for o in strengths.options if o.offered}
