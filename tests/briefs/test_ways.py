"""Ways in words: what a table's short columns say is what a sentence says of the same way."""

import pandas as pd
import pytest

from needsmap.briefs.ways import way_words, ways_in_columns


@pytest.mark.parametrize(
    ("metres", "minutes", "straight", "on_foot"),
    [
        # Rounded by hand: to 50 m below a kilometre, to 0.1 km above; whole minutes, one at least.
        (3, 0.05, "50 m", 1),
        (124, 2.0, "100 m", 2),
        (651, 10.6, "650 m", 11),
        (974.9, 15.8, "950 m", 16),
        (975, 15.8, "1.0 km", 16),
        (1_049, 17.0, "1.0 km", 17),
        (3_151, 51.2, "3.2 km", 51),
    ],
)
def test_a_way_is_told_alike_in_a_table_and_in_a_sentence(
    metres: float, minutes: float, straight: str, on_foot: int
) -> None:
    table = ways_in_columns(pd.DataFrame({"metres": [metres], "minutes": [minutes]}))

    assert table.iloc[0].tolist() == [straight, f"{on_foot} min"]
    walk = "1 minute" if on_foot == 1 else f"{on_foot} minutes"
    assert way_words(metres, minutes) == f"{straight} as the crow flies, about {walk} on foot"


def test_ways_keep_the_rows_of_the_table_they_come_from() -> None:
    ways = pd.DataFrame({"metres": [200.0, 5_000.0], "minutes": [3.0, 81.0]}, index=[7, 3])

    assert ways_in_columns(ways).index.tolist() == [7, 3]
    assert ways_in_columns(ways.head(0)).empty
