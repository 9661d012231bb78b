"""Five hundred hostile files: none crashes, none comes out wrong, each refusal says why.

The truth about each file is the generator's (tests/intake/hostile.py), made before any of our
code reads it. Ten thousand are tried by tests/benchmarks/hostile.py.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
assert _SPEC and _SPEC.loader
hostile = importlib.util.module_from_spec(_SPEC)
__import__("sys").modules["hostile"] = hostile
_SPEC.loader.exec_module(hostile)


@pytest.mark.parametrize("block", range(20))
def test_a_hostile_file_is_read_as_it_is_or_refused_with_a_reason(block):
    faults = []
    for seed in range(block * 25, block * 25 + 25):
        given = hostile.make(seed)
        faults += [f"{seed} ({given.what}): {fault}" for fault in hostile.judge(given).faults]

    assert faults == []


def test_the_same_seed_gives_the_same_file():
    assert hostile.make(77).data == hostile.make(77).data
    assert len({hostile.make(seed).data for seed in range(200)}) > 180


def test_a_wrong_truth_is_noticed():
    given = hostile.make(0)
    first = next(iter(given.rows))
    given.rows[first] = ["something else"]

    assert hostile.judge(given).wrong_rows
