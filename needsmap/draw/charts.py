"""Charts: a table in, a plotly figure and its words out.

Every chart has a text alternative that says the same in words; the table it was made
from stands beside it on the page. Type is never under 14 px.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from needsmap.draw.palettes import HEARD, INK, PAPER, QUIET, RULE, VOICE
from needsmap.words import count, say

TYPEFACE = "Atkinson Hyperlegible, sans-serif"
SMALLEST_TYPE_PX = 14
_BAR_PX = 40
_MARGIN_PX = 64


@dataclass(frozen=True)
class Chart:
    """A figure and what it says in words, for people who do not see it."""

    figure: go.Figure
    alternative: str


def ranking_chart(ranking: pd.DataFrame, *, title: str, asked: str) -> Chart:
    """Draw shares as bars, the largest on top, each with its interval as a thin line.

    Parameters
    ----------
    ranking
        One row a theme, in the order to show: `label`, `share`, `low`, `high` as
        fractions 0-1 (already past the disclosure rules). Rows without a share are left
        out of the bars and counted in the words.
    title
        What the bars are, for the text alternative.
    asked
        What the axis counts, such as "of the people who answered".
    """
    shown = ranking.dropna(subset=["share"])
    hidden = len(ranking) - len(shown)
    figure = _frame(len(shown))
    figure.add_bar(
        y=_plain(shown["label"]),
        x=shown["share"],
        orientation="h",
        marker={"color": VOICE[2], "line": {"width": 0}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": (shown["high"] - shown["share"]).clip(lower=0),
            "arrayminus": (shown["share"] - shown["low"]).clip(lower=0),
            "color": INK,
            "thickness": 1.5,
            "width": 5,
        },
        text=[f" {share:.0%}" for share in shown["share"]],
        textposition="inside",
        insidetextanchor="start",
        textfont={"color": INK, "size": 16},
        hovertemplate="%{y}: %{x:.0%}<extra></extra>",
    )
    figure.update_xaxes(range=[0, _ceiling(shown["high"])], tickformat=".0%", title_text=asked)
    return Chart(figure, _ranking_words(shown, hidden, title))


def coverage_chart(coverage: pd.DataFrame, *, title: str) -> Chart:
    """Draw, for each band of people, their share of answers beside their share of people.

    Parameters
    ----------
    coverage
        One row a band: `label`, `answered_share`, `people_share` as fractions 0-1. A
        missing answered share is too few to show; a missing people share is not known.
    title
        What the chart is, for the text alternative.
    """
    figure = _frame(len(coverage))
    figure.add_bar(
        y=_plain(coverage["label"]),
        x=coverage["answered_share"],
        orientation="h",
        name=say("of the people who answered"),
        marker={"color": HEARD[2]},
        hovertemplate="%{y}: %{x:.0%}<extra></extra>",
    )
    # A line across the bar, not a second bar: what would be right is a mark to reach.
    figure.add_scatter(
        y=_plain(coverage["label"]),
        x=coverage["people_share"],
        mode="markers",
        name=say("of the people who live here"),
        marker={"symbol": "line-ns", "size": 26, "line": {"width": 4, "color": INK}},
        hovertemplate="%{y}: %{x:.0%}<extra></extra>",
    )
    both = pd.concat([coverage["answered_share"], coverage["people_share"]])
    figure.update_xaxes(range=[0, _ceiling(both)], tickformat=".0%")
    figure.update_layout(showlegend=True)
    return Chart(figure, _coverage_words(coverage, title))


def _frame(rows: int) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        template="none",
        font={"family": TYPEFACE, "size": 16, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        height=_MARGIN_PX * 2 + _BAR_PX * max(rows, 1),
        margin={"l": 8, "r": 16, "t": 8, "b": _MARGIN_PX},
        bargap=0.35,
        showlegend=False,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hoverlabel={"font": {"family": TYPEFACE, "size": 16}, "bgcolor": PAPER},
        dragmode=False,
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False, fixedrange=True)
    figure.update_xaxes(
        gridcolor=RULE,
        zerolinecolor=INK,
        fixedrange=True,
        tickfont={"size": SMALLEST_TYPE_PX, "color": QUIET},
        title={"font": {"size": SMALLEST_TYPE_PX, "color": QUIET}},
    )
    return figure


def _plain(labels: pd.Series) -> list[str]:
    """Return labels that plotly shows as they are: it reads < and & as its own markup."""
    return [
        str(label).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for label in labels
    ]


def _ceiling(values: pd.Series) -> float:
    highest = values.max()
    return 1.0 if pd.isna(highest) else min(1.0, float(highest) * 1.08 + 0.02)


def _ranking_words(shown: pd.DataFrame, hidden: int, title: str) -> str:
    parts = [
        say(
            "{label} {share:.0%} (between {low:.0%} and {high:.0%})",
            label=row.label, share=row.share, low=row.low, high=row.high,
        )
        for row in shown.itertuples()
    ]  # fmt: skip
    if hidden:
        parts.append(
            count(
                "{n} more had too few answers to show",
                "{n} more had too few answers to show",
                hidden,
            )
        )
    return f"{title}: " + ("; ".join(parts) or say("nothing to show yet")) + "."


def _coverage_words(coverage: pd.DataFrame, title: str) -> str:
    parts = []
    for label, answered, people in zip(
        coverage["label"], coverage["answered_share"], coverage["people_share"], strict=True
    ):
        said = (
            say("too few answers to show")
            if pd.isna(answered)
            else say("{share:.0%} of answers", share=answered)
        )
        if not pd.isna(people):
            said += ", " + say("{share:.0%} of people", share=people)
        parts.append(f"{label} {said}")
    return f"{title}: " + ("; ".join(parts) or say("nothing to show yet")) + "."
