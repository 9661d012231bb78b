"""Wording that fits no theme's words goes to the theme closest in meaning, where that is on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest

from needsmap import settings
from needsmap.errors import NeedsmapError
from needsmap.intake import closeness
from needsmap.intake.closeness import Closeness, Model, closeness_for, model_if
from needsmap.intake.matching import Matcher, wording_of
from needsmap.intake.meaning import Meaning
from needsmap.intake.survey import inspect, prepare
from needsmap.intake.themes import Theme, ThemeList, load_theme_list
from tests.intake.closeness_texts import HELD_OUT, TUNING

_LIST = ThemeList(
    (Theme("buses", "Buses", ("bus", "coach*")), Theme("green", "Parks", ("trees",))),
    skip=("omnibus edition",),
)
_KNOWN = {"bus": 0, "buses": 0, "coach": 0, "omnibus": 0, "parks": 1, "trees": 1, "leafy": 1}


def three_directions(texts: Sequence[str]) -> np.ndarray:
    """Stand in for a model: one direction for what drives, one for what grows, one for the rest."""
    vectors = np.zeros((len(texts), 3), np.float32)
    for place, text in enumerate(texts):
        for word in text.lower().split():
            vectors[place, _KNOWN.get(word, 2)] += 1
        length = np.linalg.norm(vectors[place])
        vectors[place] /= length or 1
    return vectors


def test_the_closest_theme_is_named_with_its_reason() -> None:
    found = Closeness(three_directions, _LIST).match("Leafy")

    assert found.themes == ("green",)
    assert found.reason == "closest in meaning to “Parks”"


def test_what_is_close_to_nothing_or_says_nothing_stays_without_a_theme() -> None:
    close = Closeness(three_directions, _LIST)

    assert [match.themes for match in close.match_many(["purple", "", "omnibus edition"])] == [
        ()
    ] * 3
    assert close.match_many([]) == []


def test_how_close_is_close_enough_is_kept_to() -> None:
    # One word of two is known, so the cosine is 1/√2 ≈ 0.707.
    assert Closeness(three_directions, _LIST, 0.70).match("leafy purple").themes == ("green",)
    assert Closeness(three_directions, _LIST, 0.71).match("leafy purple").themes == ()


def test_it_is_asked_only_where_words_corrections_and_people_found_nothing() -> None:
    matcher = Matcher(_LIST, {wording_of("leafy lanes"): ("buses",), wording_of("leafy x"): ()})
    meaning = Meaning(
        [matcher], {"leafy by hand": ("buses",)}, closeness_for(_LIST, three_directions)
    )
    texts = ["leafy", "leafy bus", "leafy lanes", "leafy x", "leafy by hand", "purple"]

    said = {text: meaning.match(text) for text in texts}

    assert said["leafy"].themes == ("green",)
    assert said["leafy bus"].themes == ("buses",)
    assert "is a word of" in said["leafy bus"].reason
    assert said["leafy lanes"].themes == ("buses",)
    assert said["leafy x"].themes == () and said["leafy x"].reason
    assert said["leafy by hand"].themes == ("buses",)
    assert said["purple"].themes == () and not said["purple"].reason
    assert meaning.themes_of_many(texts) == [said[text].themes for text in texts]


def test_a_list_in_another_language_than_the_model_is_not_compared() -> None:
    assert closeness_for(load_theme_list("cy"), three_directions) is None
    assert closeness_for(_LIST, None) is None


def test_a_survey_shows_the_reason_beside_the_option_and_counts_the_theme() -> None:
    rows = ["bus", "leafy", "leafy"] * 20 + ["purple"]
    file = "\n".join(["What do you need most here?", *rows]).encode()

    green = next(theme for theme in load_theme_list().themes if theme.id == "green")
    leafy = {"leafy", green.label, *green.words}

    def model(texts: Sequence[str]) -> np.ndarray:
        return np.array([[text in leafy] for text in texts], np.float32)

    off, on = inspect(file, "a.csv"), inspect(file, "a.csv", model=model)

    def of(option: str, seen: object) -> tuple[tuple[str, ...], str]:
        questions = seen.questions  # type: ignore[attr-defined]
        found = next(o for q in questions for o in q.options if o.text == option)
        return found.themes, found.reason

    assert of("leafy", off) == ((), "")
    assert of("leafy", on) == (("green",), "closest in meaning to “Parks and green space”")
    named = prepare(on).themes.set_index("theme")["answers"]
    assert named["green"] == 40


def test_it_is_off_unless_the_setting_says_on() -> None:
    assert settings.load({}).closeness is False
    assert settings.load({"NEEDSMAP_CLOSENESS": "on"}).closeness is True
    with pytest.raises(NeedsmapError, match="NEEDSMAP_CLOSENESS"):
        settings.load({"NEEDSMAP_CLOSENESS": "perhaps"})
    assert model_if(False) is None


def test_without_the_package_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    closeness._opened.cache_clear()
    monkeypatch.setattr(closeness, "find_spec", lambda name: None)

    with pytest.raises(NeedsmapError, match="not installed") as told:
        model_if(True)

    assert "requirements-closeness.txt" in told.value.fix


@pytest.fixture(scope="module")
def model() -> Model:
    if not all(map(find_spec, ("wordllama", "tokenizers", "safetensors"))):
        pytest.skip("the extra of requirements-closeness.txt is not installed")
    closeness._opened.cache_clear()
    found = model_if(True)
    assert found is not None
    return found


def measured(
    model: Model, texts: Sequence[tuple[str, frozenset[str]]]
) -> tuple[int, int, int, int]:
    """Return themes named, of these right, texts with a theme to find, texts asked about."""
    matcher = Matcher.of(load_theme_list())
    close = Closeness(model, load_theme_list())
    left = [(text, wanted) for text, wanted in texts if not matcher.match(text).themes]
    said = [(close.match(text).themes, wanted) for text, wanted in left]
    named = [(themes, wanted) for themes, wanted in said if themes]
    right = sum(themes[0] in wanted for themes, wanted in named)
    return len(named), right, sum(bool(wanted) for _, wanted in left), len(left)


def test_held_out_texts_fare_as_the_documentation_says(model: Model) -> None:
    # docs/surveys.md, "Closeness in meaning".
    assert measured(model, TUNING) == (14, 13, 42, 68)
    assert measured(model, HELD_OUT) == (14, 10, 62, 88)


def test_nothing_is_named_for_held_out_texts_that_name_no_need(model: Model) -> None:
    close = Closeness(model, load_theme_list())
    idle = [text for text, wanted in HELD_OUT if not wanted]

    assert len(idle) >= 20
    assert [text for text in idle if close.match(text).themes] == []
