"""Every figure of a pack built from official files is the figure in the file."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from needsmap.places.build.england import build_england
from needsmap.places.pack import open_pack

pytestmark = pytest.mark.shelf


def test_every_figure_of_trafford_equals_the_file(shelf: Path, tmp_path: Path) -> None:
    build_england("E08000009", shelf / "uk" / "trafford", tmp_path / "trafford")
    pack = open_pack(tmp_path / "trafford")
    file = shelf / "uk/trafford/deprivation/iod2025_file7_reconstructed_trafford.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        official = {r["LSOA code (2021)"]: r for r in csv.DictReader(stream)}

    compared = 0
    for info in pack.indicator_info.values():
        for code, value in pack.indicators[info.id].items():
            written = official[str(code)].get(info.column, "")
            if written == "":
                assert np.isnan(value), (info.id, code)
            else:
                assert value == float(written), (info.id, code)
                compared += 1

    assert len(pack.indicators) == len(official) == 139
    # Ranks and deciles of the index and its seven domains, and the overall score, at least.
    assert compared >= 139 * 17
