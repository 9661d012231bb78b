"""What is asked for and what is funded, as two bars a wish."""

from __future__ import annotations

from needsmap.briefs.money_shape import MoneyBrief, percent_or_dash
from needsmap.draw.palettes import MONEYS, VOICE
from needsmap.ui import show
from needsmap.ui.bars import Pair
from needsmap.words import say

_MOST = 10


def asked_and_funded(brief: MoneyBrief) -> None:
    """Show for each wish its part of all wishes and its part of the money, most asked first."""
    rows = brief.themes.head(_MOST)
    show.pairs(
        [
            Pair(label, wishes, percent_or_dash(wishes), money, percent_or_dash(money))
            for label, wishes, money in zip(
                rows["label"], rows["wishes"], rows["money_share"], strict=True
            )
        ],
        title=say("Asked for, and funded"),
        names=(say("part of all wishes"), say("part of the money")),
        colours=(VOICE[3], MONEYS[2]),
    )
