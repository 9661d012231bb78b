"""The parts a place's files may lack, in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from needsmap.ui.plain import plain
from needsmap.words import say

_PART_WORDS = {
    "indicators": "official measures",
    "services": "services",
    "population": "how many people of which age live where",
    "lookups": "postcodes and other names of areas",
    "grants": "grants",
}


def missing_parts(missing: Sequence[str]) -> None:
    """Say which parts of a place's files are not there."""
    if missing:
        parts = ", ".join(say(_PART_WORDS.get(part, part)) for part in missing)
        st.markdown(plain(say("This place’s files do not hold: {parts}.", parts=parts)))
