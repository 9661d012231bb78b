"""What answers mean: the themes of options and texts, with personal details taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from needsmap.beside import begun
from needsmap.intake.closeness import Closeness
from needsmap.intake.matching import Match, Matcher, wording_of
from needsmap.intake.matching_many import themes_of_many
from needsmap.intake.privacy import scrub, scrub_identifiers, scrub_many
from needsmap.tables import AnswerColumn, Option, Question, coded
from needsmap.words import say

NAMES_THEMES = frozenset({"need", "strength", "offer", "open_text"})
"""Roles of questions whose answers are matched to themes."""
_WORDS = frozenset({"text", "one_choice", "many_choices", "ranking"})

_PRINTED = 3
_MOST_REMEMBERED = 5_000
_FEW = 200
"""Fewer texts than this are matched as quickly one by one."""
_BITS = 64
"""Themes counted at a time, one bit each."""
_MANY = 50_000
"""From so many texts on, details are looked for beside themes."""


class Meaning:
    """Matches wording to themes: what a person decided first, then the lists in order.

    `matchers`: the chosen language's list, then others to try where it finds nothing.
    `decided`: wording → theme ids, as a person settled it. `closeness`: asked about wording
    in which nothing else found a theme; None to ask nothing.
    """

    def __init__(
        self,
        matchers: Sequence[Matcher],
        decided: Mapping[str, tuple[str, ...]] | None = None,
        closeness: Closeness | None = None,
    ) -> None:
        self._matchers = list(matchers)
        self._decided = dict(decided or {})
        self._closeness = closeness
        self._matched: dict[str, Match] = {}

    def match(self, text: str) -> Match:
        """Return the themes of a text and why; worked out once, for questions share options."""
        known = self._matched.get(text)
        if known is None:
            known = self._match(text)
            if len(self._matched) < _MOST_REMEMBERED:
                self._matched[text] = known
        return known

    def _match(self, text: str) -> Match:
        if text in self._decided:
            return Match(tuple(self._decided[text]), say("chosen by hand"))
        for matcher in self._matchers:
            found = matcher.match(text)
            if found.themes or found.reason:
                return found
        return self._closeness.match(text) if self._closeness is not None else Match()

    def themes_of_many(self, texts: Sequence[str]) -> Sequence[tuple[str, ...]]:
        """Return the themes of each text, as `match` gives them."""
        if not self._decided and len(self._matchers) == 1 and self._closeness is None:
            return themes_of_many(self._matchers[0], texts)[0]
        named: list[tuple[str, ...]] = [()] * len(texts)
        left = list(range(len(texts)))
        if self._decided:
            for place, text in enumerate(texts):
                named[place] = self._decided.get(text, ())
            left = [place for place in left if texts[place] not in self._decided]
        for matcher in self._matchers:
            if not left:
                break
            whole = len(left) == len(texts)
            found, settled = themes_of_many(
                matcher, texts if whole else [texts[place] for place in left]
            )
            for place, themes in zip(left, found, strict=True):
                named[place] = themes
            left = [left[place] for place in np.flatnonzero(~settled).tolist()]
        if self._closeness is not None and left:
            close = self._closeness.match_many([texts[place] for place in left])
            for place, match in zip(left, close, strict=True):
                named[place] = match.themes
        return named


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
    column: AnswerColumn,
    question: Question,
    meaning: Meaning,
    country: str,
    *,
    keep: bool = False,
    clean: npt.NDArray[np.bool_] | None = None,
) -> AnswerColumn:
    """Return the column scrubbed and with the themes of each distinct cell.

    `question` is one from `question_with_themes`. `keep`: a person gave a reason to keep
    personal details in this column. `clean`: what `surely_clean` says of its cells, where it
    is known. Cells that are alike once scrubbed become one.
    """
    offered = {place for place, option in enumerate(question.options) if _printed(option)}
    cells = list(column.cells)
    free: list[int] = []
    if question.kind in _WORDS and not any(column.choices):
        free = list(range(len(cells)))
    for place, choices in enumerate(column.choices if not free else ()):
        printed = bool(choices) and all(option in offered for option, _ in choices)
        if not printed and question.kind in _WORDS:
            free.append(place)
        elif not keep:
            cells[place] = scrub_identifiers(cells[place], country)[0]
    if not free or keep:
        return _merged(column, cells, _themes_of(column, question, meaning))
    whole = len(free) == len(cells)
    said = cells if whole else [cells[place] for place in free]
    known = clean if whole else None
    scrubbed = begun(lambda: scrub_many(said, country, known), large=len(said) >= _MANY)
    themes = _themes_of(column, question, meaning)
    if whole:
        cells = scrubbed()
    else:
        for place, text in zip(free, scrubbed(), strict=True):
            cells[place] = text
    return _merged(column, cells, themes)


def _printed(option: Option) -> bool:
    """Say whether the form printed an option. Wording of one or two people may be theirs."""
    return option.offered and option.count >= _PRINTED


def _themes_of(
    column: AnswerColumn, question: Question, meaning: Meaning
) -> Sequence[tuple[str, ...]]:
    """Return the themes of each distinct cell, as it was written."""
    themes: list[tuple[str, ...]] = [()] * len(column.cells)
    if question.role not in NAMES_THEMES or question.kind == "rating":
        # Rating something, even lowest, is not asking for it: points are counted apart.
        return themes
    if question.kind in _WORDS and len(column.cells) >= _FEW and not any(column.choices):
        return meaning.themes_of_many(column.cells)
    own: list[int] = []
    for place, choices in enumerate(column.choices):
        if choices and question.options:
            themes[place] = _themes_chosen(column.cells[place], choices, question, meaning)
        elif question.kind in _WORDS:
            own.append(place)
    if len(own) < _FEW:
        for place in own:
            themes[place] = meaning.match(column.cells[place]).themes
    else:
        said = meaning.themes_of_many([column.cells[place] for place in own])
        for place, named in zip(own, said, strict=True):
            themes[place] = named
    return themes


def _themes_chosen(
    cell: str, choices: tuple[tuple[int, float], ...], question: Question, meaning: Meaning
) -> tuple[str, ...]:
    chosen = [question.options[place] for place, value in choices if value > 0]
    themes = [theme for option in chosen for theme in option.themes]
    if any(not option.offered for option in chosen):
        # Own words beside printed options: what is left when the options are taken off.
        own = cell
        for option in chosen:
            own = own.replace(option.text, " ") if option.offered else own
        themes.extend(meaning.match(own).themes)
    return tuple(dict.fromkeys(themes))


def _merged(
    column: AnswerColumn, cells: list[str], themes: Sequence[tuple[str, ...]]
) -> AnswerColumn:
    """Return the column with other cells, those that are alike by now made one."""
    changed = {new for old, new in zip(column.cells, cells, strict=True) if new != old}
    kept: dict[tuple[object, ...], int] = {}
    alike: dict[int, int] = {}
    if changed:
        # Cells differ but for those that were changed, so only cells like these can meet.
        for place, cell in enumerate(cells):
            if cell in changed:
                first = kept.setdefault((cell, column.choices[place], themes[place]), place)
                if first != place:
                    alike[place] = first
    if not alike:
        return AnswerColumn(
            column.question, column.codes, tuple(cells), column.choices, coded(themes)
        )
    stays = np.ones(len(cells), bool)
    stays[list(alike)] = False
    places = (np.cumsum(stays) - 1).astype(np.int32)
    places[list(alike)] = places[list(alike.values())]
    left = np.flatnonzero(stays).tolist()
    return AnswerColumn(
        question=column.question,
        codes=np.append(places, np.int32(-1))[column.codes],
        cells=tuple(cells[place] for place in left),
        choices=tuple(column.choices[place] for place in left),
        themes=tuple(themes[place] for place in left),
    )


def rows_only(column: AnswerColumn, rows: np.ndarray) -> AnswerColumn:
    """Return the column for some rows (a boolean array), without cells nobody there gave."""
    codes = column.codes[rows]
    used = np.zeros(len(column.cells) + 1, bool)
    used[codes] = True
    # Code -1 marks the last entry, which stands for no cell.
    used = used[:-1]
    if used.all():
        return replace(column, codes=codes)
    places = np.append(np.where(used, np.cumsum(used) - 1, -1), -1).astype(np.int32)
    left = np.flatnonzero(used).tolist()
    return AnswerColumn(
        question=column.question,
        codes=places[codes],
        cells=tuple(column.cells[place] for place in left),
        choices=tuple(column.choices[place] for place in left),
        themes=tuple(column.themes[place] for place in left),
    )


def people_naming(columns: Sequence[AnswerColumn]) -> dict[str, int]:
    """Return how many people name each theme in any of some columns, whose rows are the same."""
    lists: dict[tuple[str, ...], int] = {}
    numbers = []
    for column in columns:
        told = coded(column.themes)
        places = [lists.setdefault(each, len(lists)) for each in told.different]
        numbers.append(np.array(places, np.int32)[told.codes])
    named = list(dict.fromkeys(theme for themes in lists for theme in themes))
    found: dict[str, int] = {}
    for start in range(0, len(named), _BITS):
        bits = {theme: 1 << place for place, theme in enumerate(named[start : start + _BITS])}
        masks = np.array([sum(bits.get(each, 0) for each in set(own)) for own in lists], np.uint64)
        said = np.zeros(len(columns[0].codes), np.uint64)
        for column, number in zip(columns, numbers, strict=True):
            # "wrap": code -1, not answered, picks the last, which names nothing.
            said |= np.append(masks[number], np.uint64(0)).take(column.codes, mode="wrap")
        for mask, people in zip(*np.unique(said, return_counts=True), strict=True):
            for theme, bit in bits.items():
                found[theme] = found.get(theme, 0) + (int(people) if int(mask) & bit else 0)
    return found
