"""Writing a pack and opening it gives back what was written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needsmap.places.check import check_pack
from needsmap.places.pack import open_pack
from needsmap.places.parts import Indicator, Level
from needsmap.places.write import write_pack

# Texts people write, with what breaks careless writers: commas, quotes, braces, line breaks.
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(',"{}%\n'), min_size=1,
    max_size=20,
).map(str.strip).filter(bool)  # fmt: skip
FIGURES = st.none() | st.floats(-1e6, 1e6).map(lambda x: round(x, 6))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, FIGURES, st.none() | st.integers(0, 10**7)), min_size=1,
                max_size=4), TEXTS)  # fmt: skip
def test_what_is_written_is_what_is_opened(
    rows: list[tuple[str, float | None, int | None]], title: str
) -> None:
    codes = [f"a{i}" for i in range(len(rows))]
    areas = gpd.GeoDataFrame(
        {
            "area_code": codes,
            "area_name": [name for name, _, _ in rows],
            "population": [float("nan") if n is None else float(n) for _, _, n in rows],
        },
        geometry=[shapely.box(i, 0, i + 1, 1) for i in range(len(rows))],
        crs=4326,
    )
    figures = pd.DataFrame(
        {"rate": [np.nan if x is None else x for _, x, _ in rows]}, index=codes
    ).astype(float)
    info = Indicator("rate", title, "", "neither", "", "value", None, "", "", 'The, "rate"')
    services = pd.DataFrame(
        [("s", title, "library", 0.5, 0.5, title, "", title)],
        columns=["service_id", "name", "category", "latitude", "longitude", "address",
                 "checked_on", "source"],
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        out = write_pack(
            Path(folder), name="n", title=title, levels=[Level("area", "area", "areas")],
            areas=areas, indicators=figures, indicator_info=[info], services=services,
        )  # fmt: skip
        assert list(check_pack(out)) == []
        pack = open_pack(out)

    assert pack.title == title
    assert pack.names["area"] == {c: name for c, (name, _, _) in zip(codes, rows, strict=True)}
    pd.testing.assert_series_equal(
        pack.indicators["rate"], figures["rate"], check_names=False, check_index_type=False,
        check_dtype=False,
    )  # fmt: skip
    people = [None if np.isnan(n) else int(n) for n in pack.areas["population"]]
    assert people == [n for _, _, n in rows]
    assert pack.services.loc[0, ["name", "address", "source"]].tolist() == [title] * 3
