"""Other things people named, in their own wording, by the rules every count obeys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import few_count_words, one_share, publish_shares
from needsmap.analysis.priorities import Chosen
from needsmap.analysis.unthemed import count_unthemed, has_theme
from needsmap.briefs.scene import Scene
from needsmap.tables import Option
from needsmap.words import say

COLUMNS = ("wording", "count", "people", "share", "range")


def other_things(
    scene: Scene,
    chosen: Chosen,
    *,
    told: Callable[[Option], bool] = has_theme,
    area: str = "",
) -> pd.DataFrame:
    """Return what people named that no theme matches, most named first: `COLUMNS`.

    `told`: whether an option is counted elsewhere. `area`: code, "" for the whole place;
    which wordings are named is the same in both. `wording`: as in the form; what fewer than
    8 share, and what people wrote themselves, stands together in the last row. count :
    published (NaN = "fewer than 8"); people, share and range are words.
    """
    raw = count_unthemed(
        scene.voice, chosen.parts, scene.picture.level, scene.picture.groups, told=told
    )
    counts, base = raw.whole, raw.base
    if area:
        row = raw.codes.index(area)
        counts, base = raw.by_area[row], int(raw.base_by_area[row])
    shares = publish_shares(counts, base, smallest_base=scene.voice.smallest_base)
    rows = []
    for column, wording in enumerate(raw.themes):
        if shares.shown[column] and shares.count[column] != 0:
            share = one_share(shares, column)
            rows.append(
                (wording or say("something else"), float(shares.count[column]),
                 people_words(shares.count[column]), share.words, share.range_words)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def no_others() -> pd.DataFrame:
    """Return the table of `other_things` with nothing in it."""
    return pd.DataFrame(columns=list(COLUMNS))


def people_words(count: float) -> str:
    """Return a published count of people in words: "15 people", "fewer than 8 people"."""
    number = few_count_words() if np.isnan(count) else f"{int(count):,}"
    return say("{number} people", number=number)


def others_table(others: pd.DataFrame) -> pd.DataFrame:
    """Return `other_things` ready to show."""
    headings = [say("In these words"), say("People"), say("Share"), say("Could be")]
    return others[["wording", "people", "share", "range"]].set_axis(headings, axis=1)
