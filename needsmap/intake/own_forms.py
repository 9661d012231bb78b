"""Our own questionnaires (data/forms), known again whatever tool they were asked with.

What they ask, in which way, and what they offer is known, so however few people answered,
nothing about them has to be guessed: not even which commas stand inside an option. Read is
data/forms alone; a form that words its questions otherwise is a form like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from needsmap.intake.choices import Choices
from needsmap.intake.facts import distinct_texts
from needsmap.intake.forms import code_of, known_forms, load_form, points_heading
from needsmap.intake.matching import wording_of
from needsmap.intake.numbers_in import number_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.splitting import split
from needsmap.intake.themes import known_languages, load_themes
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.tables import FormQuestion, Kind

_KINDS: dict[str, Kind] = {
    "one": "one_choice", "many": "many_choices", "text": "text", "postcode": "text",
    "budget": "amount",
}  # fmt: skip
_SEPARATORS = (";", "\n", "|", ", ", ",", " ")
_KNOWN = 0.9
"""Share of answers that must be among a form's options; else a place's own words are asked."""
_ENOUGH = 4
"""So many of a form's questions must be there by their names before names are believed."""


@dataclass(frozen=True)
class Known:
    """A question of one of our forms, with what it offers in each language of the themes."""

    asked: FormQuestion
    offered: tuple[tuple[str, ...], ...]

    def options(self, fits: Callable[[tuple[str, ...]], float]) -> tuple[str, ...]:
        """Return the language's options that fit best, by a share from 0 to 1; () for none."""
        best = max(self.offered, key=fits, default=())
        return best if best and fits(best) >= _KNOWN else ()


@lru_cache(maxsize=1)
def known_questions() -> tuple[dict[str, Known], ...]:
    """Return, for each of our forms, its questions by their id."""
    forms = []
    for name in known_forms():
        languages = ("en", *(each for each in known_languages() if each != "en"))
        told = [load_form(name, load_themes(language)) for language in languages]
        forms.append(
            {
                question.id: Known(question, tuple(each.questions[place].options for each in told))
                for place, question in enumerate(told[0].questions)
            }
        )
    return tuple(forms)


@lru_cache(maxsize=1)
def _by_wording() -> dict[str, Known]:
    """Return all questions of our forms by their wording."""
    return {
        wording_of(known.asked.text): known for form in known_questions() for known in form.values()
    }


def as_asked(
    raw: RawTable, groups: Sequence[ColumnGroup]
) -> tuple[list[ColumnGroup], dict[str, dict[str, str]]]:
    """Return the groups, and what codes stand for, of an export in our form's names.

    ODK writes names instead of words always, KoboToolbox when asked to. Of any other file
    the groups come back as they are, and no codes.
    """
    parts = {p for heading in raw.headings for p in heading.strip().replace("-", "/").split("/")}
    worded = {wording_of(group.text) for group in groups} & set(_by_wording())
    best = max(known_questions(), key=lambda form: len(parts & set(form)), default={})
    if worded or len(parts & set(best)) < _ENOUGH:
        return list(groups), {}
    codes: dict[str, dict[str, str]] = {}
    many = set()
    for name, known in best.items():
        # English stands first: where two languages share a code, its words are meant.
        words = {code_of(o): o for options in reversed(known.offered) for o in options}
        if known.asked.kind == "budget":
            lines = {f"{name}_{code}": {"": points_heading(known.asked.text, option)}
                     for code, option in words.items()}  # fmt: skip
            codes |= lines | {f"{name}-{line}": words for line, words in lines.items()}
        else:
            codes[name] = {"": known.asked.text, **words}
            many |= {name} if known.asked.kind == "many" else set()
    told = [
        replace(group, hint_separator=" ", hint_kind="many_choices")
        if len(group.columns) == 1 and raw.headings[group.columns[0] - 1].strip() in many
        else group
        for group in groups
    ]
    return told, codes


def regrouped(raw: RawTable, groups: Sequence[ColumnGroup], tool: str) -> list[ColumnGroup]:
    """Return the groups with our forms' questions that lie in several columns brought together.

    Points shared out come together however few answered. Typeform names no question over
    ticked options; ours are known by the options, in the order they are asked.
    """
    found = list(groups)
    if tool == "typeform":
        found = _ticked(raw, found)
    return _shared_out(raw, found)


def laid_under(raw: RawTable, groups: Sequence[ColumnGroup]) -> Choices:
    """Return what is known of the questions of our forms in a file, as choices.

    What somebody chose by hand goes above them.
    """
    known = _by_wording()
    choices = Choices()
    roles, kinds = dict(choices.roles), dict(choices.kinds)
    kept_as, separators, options = dict(choices.groups), dict(choices.separators), {}
    for group in groups:
        mine = known.get(wording_of(group.text))
        if mine is None or group.shape == "grid_row":
            continue
        position = group.columns[0]
        roles[position] = mine.asked.role
        kinds[position] = _KINDS[mine.asked.kind]
        if mine.asked.role == "group":
            kept_as[position] = mine.asked.group
        if len(group.columns) > 1 or mine.asked.kind not in {"one", "many"}:
            continue
        cells = distinct_texts(raw, position)
        separator, offered = _offered(mine, cells)
        if offered:
            options[position] = offered
            if mine.asked.kind == "many":
                separators[position] = separator
    return choices.changed(
        roles=roles, kinds=kinds, groups=kept_as, separators=separators, options=options
    )


