"""Residents' wording is matched to the shared list of needs, and says why."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needsmap.errors import NeedsmapError
from needsmap.intake.matching import Matcher, guess_language
from needsmap.intake.themes import (
    known_languages,
    load_theme_list,
    load_themes,
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_theme_list())


# Ids, labels and domains are those agreed for the whole project (docs/themes.md).
AGREED = {
    "youth": "", "play": "", "belonging": "", "loneliness": "", "green": "", "community_space": "",
    "culture": "", "streets": "", "shops": "", "childcare": "", "buses": "barriers",
    "homes": "barriers", "safety": "crime", "traffic": "living", "damp": "living",
    "health": "health", "mental_health": "health", "care": "health", "schools": "education",
    "skills": "education", "jobs": "employment", "money": "income", "food": "income",
}  # fmt: skip


def test_the_shared_list_has_the_agreed_themes_and_domains() -> None:
    assert {theme.id: theme.domain for theme in load_themes()} == AGREED


def test_every_language_has_words_for_every_theme() -> None:
    for language in known_languages():
        themes = load_themes(language)
        assert [theme.id for theme in themes] == list(AGREED)
        assert all(theme.words for theme in themes), language


@pytest.mark.parametrize(
    ("wording", "themes"),
    [
        ("More buses in the evening", {"buses"}),
        ("mental health", {"mental_health"}),
        ("Public safety", {"safety"}),
        ("Homelessness", {"homes"}),
        ("illegal dumping", {"streets"}),
        ("Parks", {"green"}),
        ("Libraries", {"culture"}),
        ("FLY-TIPPING!", {"streets"}),
        ("a warm, dry home: no more damp", {"damp"}),
        ("Food bank and somewhere for teenagers", {"food", "youth"}),
        ("car park", {"traffic"}),
        ("after-school club", {"youth"}),
        ("health and safety", set()),
        ("You are doing a good job", set()),
        ("Good jobs near home", {"jobs"}),
        ("", set()),
        ("{{7*7}}", set()),
    ],
)
def test_wording_names_its_themes(matcher: Matcher, wording: str, themes: set[str]) -> None:
    assert set(matcher.match(wording).themes) == themes


@pytest.mark.parametrize(
    "wording",
    [
        "A warm room to meet", "somewhere warm to sit", "a hall for all", "community room",
        "Somewhere dry to meet", "Rooms where groups can get together", "a space to socialise",
        "somewhere warm and dry to go", "a cosy place to chat", "a building for the whole village",
        "meeting rooms", "somewhere local for us to gather", "Warm places to go in winter",
    ],
)  # fmt: skip
def test_a_room_for_people_is_a_place_to_meet_however_it_is_put(
    matcher: Matcher, wording: str
) -> None:
    # As a person would file it, by the label "A place to meet".
    assert matcher.match(wording).themes == ("community_space",)


@pytest.mark.parametrize(
    "wording",
    ["There is room for everyone", "No room to meet demand", "a spare room", "I sit in the hall",
     "town hall never listens", "one cold room", "nowhere to sit"],
)  # fmt: skip
def test_rooms_that_are_no_place_to_meet_are_left(matcher: Matcher, wording: str) -> None:
    assert "community_space" not in matcher.match(wording).themes


@pytest.mark.parametrize(
    ("language", "wording"),
    [
        ("es", "Una sala cálida donde reunirse"), ("es", "Un sitio para juntarnos"),
        ("es", "Sala comunitaria"), ("cy", "Ystafell gynnes i gyfarfod"),
        ("cy", "Rhywle cynnes i eistedd"), ("fi", "Lämmin paikka istua"),
        ("fi", "Huone kokoontua"),
    ],
)  # fmt: skip
def test_other_languages_put_it_their_way(language: str, wording: str) -> None:
    assert "community_space" in Matcher(load_theme_list(language)).match(wording).themes


def test_words_to_choose_from_are_each_a_phrase_and_no_other(tmp_path: Path) -> None:
    own = tmp_path / "themes.toml"
    own.write_text(
        '[themes.boats]\nlabel = "Boats"\nphrases = ["mooring|berth for boats|canoes"]\n'
    )
    matcher = Matcher(load_theme_list("en", own))

    named = {
        wording: "boats" in matcher.match(wording).themes
        for wording in ("a mooring for boats", "berths for canoes", "mooring a canoe", "berth")
    }
    assert list(named.values()) == [True, True, False, False]


def test_every_match_says_why(matcher: Matcher) -> None:
    assert matcher.match("a bus").reason == "'bus' is a word of Buses and getting about"
    assert matcher.match("pulic saftey").reason == (
        "'saftey' looks like 'safety', a word of Feeling safe"
    )


def test_near_spellings_count_only_where_nothing_is_spelt_right(matcher: Matcher) -> None:
    assert matcher.match("libary").themes == ("culture",)
    assert matcher.match("policy").themes == ()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_matched_without_fault(text: str) -> None:
    match = Matcher(load_theme_list("fi")).match(text) if not text else _shared.match(text)
    assert bool(match.themes) == bool(match.reason)
    assert set(match.themes) <= set(AGREED)


_shared = Matcher(load_theme_list())


def test_a_place_adds_its_own_theme_and_words(tmp_path: Path) -> None:
    own = tmp_path / "themes.toml"
    own.write_text(
        '[themes.sea_wall]\nlabel = "A sound sea wall"\nwords = ["sea wall", "flood*"]\n'
        '[themes.buses]\nwords = ["Kindle Link"]\n',
        encoding="utf-8",
    )

    matcher = Matcher(load_theme_list("en", own))

    assert matcher.match("Mend the sea wall, it floods").themes == ("sea_wall",)
    assert matcher.match("the kindle link").themes == ("buses",)
    assert matcher.match("bus").themes == ("buses",)


@pytest.mark.parametrize("text", ["themes = 3", "not toml [", '[themes.x]\nwords = "bus"'])
def test_a_broken_theme_list_is_refused_in_words(tmp_path: Path, text: str) -> None:
    own = tmp_path / "themes.toml"
    own.write_text(text, encoding="utf-8")

    with pytest.raises(NeedsmapError) as refusal:
        load_theme_list("en", own)

    assert "themes.toml" in refusal.value.what
    assert refusal.value.fix


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(NeedsmapError, match="Choose one of: en, "):
        load_theme_list("xx")


def test_the_language_is_guessed_from_the_words() -> None:
    matchers = {language: Matcher(load_theme_list(language)) for language in known_languages()}

    assert guess_language(["More buses", "Parks", "Crime"], matchers) == "en"
    assert guess_language(["Lisää puistoja ja leikkipaikkoja", "Uimaranta"], matchers) == "fi"


def test_oaklands_answers_are_matched(shelf: Path, matcher: Matcher) -> None:
    file = shelf / "surveys" / "google_forms_oakland_budget_priorities_2025_en.csv"
    said = pd.read_csv(file, dtype=str, keep_default_na=False).iloc[:, 4]
    said = [text for text in said if text.strip()]

    matched = sum(1 for text in said if matcher.match(text).themes)

    assert matched >= 0.95 * len(said)


def test_helsinkis_proposals_are_matched_in_finnish(shelf: Path) -> None:
    file = shelf / "world" / "helsinki" / "omastadi_proposals.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    finnish = Matcher(load_theme_list("fi"))

    matched = sum(
        1 for text in table["title"] + ". " + table["texts"] if finnish.match(text).themes
    )

    assert matched >= 0.90 * len(table)
