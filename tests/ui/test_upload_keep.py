"""What is said of many rows is said once above the table of all of them."""

from needsmap.ui.upload_keep import over_and_over


def test_what_is_said_of_many_rows_is_said_in_a_line_with_how_often() -> None:
    messages = ["Not a place we know."] * 6_561 + ["Too long."] * 20 + ["Row 7 is short."]

    assert over_and_over(messages) == ["6,561 times: Not a place we know.", "20 times: Too long."]


def test_a_few_problems_are_read_in_the_table_alone() -> None:
    assert over_and_over(["One.", "One.", "Two."]) == []


def test_at_most_five_lines_stand_above_the_table() -> None:
    messages = [f"Fault {kind}." for kind in range(9) for _ in range(30)]

    assert len(over_and_over(messages)) == 5
