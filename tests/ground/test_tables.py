"""A tuple that knows the few different things in it is that tuple all the same."""

import numpy as np

from needsmap.tables import Coded, coded

THEMES = (("parks",), (), ("parks",), ("buses", "parks"), ())


def test_a_coded_tuple_is_equal_to_the_tuple_and_names_each_thing_once():
    told = coded(THEMES)

    assert told == THEMES
    assert told.different == (("parks",), (), ("buses", "parks"))
    assert told.codes.tolist() == [0, 1, 0, 2, 1]


def test_what_is_coded_stays_what_it_is():
    told = Coded.of(("a", "b"), np.array([1, 1, 0], np.int32))

    assert coded(told) is told
    assert told == ("b", "b", "a")


def test_nothing_at_all_is_coded_as_nothing():
    told = coded(())

    assert (told, told.different, told.codes.tolist()) == ((), (), [])
