"""Headings that hold a question and an option: where to cut them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

_JOINTS = (" - ", ": ", " | ", " – ", " — ", " > ", "/")


def cut_at_joints(headings: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return question and option ("" when single) of each heading, by position from 1.

    A heading is cut only where at least two columns then share the question, and at the
    latest such place: options may hold the joint too.
    """
    fronts: Counter[str] = Counter()
    for heading in headings:
        fronts.update({front for front, _ in _cuts(heading)})
    split: dict[int, tuple[str, str]] = {}
    for i, heading in enumerate(headings, start=1):
        shared = [(front, back) for front, back in _cuts(heading) if fronts[front] >= 2]
        split[i] = max(shared, key=lambda pair: len(pair[0])) if shared else (heading, "")
    return split


def _cuts(heading: str) -> list[tuple[str, str]]:
    """Return all ways to cut a heading into question and option."""
    cuts = []
    for joint in _JOINTS:
        start = heading.find(joint)
        while start >= 0:
            front, back = heading[:start].strip(), heading[start + len(joint) :].strip()
            if front and back:
                cuts.append((front, back))
            start = heading.find(joint, start + 1)
    return cuts
