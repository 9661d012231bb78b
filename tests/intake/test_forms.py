"""The ready-made forms: strengths before needs, and exports read without one correction."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from needsmap.errors import NotFound
from needsmap.intake.forms import known_forms, load_form
from needsmap.intake.survey import inspect, prepare
from needsmap.intake.themes import load_themes
from needsmap.places.pack import open_pack
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
TOOLS = {"google": "google_forms", "microsoft": "ms_forms", "kobo": "kobo", "typed_in": "plain"}


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


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", known_forms())
def test_exports_of_the_form_are_read_without_a_correction(name: str, tool: str) -> None:
    form = form_of(name)
    given = exports.answers(form, 120, seed=5)
    pack = open_pack(PROJECT / "data" / "places" / "testham")

    seen = inspect(getattr(exports, tool)(form, given), "x.csv", pack=pack)
    ready = prepare(seen)

    assert seen.evidence.tool == TOOLS[tool]
    by_text = {q.text: q for q in seen.questions}
    for asked in form.questions:
        if asked.kind == "budget":
            continue
        found = by_text[asked.text]
        told = (found.role, found.kind, found.group if found.role == "group" else "")
        assert told == (asked.role, KINDS[asked.kind], asked.group), asked.text
        if asked.options:
            assert {o.text for o in found.options if o.offered} == set(asked.options)
    # Each option that is a theme names it and perhaps others, never something else alone.
    labels = {theme.label: theme.id for theme in load_themes()}
    needs = next(q for q in seen.questions if q.role == "need" and q.kind == "many_choices")
    for option in needs.options:
        assert labels[option.text] in option.themes, option.text
    assert (ready.read, len(ready.survey.answers), ready.set_aside) == (120, 120, 0)
    assert ready.located == 120
    assert [p.code for p in ready.problems if p.code != "same_answer_again"] == []


@pytest.mark.parametrize("tool", TOOLS)
def test_points_shared_out_are_read_as_one_question(tool: str) -> None:
    form = form_of("budget")
    seen = inspect(getattr(exports, tool)(form, exports.answers(form, 120, seed=9)), "x.csv")
    asked = next(question for question in form.questions if question.kind == "budget")

    found = [question for question in seen.questions if question.kind == "amount"]

    assert len(found) == 1
    assert found[0].role == "need"
    assert {option.text for option in found[0].options} == set(asked.options)
