"""How far services are from areas, how many people share them, and where that meets wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from needsmap.analysis import access, comparison
from needsmap.analysis.disclosure import percent
from needsmap.analysis.priorities import theme_shares
from needsmap.briefs.catalogue import service_label
from needsmap.briefs.index_layers import said_classes
from needsmap.briefs.layers import COLUMNS, frame_layer
from needsmap.briefs.near import middle_points
from needsmap.briefs.pack_key import PackKey
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.ways import way_words
from needsmap.tables import MISSING_CLASS, MapLayer
from needsmap.words import say

FAR_MINUTES = 15
"""Beyond this walk a service counts as far."""
MINUTE_BREAKS = (5.0, 10.0, 15.0, 30.0)
"""Minutes on foot at which a new class of the map starts; the same for every kind."""
PEOPLE = 10_000
NEAR_COLUMNS = (
    "area_code", "area_name", "kind", "label", "name", "metres", "minutes", "words",
)  # fmt: skip


def nearest_of_kinds(scene: Scene, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return the nearest service of each kind from the middle of each area.

    Out: area_code, area_name, kind, label, name, metres (straight line), minutes (on foot),
    words.
    """
    return _nearest(PackKey(scene.pack, "services"), scene.picture.level, kinds)


@lru_cache(maxsize=16)
def _nearest(key: PackKey, level: str, kinds: tuple[str, ...]) -> pd.DataFrame:
    services, points = key.pack.services, middle_points(key.pack, level)
    metres = _metres(points, services)
    category, name_of = services["category"].to_numpy(), services["name"].to_numpy()
    own = key.pack.names[level]
    names = [own.get(str(code), str(code)) for code in points.index]
    rows = []
    for kind in kinds:
        of_kind = np.flatnonzero(category == kind)
        found = access.nearest(metres[:, of_kind])
        if (found.number < 0).any():
            continue  # no point of this kind has coordinates
        minutes = access.walking_minutes(found.metres)
        label = service_label(kind)
        rows += [
            (code, name, kind, label, name_of[of_kind[n]], float(m), float(t), way_words(m, t))
            for code, name, n, m, t in zip(
                points.index, names, found.number, found.metres, minutes, strict=True
            )
        ]
    return pd.DataFrame(rows, columns=list(NEAR_COLUMNS))