def _offered(mine: Known, cells: Mapping[str, int]) -> tuple[str, tuple[str, ...]]:
    """Return the separator and the options that explain a column's cells; ("", ()) when none."""
    answers = sum(cells.values())
    if not answers:
        return "", ()

    def explained(options: tuple[str, ...], separator: str) -> float:
        known = frozenset(options)
        if not separator:
            return sum(n for cell, n in cells.items() if cell.strip() in known) / answers
        whole = sum(n for cell, n in cells.items() if not split(cell, separator, known)[1])
        return whole / answers

    if mine.asked.kind == "one":
        return "", mine.options(lambda options: explained(options, ""))
    for separator in sorted(_SEPARATORS, key=lambda sign: -sum(sign in cell for cell in cells)):
        if options := mine.options(partial(explained, separator=separator)):
            return separator, options
    return "", ()


def _ticked(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Cut runs of columns headed by options where one of our questions ends and another begins."""
    best = groups
    for form in known_questions():
        many = [known for known in form.values() if known.asked.kind == "many"]
        taken: list[tuple[Known, list[int]]] = []
        for offered in zip(*(known.offered for known in many), strict=True):
            runs = _runs(raw, many, offered)
            if sum(len(run) for _, run in runs) > sum(len(run) for _, run in taken):
                taken = runs
        if len(taken) < len(many):
            continue
        inside = {position for _, run in taken for position in run}
        rest = [group for group in groups if not set(group.columns) & inside]
        # A column of a run that was read as a question of its own goes into its run.
        made = [
            ColumnGroup(
                known.asked.text, tuple(run), "spread_options",
                tuple(raw.headings[position - 1] for position in run), "many_choices",
            )
            for known, run in taken
        ]  # fmt: skip
        best = sorted([*rest, *made], key=lambda group: group.columns[0])
    return best


def _runs(
    raw: RawTable, many: Sequence[Known], offered: Sequence[tuple[str, ...]]
) -> list[tuple[Known, list[int]]]:
    """Return, question by question in order, the columns headed by its options."""
    runs: list[tuple[Known, list[int]]] = []
    position = 1
    for known, options in zip(many, offered, strict=True):
        while position <= len(raw.headings) and not _is_option(raw, position, options):
            position += 1
        run: list[int] = []
        while position <= len(raw.headings) and _is_option(raw, position, options):
            heading = raw.headings[position - 1].strip()
            if heading in {raw.headings[p - 1].strip() for p in run}:
                break
            run.append(position)
            position += 1
        if run:
            runs.append((known, run))
    return runs


def _is_option(raw: RawTable, position: int, options: Sequence[str]) -> bool:
    heading = raw.headings[position - 1].strip()
    return heading in options and set(distinct_texts(raw, position)) <= {heading}


def _shared_out(raw: RawTable, groups: list[ColumnGroup]) -> list[ColumnGroup]:
    """Bring the lines of a budget question together: "Question [line]", or the lines alone."""
    result: list[ColumnGroup] = []
    i = 0
    budgets = [
        known for form in known_questions() for known in form.values()
        if known.asked.kind == "budget"
    ]  # fmt: skip
    while i < len(groups):
        made = next((found for known in budgets if (found := _budget(raw, groups, i, known))), None)
        if made is None:
            result.append(groups[i])
            i += 1
            continue
        result.append(made[0])
        i = made[1]
    return result


def _budget(
    raw: RawTable, groups: Sequence[ColumnGroup], start: int, known: Known
) -> tuple[ColumnGroup, int] | None:
    """Return the amount question that begins at a group, and where it ends; None for none."""
    asked = wording_of(known.asked.text)
    for options in known.offered:
        lines: list[str] = []
        columns: list[int] = []
        i = start
        while i < len(groups):
            group = groups[i]
            told = group.option_texts if len(group.columns) > 1 else (group.text,)
            names = [_line(text, options) for text in told]
            under = len(group.columns) == 1 or wording_of(group.text) == asked
            if len(told) != len(group.columns) or not under or not all(names):
                break
            if set(names) & set(lines) or not _numbers(raw, group.columns):
                break
            lines += names
            columns += group.columns
            i += 1
        if len(columns) == len(options):
            group = ColumnGroup(
                known.asked.text, tuple(columns), "amount_columns", tuple(lines), "amount"
            )
            return group, i
    return None


def _line(text: str, options: Sequence[str]) -> str:
    """Return which line of a budget a heading stands for, "" when for none."""
    return next((o for o in options if text.strip() == o or text.rstrip("] ").endswith(o)), "")


def _numbers(raw: RawTable, columns: Sequence[int]) -> bool:
    return all(
        number_in(text) is not None
        for position in columns
        for text in distinct_texts(raw, position)
    )
