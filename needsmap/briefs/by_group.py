"""Wishes group by group, what all groups share, and answers weighted to who lives here."""

from __future__ import annotations

import numpy as np
import pandas as pd

from needsmap.analysis.common_ground import shared_by_all
from needsmap.analysis.coverage import overlap, people_of_bands
from needsmap.analysis.disclosure import (
    PublishedShares,
    few_count_words,
    may_show,
    percent,
    publish_counts,
    publish_shares,
    row_of,
    share_words,
)
from needsmap.analysis.rules import count_bands
from needsmap.analysis.weighting import Raked, rake
from needsmap.briefs.groups import group_label
from needsmap.briefs.priorities_shape import Weighting
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene
from needsmap.picture import MOST_GROUPS
from needsmap.words import say

BY_GROUP = (
    "group", "band", "theme", "label", "count", "base", "share", "low", "high", "words",
)  # fmt: skip
SHARED = ("group", "theme", "label", "score", "words")
CLEAR_SHIFT = 0.05
"""A weighted share this far from the raw one is said in a sentence."""

Grouped = dict[str, tuple[tuple[str, ...], PublishedShares]]
"""Group id → its bands, and published shares of bands x themes."""


def group_shares(scene: Scene) -> Grouped:
    """Return group id → (bands, published shares bands x themes) within the filter.

    Empty where a third attribute would be combined (policy D3).
    """
    if not scene.need.parts or len(scene.picture.groups) >= MOST_GROUPS:
        return {}
    taken = {group for group, _ in scene.picture.groups}
    found = {}
    for group, (_, bands) in scene.bands.items():
        if group not in taken:
            _, raw = count_bands(scene.voice, scene.need, [(group, bands)], scene.picture.groups)
            least = scene.voice.smallest_base
            found[group] = bands, publish_shares(raw[:, :-1], raw[:, -1:], smallest_base=least)
    return found


def by_group(scene: Scene, shares: Grouped) -> pd.DataFrame:
    """Return `group_shares` as one long table, columns `BY_GROUP`."""
    parts = []
    for group, (bands, table) in shares.items():
        asked = scene.bands[group][0]
        part = long_table(scene, scene.shares.themes, table, {"band": bands})
        parts.append(part.assign(group=group_label(group, asked)))
    if not parts:
        return pd.DataFrame(columns=list(BY_GROUP))
    return pd.concat(parts, ignore_index=True)[list(BY_GROUP)]


