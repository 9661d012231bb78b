"""What people said beside what the index measures, area by area.

Said: the area's share naming the theme is clearly above the place's own (its 80 % limits,
which include what rounding adds, lie wholly above). Little said: clearly below. About the
same: the limits lie within ten points of it. Otherwise it is not clear yet. Measured: the
area stands in the most deprived third of the country on the matching domain.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import PublishedShares
from needsmap.tables import HIDDEN_CLASS, MISSING_CLASS

CONFIDENCE = 0.8
SAME_WITHIN = 0.10
UNCLEAR = "u"
THIRDS = (1 / 3, 2 / 3)

BoxId = Literal[
    "said_measured", "said_not_measured", "measured_not_said", "neither", "between", "not_clear",
    "hidden",
]  # fmt: skip

BOXES: tuple[BoxId, ...] = get_args(BoxId)


def voice_class(area: PublishedShares, place_share: float) -> npt.NDArray[np.int64]:
    """Return 2 clearly above the place's share, 0 clearly below, 1 about the same, -1 not clear.

    `area`: published shares of one theme with 80 % limits; -2 where the area is hidden.
    """
    found = np.full(area.share.shape, -1)
    with np.errstate(invalid="ignore"):
        same = (area.low > place_share - SAME_WITHIN) & (area.high < place_share + SAME_WITHIN)
        found[same] = 1
        found[area.low > place_share] = 2
        found[area.high < place_share] = 0
    found[~area.shown] = -2
    return found


def index_class(position: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return 0, 1 or 2 for the least, middle and most deprived third; -2 when unknown.

    `position`: 0-1 towards the most deprived, see `deprivation.position`.
    """
    where = np.asarray(position, dtype=float)
    found = np.digitize(np.nan_to_num(where), THIRDS, right=True)
    return np.where(np.isnan(where), -2, found)


def beside_classes(said: npt.NDArray[np.int64], measured: npt.NDArray[np.int64]) -> list[str]:
    """Return one map class an area: "0"-"8", row by row from low voice, low index, or a letter."""
    classes = (3 * said + measured).astype(str).astype(object)
    classes[said == -1] = UNCLEAR
    classes[measured == -2] = MISSING_CLASS
    classes[said == -2] = HIDDEN_CLASS
    return list(classes)


def box_numbers(
    said: npt.NDArray[np.int64], measured: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return each area's plain list as its position in `BOXES`."""
    return np.select(
        [(said == -2) | (measured == -2), said == -1, said == 1, said == 2],
        [6, 5, 4, np.where(measured == 2, 0, 1)],
        default=np.where(measured == 2, 2, 3),
    )


def boxes(said: npt.NDArray[np.int64], measured: npt.NDArray[np.int64]) -> list[BoxId]:
    """Return each area's plain list; "between" is where it is said about as often as elsewhere."""
    return [BOXES[number] for number in box_numbers(said, measured)]
