"""What funders filed grants under is kept, from CSV and from JSON.

Headings and fields: 360Giving Data Standard 1.1, object Classification (vocabulary, code, title,
description, url); a grant may have several.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from needsmap.places.build.england_grants import from_json, from_table
from needsmap.places.build.table_files import open_table

HEAD = "Identifier,Title,Amount Awarded,Award Date"


@pytest.mark.parametrize(
    ("headings", "cells", "kept"),
    [
        ("Classifications:Title", "Health", "Health"),
        ("Classifications:Title,Classifications:Code", "Health,ZZ9", "Health"),
        ("Classifications:0:Title,Classifications:1:Title", "Health,Young people",
         "Health;Young people"),
        ("Classifications:Title,Classifications:Description", "Health,Wellbeing walks",
         "Health;Wellbeing walks"),
        ("Classifications:Vocabulary,Classifications:URL", "Ours,https://example.org", ""),
        ("Notes", "Health", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_table_s_classifications_are_kept(
    tmp_path: Path, headings: str, cells: str, kept: str
) -> None:
    file = tmp_path / "grants.csv"
    file.write_text(f"{HEAD},{headings}\ng1,Roof,100,2024-01-01,{cells}\n", "utf-8")

    table = open_table(file, file.name)

    assert table is not None
    assert from_table(table)["Classifications:Title"].tolist() == [kept]


def test_the_words_of_a_json_file_s_classifications_are_kept() -> None:
    grant = {
        "id": "g1", "amountAwarded": 100, "awardDate": "2024-01-01",
        "classifications": [
            {"vocabulary": "Ours", "code": "H", "title": "Health"},
            {"title": "Young people", "description": "11 to 18"}, "damaged",
        ],
    }  # fmt: skip
    table = from_json({"grants": [grant, {"id": "g2", "classifications": 5}]})

    assert table["Classifications:Title"].tolist() == ["Health;Young people;11 to 18", ""]