def long_table(
    scene: Scene, themes: tuple[str, ...], table: PublishedShares, names: dict[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Return shares of rows x themes as one row each, `names`: column → one value a row."""
    rows = len(table.share)
    labels = [scene.label(t) for t in themes]
    return pd.DataFrame(
        {
            **{
                column: np.repeat(np.array(values, dtype=object), len(themes))
                for column, values in names.items()
            },
            "theme": np.tile(np.array(themes, dtype=object), rows),
            "label": np.tile(np.array(labels, dtype=object), rows),
            "count": table.count.ravel(),
            "base": table.base.ravel(),
            "share": table.share.ravel(),
            "low": table.low.ravel(),
            "high": table.high.ravel(),
            "words": share_words(table).ravel(),
        }
    )


def shared_ground(scene: Scene, shares: Grouped) -> pd.DataFrame:
    """Return what all bands of each group share, columns `SHARED`, best first in a group."""
    rows = []
    themes = scene.shares.themes
    for group, (bands, table) in shares.items():
        score = shared_by_all([row_of(table, i) for i in range(len(bands))])
        label = group_label(group, scene.bands[group][0])
        for column in np.argsort(-np.nan_to_num(score, nan=-1), kind="stable"):
            if np.isnan(score[column]):
                continue
            words = say("{share} in a typical group", share=percent(float(score[column])))
            rows.append(
                (label, themes[column], scene.label(themes[column]), float(score[column]), words)
            )
    return pd.DataFrame(rows, columns=list(SHARED))


def weigh(scene: Scene, shares: Grouped) -> Weighting | None:
    """Return wishes weighted to the people who live here, by the one or two groups that fit.

    Everything is worked out from published counts of the groups' bands (and of their
    combinations): a combination too small to show counts for nobody. Two groups are tried
    before one. None when nobody has answered or the picture is of a part of the place.
    """
    if scene.empty or scene.picture.groups or not shares:
        return None
    fair = _known_groups(scene, shares)
    if not fair:
        why = say("How many people of each group live here is not known, so nothing is weighted.")
        return _refuse(why, "", 0)
    tries = ([fair[:2]] if len(fair) > 1 else []) + [fair[:1]]
    raked, axes, table = None, fair[:1], np.zeros(0)
    for axes in tries:
        table = _published_cells(scene, axes)
        raked = rake(
            table[..., -1],
            [share for _, _, share in axes],
            names=[bands for _, bands, _ in axes],
        )
        if not raked.refused:
            break
    assert raked is not None  # noqa: S101 - there is always one group to try
    by = listed([group_label(g, scene.bands[g][0]).lower() for g, _, _ in axes])
    people = int(publish_counts(round(float(table[..., -1].sum()))).item() or 0)
    if raked.refused:
        return _refuse(raked.refused, by, people)
    return _weighted(scene, raked, table, by, people)


def _known_groups(scene: Scene, shares: Grouped) -> list[tuple[str, tuple[str, ...], np.ndarray]]:
    """Return (group, bands, population shares) where these are known; the least fair first."""
    population = scene.pack.population
    found = []
    for group, (bands, table) in shares.items():
        here = population[population["group"] == group] if len(population) else population
        people = people_of_bands(bands, here) if len(here) else np.full(len(bands), np.nan)
        known = ~np.isnan(people)
        if known.sum() < 2:
            continue
        listed_bands = tuple(b for b, yes in zip(bands, known, strict=True) if yes)
        of_people = people[known] / people[known].sum()
        heard = np.nan_to_num(table.base[known, 0]) if table.base.shape[1] else np.zeros(0)
        if not heard.sum():
            continue
        fits = overlap(heard / heard.sum(), of_people)
        found.append((fits, group, listed_bands, of_people))
    return [(g, b, p) for _, g, b, p in sorted(found, key=lambda one: one[0])]


def _published_cells(
    scene: Scene, axes: list[tuple[str, tuple[str, ...], np.ndarray]]
) -> np.ndarray:
    """Return published counts of bands (x bands) x themes + base; hidden cells hold nobody."""
    _, raw = count_bands(scene.voice, scene.need, [(g, b) for g, b, _ in axes])
    shown = may_show(raw[..., -1], smallest_base=scene.voice.smallest_base)
    counts = np.nan_to_num(publish_counts(raw), nan=4.0)
    counts = np.minimum(counts, counts[..., -1:])
    return np.where(shown[..., None], counts, 0.0)


def _weighted(scene: Scene, raked: Raked, table: np.ndarray, by: str, people: int) -> Weighting:
    sums = (raked.weights[..., None] * table).reshape(-1, table.shape[-1]).sum(axis=0)
    plain = table.reshape(-1, table.shape[-1]).sum(axis=0)
    rows = []
    for column, theme in enumerate(scene.shares.themes):
        # What weighting moves is added to the share every other page shows.
        raw = float(scene.shares.whole.share[column])
        shift = sums[column] / sums[-1] - plain[column] / plain[-1]
        weighted = float(np.clip(raw + shift, 0, 1))
        few = bool(scene.shares.whole.few[column])
        words = say("too few people to weight") if few else _moved(raw, weighted)
        rows.append(
            (
                theme, scene.label(theme), np.nan if few else raw, np.nan if few else weighted,
                few_count_words() if few else percent(raw), "–" if few else percent(weighted),
                np.nan if few else weighted - raw, words,
            )
        )  # fmt: skip
    columns = (
        "theme", "label", "raw", "weighted", "raw_words", "weighted_words", "shift", "words",
    )  # fmt: skip
    found = pd.DataFrame(rows, columns=list(columns))
    found = found.sort_values("raw", ascending=False, kind="stable").reset_index(drop=True)
    return Weighting(
        refused="",
        by=by,
        people=people,
        effective=int(raked.effective),
        design=round(raked.design, 2),
        table=found,
        sentences=_sentences(found, raked, by, people),
    )


def _moved(raw: float, weighted: float) -> str:
    if percent(raw) == percent(weighted):
        return say("would stay at {raw}", raw=percent(raw))
    return say("could move from {raw} to {weighted}", raw=percent(raw), weighted=percent(weighted))


def _sentences(found: pd.DataFrame, raked: Raked, by: str, people: int) -> tuple[str, ...]:
    told = []
    moved = found[found["shift"].abs() >= CLEAR_SHIFT]
    if len(moved):
        top = moved.iloc[int(moved["shift"].abs().to_numpy().argmax())]
        told.append(
            say(
                "If people of every {by} answered like those who did, {wish} {words}.",
                by=by, wish=quoted(str(top["label"])), words=top["words"],
            )
        )  # fmt: skip
    else:
        told.append(
            say(
                "If people of every {by} answered like those who did, no share would move by 5 "
                "points or more.", by=by,
            )
        )  # fmt: skip
    told.append(
        say(
            "About {people} answers weighted this way tell as much as {effective} unweighted ones.",
            people=people, effective=int(raked.effective),
        )
    )  # fmt: skip
    if raked.off > 0.01:
        told.append(
            say("No answer counts more than about three times; so {points} points stay uneven.",
                points=max(1, round(100 * raked.off)))
        )  # fmt: skip
    told.append(
        say(
            "This says how much the shares could move; people still chose for themselves to answer."
        )
    )
    return tuple(told)


def _refuse(why: str, by: str, people: int) -> Weighting:
    return Weighting(why, by, people, None, None, pd.DataFrame(), (why,))
