"""The disclosure rules at their edges (policy D2, D3, D5)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from needsmap.analysis import disclosure
from needsmap.errors import Refused

# Policy D2: 0 stays 0, 1-7 become "fewer than 8", any other goes to the nearest 5.
EDGES = {
    0: 0, 1: None, 6: None, 7: None, 8: 10, 9: 10, 10: 10, 11: 10, 12: 10, 13: 15, 14: 15,
    17: 15, 18: 20, 612: 610, 613: 615, 1_000_002: 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize(("raw", "published"), EDGES.items())
def test_a_count_is_published_by_the_rule(raw: int, published: int | None) -> None:
    assert disclosure.publish_count(raw).value == published


@pytest.mark.parametrize("raw", [1, 7])
def test_a_small_count_says_so_and_why(raw: int) -> None:
    count = disclosure.publish_count(raw)

    assert count.words == "fewer than 8"
    assert "picked out" in count.why


@pytest.mark.parametrize(("raw", "shown"), [(0, False), (7, False), (8, True), (12, True)])
def test_an_area_is_shown_from_a_rounded_base_of_ten(raw: int, shown: bool) -> None:
    assert bool(disclosure.may_show(raw)) is shown


@pytest.mark.parametrize(("raw", "shown"), [(17, False), (18, True)])
def test_the_smallest_base_may_be_raised(raw: int, shown: bool) -> None:
    assert bool(disclosure.may_show(raw, smallest_base=20)) is shown


def test_the_smallest_base_cannot_be_lowered() -> None:
    assert not disclosure.may_show(7, smallest_base=1)


def test_shares_come_from_published_numbers() -> None:
    # 13 of 33 is published as 15 of 35: 43%, not 39%.
    share = disclosure.one_share(disclosure.publish_shares([13], 33), 0)

    assert share.words == "43%"
    assert share.value == 15 / 35


def test_a_few_of_many_is_shown_as_under_a_percentage_that_is_true() -> None:
    for raw in range(1, 8):
        for base in range(18, 400):
            words = disclosure.one_share(disclosure.publish_shares([raw], base), 0).words
            assert words.startswith("under ")
            assert 100 * raw / base < int(words.removeprefix("under ").removesuffix("%"))


def test_a_hidden_base_hides_every_number() -> None:
    table = disclosure.publish_shares([0, 3, 7], 7)

    assert not table.shown.any()
    for array in (table.count, table.base, table.share, table.low, table.high):
        assert np.isnan(array).all()
    assert disclosure.one_share(table, 0).words == "not shown"


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        disclosure.publish_counts([-1])


@given(st.integers(8, 10**6), st.integers(8, 10**6))
def test_publishing_keeps_order_and_stays_within_two(one: int, other: int) -> None:
    small, large = sorted((one, other))
    published = disclosure.publish_counts([small, large])

    assert published[0] <= published[1]
    assert abs(published[0] - small) <= 2
    assert published[0] % 5 == 0


@given(st.integers(8, 400), st.data())
def test_the_limits_hold_the_limits_of_the_true_numbers(base: int, data: st.DataObject) -> None:
    from statsmodels.stats.proportion import proportion_confint

    raw = data.draw(st.integers(0, base))
    table = disclosure.publish_shares([raw], base)
    low, high = proportion_confint(raw, base, method="wilson")

    assert table.low[0] <= low + 1e-9
    assert table.high[0] >= high - 1e-9


def test_two_listed_attributes_pass() -> None:
    bands = {"age": ("16-24",), "gender": ("Woman",)}
    pairs = (("age", "16-24"), ("gender", "Woman"))

    assert disclosure.check_filter(pairs, bands) == pairs


@pytest.mark.parametrize(
    "pairs",
    [
        (("age", "16-24"), ("gender", "Woman"), ("tenure", "Rent")),
        (("age", "16-24"), ("age", "16-24")),
        (("age", "23"),),
        (("shoe size", "8"),),
    ],
)
def test_three_attributes_or_unlisted_bands_are_refused(pairs: tuple) -> None:
    bands = {"age": ("16-24",), "gender": ("Woman",), "tenure": ("Rent",)}

    with pytest.raises(Refused):
        disclosure.check_filter(pairs, bands)
