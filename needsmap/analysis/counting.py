"""Counting what residents said: raw, by area, with filters.

Counts that leave this module are raw; only `needsmap.analysis.disclosure` decides what may
be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.analysis.tally import count_facts
from needsmap.analysis.voice import Raw, ThemeQuestion, Voice, VoiceSurvey, order_bands

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
        counts = _remembered(survey, question, tuple(groups))
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
        counts = _remembered(survey, None, tuple(groups))[:, 0]
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


def _remembered(
    survey: VoiceSurvey, question: ThemeQuestion | None, groups: tuple[tuple[str, str], ...]
) -> Raw:
    """Return counts by the survey's own places, from memory when asked before."""
    key = (question.id if question else "", *sorted(groups))
    if key not in survey.remembered:
        keep = in_groups(survey, groups)
        words = survey.everybody if question is None else question.words
        number = 1 if question is None else len(question.themes) + 1
        counts = count_facts(words, number, survey.runs, keep)
        if len(survey.remembered) >= MOST_KEPT_COUNTS:
            survey.remembered.clear()
        survey.remembered[key] = counts
    return survey.remembered[key]
