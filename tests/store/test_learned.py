"""What a place learned: forms and themes. Expected values are those that were put in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needsmap.errors import NotFound, UnreadableFile
from needsmap.store import (
    Store,
    ThemeCorrection,
    audit_entries,
    audit_is_whole,
    corrections_as_toml,
    corrections_from_toml,
    forget_theme,
    open_store,
    recalled_choices,
    remember_choices,
    remember_theme,
    remember_themes,
    theme_corrections,
)

_TEXT = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30)


def test_a_form_that_comes_again_is_read_as_last_time(store: Store) -> None:
    assert recalled_choices(store, "testham", "f1") is None

    remember_choices(store, "testham", "f1", '{"roles": {"2": "need"}}')
    remember_choices(store, "testham", "f2", '{"sheet": "Answers"}')
    remember_choices(store, "testham", "f1", '{"roles": {"3": "need"}}')

    assert recalled_choices(store, "testham", "f1") == '{"roles": {"3": "need"}}'
    assert recalled_choices(store, "testham", "f2") == '{"sheet": "Answers"}'
    assert recalled_choices(store, "kindleford", "f1") is None


@pytest.mark.parametrize("wrong", ["", "[1]", "no json"])
def test_what_are_no_choices_is_not_remembered(store: Store, wrong: str) -> None:
    remember_choices(store, "testham", "f1", "{}")

    with pytest.raises(ValueError):
        remember_choices(store, "testham", "f1", wrong)

    assert recalled_choices(store, "testham", "f1") == "{}"


def test_a_correction_is_remembered_for_its_place_and_language(store: Store) -> None:
    remember_theme(store, "testham", "nuorisotila", ["youth"], "fi")
    remember_theme(store, "testham", "teen club", ["youth", "belonging"], "en")
    remember_theme(store, "testham", "no idea", [], "en")
    remember_theme(store, "kindleford", "teen club", ["play"], "en")

    assert theme_corrections(store, "testham") == [
        ThemeCorrection("no idea", (), "en"),
        ThemeCorrection("teen club", ("youth", "belonging"), "en"),
        ThemeCorrection("nuorisotila", ("youth",), "fi"),
    ]


def test_the_last_correction_of_a_wording_counts(store: Store) -> None:
    remember_theme(store, "testham", "club", ["youth"], "en")
    remember_theme(store, "testham", "club", ["culture"], "en")

    assert theme_corrections(store, "testham") == [ThemeCorrection("club", ("culture",), "en")]


def test_a_correction_can_be_taken_back(store: Store) -> None:
    remember_theme(store, "testham", "club", ["youth"], "en")

    forget_theme(store, "testham", "club", "en")

    assert theme_corrections(store, "testham") == []
    with pytest.raises(NotFound, match="'club'"):
        forget_theme(store, "testham", "club", "en")


def test_corrections_are_in_the_record_without_their_words(store: Store) -> None:
    remember_theme(store, "testham", "what somebody wrote", ["youth"], "en", who="page")
    remember_theme(store, "testham", "what somebody wrote", ["youth"], "en", who="page")
    forget_theme(store, "testham", "what somebody wrote", "en", who="page")

    entries = audit_entries(store, "testham")
    assert [(entry.what, entry.who) for entry in entries] == [
        ("theme", "page"), ("theme_forgotten", "page"),
    ]  # fmt: skip
    assert all("somebody" not in str(entry.facts) for entry in entries)
    assert audit_is_whole(store)


def test_wording_longer_than_any_index_is_remembered(store: Store) -> None:
    remember_theme(store, "testham", "word " * 2_000, ["youth"], "en")

    assert theme_corrections(store, "testham")[0].wording == "word " * 2_000


@given(
    corrections=st.lists(
        st.builds(ThemeCorrection, _TEXT, st.lists(_TEXT, max_size=3).map(tuple), _TEXT), max_size=5
    )
)
def test_corrections_come_back_from_a_file_as_they_went_in(
    corrections: list[ThemeCorrection],
) -> None:
    assert corrections_from_toml(corrections_as_toml(corrections)) == corrections


def test_corrections_move_to_another_store(store: Store, tmp_path: Path) -> None:
    remember_theme(store, "testham", 'the "club"', ["youth"], "en")
    remember_theme(store, "testham", "nothing", [], "en")
    text = corrections_as_toml(theme_corrections(store, "testham"))

    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        assert remember_themes(other, "testham", corrections_from_toml(text)) == 2
        assert remember_themes(other, "testham", corrections_from_toml(text)) == 0
        assert theme_corrections(other, "testham") == theme_corrections(store, "testham")


def test_the_file_is_toml_as_its_documentation_shows(project: Path) -> None:
    shown = (project / "docs" / "store.md").read_text(encoding="utf-8")
    example = shown.split("```toml\n")[1].split("```")[0]

    assert corrections_from_toml(example) == [
        ThemeCorrection("somewhere for the teens", ("youth",), "en")
    ]
    written = corrections_as_toml([ThemeCorrection("a\tb\x7f", ("youth",), "en")])
    assert tomllib.loads(written)["correction"][0]["wording"] == "a\tb\x7f"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = ", "not TOML"),
        ("other = 1", "something else"),
        ("correction = 1", "something else"),
        ('[[correction]]\nlanguage = "en"\nthemes = []', "Correction 1"),
        ('[[correction]]\nlanguage = "en"\nwording = "x"\nthemes = ["a", 3]', "Correction 1"),
        ('[[correction]]\nlanguage = "en"\nwording = "x"\nthemes = []\nmore = 1', "Correction 1"),
    ],
)
def test_a_file_that_holds_no_corrections_is_said(text: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        corrections_from_toml(text)
