"""Money beside voice: expected values worked out by hand."""

import numpy as np
import pytest

from needsmap.analysis.money import (
    apart,
    beside,
    per_head,
    round_breaks,
    share_out,
    split_by_people,
)


def test_a_grant_for_two_wishes_gives_half_to_each_and_nothing_is_lost() -> None:
    found = share_out([900, 100, 40], [("youth", "play"), ("youth",), ()])

    assert found.to_dict() == {"youth": 550, "play": 450, "": 40}
    assert found.sum() == 1040


def test_a_grant_for_several_areas_is_split_by_people_or_equally_when_unknown() -> None:
    assert split_by_people([6000, 3000, 1000]).tolist() == [0.6, 0.3, 0.1]
    assert split_by_people([6000, np.nan]).tolist() == [0.5, 0.5]
    assert split_by_people([0, 0]).tolist() == [0.5, 0.5]
    assert split_by_people([]).tolist() == []


def test_money_a_head_is_unknown_without_people() -> None:
    assert per_head([3000, 0], [1500, 10]).tolist() == [2, 0]
    assert np.isnan(per_head([5, 5], [0, np.nan])).all()


def test_the_distance_is_one_less_the_overlap() -> None:
    # METHODS 4.3, Go Vocal's example: 100, 75 and 80 of three equal groups overlap by 0.941.
    assert apart([100, 75, 80], [1, 1, 1]) == pytest.approx(1 - 0.941, abs=5e-4)
    assert apart([1, 0], [0, 5]) == 1
    assert apart([3, 1], [30, 10]) == 0
    assert np.isnan(apart([0, 0], [1, 1]))


def test_doubt_shrinks_with_answers_and_holds_the_truth() -> None:
    truth = np.array([0.5, 0.3, 0.2])
    money = np.array([20.0, 30, 50])
    far = np.abs(truth / truth.sum() - money / money.sum()).sum() / 2
    random = np.random.default_rng(4)
    held, widths = [], {60: [], 600: []}
    for base, wide in widths.items():
        for _ in range(150):
            counts = np.round(random.binomial(base, truth) / 5) * 5
            found = beside(counts, base, money, rounding=2.5)
            held.append(found.apart_low <= far <= found.apart_high)
            wide.append(found.apart_high - found.apart_low)

    assert np.mean(held) >= 0.93
    assert np.mean(widths[600]) < 0.5 * np.mean(widths[60])


def test_the_same_answers_give_the_same_doubt() -> None:
    one = beside([50, 30], 100, [1, 1], rounding=2.5)
    other = beside([50, 30], 100, [1, 1], rounding=2.5)

    assert (one.apart_low, one.apart_high) == (other.apart_low, other.apart_high)
    assert one.low.tolist() == other.low.tolist()


@pytest.mark.parametrize(
    ("counts", "base", "money"), [([0, 0], 20, [1, 1]), ([5, 5], 0, [1, 1]), ([5, 5], 20, [0, 0])]
)
def test_nothing_on_one_side_gives_no_distance(counts: list, base: int, money: list) -> None:
    assert np.isnan(beside(counts, base, money, rounding=2.5).apart)


def test_classes_start_at_round_numbers_that_rise() -> None:
    breaks = round_breaks([0.31, 0.9, 2.2, 4.8, 11, 52, np.nan, 0])

    assert list(breaks) == sorted(set(breaks))
    assert 1 <= len(breaks) <= 4
    assert all(
        f"{b:.2g}".replace(".", "").strip("0") in {"1", "15", "2", "3", "5", "7"} for b in breaks
    )
    assert round_breaks([]) == ()
    assert round_breaks([3.0, 3.0]) == ()
