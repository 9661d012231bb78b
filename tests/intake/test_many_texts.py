"""Texts looked at together mean the same as texts looked at one by one.

The way of one text is the truth here: it is the older, plainer code, with tests of its own
(test_themes.py, test_privacy.py).
"""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needsmap.intake.matching import Matcher
from needsmap.intake.matching_many import themes_of_many
from needsmap.intake.meaning import Meaning
from needsmap.intake.privacy import find_in, scrub, scrub_many
from needsmap.intake.quick_look import surely_clean
from needsmap.intake.themes import Theme, ThemeList, known_languages, load_theme_list
from needsmap.intake.tokens import normalise, tokens_of

_LISTS = {language: load_theme_list(language) for language in known_languages()}
_LIST_WORDS = sorted(
    {
        word.replace("*", "")
        for theme_list in _LISTS.values()
        for theme in theme_list.themes
        for word in theme.words
    }
    | {word for theme_list in _LISTS.values() for word in theme_list.skip}
)
# Pieces that details, names and odd writing are made of.
_PIECES = (
    "my name is", "called", "Signed", "Mr", "mrs", "CLLR", "John", "mary", "O'Brien", "Smith-Jones",
    "The", "Please", "Thanks", "iPhone", "A", "I", "i'm", "contact", "neighbour", "Siôn", "ŁUKASZ",
    "a@b.org", "ann at home dot org", "ann AT home DOT org", "(at)", "[ at ]", "(at )", "at]",
    "home.org", "07700 900123", "M16 0AB", "m1", "::1", "fe80::1", "1.2.3.4", "a:b:c", ":",
    "[email]", "[NHS number]", "ℌ", "℡", "ﬀ", "İ", "ß", "e\u0301", "_", "x_y", "\n", "\t", "\v",
    "\x1c", "٣", "＠", "，", "—", "'", "-", ".", "!", "(", ")", "  ", "", "\u00a0", "👩‍👩‍👧",
)  # fmt: skip


def _spoilt(word: str, chance: random.Random) -> str:
    """Return a word with two letters changed round, one left out or one put in."""
    if len(word) < 4:
        return word
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice("aeñZ0é") + word[at:],
        )
    )


def _texts(seed: int, number: int) -> list[str]:
    chance = random.Random(seed)
    texts = []
    for _ in range(number):
        words = []
        for _ in range(chance.randint(0, 9)):
            kind = chance.random()
            if kind < 0.5:
                words.append(chance.choice(_LIST_WORDS))
            elif kind < 0.65:
                words.append(_spoilt(chance.choice(_LIST_WORDS), chance))
            else:
                words.append(chance.choice(_PIECES))
        text = chance.choice((" ", " ", " ", "", ", ")).join(words)
        texts.append(chance.choice((str, str.capitalize, str.upper, str.lower))(text))
    return texts


_CORRECTIONS = {"parks": ("jobs", "green"), "": ("play",), "the park": (), "please": ("gone",)}


@pytest.mark.parametrize("seed", range(4))
def test_words_of_texts_cut_together_are_those_of_each(seed):
    texts = _texts(seed, 600)

    tokens = tokens_of(texts)

    bounds = zip(tokens.starts, tokens.starts[1:], strict=False)
    together = [tuple(tokens.words[i] for i in tokens.ids[a:b]) for a, b in bounds]
    assert together == [normalise(text) for text in texts]


@pytest.mark.parametrize("language", known_languages())
@pytest.mark.parametrize("corrections", [None, _CORRECTIONS], ids=["list", "corrected"])
def test_themes_found_together_are_those_found_one_by_one(language, corrections):
    texts = [*_texts(len(language), 900), "the park", "Parks", "", "Please!"]
    matcher = Matcher(_LISTS[language], corrections)

    themes, settled = themes_of_many(matcher, texts)

    singly = [matcher.match(text) for text in texts]
    assert list(themes) == [match.themes for match in singly]
    assert settled.tolist() == [bool(match.reason) for match in singly]
    assert np.mean(settled) > 0.2, "texts that name nothing try nothing"


def test_a_list_longer_than_the_bits_is_matched_all_the_same():
    many = ThemeList(tuple(Theme(f"t{i}", f"Thing {i}", (f"word{i}",)) for i in range(90)))

    themes, settled = themes_of_many(Matcher(many), ["a word3 and word88", "nothing here"])

    assert (themes, settled.tolist()) == ([("t3", "t88"), ()], [True, False])


def test_what_a_person_decided_and_the_second_list_count_for_many_as_for_one():
    texts = _texts(31, 700)
    chosen = {texts[5]: ("health",), texts[9]: ()}
    meaning = Meaning([Matcher(_LISTS["fi"], _CORRECTIONS), Matcher(_LISTS["en"])], chosen)

    assert list(meaning.themes_of_many(texts)) == [meaning.match(text).themes for text in texts]


@pytest.mark.parametrize("seed", range(4))
def test_scrubbing_many_gives_what_scrubbing_each_gives(seed):
    texts = _texts(seed + 50, 900)

    assert scrub_many(texts) == [scrub(text)[0] for text in texts]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(_PIECES) | st.text(max_size=6)).map(" ".join), max_size=40)
)
def test_no_detail_is_in_a_text_that_is_surely_clean(texts):
    clean = surely_clean(pa.array(texts, pa.large_string()))

    assert [t for t, is_clean in zip(texts, clean, strict=True) if is_clean and find_in(t)] == []


def test_plain_answers_are_surely_clean_and_answers_with_details_never():
    plain = ["The bus never comes. Please mend it", "more trees, and benches", "", "British people"]
    told = ["ring 0161 496 0000", "write to a@b.org", "I am Priya Patel", "ask mr jones", "::1 ::"]

    assert surely_clean(pa.array(plain, pa.large_string())).all()
    assert not surely_clean(pa.array(told, pa.large_string())).any()
