"""Other names for areas: postcodes, old codes, name variants; how keys are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

from needsmap.places.pack import Pack

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def postcode_key(text: str) -> str:
    """Return a postcode as lookups write it: upper case, nothing but letters and digits."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def is_uk_postcode(text: str) -> bool:
    """Return whether the text has the shape of a full UK postcode."""
    return _POSTCODE.fullmatch(postcode_key(text)) is not None


def name_key(text: str) -> str:
    """Return a name as lookups write it: case, punctuation, "&" and "St." make no difference.

    Accents are kept apart only when letters differ without them ("Itä" is not "Ita" in
    Finnish), so nothing but compatibility forms is folded.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    words = _NOT_WORD.sub(" ", folded.replace("'", "").replace("’", "")).split()
    return " ".join("saint" if word == "st" else word for word in words)


def key_of(kind: str, text: str) -> str:
    """Return `text` as the key of a lookup of that kind (postcode, old_code, name, street)."""
    if kind == "postcode":
        return postcode_key(text)
    if kind == "old_code":
        return text.strip().upper()
    return name_key(text)


def find(pack: Pack, kind: str, text: str) -> list[tuple[str, str]]:
    """Return every (level, area_code) a text may mean; more than one means it is not clear.

    An old area that was split has several; nobody can know which one was meant.
    """
    table = pack.lookups
    rows = table[(table["kind"] == kind) & (table["key"] == key_of(kind, text))]
    return list(zip(rows["level"], rows["area_code"], strict=True))


def name_lookups(
    names: dict[str, dict[str, str]], more: Iterable[tuple[str, str, str]] = ()
) -> pd.DataFrame:
    """Return lookup rows for the names of all areas and for further (level, name, code)."""
    rows = [
        ("name", name_key(name), level, code)
        for level, of_level in names.items()
        for code, name in of_level.items()
    ]
    rows += [("name", name_key(name), level, code) for level, name, code in more]
    return pd.DataFrame(rows, columns=["kind", "key", "level", "area_code"]).drop_duplicates()
