"""Numbers that tell texts apart stay what they always were."""

from __future__ import annotations

import random
import string

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from needsmap.siphash import hash_texts, mixed

KEY = bytes(range(16))
# The first vectors of the reference implementation of SipHash-2-4 (github.com/veorq/SipHash,
# vectors.h): key 00…0f, message 00, 00 01, … of the lengths 0, 1, 2, 7, 8, 15 and 63.
PUBLISHED = {
    0: 0x726FDB47DD0E0E31,
    1: 0x74F839C593DC67FD,
    2: 0x0D6C8009D9A94F5A,
    7: 0xAB0200F58B01D137,
    8: 0x93F5F5799A932462,
    15: 0xA129CA6149BE45E5,
    63: 0x958A324CEB064572,
}


@pytest.mark.parametrize(("length", "expected"), PUBLISHED.items())
def test_published_vectors_come_out_and_are_then_mixed(length: int, expected: int) -> None:
    text = bytes(range(length)).decode("ascii")
    many = pa.array([text] * 1000, pa.large_string())
    want = mixed(np.array([expected], np.uint64))[0]
    assert set(hash_texts(many, KEY.decode("ascii")).tolist()) == {int(want)}


@pytest.mark.parametrize("many", [0, 1, 499, 500, 20_000])
def test_many_texts_have_the_numbers_pandas_gives(many: int) -> None:
    say = random.Random(7)
    letters = string.printable + "éü€中\U0001f600 "
    texts = [
        "".join(say.choices(letters, k=say.choice((0, 1, 7, 8, 9, 40, 300)))) for _ in range(many)
    ]
    key = "0123456789abcdef"
    expected = pd.util.hash_array(np.array(texts, object), hash_key=key, categorize=False)
    found = hash_texts(pa.array(texts, pa.large_string()), key)
    assert found.dtype == np.uint64
    assert np.array_equal(found, expected.astype(np.uint64))


def test_a_part_of_an_array_has_the_numbers_of_its_own_texts() -> None:
    texts = pa.array([f"{number} people" for number in range(3000)], pa.large_string())
    whole = hash_texts(texts, "0123456789abcdef")
    assert np.array_equal(hash_texts(texts.slice(700, 1100), "0123456789abcdef"), whole[700:1800])


def test_texts_of_one_length_and_empty_ones_are_no_exception() -> None:
    for texts in ([""] * 600, ["12345678"] * 600, ["ab", ""] * 300):
        expected = pd.util.hash_array(np.array(texts, object), hash_key="k" * 16, categorize=False)
        assert np.array_equal(hash_texts(pa.array(texts, pa.large_string()), "k" * 16), expected)
