"""What people named that no theme of the list matches: counted, and shown as it was worded.

A wording is shown only when as many people chose or wrote it as any count may tell; all the
others stand together as one more thing. Nothing anybody named is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from needsmap.analysis.counting import Counted, by_places, count_once
from needsmap.analysis.disclosure import publish_counts
from needsmap.analysis.voice import ThemeQuestion, Voice, VoiceSurvey
from needsmap.tables import Option

THE_REST = ""
"""Stands in `Counted.themes` for all wordings too few people share."""


def has_theme(option: Option) -> bool:
    """Return whether an option is counted under a theme of the list."""
    return bool(option.themes)


def count_unthemed(
    voice: Voice,
    parts: Sequence[tuple[str, str]],
    level: str,
    groups: Sequence[tuple[str, str]] = (),
    *,
    told: Callable[[Option], bool] = has_theme,
) -> Counted:
    """Return raw counts of people naming each wording without a theme, by area of a level.

    `parts` are (survey id, question id); `told`: whether an option is counted elsewhere.
    `Counted.themes` holds the wordings of the form, the most named first, and `THE_REST` last
    when there is any; words people wrote themselves are private and stand in it, however many
    wrote them (rule D7). A person counts once for a wording. Base: people who answered.
    """
    found = _read(voice, parts, told)
    things = found.things
    codes = voice.codes[level]
    by_area = np.zeros((len(codes), len(things) + 1), dtype=np.int64)
    whole = np.zeros(len(things) + 1, dtype=np.int64)
    for survey, question, facts in found.parts:
        if things or question.kind == "rating":
            key = ("unthemed", question.id, told, things)
            counts = count_once(survey, key, question.answers, partial(np.asarray, facts), groups)
        else:
            # Everything has its theme: only who answered is left to count, and that is known.
            counts = by_places(survey, question, tuple(groups))[:, -1:]
        at = survey.places[level]
        np.add.at(by_area, at[at >= 0], counts[at >= 0])
        whole += counts.sum(axis=0)
    return Counted(
        things, level, codes, by_area[:, :-1], by_area[:, -1], whole[:-1], int(whole[-1])
    )


@dataclass(frozen=True, eq=False)
class _Unthemed:
    """Wordings, and for each question which of its distinct answers holds which of them."""

    things: tuple[str, ...]
    parts: tuple[tuple[VoiceSurvey, ThemeQuestion, npt.NDArray[np.bool_]], ...]


def _read(
    voice: Voice, parts: Sequence[tuple[str, str]], told: Callable[[Option], bool]
) -> _Unthemed:
    """Return what is the same for every filter and level: kept, for it reads every answer."""
    key = ("unthemed", tuple(parts), told)
    kept = voice.worked_out.get(key)
    if isinstance(kept, _Unthemed):
        return kept
    found = []
    for survey_id, question_id in parts:
        survey = voice.survey(survey_id)
        if survey is not None:
            question = next(q for q in survey.questions if q.id == question_id)
            found.append((survey, question, _wordings(question, told)))
    totals: dict[str, int] = {}
    for _, question, wordings in found:
        for words, number in zip(wordings, question.people.tolist(), strict=True):
            for wording in words:
                totals[wording] = totals.get(wording, 0) + number
    names = sorted(totals)
    told_of = publish_counts(np.array([totals[name] for name in names], dtype=np.int64))
    known = dict(zip(names, np.nan_to_num(told_of).tolist(), strict=True))
    # By published numbers: an order by true ones would tell which of two equal ones is larger.
    names.sort(key=lambda wording: -known[wording])
    shown = [name for name in names if known[name] > 0 and name]
    rest = any(totals[name] for name in names if name not in shown)
    things = (*shown, THE_REST) if rest else tuple(shown)
    names = [name for name in names if name in shown or totals[name]]
    column = {name: things.index(name if name in shown else THE_REST) for name in names}
    read = []
    for survey, question, wordings in found:
        # One row more than there are answers: code -1, "not answered", picks it.
        facts = np.zeros((len(wordings) + 1, len(things) + 1), dtype=bool)
        facts[:-1, -1] = True
        for cell, words in enumerate(wordings):
            if words:
                facts[cell, [column[wording] for wording in words if wording in column]] = True
        read.append((survey, question, facts))
    made = _Unthemed(things, tuple(read))
    voice.remember(key, made)
    return made


def _wordings(question: ThemeQuestion, told: Callable[[Option], bool]) -> list[tuple[str, ...]]:
    """Return, for each distinct answer, the wordings in it that no theme matches."""
    answers = question.answers
    untold = {at: o.text for at, o in enumerate(question.options) if not told(o)}
    found = []
    for cell, chosen, themes in zip(answers.cells, answers.choices, answers.themes, strict=True):
        if chosen:
            named = (untold[at] for at, value in chosen if value > 0 and at in untold)
            found.append(tuple(dict.fromkeys(named)))
        else:
            found.append((THE_REST,) if not themes and cell.strip() else ())
    return found
