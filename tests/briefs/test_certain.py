"""What is drawn paler: areas these answers cannot tell from the whole place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import publish_shares
from needsmap.analysis.voice import Voice
from needsmap.briefs.certain import beside_whole, drawn_paler
from needsmap.briefs.overview import make_overview
from needsmap.draw.legends import class_characters, legend
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.tables import LegendEntry, MapLayer

LAYER = MapLayer(
    "voice", "Play", "ward", {"A1": "4", "A2": "1", "A3": "1", "A4": "h"},
    (LegendEntry("1", "some", 2), LegendEntry("4", "most", 1), LegendEntry("h", "hidden", 1)),
    pd.DataFrame(),
)  # fmt: skip


def test_an_area_is_told_from_the_place_only_when_its_limits_leave_the_places_share_out():
    # Wilson's 95 % limits (R, binom::binom.wilson): 90/100 is 0.826 to
    # 0.945, above; 10/100 is 0.055 to 0.174, below; 15/40 is 0.242 to 0.530, either way;
    # 455/1,260 lies within ten points of 38 %; 5 answers are hidden.
    areas = publish_shares(np.array([90, 10, 15, 455, 1]), np.array([100, 100, 40, 1260, 5]))
    words, paler, legend_line = beside_whole(("A1", "A2", "A3", "A4", "A5"), areas, 0.38)

    assert words == ["clearly more", "clearly fewer", "cannot tell", "about the same", "–"]
    assert paler == ["A3"]
    assert legend_line == "Paler: could be 38%, as overall"


def test_paler_areas_travel_as_capitals_and_the_legend_says_why_with_their_number():
    drawn = drawn_paler(LAYER, ["A2", "A3", "A4"], "Paler: could be 38%, as overall")

    assert class_characters(drawn, ("A1", "A2", "A3", "A4", "A5")) == "4BBhm"
    assert [key.words for key in legend(drawn)] == [
        "some (2 areas)", "most (1 area)",
        "Paler: could be 38%, as overall (2 areas)", "hidden (1 area)",
    ]  # fmt: skip


def test_a_map_whose_areas_are_all_clear_says_nothing_of_paler_ones():
    assert drawn_paler(LAYER, [], "Paler") is LAYER
    assert drawn_paler(LAYER, ["A4"], "Paler") is LAYER


def test_the_table_of_a_wish_agrees_with_the_limits_beside_it(
    kindleford: Pack, make_voice: Callable[..., Voice]
) -> None:
    brief = make_overview(Picture(level="ward", theme="youth"), kindleford, make_voice(900), None)
    layer = brief.layer
    line = next(entry.label for entry in layer.legend if entry.key in "ABCDE")
    whole = int(line.split("be ")[1].split("%")[0])

    spans = layer.table[layer.table["Could be"].str.contains(" to ")]
    assert len(spans) >= 10
    for row in spans.itertuples(index=False):
        low, high = (int(end.strip("%")) for end in row[4].split(" to "))
        beside = row[6]
        # Whole per cents are shown, so an edge may touch.
        if beside == "cannot tell":
            assert low <= whole <= high
        elif beside == "clearly more":
            assert low >= whole
        elif beside == "clearly fewer":
            assert high <= whole
        else:
            assert beside == "about the same"
            assert whole - 10 <= low <= high <= whole + 10
        assert (row[0] in layer.paler) == (beside == "cannot tell")
