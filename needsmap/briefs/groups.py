"""Groups of people in words: their names, and who was heard little."""

from __future__ import annotations

import re

import pandas as pd

from needsmap.analysis.coverage import groups_heard
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed
from needsmap.briefs.scene import Scene
from needsmap.words import say

GROUPS = {
    "age": "Age",
    "gender": "Gender",
    "tenure": "Home",
    "disability": "Disability",
    "ethnicity": "Ethnic group",
    "carer": "Carers",
    "parent": "Parents",
    "length_of_residence": "Time living here",
}
LITTLE = 80.0
"""Below this index (100 = fair share) a group counts as heard little, if its limits agree."""


def group_label(group: str, asked: str = "") -> str:
    """Return a group in one or two words; the question's wording for unknown ones."""
    if group in GROUPS:
        return say(GROUPS[group])
    return asked.rstrip(" ?:") or group.replace("_", " ").capitalize()


_GENDERS = {
    "male": "men", "man": "men", "men": "men",
    "female": "women", "woman": "women", "women": "women",
}  # fmt: skip
_BAND = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_AND_OVER = re.compile(r"(\d+)\s*\+")


def people_words(group: str, band: str) -> str:
    """Return the people of a band in plain words: "people aged 16 to 24", "men"."""
    if group == "age":
        if found := _BAND.fullmatch(band):
            return say("people aged {low} to {high}", low=found[1], high=found[2])
        if found := _AND_OVER.fullmatch(band):
            return say("people aged {low} and over", low=found[1])
        return say("people aged {band}", band=band)
    if group == "gender" and band.casefold() in _GENDERS:
        return say(_GENDERS[band.casefold()])
    return say("people who say “{band}”", band=band)


def heard_by_group(scene: Scene) -> pd.DataFrame:
    """Return `coverage.groups_heard` of the whole place with group_label and band_label."""
    population = scene.pack.population
    if not len(population):
        population = pd.DataFrame(columns=["area_code", "group", "band", "people"])
    table = groups_heard(scene.voice, scene.survey_ids, scene.bands, population)
    asked = {group: label for group, (label, _) in scene.bands.items()}
    table["group_label"] = [group_label(g, asked.get(g, "")) for g in table["group"]]
    table["band_label"] = table["band"]
    return table


def little_heard(table: pd.DataFrame) -> pd.DataFrame:
    """Return the bands clearly heard less than their share, the least heard first."""
    short = table[(table["index"] < LITTLE) & (table["high"] < table["share_of_people"])]
    return short.sort_values("index", kind="stable")


def missing_words(scene: Scene, code: str) -> str:
    """Return who was heard little among those who answered in an area, "" when not known.

    Worked out from the whole place's groups: within one area the groups are too small to show.
    """
    little = little_heard(heard_by_group(scene))
    if not len(little) or code not in scene.people[0].index:
        return ""
    names = [people_words(row.group, row.band_label) for row in each_row(little.head(3))]
    return say("In the whole place we heard little from: {names}.", names=listed(names))
