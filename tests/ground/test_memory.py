"""Memory that was freed is kept at hand while work goes on, and given back afterwards."""

import resource
import subprocess
import sys

import pytest

from needsmap import memory

pytestmark = pytest.mark.skipif(
    memory._library() is None, reason="the C library here is not glibc and cannot be told"
)
_MB = 1024 * 1024

_ASKING_AGAIN = """
import resource, sys
from needsmap import memory
if sys.argv[1] == "by_itself":
    # glibc's own numbers, which fix what would otherwise adapt (mallopt(3)).
    for name, value in ((-1, 128 * 1024), (-2, 0), (-3, 128 * 1024)):
        memory._library().mallopt(name, value)
import numpy as np
def ask():
    for _ in range(200):
        np.ones(8 * 1024 * 1024, np.uint8)
ask()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
ask()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""

_GIVING_BACK = """
import numpy as np, psutil
from needsmap import memory
held = [np.ones(256 * 1024, np.uint8) for _ in range(800)]
last = np.ones(256 * 1024, np.uint8)
full = psutil.Process().memory_info().rss
del held
kept = memory.free_bytes()
memory.give_back()
print(full, kept, psutil.Process().memory_info().rss)
"""


def _say(code: str, *words: str) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    return [int(word) for word in done.stdout.split()]


def test_memory_asked_for_again_is_not_asked_of_the_system_again() -> None:
    # 8 MiB in pages of 4 KiB, 200 times, is what the system fills when nothing is kept.
    (by_itself,) = _say(_ASKING_AGAIN, "by_itself")
    (kept,) = _say(_ASKING_AGAIN, "kept")
    assert by_itself >= 200 * 8 * _MB // resource.getpagesize()
    assert kept < by_itself / 20


def test_free_memory_is_given_back_when_it_is_much() -> None:
    full, kept, after = _say(_GIVING_BACK)
    assert kept >= 190 * _MB
    assert full - after >= 190 * _MB


def test_little_free_memory_stays_where_it_is() -> None:
    assert _say("from needsmap import memory; print(int(memory.give_back()))") == [0]
