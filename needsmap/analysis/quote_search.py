"""Finding a telling line among tens of thousands of texts, at once.

Texts are made plain once (small letters, no accents, one space before each word) and kept as
one compact array; a search is then a look through that array a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

LONGEST_LINE = 240
SHORTEST_LINE = 30
"""Letters of a line that can be read aloud and still says something."""

MOST_SCORED = 400
"""Texts whose sentences are looked at one by one; the likely ones come first."""

FOUND = ("quote", "survey", "question", "line", "text", "themes", "area_code", "people")
"""One row a text: `line` is its most telling sentence, `area_code` "" when it was written in
several areas or nobody knows where, `people` how many wrote it."""

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


class TextSearch:
    """Texts of `quotes.gather_texts`, ready to be searched. For stewards only."""

    def __init__(self, texts: pd.DataFrame) -> None:
        self.texts = texts

    @cached_property
    def _plain(self) -> pa.Array:
        return _plain(self.texts["text"].tolist())

    @cached_property
    def _fits(self) -> npt.NDArray[np.bool_]:
        length = self.texts["text"].str.len().to_numpy(dtype=float)
        return (length >= SHORTEST_LINE) & (length <= LONGEST_LINE)

    def find(
        self, words: str = "", *, theme: str = "", area: str = "", quote: str = "", most: int = 50
    ) -> tuple[pd.DataFrame, int]:
        """Return the most telling texts, best first, and how many texts hold the words.

        Every word of `words` must stand in the text, in any order, as the beginning of a word;
        accents and capitals do not matter. `theme`, `area`, `quote`: only these. Out: `FOUND`.
        The line is the sentence that holds most of the words looked for, of 30 to 240 letters
        where there is one.
        """
        wanted = _plain([words])[0].as_py().split()
        held = self._holding(wanted, theme, area)
        if quote:
            held &= (self.texts["quote"] == quote).to_numpy(dtype=bool)
        rows = np.flatnonzero(held)
        _, first = np.unique(self.texts["quote"].to_numpy()[rows], return_index=True)
        likely = sorted(rows[np.sort(first)], key=lambda row: not self._fits[row])[:MOST_SCORED]
        told = best_lines(self.texts["text"].iloc[likely].tolist(), wanted)
        scored = sorted(zip(likely, told, strict=True), key=lambda one: -one[1][1])
        lines = {row: line for row, (line, _) in scored[:most]}
        table = self.texts.iloc[list(lines)].assign(line=list(lines.values()))
        together = self.texts[self.texts["quote"].isin(table["quote"])].groupby("quote")
        people, areas = together["people"].sum(), together["area_code"].nunique()
        table["people"] = table["quote"].map(people)
        table["area_code"] = table["area_code"].where(table["quote"].map(areas) == 1, "")
        return table[list(FOUND)].reset_index(drop=True), len(first)

    def _holding(self, wanted: list[str], theme: str, area: str) -> npt.NDArray[np.bool_]:
        held = _all_in(self._plain, wanted)
        if area:
            held &= (self.texts["area_code"] == area).to_numpy(dtype=bool)
        if theme:
            held &= np.fromiter((theme in t for t in self.texts["themes"]), bool, len(held))
        return held


def holding(lines: Sequence[str], words: str) -> npt.NDArray[np.bool_]:
    """Return which lines hold every word of `words`, as `TextSearch.find` understands them."""
    return _all_in(_plain(lines), _plain([words])[0].as_py().split())


def _all_in(plain: pa.Array, wanted: Sequence[str]) -> npt.NDArray[np.bool_]:
    held = np.ones(len(plain), dtype=bool)
    for word in wanted:
        held &= pc.match_substring(plain, " " + word).to_numpy(zero_copy_only=False)
    return held


def best_lines(texts: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, float]]:
    """Return for each text the sentence that says most, and how well; `wanted`: plain words."""
    cut = [[ln.strip() for ln in _SENTENCE.findall(text) if ln.strip()] for text in texts]
    lines = [found or [text.strip()] for found, text in zip(cut, texts, strict=True)]
    plain = iter(_plain([line for each in lines for line in each]).to_pylist())
    best = []
    for each in lines:
        scored = []
        for number, line in enumerate(each):
            folded = next(plain)
            held = sum(f" {word}" in folded for word in wanted)
            fits = SHORTEST_LINE <= len(line) <= LONGEST_LINE
            # Words count first, then a length that can be read aloud, then the earlier sentence.
            scored.append((held + 0.5 * fits - 0.001 * number, line))
        score, line = max(scored)
        best.append((line, score))
    return best


def _plain(texts: Sequence[str]) -> pa.Array:
    """Return texts in small letters, without accents or signs, a space before each word."""
    found = pa.array(texts, pa.large_string())
    found = pc.utf8_lower(pc.utf8_normalize(found, form="NFKD"))
    found = pc.replace_substring(found, "ß", "ss")
    found = pc.replace_substring_regex(found, r"\p{M}+", "")
    found = pc.replace_substring_regex(found, r"[^\p{L}\p{N}_]+", " ")
    return pc.replace_substring_regex(found, "^ ?", " ")
