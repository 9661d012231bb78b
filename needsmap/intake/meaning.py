"""What answers mean: the themes of options and texts, with personal details taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from needsmap.intake.matching import Match, Matcher, wording_of
from needsmap.intake.privacy import scrub, scrub_identifiers
from needsmap.tables import AnswerColumn, Option, Question
from needsmap.words import say

NAMES_THEMES = frozenset({"need", "strength", "offer", "open_text"})
"""Roles of questions whose answers are matched to themes."""
_WORDS = frozenset({"text", "one_choice", "many_choices", "ranking"})

_PRINTED = 3


class Meaning:
    """Matches wording to themes: what a person decided first, then the lists in order.

    `matchers`: the chosen language's list, then others to try where it finds nothing.
    `decided`: wording → theme ids, as a person settled it.
    """

    def __init__(
        self, matchers: Sequence[Matcher], decided: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._matchers = list(matchers)
        self._decided = dict(decided or {})

    def match(self, text: str) -> Match:
        """Return the themes of a text and why."""
        if text in self._decided:
            return Match(tuple(self._decided[text]), say("chosen by hand"))
        for matcher in self._matchers:
            found = matcher.match(text)
            if found.themes or found.reason:
                return found
        return Match()


def wording_to_remember(text: str, country: str = "GB") -> str:
    """Return a text as a correction of its themes is kept: no details, plain words."""
    return wording_of(scrub(text, country)[0])


def question_with_themes(question: Question, meaning: Meaning, country: str) -> Question:
    """Return the question with themes and reasons on its options.

    Wording that respondents may have written is scrubbed; options the form printed are
    the form's own words and keep names in them.
    """
    wanted = question.role in NAMES_THEMES
    options = []
    # A rating's options are points of a scale; what is rated stands in the question.
    rated = meaning.match(question.text) if wanted and question.kind == "rating" else None
    for option in question.options:
        match = rated or (meaning.match(option.text) if wanted else Match())
        clean = scrub_identifiers if _printed(option) else scrub
        text, _ = clean(option.text, country)
        options.append(
            Option(text, option.count, match.themes, match.reason, offered=option.offered)
        )
    text, _ = scrub_identifiers(question.text, country)
    return replace(question, text=text, options=tuple(options))


def with_meaning(
    column: AnswerColumn, question: Question, meaning: Meaning, country: str, *, keep: bool = False
) -> AnswerColumn:
    """Return the column scrubbed and with the themes of each distinct cell.

    `question` is one from `question_with_themes`. `keep`: a person gave a reason to keep
    personal details in this column. Cells that are alike once scrubbed become one.
    """
    cells: list[str] = []
    themes: list[tuple[str, ...]] = []
    offered = {place for place, option in enumerate(question.options) if _printed(option)}
    for cell, choices in zip(column.cells, column.choices, strict=True):
        printed = bool(choices) and all(place in offered for place, _ in choices)
        only_formal = printed or question.kind not in _WORDS
        clean = scrub_identifiers if only_formal else scrub
        cells.append(cell if keep else clean(cell, country)[0])
        themes.append(_themes_of(cell, choices, question, meaning))
    return _merged(column, cells, themes)


def _printed(option: Option) -> bool:
    """Say whether the form printed an option. Wording of one or two people may be theirs."""
    return option.offered and option.count >= _PRINTED


def _themes_of(
    cell: str,
    choices: tuple[tuple[int, float], ...],
    question: Question,
    meaning: Meaning,
) -> tuple[str, ...]:
    if question.role not in NAMES_THEMES or question.kind == "rating":
        # Rating something, even lowest, is not asking for it: points are counted apart.
        return ()
    if choices and question.options:
        chosen = [question.options[place] for place, value in choices if value > 0]
        themes = [theme for option in chosen for theme in option.themes]
        if any(not option.offered for option in chosen):
            # Own words beside printed options: what is left when the options are taken off.
            own = cell
            for option in chosen:
                own = own.replace(option.text, " ") if option.offered else own
            themes.extend(meaning.match(own).themes)
        return tuple(dict.fromkeys(themes))
    return meaning.match(cell).themes if question.kind in _WORDS else ()


def _merged(column: AnswerColumn, cells: list[str], themes: list[tuple[str, ...]]) -> AnswerColumn:
    kept: dict[tuple[object, ...], int] = {}
    places = np.empty(len(cells), dtype=np.int32)
    first: list[int] = []
    for place, cell in enumerate(cells):
        same = (cell, column.choices[place], themes[place])
        if same not in kept:
            kept[same] = len(first)
            first.append(place)
        places[place] = kept[same]
    codes = column.codes
    if len(cells):
        codes = np.where(codes >= 0, places[np.maximum(codes, 0)], -1).astype(np.int32)
    return AnswerColumn(
        question=column.question,
        codes=codes,
        cells=tuple(cells[place] for place in first),
        choices=tuple(column.choices[place] for place in first),
        themes=tuple(themes[place] for place in first),
    )


def rows_only(column: AnswerColumn, rows: np.ndarray) -> AnswerColumn:
    """Return the column for some rows (a boolean array), without cells nobody there gave."""
    codes = column.codes[rows]
    used = np.unique(codes[codes >= 0])
    places = np.full(len(column.cells) + 1, -1, dtype=np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return AnswerColumn(
        question=column.question,
        codes=places[codes].astype(np.int32),
        cells=tuple(column.cells[place] for place in used),
        choices=tuple(column.choices[place] for place in used),
        themes=tuple(column.themes[place] for place in used),
    )
