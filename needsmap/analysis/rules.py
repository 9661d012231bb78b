"""Ways of counting answers that name themes: each kind of question has its own.

A rule says which part, from 0 to 1, of one person's voice goes to each theme. Everything
else (sums, rounding, limits, bands) is the same for all rules. Kinds of question are never
added together: people choose differently when they tick, rank and share out money
(Goel and others 2019, doi 10.1145/3340230).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.analysis.counting import answers_of, by_bands
from needsmap.analysis.disclosure import PublishedShares, publish_sums
from needsmap.analysis.priorities import Chosen
from needsmap.analysis.voice import Parts, ThemeQuestion, Voice

RULES: dict[str, tuple[str, ...]] = {
    "one_choice": ("named",),
    "many_choices": ("named", "split"),
    "ranking": ("points", "named", "first"),
    "amount": ("mean", "any"),
    "rating": ("top_two",),
    "text": ("named",),
}
"""Kind of question → the rules that apply, the usual one first.

named : everybody who named it. split : one voice a person, shared among all they named.
first : first choices. points : Borda; m options give m-1 points to the first down to 0, and
options left unranked share the points left over. mean : the share of a person's own total.
any : everybody who gave it anything. top_two : one of the two highest points of the scale.
"""
AT_LEAST = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.40, 0.50, 0.75)
"""Shares of a person's total at which people are counted for the median."""


@dataclass(frozen=True, eq=False)
class Summed:
    """Raw sums of one rule; not to be shown.

    sums : per theme, people-equivalents. together : themes x themes, sums of products of a
    person's parts (for yes/no parts: people who named both). base : people who answered.
    at_least : rows `AT_LEAST`, people who gave a theme more than nothing or at least that.
    unlike : people whose amounts add to another total than most people's.
    """

    themes: tuple[str, ...]
    sums: npt.NDArray[np.float64]
    together: npt.NDArray[np.float64]
    base: int
    at_least: npt.NDArray[np.float64] | None = None
    unlike: int = 0


def sum_parts(
    voice: Voice,
    chosen: Chosen,
    rule: str,
    groups: Sequence[tuple[str, str]] = (),
    *,
    level: str = "",
    area: str = "",
) -> Summed:
    """Return the raw sums of a rule over the chosen questions, for a filter and an area."""
    key = ("parts", chosen.parts, rule, tuple(groups), level if area else "", area)
    kept = voice.worked_out.get(key)
    if isinstance(kept, Summed):
        return kept
    found = _sum_parts(voice, chosen, rule, groups, level, area)
    voice.remember(key, found)
    return found


def publish_rule(
    summed: Summed, *, smallest_base: int, confidence: float = 0.95
) -> PublishedShares:
    """Return published shares of a rule's sums, rounded as counts are."""
    return publish_sums(
        summed.sums, summed.base, smallest_base=smallest_base, confidence=confidence
    )


def median_at_least(summed: Summed, *, smallest_base: int) -> npt.NDArray[np.float64]:
    """Return the largest share in `AT_LEAST` that at least half of people gave each theme.

    Worked out from published counts. NaN when half gave nothing, or where it is hidden.
    """
    found = np.full(len(summed.themes), np.nan)
    if summed.at_least is None:
        return found
    for step, counts in zip(AT_LEAST, summed.at_least, strict=True):
        shares = publish_sums(counts, summed.base, smallest_base=smallest_base)
        found[shares.shown & (np.nan_to_num(shares.share) >= 0.5)] = step
    return found


def parts(question: ThemeQuestion, rule: str) -> Parts:
    """Return the part of a voice each distinct cell gives each theme: cells x themes, 0-1.

    Options that stand for the same theme: the best place counts in rankings; amounts add up.

    Raises
    ------
    ValueError
        When the rule is not one of `RULES`.
    """
    if rule not in question.parts:
        if not any(rule in rules for rules in RULES.values()):
            raise ValueError(f"`rule` must be one of RULES, got {rule!r}")
        question.parts[rule] = _parts(question, rule)
    return question.parts[rule]


def _parts(question: ThemeQuestion, rule: str) -> Parts:
    column = question.answers
    position = {theme: i for i, theme in enumerate(question.themes)}
    found = np.zeros((len(column.cells), len(position)))
    if rule in {"named", "split"}:
        if question.kind != "rating":
            found = question.named[:-1, :-1].astype(float)
        else:
            # Named in a rating's sense is rated high; these rules ask what it speaks of at all.
            for cell, themes in enumerate(column.themes):
                found[cell, [position[t] for t in themes]] = 1.0
        if rule == "split":
            found /= np.maximum(found.sum(axis=1, keepdims=True), 1)
        return found
    options = question.options
    themes_of = [[position[t] for t in option.themes] for option in options]
    offered = max(sum(option.offered for option in options), 2)
    top = max((v for chosen in column.choices for _, v in chosen), default=0.0)
    for cell, chosen in enumerate(column.choices):
        if rule == "points" and chosen:
            ranked = {option for option, _ in chosen}
            # What the ranking leaves over is shared evenly by the options it leaves out.
            rest = max(offered - len(ranked) - 1, 0) / 2 / (offered - 1)
            for option, left_out in enumerate(themes_of):
                if option not in ranked and options[option].offered:
                    found[cell, left_out] = np.maximum(found[cell, left_out], rest)
        for option, value in chosen:
            given = _given(rule, value, offered=offered, top=top)
            for theme in themes_of[option]:
                if rule == "mean":
                    found[cell, theme] = min(found[cell, theme] + given, 1.0)
                else:
                    found[cell, theme] = max(found[cell, theme], given)
    return found


