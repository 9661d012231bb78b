"""Who we heard: answers against people, by area and by group. Index 100 is a fair share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from needsmap.analysis.bands import adds_up
from needsmap.analysis.counting import count_people
from needsmap.analysis.disclosure import may_show, publish_counts, publish_shares
from needsmap.analysis.voice import Voice

FAIR = 100


def areas_heard(
    voice: Voice, surveys: Sequence[str], level: str, people: pd.Series
) -> tuple[pd.DataFrame, float]:
    """Return answers of each area against its people, and the published total.

    `people`: area code → people (NaN unknown). Out, one row an area: area_code, people,
    count (published; NaN = fewer than 8), nobody (True when nobody answered), shown,
    share_of_answers, share_of_people, index (100 = fair share; of those who said where they
    live; NaN when not shown or unknown), low, high (limits of the index), more (answers
    that would make it fair, to the next 5; 0 when it is).
    """
    raw, total = count_people(voice, surveys, level)
    located = int(raw.sum())
    published = publish_shares(raw, located, smallest_base=voice.smallest_base)
    counts = publish_counts(raw)
    codes = voice.codes[level]
    lived = people.reindex(list(codes)).to_numpy(dtype=float)
    table = pd.DataFrame({"area_code": codes, "people": lived, "count": counts})
    table["nobody"] = counts == 0
    table["shown"] = may_show(raw, smallest_base=voice.smallest_base)
    table["share_of_answers"] = np.where(table["shown"] | table["nobody"], published.share, np.nan)
    table["share_of_people"] = lived / np.nansum(lived) if np.nansum(lived) > 0 else np.nan
    for name, share in (("index", "share"), ("low", "low"), ("high", "high")):
        value = FAIR * getattr(published, share) / table["share_of_people"]
        table[name] = value.where(table["share_of_answers"].notna())
    table["more"] = _more(
        counts, table["share_of_people"].to_numpy(), float(publish_counts(located))
    )
    return table, float(publish_counts(total))


def groups_heard(
    voice: Voice,
    surveys: Sequence[str],
    bands: dict[str, tuple[str, tuple[str, ...]]],
    population: pd.DataFrame,
) -> pd.DataFrame:
    """Return answers of each band of each group against the place's people.

    `bands`: group id → (label, bands) as asked. `population`: group, band, people of the
    whole place; fine bands of age are added up to the survey's. Out: group, group_label,
    band, count (NaN = fewer than 8), base, share_of_answers, low, high, share_of_people
    (of the bands asked; NaN when the population is unknown or the bands do not fit), index,
    index_low, index_high, more. Groups whose base is too small are left out.
    """
    rows = []
    for group, (label, asked) in bands.items():
        raw = np.array(
            [count_people(voice, surveys, voice.levels[-1], ((group, b),))[1] for b in asked]
        )
        published = publish_shares(raw, int(raw.sum()), smallest_base=voice.smallest_base)
        if not published.shown.any():
            continue
        people = people_of_bands(asked, population[population["group"] == group])
        # Only people of a known group are compared: "prefer not to say" has no population.
        known = ~np.isnan(people)
        answered = publish_shares(raw, int(raw[known].sum()), smallest_base=voice.smallest_base)
        known &= answered.shown
        of_people = np.where(known, people / np.nansum(people), np.nan) if known.any() else people
        compared = np.where(known, answered.share, np.nan)
        with np.errstate(invalid="ignore", divide="ignore"):
            index = FAIR * compared / of_people
            limits = [
                np.where(known, FAIR * limit / of_people, np.nan)
                for limit in (answered.low, answered.high)
            ]
        rows.append(
            pd.DataFrame(
                {
                    "group": group,
                    "group_label": label,
                    "band": asked,
                    "count": published.count,
                    "base": published.base,
                    "share_of_answers": published.share,
                    "low": published.low,
                    "high": published.high,
                    "share_of_people": of_people,
                    "index": index,
                    "index_low": limits[0],
                    "index_high": limits[1],
                    "more": _more(published.count, of_people, _first(answered.base)),
                }
            )
        )
    columns = [
        "group", "group_label", "band", "count", "base", "share_of_answers", "low", "high",
        "share_of_people", "index", "index_low", "index_high", "more",
    ]  # fmt: skip
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)


def overlap(shares: Sequence[float], of_people: Sequence[float]) -> float:
    """Return how much two splits of the same bands have in common: Σ min(p, q), 1 = the same."""
    return float(np.minimum(np.asarray(shares), np.asarray(of_people)).sum())


def overlaps(areas: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return how much answers and people have in common: of areas, and of each group.

    `areas`, `groups`: from `areas_heard` and `groups_heard`. Out: group ("" for areas) and
    overlap (0-1), the least first; a published count of "fewer than 8" is taken as 4. What
    has no known population is left out.
    """
    rows = []
    tables = [("", areas), *groups.groupby("group", sort=False)]
    for group, table in tables:
        known = table["share_of_people"].notna() & (table["share_of_people"] > 0)
        answers = table.loc[known, "count"].fillna(4.0).to_numpy(dtype=float)
        people = table.loc[known, "share_of_people"].to_numpy(dtype=float)
        if known.sum() > 1 and answers.sum() > 0:
            rows.append((str(group), overlap(answers / answers.sum(), people / people.sum())))
    table = pd.DataFrame(rows, columns=["group", "overlap"])
    return table.sort_values("overlap", kind="stable").reset_index(drop=True)


