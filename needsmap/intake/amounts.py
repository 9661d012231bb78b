"""Money or points shared out: sums checked, and odd ones said."""

from __future__ import annotations

from collections import Counter

import numpy as np

from needsmap.errors import Problem
from needsmap.intake.raw_table import RawTable
from needsmap.intake.shared_out import numbers_of
from needsmap.tables import Question
from needsmap.words import say

_NEAR = 0.005


def sums_told(raw: RawTable, question: Question) -> list[Problem]:
    """Return a problem for each row whose amounts do not add up to what others' do.

    Such rows stay: each amount counts as a share of the row's own sum (METHODS 4.2).
    Nothing is said where there is no usual sum.
    """
    if question.kind != "amount" or len(question.columns) < 2:
        return []
    numbers = numbers_of(raw, question.columns)
    given = ~np.isnan(numbers).all(axis=0)
    sums = np.nansum(numbers, axis=0)
    counted = Counter(sums[given & (sums > 0)].round(6).tolist())
    if not counted:
        return []
    usual, times = counted.most_common(1)[0]
    if times < 0.5 * given.sum():
        return []
    heading = raw.headings[question.columns[0] - 1]
    found = []
    for row in np.flatnonzero(given & (np.abs(sums - usual) > _NEAR * usual)):
        number = int(raw.row_numbers[row])
        said = say(
            "The amounts in row {row} add up to {sum}, not {usual}. Each counts as its share.",
            row=number, sum=f"{sums[row]:g}", usual=f"{usual:g}",
        )  # fmt: skip
        if sums[row] <= 0:
            said = say("The amounts in row {row} add up to nothing.", row=number)
        if (np.nan_to_num(numbers[:, row]) < 0).any():
            said += " " + say("Amounts below nothing are left out.")
        found.append(Problem("amounts_rescaled", said, row=number, column=heading))
    return found
