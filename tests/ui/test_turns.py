"""Turns at drawing: in order, never starved, always given back. No expected figures."""

from __future__ import annotations

import threading
import time

import pytest

from needsmap.ui.kept import Kept, Looked, OfShared
from needsmap.ui.turns import TURNS, Turns


def wait_until(true, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def started(*jobs) -> list[threading.Thread]:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    return threads


def joined(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(5)
        assert not thread.is_alive()


def test_no_more_than_so_many_hold_a_turn_at_the_same_time():
    turns, inside, most, lock = Turns(at_once=2, longest=5), [0], [0], threading.Lock()

    def draw() -> None:
        with turns.taken():
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            with lock:
                inside[0] -= 1

    joined(started(*[draw] * 20))

    assert most[0] == 2
    assert turns.waiting() == 0


def test_who_came_first_is_let_in_first_though_newcomers_ask_again_and_again():
    turns, order = Turns(at_once=1, longest=5), []

    def draw(name: int) -> None:
        with turns.taken():
            order.append(name)

    threads = []
    with turns.taken():
        for name in range(8):
            threads += started(lambda name=name: draw(name))
            wait_until(lambda name=name: turns.waiting() == name + 1)
    # The one who held the turn comes again at once, as a quick reader would: it is last.
    with turns.taken():
        order.append("again")
    joined(threads)

    assert order == [*range(8), "again"]


def test_a_turn_is_given_back_when_drawing_fails():
    turns = Turns(at_once=1, longest=0.05)
    for fault in (ValueError, SystemExit, KeyboardInterrupt):
        with pytest.raises(fault), turns.taken():
            raise fault

    begun = time.monotonic()
    with turns.taken():
        assert time.monotonic() - begun < 0.04


def test_a_turn_inside_a_turn_is_the_same_one():
    turns = Turns(at_once=1, longest=5)

    with turns.taken(), turns.taken(), turns.left(), turns.left():
        others = threading.Thread(target=lambda: turns.taken().__enter__())
        others.start()
        joined([others])


def test_a_turn_never_given_back_stops_nobody():
    turns, through, end = Turns(at_once=1, longest=0.05), threading.Event(), threading.Event()

    def stuck() -> None:
        with turns.taken():
            through.set()
            end.wait(5)

    holders = started(stuck)
    assert through.wait(5)
    for _ in range(2):
        with turns.taken():
            pass  # without a turn, after the longest wait
    end.set()
    joined(holders)
    with turns.taken():  # and who went without has given back nothing that was not theirs
        others = started(lambda: turns.taken().__enter__())
        wait_until(lambda: turns.waiting() == 1)
        joined(others)


@pytest.mark.parametrize(
    "slowly",
    [
        lambda make: Kept(most=1).get("place", "one", "map", make),
        lambda make: Looked(make, 60)(),
        lambda make: OfShared(most=1).get([], "table", make),
    ],
    ids=["a brief", "a look into the store", "a table"],
)
def test_one_who_waits_for_something_slow_lets_all_others_pass(slowly):
    making, go_on, drawn = threading.Event(), threading.Event(), []

    def make() -> str:
        making.set()
        assert go_on.wait(5)
        return "made"

    def cold() -> None:
        with TURNS.taken():
            drawn.append(slowly(make))

    def warm() -> None:
        with TURNS.taken():
            drawn.append("warm")

    waiting = started(*[cold] * 4)  # more than there are turns
    assert making.wait(5)
    begun = time.monotonic()
    joined(started(*[warm] * 40))
    assert drawn == ["warm"] * 40
    assert time.monotonic() - begun < TURNS.longest / 2  # passed, not driven by the longest wait
    go_on.set()
    joined(waiting)
    assert drawn[40:] == ["made"] * 4
