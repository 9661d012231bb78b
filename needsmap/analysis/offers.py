"""What people can bring: counted like wishes, and matched to wishes here and next door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.analysis.counting import Counted, count_once
from needsmap.analysis.disclosure import PublishedShares
from needsmap.analysis.voice import Voice
from needsmap.tables import AnswerColumn

OptionNames = Mapping[tuple[str, str], Sequence[Sequence[str]]]
"""(survey id, question id) → for each option of the form, the ids of the things it names."""


def count_options(
    voice: Voice,
    named: OptionNames,
    level: str,
    groups: Sequence[tuple[str, str]] = (),
) -> Counted:
    """Return raw counts of people who chose any option naming a thing, by area of a level.

    Like `counting.count_themes`, with things of one's own instead of themes: a person counts
    once for a thing, however many options name it. Base: people who answered the question.
    """
    things = tuple(dict.fromkeys(t for options in named.values() for o in options for t in o))
    codes = voice.codes[level]
    by_area = np.zeros((len(codes), len(things) + 1), dtype=np.int64)
    whole = np.zeros(len(things) + 1, dtype=np.int64)
    for (survey_id, question_id), options in named.items():
        survey = voice.survey(survey_id)
        if survey is None:
            continue
        answers = next(q for q in survey.questions if q.id == question_id).answers
        kinds = tuple(map(tuple, options))
        key = ("named", question_id, kinds, things)
        counts = count_once(survey, key, answers, partial(_facts, answers, kinds, things), groups)
        at = survey.places[level]
        np.add.at(by_area, at[at >= 0], counts[at >= 0])
        whole += counts.sum(axis=0)
    return Counted(
        things, level, codes, by_area[:, :-1], by_area[:, -1], whole[:-1], int(whole[-1])
    )


def _facts(
    answers: AnswerColumn, options: Sequence[Sequence[str]], things: tuple[str, ...]
) -> npt.NDArray[np.bool_]:
    """Return which things each distinct answer names, and that it is one; a last row: none."""
    facts = np.zeros((len(answers.cells) + 1, len(things) + 1), dtype=bool)
    facts[:-1, -1] = True
    for cell, chosen in enumerate(answers.choices):
        for option, value in chosen:
            if value > 0:
                facts[cell, [things.index(t) for t in options[option]]] = True
    return facts


def match_offers(
    themes: Sequence[str],
    asked: PublishedShares,
    place_share: Sequence[float],
    offers: Sequence[str],
    offered: PublishedShares,
    serves: Mapping[str, Sequence[str]],
    neighbours: Sequence[Sequence[int]],
) -> pd.DataFrame:
    """Return offers that could meet a wish, in the same area or one that touches it.

    `asked`: published shares, areas x `themes`; `place_share`: published share of each theme
    in the whole place; `offered`: published shares, areas x `offers`; `serves`: offer → theme
    ids; `neighbours`: for each area the positions of those it touches. A wish counts where
    the published share is at least the place's. Out, one row a wish, offer and area it comes
    from: area, theme, offer, origin (positions in the tables), next_door, share, clear (lower
    limit above the place's share), count (published people who offer it; NaN = "fewer than
    8"). Clear ones first, then by share, the same area before its neighbours.
    """
    with np.errstate(invalid="ignore"):
        # Where the place's own share is hidden, no area's lies below it.
        wished = (asked.share > 0) & ~(asked.share < np.asarray(place_share, dtype=float))
        sure = asked.low > np.asarray(place_share, dtype=float)
    helps = np.array(
        [[theme in serves.get(name, ()) for name in offers] for theme in themes], dtype=bool
    ).reshape(len(themes), len(offers))
    at, origins = _reaching(neighbours)
    # One row an offer and area it reaches, then one for each wish of that area it helps with.
    pair, offer = np.nonzero((offered.shown & (offered.count != 0))[origins])
    row, theme = np.nonzero(wished[at[pair]] & helps.T[offer])
    pair, offer = pair[row], offer[row]
    area, origin = at[pair], origins[pair]
    counts = np.nan_to_num(offered.count)
    next_door = area != origin
    # Every part of the order is a small whole number, so all of them make one number to sort.
    key = _wish_order(wished, sure, asked.share, themes)[area, theme]
    for part in (next_door, counts.max(initial=0) - counts[origin, offer], offer):
        whole = part.astype(np.int64)
        key = key * (int(whole.max(initial=0)) + 1) + whole
    order = np.argsort(key, kind="stable")
    area, theme, offer = area[order], theme[order], offer[order]
    origin, next_door = origin[order], next_door[order]
    columns = {
        "area": area, "theme": texts(themes).take(theme), "offer": texts(offers).take(offer),
        "origin": origin, "next_door": next_door, "share": asked.share[area, theme],
        "clear": sure[area, theme], "count": offered.count[origin, offer],
    }  # fmt: skip
    return pd.DataFrame(columns)


def _wish_order(
    wished: npt.NDArray[np.bool_],
    sure: npt.NDArray[np.bool_],
    share: npt.NDArray[np.float64],
    themes: Sequence[str],
) -> npt.NDArray[np.int64]:
    """Return the place of each wish of an area: clear ones, by share, area and theme's name."""
    alphabet = np.argsort(np.argsort(np.array(themes, dtype=str), kind="stable"))
    area, theme = np.nonzero(wished)
    order = np.lexsort((alphabet[theme], area, -share[area, theme], ~sure[area, theme]))
    place = np.zeros(wished.shape, dtype=np.int64)
    place[area[order], theme[order]] = np.arange(len(order))
    return place


def texts(words: Sequence[str]) -> pd.api.extensions.ExtensionArray:
    """Return words as a column of text, to take rows from: far quicker than cell by cell."""
    return pd.array(list(words), dtype="str")


def _reaching(
    neighbours: Sequence[Sequence[int]],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return pairs of areas, the second at or next to the first: itself, then its neighbours."""
    near = [[area, *(n for n in around if n != area)] for area, around in enumerate(neighbours)]
    at = np.repeat(np.arange(len(near)), [len(n) for n in near])
    return at, np.array([n for around in near for n in around], dtype=np.intp)
