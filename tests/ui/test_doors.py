"""One picture, many viewers: made once, however many ask at the same moment. No timing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from needsmap.analysis.voice import compile_voice
from needsmap.briefs.place import OpenPlace
from needsmap.picture import Picture
from needsmap.places.pack import open_pack
from tests.benchmarks.at_once import ask_at_once
from tests.briefs.conftest import make_answers


@pytest.fixture(scope="module")
def place(places: Path) -> OpenPlace:
    """Return Kindleford with seeded answers, opened without a store."""
    pack = open_pack(places / "kindleford")
    levels = [level.id for level in pack.levels]
    return OpenPlace(pack, compile_voice([make_answers(pack, 600)], pack.membership, levels), None)


@pytest.mark.parametrize("viewers", [1, 10, 100])
def test_a_brief_and_its_tables_are_made_once_for_all_who_ask(
    place: OpenPlace, viewers: int
) -> None:
    asked = ask_at_once("priorities", place, Picture(level="ward"), viewers, time.process_time)

    assert asked.made == 1
    assert asked.same


def test_another_picture_is_made_for_itself(place: OpenPlace) -> None:
    one = ask_at_once("strengths", place, Picture(level="ward"), 3, time.process_time)
    other = ask_at_once("strengths", place, Picture(level="lsoa"), 3, time.process_time)

    assert (one.made, other.made) == (1, 1)
