"""Counting many yes/no facts of many people by crowd, fast.

A fact ("named buses", "answered the question") is a row of bits, one a person. People stand
in order of their crowd and every crowd starts at a new 64-bit word, so how many of a crowd
have a fact is how many bits are set in a run of words. A filter is one AND. Counts are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WORD = 64
BYTE = 8

Bits = npt.NDArray[np.uint64]


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


@dataclass(frozen=True, eq=False)
class Layout:
    """Where people's bits stand.

    ends : the word after the last one of each crowd, crowd by crowd. people : how many are in
    each crowd. slots : the bit of each person, counted from the first word.
    """

    ends: npt.NDArray[np.int64]
    people: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int32]

    @property
    def words(self) -> int:
        """Return how many words a fact takes."""
        return int(self.ends[-1]) if len(self.ends) else 0


def make_runs(sorted_places: npt.NDArray[np.int64], size: int) -> Runs:
    """Return the runs of people sorted by place number (0 to size - 1)."""
    starts = np.flatnonzero(np.diff(sorted_places, prepend=-1))
    return Runs(starts.astype(np.int64), sorted_places[starts], size, len(sorted_places))


def make_layout(sorted_crowds: npt.NDArray[np.int64], size: int) -> Layout:
    """Return the layout of people sorted by crowd number (0 to size - 1)."""
    people = np.bincount(sorted_crowds, minlength=size)
    words = -(-people // WORD)
    ends = np.cumsum(words)
    # What the last words of the crowds before it leave unused moves a crowd's people on.
    moved = WORD * (ends - words) - (np.cumsum(people) - people)
    slots = np.arange(len(sorted_crowds)) + np.repeat(moved, people)
    return Layout(ends, people, slots.astype(np.int32))


def lay_facts(facts: npt.NDArray[np.bool_], codes: npt.NDArray[np.int32], layout: Layout) -> Bits:
    """Return the bits of people: facts x words.

    `facts`: things x facts, the last row for people without any. `codes`: the thing (row)
    of each person in the layout's order, -1 for the last row.
    """
    number = facts.shape[1]
    bits = np.zeros((number, layout.words * (WORD // BYTE)), dtype=np.uint8)
    for first in range(0, number, BYTE):
        # Eight facts of a person are looked up at once, then told apart again.
        eight = facts[:, first : first + BYTE]
        of_person = np.zeros(layout.words * WORD, dtype=np.uint8)
        of_person[layout.slots] = np.packbits(eight, axis=1, bitorder="little")[:, 0][codes]
        for fact in range(eight.shape[1]):
            bits[first + fact] = np.packbits(of_person & np.uint8(1 << fact), bitorder="little")
    return bits.view(np.uint64)


def lay_people(chosen: npt.NDArray[np.bool_], layout: Layout) -> Bits:
    """Return one row of bits: which people, given in the layout's order, are chosen."""
    there = np.zeros(layout.words * WORD, dtype=bool)
    there[layout.slots] = chosen
    return np.packbits(there, bitorder="little").view(np.uint64)


def count_bits(
    bits: Bits, layout: Layout, keep: npt.NDArray[np.bool_] | None = None
) -> npt.NDArray[np.int64]:
    """Return how many people of each crowd have each fact: crowds x facts.

    `bits`: facts x words. `keep` takes only some of the people.
    """
    if keep is not None:
        bits = bits & lay_people(keep, layout)
    so_far = np.zeros((len(bits), layout.words + 1), dtype=np.int32)
    np.cumsum(np.bitwise_count(bits), axis=1, out=so_far[:, 1:])
    return np.diff(so_far[:, layout.ends].T, axis=0, prepend=0).astype(np.int64)
