"""Words as themselves: text from files and links made harmless for Streamlit's Markdown.

Markdown in a name or an answer would load pictures from other hosts, make links or
colours. Options of select boxes and cells of `st.dataframe` need none of this; headings,
sentences, labels of buttons and tabs do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LONGEST = 4096
_CONTROL = {"Cc", "Cf", "Cs", "Co"}
_KEEP = {"\u00ad", "\u200c", "\u200d"}


def plain(text: object) -> str:
    """Return `text` so that Markdown shows every character of it as itself, on one line."""
    return _PUNCTUATION.sub(r"\\\1", visible(text))


def visible(text: object) -> str:
    """Return `text` on one line, without control and direction characters, cut at 4,096.

    Direction overrides could make a name read as another; they are dropped.
    """
    return _visible(str(text)[:_LONGEST])


@lru_cache(maxsize=8192)
def _visible(text: str) -> str:
    """Look through a text once: the same words are shown to every viewer at every run."""
    kept = (
        " " if c in "\n\r\t" else c
        for c in text
        if c in "\n\r\t" or c in _KEEP or unicodedata.category(c) not in _CONTROL
    )
    return " ".join("".join(kept).split(" ")).strip()
