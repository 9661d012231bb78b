"""Long columns are encoded by numbers, and come out as they do text by text."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from needsmap.intake import encoded
from needsmap.intake.csv_reading import TEXT
from needsmap.siphash import hash_texts

say = random.Random(3)
COLUMNS = {
    "moments": [f"{n % 28 + 1:02d}/03/2025 10:{n % 60:02d}:{n:05d}" for n in range(3000)],
    "moments, one twice": [f"01/03/2025 {max(n, 1):05d}" for n in range(3000)],
    "postcodes": [f"M{say.randint(1, 44)} {say.randint(1, 9)}AB" for _ in range(3000)],
    "numbers with blanks": [say.choice(["", " ", str(n), f" {n}", f"{n} "]) for n in range(3000)],
    "ids that end in NUL": [f"{n % 900}" + "\0" * (n % 3) for n in range(3000)],
    "accents": [f"é{n % 2000}" for n in range(3000)],
    "few answers": [say.choice(["Yes", "No", ""]) for _ in range(3000)],
    "comments": [say.choice(["", f"we wait for an hour by road {n}"]) for n in range(3000)],
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_a_long_column_is_encoded_as_a_short_one_is(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = COLUMNS[name]
    column = pd.Series(texts, dtype=TEXT)
    plain = encoded.encode_texts(column, "0123456789abcdef")
    monkeypatch.setattr(encoded, "MANY_ROWS", 1000)
    monkeypatch.setattr(encoded, "_LOOKED_AT", 500)
    found = encoded.encode_texts(column, "0123456789abcdef")
    assert np.array_equal(found.codes, plain.codes)
    assert found.texts == plain.texts
    assert np.array_equal(found.counts, plain.counts)
    # And both say what was written: the distinct texts in order of appearance.
    assert found.texts == tuple(dict.fromkeys(t.strip() for t in texts if t.strip()))
    assert [found.texts[c] if c >= 0 else "" for c in found.codes] == [t.strip() for t in texts]
    key = "0123456789abcdef"
    assert np.array_equal(found.hashed(key), hash_texts(found.dictionary, key))
