"""`needsmap release` on the invented place Testham."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from needsmap import settings
from needsmap.cli.release import command
from needsmap.errors import NotFound, ReleaseTooSmall
from needsmap.intake.survey import inspect, prepare
from needsmap.places.pack import open_pack
from needsmap.store import keep_survey, open_store


@pytest.fixture
def kept_by_hand(places) -> int:
    """Keep Testham's sample survey without making it public; return how many answered."""
    folder = places / "testham"
    file = next((folder / "surveys").glob("*.csv"))
    prepared = prepare(inspect(file, file.name, pack=open_pack(folder)))
    with open_store(settings.load().database_url) as store:
        return keep_survey(store, "testham", prepared.survey, release="by_hand").kept


def test_waiting_answers_become_public(kept_by_hand: int) -> None:
    done = CliRunner().invoke(command, ["--place", "testham", "--json"], catch_exceptions=False)

    said = json.loads(done.stdout)
    assert (said["place"], said["release"], said["answers"]) == ("testham", 1, kept_by_hand)
    assert len(said["digest"]) == 64


def test_without_ten_answers_it_is_refused() -> None:
    with pytest.raises(ReleaseTooSmall, match="too few"):
        CliRunner().invoke(command, ["--place", "testham"], catch_exceptions=False)


def test_a_place_nobody_knows_is_said() -> None:
    with pytest.raises(NotFound):
        CliRunner().invoke(command, ["--place", "atlantis"], catch_exceptions=False)
