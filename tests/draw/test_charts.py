"""Charts: what is drawn and what is said, from tables written here."""

from __future__ import annotations

import pandas as pd
import pytest

from needsmap.draw.charts import coverage_chart, ranking_chart

RANKING = pd.DataFrame(
    {
        "label": ["Buses", "<b>Parks</b> & play", "Jobs"],
        "share": [0.6, 0.25, None],
        "low": [0.5, 0.2, None],
        "high": [0.7, 0.4, None],
    }
)
COVERAGE = pd.DataFrame(
    {
        "label": ["16-24", "65+"],
        "answered_share": [0.1, None],
        "people_share": [0.2, 0.3],
    }
)


def test_a_ranking_has_a_bar_and_its_interval_for_each_share_shown():
    bars = ranking_chart(RANKING, title="People asked for", asked="of people").figure.data[0]

    assert list(bars.x) == [0.6, 0.25]
    assert list(bars.error_x.array) == pytest.approx([0.1, 0.15])
    assert list(bars.error_x.arrayminus) == pytest.approx([0.1, 0.05])


def test_a_ranking_says_in_words_what_it_draws_and_what_it_leaves_out():
    words = ranking_chart(RANKING, title="People asked for", asked="of people").alternative

    assert words.startswith("People asked for: Buses 60% (between 50% and 70%);")
    assert "1 more had too few answers to show" in words


def test_labels_are_not_read_as_markup():
    bars = ranking_chart(RANKING, title="t", asked="a").figure.data[0]

    assert bars.y[1] == "&lt;b&gt;Parks&lt;/b&gt; &amp; play"


def test_coverage_marks_who_lives_here_beside_who_answered():
    chart = coverage_chart(COVERAGE, title="Who answered")

    assert next(iter(chart.figure.data[0].x)) == 0.1
    assert list(chart.figure.data[1].x) == [0.2, 0.3]
    assert chart.alternative == (
        "Who answered: 16-24 10% of answers, 20% of people; "
        "65+ too few answers to show, 30% of people."
    )


@pytest.mark.parametrize("chart", [
    ranking_chart(RANKING, title="t", asked="a"), coverage_chart(COVERAGE, title="t"),
    ranking_chart(RANKING.iloc[:0], title="t", asked="a"),
])  # fmt: skip
def test_type_is_never_under_14_pixels(chart):
    layout = chart.figure.layout

    sizes = [layout.font.size, layout.xaxis.tickfont.size, layout.xaxis.title.font.size]
    assert min(sizes) >= 14
