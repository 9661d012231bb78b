"""Where to knock next, and whom to ask for: a list to print and take along."""

from __future__ import annotations

import pandas as pd

from needsmap.analysis.bands import adds_up
from needsmap.analysis.coverage import band_by_area, people_of_bands
from needsmap.briefs.groups import little_heard
from needsmap.briefs.rows import each_row
from needsmap.briefs.scene import Scene
from needsmap.words import say

MOST_AREAS = 10
"""Rows of areas asked for everybody."""
MOST_BANDS = 3
"""Groups heard least that are asked for by name."""
MOST_AREAS_OF_BAND = 3
"""Areas named for each such group."""


def knock_here(scene: Scene, areas: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Return where and whom to ask next: columns where, who, how_many, words.

    First areas short of answers from everybody, the shortest first; then groups heard little
    in the whole place, each with the areas where most of them are missing. `areas` and
    `groups` are those of the coverage brief.
    """
    rows = []
    short = areas[areas["more"] > 0].sort_values("more", ascending=False, kind="stable")
    for row in each_row(short.head(MOST_AREAS)):
        rows.append((row.area_name, say("everybody"), int(row.more)))
    little = little_heard(groups)
    for row in each_row(little[little["more"] > 0].head(MOST_BANDS)):
        rows.append((scene.pack.title, who(row.group, row.band_label), int(row.more)))
        rows += _areas_of(scene, row.group, row.band, row.band_label)
    table = pd.DataFrame(rows, columns=["where", "who", "how_many"])
    table["words"] = [
        say("about {number} more answers", number=number) for number in table["how_many"]
    ]
    return table


def who(group: str, band: str) -> str:
    """Return a band as people to look for: "people aged 16-24"."""
    if group == "age":
        return say("people aged {band}", band=band)
    return say("people who say “{band}”", band=band)


def _areas_of(scene: Scene, group: str, band: str, label: str) -> list[tuple[str, str, int]]:
    population = scene.pack.population
    population = population[population["group"] == group]
    if not len(population):
        return []
    level = scene.picture.level
    parents = scene.pack.membership[level].reindex(population["area_code"]).to_numpy()
    fine = [str(b) for b in population["band"].unique()]
    taken = adds_up(fine, band) or {}
    parts = population["people"] * population["band"].astype(str).map(taken).fillna(0.0)
    people = parts.groupby(parents).sum()
    asked = list(scene.bands[group][1])
    of_all = float(pd.Series(people_of_bands(asked, population)).sum())
    if not taken or not of_all > 0:
        return []
    found = band_by_area(scene.voice, scene.survey_ids, level, (group, band), people, of_all)
    found = found[found["more"] > 0].sort_values("more", ascending=False, kind="stable")
    return [
        (scene.name(row.area_code), who(group, label), int(row.more))
        for row in each_row(found.head(MOST_AREAS_OF_BAND))
    ]
