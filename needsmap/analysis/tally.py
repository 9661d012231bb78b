"""Counting many yes/no facts of many people by place, fast.

Facts of a person ("named buses", "answered the question") are packed four to a 64-bit
word, 16 bits each, and people stand in order of their place. Adding the words of a run of
people then counts four facts at once; runs are cut before a 16-bit lane could overflow.
A filter is one multiplication. Counts are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LANE_BITS = 16
LANES = 64 // LANE_BITS
LONGEST_RUN = 2**LANE_BITS - 1

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Runs:
    """Where each run of people of one place starts, and which place it belongs to.

    starts : first person of each run. places : place number of each run. size : number of
    places. people : number of people.
    """

    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    size: int
    people: int


def make_runs(sorted_places: npt.NDArray[np.int64], size: int) -> Runs:
    """Return the runs of people sorted by place number (0 to size - 1)."""
    people = len(sorted_places)
    starts = np.flatnonzero(np.diff(sorted_places, prepend=-1))
    # Nearly every place is one run; only those too long for a lane are cut.
    pieces = -(-np.diff(starts, append=people) // LONGEST_RUN)
    number = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    all_starts = np.repeat(starts, pieces) + number * LONGEST_RUN
    return Runs(all_starts.astype(np.int64), sorted_places[all_starts], size, people)


def pack_facts(facts: npt.NDArray[np.bool_]) -> Words:
    """Return facts (things x facts) as packed words (words x things)."""
    things, number = facts.shape
    words = np.zeros((-(-number // LANES), things), dtype=np.uint64)
    for fact in range(number):
        word, lane = divmod(fact, LANES)
        words[word] |= facts[:, fact].astype(np.uint64) << np.uint64(LANE_BITS * lane)
    return words


def count_facts(
    words: Words, number: int, runs: Runs, keep: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.int64]:
    """Return how many people of each place have each fact: places x `number`.

    `words` are packed facts of people in the runs' order; `keep` takes only some of them.
    """
    counts = np.zeros((runs.size, number), dtype=np.int64)
    if not runs.people:
        return counts
    starts, places, chosen = runs.starts, runs.places, None
    if keep is not None:
        # Only the chosen people are added up; a run nobody of whom was chosen falls away.
        chosen = np.flatnonzero(keep)
        firsts = np.searchsorted(chosen, starts)
        some = np.diff(firsts, append=len(chosen)) > 0
        starts, places = firsts[some], places[some]
        if not len(chosen):
            return counts
    lane_mask = np.uint64(LONGEST_RUN)
    by_run = np.empty((len(starts), number), dtype=np.int64)
    for index, word in enumerate(words):
        sums = np.add.reduceat(word if chosen is None else word[chosen], starts)
        for lane in range(min(LANES, number - index * LANES)):
            by_run[:, index * LANES + lane] = (sums >> np.uint64(LANE_BITS * lane)) & lane_mask
    if (np.diff(places) > 0).all():
        counts[places] = by_run
    else:
        np.add.at(counts, places, by_run)
    return counts
