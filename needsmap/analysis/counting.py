"""Counting what residents said: raw, by area, with filters.

Counts that leave this module are raw; only `needsmap.analysis.disclosure` decides what may
be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.analysis.tally import count_bits, lay_facts, lay_people, make_layout
from needsmap.analysis.voice import Raw, ThemeQuestion, Voice, VoiceSurvey, order_bands
from needsmap.tables import AnswerColumn

MOST_KEPT_COUNTS = 1000
"""Counts remembered per survey; beyond it the memory starts afresh."""


@dataclass(frozen=True, eq=False)
class Counted:
    """Raw counts of one question over some surveys; not to be shown.

    themes : ids. codes : area codes of `level`. by_area : areas x themes. base_by_area :
    people who answered it in each area. whole, base : the same for the whole place, with
    everybody whose area is not known at this level.
    """

    themes: tuple[str, ...]
    level: str
    codes: tuple[str, ...]
    by_area: Raw
    base_by_area: Raw
    whole: Raw
    base: int


def count_themes(
    voice: Voice,
    parts: Sequence[tuple[str, str]],
    level: str,
    groups: Sequence[tuple[str, str]] = (),
) -> Counted:
    """Return raw counts of people naming each theme, by area of a level.

    `parts` are (survey id, question id); `groups` (group, band) pairs that people must all
    belong to. People who did not say their group are not counted when it is asked for.
    """
    found = []
    for survey_id, question_id in parts:
        survey = voice.survey(survey_id)
        if survey is not None:
            question = next(q for q in survey.questions if q.id == question_id)
            found.append((survey, question))
    themes = tuple(dict.fromkeys(t for _, question in found for t in question.themes))
    codes = voice.codes[level]
    by_area = np.zeros((len(codes), len(themes) + 1), dtype=np.int64)
    whole = np.zeros(len(themes) + 1, dtype=np.int64)
    for survey, question in found:
        counts = by_places(survey, question, tuple(groups))
        columns = [*(themes.index(t) for t in question.themes), len(themes)]
        at = survey.places[level]
        known = at >= 0
        np.add.at(by_area, (at[known][:, None], np.array(columns)[None, :]), counts[known])
        whole[columns] += counts.sum(axis=0)
    return Counted(
        themes, level, codes, by_area[:, :-1], by_area[:, -1], whole[:-1], int(whole[-1])
    )


def count_people(
    voice: Voice,
    survey_ids: Sequence[str],
    level: str,
    groups: Sequence[tuple[str, str]] = (),
) -> tuple[Raw, int]:
    """Return raw numbers of everybody who took part: by area of a level, and in all."""
    by_area = np.zeros(len(voice.codes[level]), dtype=np.int64)
    total = 0
    for survey_id in survey_ids:
        survey = voice.survey(survey_id)
        if survey is None:
            continue
        counts = by_places(survey, None, tuple(groups))[:, 0]
        at = survey.places[level]
        np.add.at(by_area, at[at >= 0], counts[at >= 0])
        total += int(counts.sum())
    return by_area, total


def group_bands(voice: Voice, survey_ids: Sequence[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return group id → (label, bands) asked in these surveys: the only filters there are."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for survey_id in survey_ids:
        survey = voice.survey(survey_id)
        for group in survey.groups.values() if survey else ():
            label, bands = found.get(group.id, (group.label, ()))
            found[group.id] = (label, order_bands(dict.fromkeys([*bands, *group.bands])))
    return found


def in_groups(
    survey: VoiceSurvey, groups: Sequence[tuple[str, str]]
) -> npt.NDArray[np.bool_] | None:
    """Return who of a survey belongs to all of the (group, band) pairs; None for everybody."""
    keep: npt.NDArray[np.bool_] | None = None
    for group_id, band in groups:
        group = survey.groups.get(group_id)
        chosen = (
            group.codes == group.bands.index(band)
            if group is not None and band in group.bands
            else np.zeros(survey.size, dtype=bool)
        )
        keep = chosen if keep is None else keep & chosen
    return keep


def people_at(survey: VoiceSurvey, level: str, area: int) -> slice | npt.NDArray[np.int64]:
    """Return which people of a survey live in an area, given by its number at a level."""
    runs = survey.runs
    ends = np.append(runs.starts[1:], runs.people)
    inside = np.flatnonzero(survey.places[level][runs.places] == area)
    pieces = [np.arange(runs.starts[i], ends[i]) for i in inside]
    return np.concatenate(pieces) if pieces else slice(0, 0)


def answers_of(
    survey: VoiceSurvey,
    question: ThemeQuestion,
    groups: Sequence[tuple[str, str]],
    level: str = "",
    area: int = -1,
) -> Raw:
    """Return how many people gave each distinct answer (cell) of a question.

    Within a filter, and within one area (its number at a level) unless `area` is -1.
    """
    key = ("answers", question.id, level if area >= 0 else "", area, *sorted(groups))
    if key not in survey.remembered:
        if area < 0 and not groups:
            return question.people
        codes, keep = question.answers.codes, in_groups(survey, groups)
        if area >= 0:
            here = people_at(survey, level, area)
            codes, keep = codes[here], None if keep is None else keep[here]
        if keep is not None:
            codes = codes[keep]
        cells = np.bincount(codes + 1, minlength=len(question.answers.cells) + 1)[1:]
        _keep(survey, key, cells)
    return survey.remembered[key]


def by_bands(
    survey: VoiceSurvey,
    question: ThemeQuestion,
    axes: Sequence[tuple[str, Sequence[str]]],
    groups: Sequence[tuple[str, str]] = (),
) -> Raw:
    """Return raw counts of a question by band of one or two groups.

    `axes`: (group, its bands). Out: bands (x bands) x (themes + 1), the last who answered.
    People of no listed band are left out; `groups` filters.
    """
    number = len(question.themes) + 1
    shape = tuple(len(bands) for _, bands in axes)
    size = int(np.prod(shape))
    asked = [group for group, _ in (*axes, *groups) if group in survey.groups]
    if survey.crowds.know(asked):
        of = _band_cells(survey, axes, survey.crowds.bands, len(survey.crowds.places))
        counts, keep = crowd_counts(survey, question), crowds_in(survey, groups)
        use = of >= 0 if keep is None else (of >= 0) & keep
        found = np.zeros((size, number), dtype=np.int64)
        np.add.at(found, of[use], counts[use])
    else:
        codes = {group: survey.groups[group].codes for group in asked}
        of = _band_cells(survey, axes, codes, survey.size)
        keep = in_groups(survey, groups)
        people = np.flatnonzero(of >= 0 if keep is None else (of >= 0) & keep)
        people = people[np.argsort(of[people], kind="stable")]
        layout = make_layout(of[people], size)
        found = count_bits(
            lay_facts(question.named, question.answers.codes[people], layout), layout
        )
    return found.reshape(*shape, number)


def _band_cells(
    survey: VoiceSurvey,
    axes: Sequence[tuple[str, Sequence[str]]],
    codes: Mapping[str, npt.NDArray[np.int16]],
    size: int,
) -> Raw:
    """Return the number of the listed band (or pair of bands) of each of `size` entries of
    `codes`, counted row by row; -1 where a band is not listed or not said.
    """  # noqa: D205
    cell = np.zeros(size, dtype=np.int64)
    for group_id, bands in axes:
        group = survey.groups.get(group_id)
        listed = {band: i for i, band in enumerate(bands)}
        # Band -1, "not said", looks up the last entry.
        of_band = [listed.get(band, -1) for band in (group.bands if group else ())]
        number = np.array([*of_band, -1])[codes[group_id]] if group else np.full(size, -1)
        cell = np.where((cell < 0) | (number < 0), -1, cell * len(bands) + number)
    return cell


def crowd_counts(survey: VoiceSurvey, question: ThemeQuestion | None) -> Raw:
    """Return raw counts of each crowd: its themes and who answered; all people without one.

    Crowds x (themes + 1); see `needsmap.analysis.crowds`. Kept: they serve every filter.
    """
    key = ("crowds", question.id if question else "")
    if key not in survey.remembered:
        crowds = survey.crowds
        everybody = crowds.layout.people[:, None]
        _keep(survey, key, everybody if question is None else crowds.count(question.bits))
    return survey.remembered[key]


def crowds_in(
    survey: VoiceSurvey, groups: Sequence[tuple[str, str]]
) -> npt.NDArray[np.bool_] | None:
    """Return which crowds belong to all of the (group, band) pairs; None for all of them."""
    keep: npt.NDArray[np.bool_] | None = None
    for group_id, band in groups:
        group = survey.groups.get(group_id)
        chosen = (
            survey.crowds.bands[group_id] == group.bands.index(band)
            if group is not None and band in group.bands
            else np.zeros(len(survey.crowds.places), dtype=bool)
        )
        keep = chosen if keep is None else keep & chosen
    return keep


def count_once(
    survey: VoiceSurvey,
    key: tuple[object, ...],
    answers: AnswerColumn,
    facts: Callable[[], npt.NDArray[np.bool_]],
    groups: Sequence[tuple[str, str]] = (),
) -> Raw:
    """Return counts of facts of one's own about the answers by the survey's own places.

    `facts`: makes distinct answers x facts, the last row for people who gave none. What each
    crowd holds is kept under `key` and serves every filter, so the facts are laid out once.
    """
    key = ("crowds", *key)
    crowds, asked = survey.crowds, [group for group, _ in groups if group in survey.groups]
    if not crowds.know(asked):
        bits = lay_facts(facts(), answers.codes, crowds.layout)
        counts = crowds.count(bits, in_groups(survey, groups))
        return crowds.by_place(counts, None, survey.runs.size)
    if key not in survey.remembered:
        bits = lay_facts(facts(), answers.codes, crowds.layout)
        _keep(survey, key, crowds.count(bits))
    return crowds.by_place(survey.remembered[key], crowds_in(survey, groups), survey.runs.size)


def by_places(
    survey: VoiceSurvey, question: ThemeQuestion | None, groups: tuple[tuple[str, str], ...]
) -> Raw:
    """Return raw counts by the survey's own places: its themes and who answered; or people.

    Places x (themes + 1); without a question one column, all people. Kept for every viewer.
    """
    key = ("places", question.id if question else "", *sorted(groups))
    if key not in survey.remembered:
        crowds, kept = survey.crowds, None
        # A group nobody was asked about keeps nobody, in crowds as in people.
        if crowds.know([group for group, _ in groups if group in survey.groups]):
            counts, kept = crowd_counts(survey, question), crowds_in(survey, groups)
        else:
            people = in_groups(survey, groups)
            bits = lay_people(np.ones(survey.size, dtype=bool), crowds.layout)[None, :]
            counts = crowds.count(bits if question is None else question.bits, people)
        _keep(survey, key, crowds.by_place(counts, kept, survey.runs.size))
    return survey.remembered[key]


def _keep(survey: VoiceSurvey, key: tuple[object, ...], counts: Raw) -> None:
    if len(survey.remembered) >= MOST_KEPT_COUNTS:
        survey.remembered.clear()
    survey.remembered[key] = counts
