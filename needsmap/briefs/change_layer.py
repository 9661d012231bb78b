"""The map of clear changes: one theme, area by area."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from needsmap.analysis.change import CANNOT_TELL, HIDDEN, ROSE, differences
from needsmap.analysis.comparison import UNCLEAR
from needsmap.analysis.disclosure import PublishedShares, one_share
from needsmap.analysis.priorities import ThemeShares
from needsmap.briefs.certain import drawn_paler
from needsmap.briefs.layers import COLUMNS, frame_layer
from needsmap.briefs.provenance import SurveyNote
from needsmap.briefs.saying import capital, quoted
from needsmap.briefs.scene import Scene
from needsmap.tables import HIDDEN_CLASS, MapLayer
from needsmap.words import say

MUCH = 0.10
"""A change of so much of all people counts as much."""
SAME_WITHIN = 0.10
"""Limits that lie within this of no change count as about the same."""


def change_layer(
    scene: Scene,
    theme: str,
    then: ThemeShares,
    now: ThemeShares,
    surveys: Sequence[SurveyNote],
) -> MapLayer:
    """Return the change in the share naming a theme, by area: classes "0" fell much to "4"
    rose much, "2" about the same, and not clear where the answers cannot tell. `surveys`: the
    two compared, the earlier one first.
    """  # noqa: D205
    before = _column(then.by_area, then.column(theme))
    after = _column(now.by_area, now.column(theme))
    change, low, high, verdict = differences(after, before)
    classes, rows, unclear = {}, [], []
    for row, code in enumerate(now.codes):
        was, is_ = one_share(before, row), one_share(after, row)
        key, said = _class(change[row], low[row], high[row], int(verdict[row]))
        classes[code] = key
        # It rose or fell for sure; whether by as much as its class says may be open.
        if key in "0134" and not _much(low[row]) == _much(high[row]) == _much(change[row]):
            unclear.append(code)
        points, span = "–", ""
        if not np.isnan(change[row]):
            points = f"{100 * change[row]:+.0f}"
            span = say(
                "{low} to {high}", low=f"{100 * low[row]:+.0f}", high=f"{100 * high[row]:+.0f}"
            )
        rows.append((code, scene.name(code), said, was.words, is_.words, points, span))
    labels = {
        "0": say("Fell by 10 points or more"),
        "1": say("Fell by less, or by how much is not shown"),
        "2": say("About the same"),
        "3": say("Rose by less, or by how much is not shown"),
        "4": say("Rose by 10 points or more"),
        UNCLEAR: say("These answers cannot tell"),
        HIDDEN_CLASS: say("Too few answers in one of the surveys"),
    }
    title = say("Change: {wish}", wish=quoted(scene.label(theme)))
    columns = [*COLUMNS, "Before", "Now", "Change in points", "Could be"]
    level = scene.picture.level
    asked = [
        say("{survey}: {number} people", survey=note.title, number=note.people) for note in surveys
    ]
    bands = ", ".join(band for _, band in scene.picture.groups)
    shown = [say("showing {bands} of them", bands=bands)] if bands else []
    based = " · ".join([*asked, *shown])
    layer = frame_layer("change", title, level, classes, labels, rows, columns, scene, based)
    told = say("Paler: by how much is not sure")
    return drawn_paler(layer, unclear, told)


def _much(change: float) -> bool:
    return abs(change) >= MUCH


def _class(change: float, low: float, high: float, verdict: int) -> tuple[str, str]:
    if verdict == HIDDEN:
        return HIDDEN_CLASS, say("Too few people answered in one of the surveys to compare.")
    points = 0 if np.isnan(change) else abs(round(100 * change))
    if verdict == CANNOT_TELL:
        if low > -SAME_WITHIN and high < SAME_WITHIN:
            return "2", say("About the same as last time.")
        return UNCLEAR, say("These answers cannot tell whether it changed.")
    if np.isnan(change):
        # One of the counts is hidden: which way is known from the limits, how far is not.
        if verdict == ROSE:
            return "3", say("Rose; by how much is not shown, a count is too small.")
        return "1", say("Fell; by how much is not shown, a count is too small.")
    much = _much(change)
    if change > 0:
        return ("4" if much else "3"), capital(say("rose by about {points} points.", points=points))
    return ("0" if much else "1"), capital(say("fell by about {points} points.", points=points))


def _column(table: PublishedShares, column: int) -> PublishedShares:
    fields = table.__dataclass_fields__
    return PublishedShares(*(np.asarray(getattr(table, f))[:, column] for f in fields))
