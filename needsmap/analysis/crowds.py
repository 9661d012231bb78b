"""People of one place and the same bands of every group, counted together once.

A release of a million answers has a few thousand such crowds. What each of them named is
added up at the first question and kept; every filter, place and band is then a sum over
crowds, not over people. Nothing is kept per viewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.analysis.tally import Bits, Layout, count_bits, make_layout

Raw = npt.NDArray[np.int64]

PEOPLE_A_CROWD = 8
"""A group splits crowds only while they hold so many people on average..."""
FEW_CROWDS = 20_000
"""... or there are no more crowds than this, which is quick whatever they hold."""


@dataclass(frozen=True, eq=False)
class Crowds:
    """The crowds of a survey, in order of place; people stand in the order of their crowds.

    layout : which people are of which crowd. places : place number of each crowd. bands :
    group id → band number of each crowd (-1 not said). A group that would make too many
    crowds is not in `bands`: it is counted person by person.
    """

    layout: Layout
    places: Raw
    bands: Mapping[str, npt.NDArray[np.int16]]

    def know(self, groups: Sequence[str]) -> bool:
        """Return whether each of these groups splits the crowds."""
        return all(group in self.bands for group in groups)

    def count(self, bits: Bits, keep: npt.NDArray[np.bool_] | None = None) -> Raw:
        """Return how many people of each crowd have each fact: crowds x facts.

        `bits`: see `tally.lay_facts`. `keep` takes only some of the people.
        """
        return count_bits(bits, self.layout, keep)

    def by_place(self, counts: Raw, keep: npt.NDArray[np.bool_] | None, size: int) -> Raw:
        """Return counts by place (`size` of them), of the kept crowds only."""
        found = np.zeros((size, counts.shape[1]), dtype=np.int64)
        places = self.places
        if keep is not None:
            counts, places = counts[keep], places[keep]
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        if len(starts):
            found[places[starts]] = np.add.reduceat(counts, starts)
        return found


def part_into_crowds(
    places: Raw, groups: Mapping[str, tuple[npt.NDArray[np.int16], int]]
) -> tuple[Raw, Raw, tuple[str, ...]]:
    """Return people's order by crowd, crowd numbers in that order, and the groups that split.

    `places`: place number of each person. `groups`: id → (band number of each person, -1 not
    said; number of bands). Crowds are numbered by place first, people keep their order
    within a crowd.
    """
    numbers = places.astype(np.int64)
    most = max(FEW_CROWDS, len(places) // PEOPLE_A_CROWD)
    taken = []
    for group, (codes, bands) in groups.items():
        joint = numbers * (bands + 1) + codes + 1
        there = np.bincount(joint) > 0
        if there.sum() > most:
            continue
        numbers = (np.cumsum(there) - 1)[joint] if len(joint) else joint
        taken.append(group)
    order = np.argsort(numbers, kind="stable")
    return order, numbers[order], tuple(taken)


def make_crowds(crowds: Raw, places: Raw, groups: Mapping[str, npt.NDArray[np.int16]]) -> Crowds:
    """Return the crowds of people who stand in the order of `part_into_crowds`.

    `crowds`, `places`, and each of `groups`: one number a person, in that order.
    """
    firsts = np.flatnonzero(np.diff(crowds, prepend=-1))
    numbers = np.repeat(np.arange(len(firsts)), np.diff(firsts, append=len(crowds)))
    return Crowds(
        make_layout(numbers, len(firsts)),
        places[firsts],
        {group: codes[firsts] for group, codes in groups.items()},
    )
