"""What people said beside what the index measures: the plain lists under the nine-box map."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from needsmap.briefs.shapes import Box, ComparisonBrief
from needsmap.ui import show
from needsmap.ui.plain import plain
from needsmap.words import count, say

_PLAIN = ("said_measured", "said_not_measured", "measured_not_said", "neither")
_WORDS = {
    "said_measured": "People ask for it more than elsewhere, and the index measures it high.",
    "said_not_measured": "People ask for it more than elsewhere; the index does not.",
    "measured_not_said": "The index measures it high; people ask for it less than elsewhere.",
    "neither": "Neither people nor the index put it first.",
}


def lists(brief: ComparisonBrief, *, said: Sequence[str] = ()) -> None:
    """Show the four plain lists, then what is not clear, then the wishes nobody measures.

    `said`: cautions that stand on the page already.
    """
    if brief.domain:
        show.section(say("The same in four lists"))
        by_id = {box.id: box for box in brief.boxes}
        for column, box in zip(st.columns(len(_PLAIN)), _PLAIN, strict=True):
            with column:
                _list(by_id[box], say(_WORDS[box]))
        others = [box for box in brief.boxes if box.id not in _PLAIN and box.areas]
        show.cautions(f"{box.title}: {_named(box)}." for box in others)
        show.cautions(each for each in brief.cautions if each not in said)
        show.section(say("All wishes that have an official measure"))
        show.table(
            brief.tables()["themes"],
            key="beside-themes",
            alt=say("Areas in each list, wish by wish"),
        )
    if brief.unmeasured:
        show.section(say("Wishes no official measure looks at"))
        st.markdown(plain(say("Only people can say these. They are not smaller for it.")))
        show.wishes(brief.unmeasured, most=len(brief.unmeasured), short=True)


def _list(box: Box, words: str) -> None:
    title = f"{box.title} ({count('{n} area', '{n} areas', len(box.areas))})"
    names = "\n".join(f"- {plain(place.name)}" for place in box.areas) or plain(say("None."))
    st.markdown(f"**{plain(title)}**\n\n:small[{plain(words)}]\n\n{names}")


def _named(box: Box) -> str:
    return ", ".join(place.name for place in box.areas)
