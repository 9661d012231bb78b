"""Two maps as one brief: which is which is never left to be guessed."""

from __future__ import annotations

import pytest

from needsmap.briefs.overview import make_overview
from needsmap.briefs.side_by_side import make_two
from needsmap.picture import Picture

NAMES = ("Autumn", "Spring")


@pytest.fixture(scope="module")
def waves(kindleford, make_voice):
    picture = Picture(level="ward", theme="health")
    return [make_overview(picture, kindleford, make_voice(400, seed=n), None) for n in (1, 2)]


def test_every_figure_of_the_table_of_two_waves_names_its_wave(waves):
    headings = list(make_two(*waves, names=NAMES).tables()["both maps"])

    of_both = [heading for heading in headings if heading not in {"Area code", "Area"}]
    assert {heading.rpartition(" · ")[2] for heading in of_both} == set(NAMES)
    assert [h for h in of_both if h.endswith("Autumn")] == [
        h.replace("Spring", "Autumn") for h in of_both if h.endswith("Spring")
    ]


def test_the_table_of_two_waves_has_the_figures_of_each_map_in_its_own_columns(waves):
    table = make_two(*waves, names=NAMES).tables()["both maps"].set_index("Area code")

    for brief, name in zip(waves, NAMES, strict=True):
        alone = brief.layer.table.set_index("area_code")["Share"].astype(str)
        assert table[f"Share · {name}"].astype(str).to_dict() == alone.to_dict()
    assert len(table) == len(waves[0].layer.table)


def test_without_names_the_titles_of_the_maps_tell_them_apart(kindleford, make_voice, waves):
    other = make_overview(
        Picture(level="ward", theme="play"), kindleford, make_voice(400, seed=1), None
    )
    headings = list(make_two(waves[0], other).tables()["both maps"])

    assert f"Share · {waves[0].layer.title}" in headings
    assert f"Share · {other.layer.title}" in headings