def _given(rule: str, value: float, *, offered: int, top: float) -> float:
    if rule == "points":
        return max(offered - value, 0.0) / (offered - 1)
    if rule == "first":
        return float(value == 1)
    if rule == "mean":
        return value
    if rule == "any":
        return float(value > 0)
    return float(value >= max(top - 1, 1))


def _sum_parts(
    voice: Voice,
    chosen: Chosen,
    rule: str,
    groups: Sequence[tuple[str, str]],
    level: str,
    area: str,
) -> Summed:
    found = []
    for survey_id, question_id in chosen.parts:
        survey = voice.survey(survey_id)
        if survey is not None:
            question = next(q for q in survey.questions if q.id == question_id)
            found.append((survey, question))
    themes = tuple(dict.fromkeys(t for _, question in found for t in question.themes))
    sums, together = np.zeros(len(themes)), np.zeros((len(themes), len(themes)))
    steps = np.zeros((len(AT_LEAST), len(themes))) if rule == "mean" else None
    base = unlike = 0
    for survey, question in found:
        here = voice.codes[level].index(area) if area else -1
        cells = np.where(_answered(question), answers_of(survey, question, groups, level, here), 0)
        given = parts(question, rule)
        used = np.flatnonzero(cells)
        given, cells = given[used], cells[used]
        columns = [themes.index(t) for t in question.themes]
        weighted = given * cells[:, None]
        sums[columns] += weighted.sum(axis=0)
        # Not a matrix product: waking other threads for so little takes longer than the sum.
        together[np.ix_(columns, columns)] += np.einsum("ij,ik->jk", weighted, given)
        base += int(cells.sum())
        if steps is not None:
            for row, step in enumerate(AT_LEAST):
                enough = given > 0 if step == 0 else given >= step - 1e-9
                steps[row, columns] += (enough * cells[:, None]).sum(axis=0)
            unlike += _unlike([question.answers.cells[i] for i in used], cells)
    return Summed(themes, sums, together, base, steps, unlike)


def _answered(question: ThemeQuestion) -> npt.NDArray[np.bool_]:
    """Return which distinct cells count as an answer: a rating without a point does not."""
    if question.kind != "rating":
        return np.ones(len(question.answers.cells), dtype=bool)
    return np.array([any(v > 0 for _, v in c) for c in question.answers.choices], dtype=bool)


def _unlike(cells: Sequence[str], people: npt.NDArray[np.int64]) -> int:
    """Return how many people's written amounts add to another total than most people's."""
    totals: dict[float, int] = {}
    for cell, number in zip(cells, people, strict=True):
        written = [piece.rpartition(": ")[2] for piece in cell.split("; ")]
        total = 0.0
        for text in written:
            digits = "".join(c for c in text if c.isdigit() or c == ".")
            total += float(digits) if digits.count(".") <= 1 and digits.strip(".") else 0.0
        totals[round(total, 2)] = totals.get(round(total, 2), 0) + int(number)
    return sum(totals.values()) - max(totals.values(), default=0)


def count_bands(
    voice: Voice,
    chosen: Chosen,
    axes: Sequence[tuple[str, Sequence[str]]],
    groups: Sequence[tuple[str, str]] = (),
) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Return themes, and raw counts by band of one or two groups; in one pass over crowds.

    `axes`: (group, its bands). Counts: bands (x bands) x themes, the last column people who
    answered. People of no listed band are left out; `groups` filters as elsewhere.
    """
    key = ("bands", chosen.parts, tuple((g, tuple(b)) for g, b in axes), tuple(groups))
    kept = voice.worked_out.get(key)
    if isinstance(kept, tuple):
        return kept
    found = []
    for survey_id, question_id in chosen.parts:
        survey = voice.survey(survey_id)
        if survey is not None:
            found.append((survey, next(q for q in survey.questions if q.id == question_id)))
    themes = tuple(dict.fromkeys(t for _, question in found for t in question.themes))
    shape = tuple(len(bands) for _, bands in axes)
    counts = np.zeros((*shape, len(themes) + 1), dtype=np.int64)
    for survey, question in found:
        columns = [*(themes.index(t) for t in question.themes), len(themes)]
        counts[..., columns] += by_bands(survey, question, axes, groups)
    answer = (themes, counts)
    voice.remember(key, answer)
    return answer
