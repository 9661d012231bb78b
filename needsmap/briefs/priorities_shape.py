"""The shape of the priorities brief, with its ways of counting and its weighting."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import Wish, wishes_table
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.unthemed import no_others, others_table
from needsmap.picture import Picture


@dataclass(frozen=True)
class Way:
    """One way of counting a question.

    Fields
    ------
    id : rule, see `analysis.rules.RULES`. title : short words. words : what it does. table :
    columns theme, label, place (ties equal), share, low, high (0-1, NaN if hidden), words,
    range_words, could_be, first_place, last_place, median (words, "" unless amounts).
    """

    id: str
    title: str
    words: str
    table: pd.DataFrame


@dataclass(frozen=True)
class CountedQuestion:
    """One question, counted in every way that suits its kind. Kinds are never added up.

    Fields
    ------
    kind, kind_words : kind of question. question : its wording (for ratings "", each theme
    has its own). base : people who answered. ways : the usual one first. order : ready to
    show, one row a theme, place and share under each way. depends : whether the order
    depends on how one counts, in one sentence; "" when there is one way only. same_first,
    same_order : True when first place, or all places, agree. notes : what to know.
    """

    kind: str
    kind_words: str
    question: str
    base: Count
    ways: tuple[Way, ...]
    order: pd.DataFrame
    depends: str
    same_first: bool = True
    same_order: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weighting:
    """Shares weighted to the people who live here, beside the raw ones; or why not.

    Fields
    ------
    refused : why not, in words; "" when weighted. by : what it was weighted by, in words.
    people : answers it rests on (rounded). effective, design : n_eff and design effect (None
    when refused). table : columns theme, label, raw, weighted (0-1), raw_words,
    weighted_words, shift (weighted - raw), words. sentences : how much this could move.
    """

    refused: str
    by: str
    people: int
    effective: int | None
    design: float | None
    table: pd.DataFrame
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PrioritiesBrief:
    """What matters most, and how sure we are.

    Fields
    ------
    question, kind : wording and kind of the headline question. base : people who answered
    it within the picture's filter. wishes : all themes, most asked for first. strengths :
    likewise. by_group : columns group, band, theme, label, count, base, share, low, high,
    words (numbers NaN where not shown). by_area : columns area_code, area_name, theme,
    label, count, base, share, low, high, words at the picture's level. common : themes every
    shown band of some group named often, in words. counted : each question that names
    themes, one a kind, never added together; the headline question first. shared : what all
    groups share: columns group, theme, label, score (0-1, NaN if not known), words, best
    first within a group. weighting : weighted beside raw, or why not; None when nobody has
    answered. measure : "as counted" or "steadied", the shares by area. others : what people
    asked for that no theme of the list matches, in the form's wording, see
    `unthemed.other_things`.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    question: str
    kind: str
    base: Count
    wishes: tuple[Wish, ...]
    strengths: tuple[Wish, ...]
    by_group: pd.DataFrame
    by_area: pd.DataFrame
    common: tuple[str, ...]
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    counted: tuple[CountedQuestion, ...] = ()
    shared: pd.DataFrame = field(default_factory=pd.DataFrame)
    weighting: Weighting | None = None
    measure: str = ""
    others: pd.DataFrame = field(default_factory=no_others)

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"priorities", "strengths", "other wishes", "by group", "by area"}, then ways.

        Headings in words. One table a counted question, "weighted" and "shared by all" are
        added where there are any.
        """
        found = {
            "priorities": wishes_table(self.wishes),
            "strengths": wishes_table(self.strengths),
            "other wishes": others_table(self.others),
            "by group": _across(self.by_group),
            "by area": _wide(self.by_area),
        }
        for one in self.counted:
            found[one.kind_words] = one.order
        if self.weighting is not None and len(self.weighting.table):
            found["weighted"] = self.weighting.table[
                ["label", "raw_words", "weighted_words", "words"]
            ].set_axis(["People asked for", "As counted", "Weighted", "In words"], axis=1)
        if len(self.shared):
            found["shared by all"] = self.shared[["group", "label", "words"]].set_axis(
                ["Group", "People asked for", "In words"], axis=1
            )
        return found


def _across(by_group: pd.DataFrame) -> pd.DataFrame:
    """Return one row a theme and one column a band of a group."""
    if not len(by_group):
        return pd.DataFrame(columns=["People asked for"])
    themes = by_group["theme"].nunique()
    # The long table is bands x themes in a fixed order, so it needs only folding.
    words = by_group["words"].to_numpy(dtype=object).reshape(-1, themes)
    bands = by_group[["group", "band"]].iloc[::themes]
    who = [f"{group} {band}" for group, band in zip(bands["group"], bands["band"], strict=True)]
    labels = by_group["label"].to_numpy(dtype=object)[:themes]
    found = {"People asked for": labels}
    for name, said in zip(who, words, strict=True):
        found.setdefault(name, said)
    return pd.DataFrame(found)


def _wide(by_area: pd.DataFrame) -> pd.DataFrame:
    """Return one row an area and one column a theme, both by name."""
    if not len(by_area):
        return pd.DataFrame(columns=["Area"])
    themes = by_area["theme"].nunique()
    # The long table is areas x themes in a fixed order, so it needs only folding.
    words = by_area["words"].to_numpy(dtype=object).reshape(-1, themes)
    labels = by_area["label"].to_numpy(dtype=object)[:themes]
    areas = by_area["area_name"].to_numpy(dtype=object)[::themes]
    rows, columns = np.argsort(areas, kind="stable"), np.argsort(labels, kind="stable")
    folded = np.column_stack([areas[rows], words[rows][:, columns]])
    return pd.DataFrame(folded, columns=["Area", *labels[columns]], dtype=object)