def band_by_area(
    voice: Voice,
    surveys: Sequence[str],
    level: str,
    band: tuple[str, str],
    people: pd.Series,
    of_all: float,
) -> pd.DataFrame:
    """Return how many more answers of one band of one group would make each area fair.

    `people`: area code → people of the band; `of_all`: everybody in all bands of the group
    who live in the place. Out: area_code, more (to the next 5). Fair is the same number of
    answers for each person as the group has in the whole place; an area and band too small
    to show is taken as 4 answers, whether anybody answered or not.
    """
    raw, _ = count_people(voice, surveys, level, (band,))
    group, _ = band
    bands = {b for s in surveys if (v := voice.survey(s)) and group in v.groups
             for b in v.groups[group].bands}  # fmt: skip
    total = sum(count_people(voice, surveys, level, ((group, b),))[1] for b in sorted(bands))
    shown = may_show(raw, smallest_base=voice.smallest_base)
    counts = np.where(shown, publish_counts(raw), 4.0)
    codes = list(voice.codes[level])
    fair = people.reindex(codes).to_numpy(dtype=float) / of_all * float(publish_counts(total))
    more = np.ceil(np.maximum(np.nan_to_num(fair - counts), 0) / 5) * 5
    return pd.DataFrame({"area_code": codes, "more": more})


def people_of_bands(asked: Sequence[str], population: pd.DataFrame) -> np.ndarray:
    """Return people of each band asked, from population bands that may be finer (band, people).

    NaN for bands the population does not have.
    """
    people = population.groupby("band")["people"].sum()
    fine = [str(b) for b in people.index]
    found = [adds_up(fine, band) for band in asked]
    return np.array(
        [sum(part * people[b] for b, part in f.items()) if f else np.nan for f in found],
        dtype=float,
    )


def _more(counts: np.ndarray, of_people: np.ndarray, total: float) -> np.ndarray:
    """Return answers to a fair share, the others staying as they are, up to the next 5.

    k with (c + k) / (n + k) = q, that is k = (q n - c) / (1 - q); a hidden count is taken as
    4, the middle of what it could be.
    """
    known = np.nan_to_num(counts, nan=4.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted = (of_people * total - known) / (1 - of_people)
    return np.where(np.isfinite(wanted), np.ceil(np.maximum(wanted, 0) / 5) * 5, np.nan)


def _first(values: np.ndarray) -> float:
    return float(values[0]) if len(values) else float("nan")