def places_and_people(scene: Scene, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return each listed kind: kind, label, places, people_per_place, checked_on, source, words.

    `checked_on` is the oldest and newest date the list gives, "" when it gives none.
    """
    return _places(PackKey(scene.pack, "services"), kinds)


@lru_cache(maxsize=16)
def _places(key: PackKey, kinds: tuple[str, ...]) -> pd.DataFrame:
    pack = key.pack
    people = float(pack.areas["population"].sum(skipna=False))
    texts = pack.services[["category", "checked_on", "source"]].fillna("").astype(str)
    found = {
        kind: (len(part), part["checked_on"].tolist(), part["source"].tolist())
        for kind, part in texts.groupby("category", sort=False)
    }
    rows = []
    for kind in kinds:
        number, days, listed = found[kind]
        dates = sorted(day for day in days if day)
        checked = "" if not dates else dates[0]
        if dates and dates[-1] != dates[0]:
            checked = say("{first} to {last}", first=dates[0], last=dates[-1])
        sources = "; ".join(dict.fromkeys(source for source in listed if source))
        shared = float(access.people_per_place(people, number))
        words = (
            say("How many people live here is not known.")
            if np.isnan(shared)
            else say("About {people} people for each.", people=f"{_round(shared):,}")
        )
        rows.append((kind, service_label(kind), number, shared, checked, sources, words))
    columns = ["kind", "label", "places", "people_per_place", "checked_on", "source", "words"]
    return pd.DataFrame(rows, columns=columns)


def steps_of_access(scene: Scene, kind: str) -> pd.DataFrame:
    """Return how many places of a kind are within reach of 10,000 people of each area.

    Enhanced two-step floating catchment from the middles of the finest areas, zones of 10,
    20 and 30 minutes on foot; above the finest level the mean by people. Out: area_code,
    area_name, per_10000, words; empty when people or places are not known.
    """
    return _steps(PackKey(scene.pack, "services"), scene.picture.level, kind)


@lru_cache(maxsize=64)
def _steps(key: PackKey, level: str, kind: str) -> pd.DataFrame:
    pack = key.pack
    columns = ["area_code", "area_name", "per_10000", "words"]
    services = pack.services[pack.services["category"] == kind]
    points = middle_points(pack, pack.levels[0].id)
    people = pack.areas.set_index("area_code")["population"].reindex(points.index)
    if not len(services) or people.isna().any():
        return pd.DataFrame(columns=columns)
    weights = access.step_weights(access.walking_minutes(_metres(points, services)))
    reached = access.two_step(people=people, supply=np.ones(len(services)), weights=weights)
    table = pd.DataFrame(
        {
            "area_code": pack.membership[level].reindex(points.index).to_numpy(),
            "reached": reached * people.to_numpy(dtype=float),
            "people": people.to_numpy(dtype=float),
        }
    )
    sums = table.groupby("area_code", sort=False)[["reached", "people"]].sum()
    found = PEOPLE * access.per_person(sums["reached"], sums["people"])
    whole = PEOPLE * float(table["reached"].sum()) / float(table["people"].sum())
    own = pack.names[level]
    names = [own.get(str(code), str(code)) for code in sums.index]
    words = [_reach_words(value, whole) for value in found]
    out = pd.DataFrame(
        {"area_code": sums.index, "area_name": names, "per_10000": found, "words": words}
    )
    return out.sort_values("area_name", kind="stable").reset_index(drop=True)


def asked_and_far(scene: Scene, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return where a wish is asked for at least as often as in the whole place, and is far.

    `kinds`: the listed ones, as for `nearest_of_kinds`. Far: the nearest listed place of any
    kind that matches the theme is over 15 minutes on foot. Kinds that are not listed at all say
    nothing. `clear`: the area's 80 % limits lie wholly above the place's share.
    """
    shares = theme_shares(
        scene.voice, scene.need, scene.picture.level, scene.picture.groups,
        confidence=comparison.CONFIDENCE,
    )  # fmt: skip
    ways = _ways(PackKey(scene.pack, "services"), scene.picture.level, kinds, shares.codes)
    found = [np.zeros((5, 0))]
    for column, theme in enumerate(shares.themes):
        entry = scene.themes.get(theme)
        listed = [ways.kinds.index(k) for k in (entry.services if entry else ()) if k in ways.kinds]
        if not listed:
            continue
        said, place_share = said_classes(shares, column)
        share = shares.by_area.share[:, column]
        known = shares.by_area.shown[:, column] & ~shares.by_area.few[:, column]
        with np.errstate(invalid="ignore"):
            asked = known & ((said == 2) | ~(share < place_share))
        # The first listed kind wins where two are equally far.
        first = np.array(listed)[ways.metres[listed].argmin(axis=0)]
        far = ways.minutes[first, np.arange(len(first))] > FAR_MINUTES
        rows = np.flatnonzero(asked & far)
        themes = np.full(len(rows), column)
        found.append(np.array([rows, themes, share[rows], said[rows] == 2, first[rows]]))
    area, of_theme, shown, clear, kind = np.concatenate(found, axis=1)
    row, column_of, nearest = (numbers.astype(np.intp) for numbers in (area, of_theme, kind))
    minutes = ways.minutes[nearest, row]
    order = np.lexsort((-minutes, -clear))
    row, column_of, nearest = row[order], column_of[order], nearest[order]
    names = [scene.name(code) for code in shares.codes]
    labels = [scene.label(theme) for theme in shares.themes]

    def told(words: Sequence[str], at: np.ndarray) -> np.ndarray:
        return np.array(words, dtype=object)[at]

    return pd.DataFrame(
        {
            "area_code": told(shares.codes, row),
            "area_name": told(names, row),
            "theme": told(shares.themes, column_of),
            "wish": told(labels, column_of),
            "share": [percent(part) for part in shown[order].tolist()],
            "clear": clear[order] > 0,
            "kind": told(ways.kinds, nearest),
            "label": told([service_label(k) for k in ways.kinds], nearest),
            "metres": ways.metres[nearest, row],
            "minutes": minutes[order],
            "words": ways.words[nearest, row],
        }
    )


@dataclass(frozen=True, eq=False)
class _Ways:
    """Ways to the nearest of each kind, kinds x areas: straight metres, minutes, words."""

    kinds: tuple[str, ...]
    metres: np.ndarray
    minutes: np.ndarray
    words: np.ndarray


@lru_cache(maxsize=16)
def _ways(key: PackKey, level: str, kinds: tuple[str, ...], codes: tuple[str, ...]) -> _Ways:
    """Return the ways from areas in the order of `codes`; kinds without a point left out."""
    near = _nearest(key, level, kinds)
    parts = {
        str(kind): part.set_index("area_code").reindex(list(codes))
        for kind, part in near.groupby("kind", sort=False)
    }
    shape = (len(parts), len(codes))
    metres, minutes, words = (
        np.array([part[name].to_numpy(dtype=of) for part in parts.values()], dtype=of).reshape(
            shape
        )
        for name, of in (("metres", float), ("minutes", float), ("words", object))
    )
    return _Ways(tuple(parts), metres, minutes, words)


def reach_layer(scene: Scene, kinds: tuple[str, ...], kind: str) -> MapLayer:
    """Return minutes on foot to the nearest service of a kind, by area.

    `kinds`: the listed ones, as for `nearest_of_kinds`.
    """
    level = scene.picture.level
    known, rows = _reached(PackKey(scene.pack, "services"), level, kinds, kind)
    classes = dict(known)
    labels = {"0": say("Up to {to} minutes on foot", to=int(MINUTE_BREAKS[0]))}
    for number in range(1, len(MINUTE_BREAKS)):
        since, to = int(MINUTE_BREAKS[number - 1]), int(MINUTE_BREAKS[number])
        labels[str(number)] = say("{since} to {to} minutes", since=since, to=to)
    labels["4"] = say("More than {since} minutes", since=int(MINUTE_BREAKS[-1]))
    labels[MISSING_CLASS] = say("Not known")
    title = say("Nearest {kind}", kind=quoted(service_label(kind))) if kind else say("Services")
    columns = [*COLUMNS, say("How far")]
    return frame_layer("services", title, level, classes, labels, list(rows), columns, scene, "")


@lru_cache(maxsize=64)
def _reached(
    key: PackKey, level: str, kinds: tuple[str, ...], kind: str
) -> tuple[dict[str, str], tuple[tuple[str, ...], ...]]:
    """Return the class of each area and its row of the map's table; no answer bears on them."""
    near, own = _nearest(key, level, kinds), key.pack.names[level]
    classes = dict.fromkeys(own, MISSING_CLASS)
    rows = []
    for row in each_row(near[near["kind"] == kind]):
        number = int(np.searchsorted(MINUTE_BREAKS, row.minutes, side="left"))
        classes[row.area_code] = str(number)
        said = say("The nearest is {name}.", name=row.name)
        rows.append((row.area_code, own.get(row.area_code, row.area_code), said, row.words))
    for code, name in own.items():
        if classes[code] == MISSING_CLASS:
            rows.append((code, name, say("Not known: this place's data lists none."), "–"))
    return classes, tuple(rows)


def _metres(points: pd.DataFrame, services: pd.DataFrame) -> np.ndarray:
    """Return straight-line metres, points x services."""
    return access.straight_line_m(
        points["latitude"].to_numpy()[:, None], points["longitude"].to_numpy()[:, None],
        services["latitude"].to_numpy(dtype=float), services["longitude"].to_numpy(dtype=float),
    )  # fmt: skip


def _reach_words(value: float, whole: float) -> str:
    per = f"{value:.1f}" if value >= 1 or value == 0 else f"{value:.1g}"
    if whole and value < 0.5 * whole:
        return say("{per} for 10,000 people: less than half of the place's mean.", per=per)
    if whole and value > 1.5 * whole:
        return say("{per} for 10,000 people: well above the place's mean.", per=per)
    return say("{per} for 10,000 people: around the place's mean.", per=per)


def _round(people: float) -> int:
    """Return people to two figures: 11,836 → 12,000."""
    digits = max(len(str(int(people))) - 2, 0)
    return int(round(people, -digits))
