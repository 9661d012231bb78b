"""The shape of the change brief."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import worded_layer
from needsmap.briefs.provenance import Provenance, SurveyNote
from needsmap.picture import Picture
from needsmap.tables import MapLayer

THEME_HEADINGS = {
    "label": "People asked for",
    "earlier_words": "Before",
    "later_words": "Now",
    "change_words": "Change in points",
    "range_words": "Could be",
    "said": "In words",
}
"""Columns of `ChangeBrief.themes` that are shown, with their headings."""


@dataclass(frozen=True)
class ChangeBrief:
    """What has changed since people were last asked.

    Fields
    ------
    earlier, later : the two surveys, None when there are not two to compare. same : whether
    both asked the same question, by kind and wording; `wording` says what differs, in
    sentences. themes : columns theme, label, earlier, later (0-1), earlier_words, later_words,
    change, low, high (later - earlier, -1 to 1; NaN where either count is hidden),
    change_words, range_words, verdict ("rose", "fell", "cannot_tell", "hidden"), said (a
    sentence); clear changes first. layer : kind "change", the theme in focus; None without
    two surveys. one_wave : True when there are not two surveys to compare; `when_next` then
    says when to ask again.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    earlier: SurveyNote | None
    later: SurveyNote | None
    question: str
    same: bool
    wording: tuple[str, ...]
    theme: str
    label: str
    themes: pd.DataFrame
    layer: MapLayer | None
    one_wave: bool
    when_next: tuple[str, ...]
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = field(default=())

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"change"} and, with two surveys, {"map"}, headings in words."""
        shown = self.themes[list(THEME_HEADINGS)].rename(columns=THEME_HEADINGS)
        found = {"change": shown}
        if self.layer is not None:
            found["map"] = worded_layer(self.layer)
        return found
