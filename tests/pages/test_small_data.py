"""Few answers, and answers all from one area: words on every page, no fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.places.pack import open_pack

from .conftest import SCRIPTS, keep_file

Visit = Callable[..., AppTest]
HEADINGS = "What does your area need most?,Which area do you live in?,How old are you?"


def rows(number: int, areas: list[str]) -> str:
    wishes = ("Better buses", "Somewhere for young people", "Warm homes")
    ages = ("16-24", "25-44", "65+")
    return "".join(
        f"{wishes[n % 3]},{areas[n % len(areas)]},{ages[n % 3]}\n" for n in range(number)
    )


SURVEYS = {
    "five answers": f"{HEADINGS}\n{rows(5, ['T01', 'T02'])}",
    "twelve answers": f"{HEADINGS}\n{rows(12, ['T01', 'T05', 'T09'])}",
    "all from one area": f"{HEADINGS}\n{rows(60, ['T05'])}",
    "no place at all": f"{HEADINGS}\n{rows(40, [''])}",
}


def shared_out(number: int) -> str:
    """Return people who share out 100 points; a third give 300 in all, a third 20, one less."""
    given = ("50,30,20", "100,100,100", "20,0,0", "-50,100,50", ",,", "0,0,0", "1e9,0,0")
    return "".join(f"{given[n % len(given)]},T0{1 + n % 9}\n" for n in range(number))


CONTRADICTORY = (
    "Share out 100 points: [Better buses],Share out 100 points: [Parks],"
    "Share out 100 points: [Warm homes],Which area do you live in?\n"
)
SURVEYS |= {
    "sums that are not 100": CONTRADICTORY + shared_out(70),
    "strengths, offers and words of five": (
        "What is good here?,What could you bring?,Anything else?,Which area do you live in?\n"
        + "".join(f"The fog horn {n},Keeping bees {n},I say {n} things.,T0{n}\n"
                  for n in range(1, 6))
    ),
    "only words nobody lists": (
        "What is good here?,Which area do you live in?\n"
        + "".join(f"{('It is quiet', 'The fog')[n % 2]},T0{1 + n % 9}\n" for n in range(60))
    ),
    "only needs nobody lists": (
        f"{HEADINGS}\n"
        + "".join(f"Qwx {n} zzk jjrt vlm.,T0{1 + n % 9},{('16-24', '65+')[n % 2]}\n"
                  for n in range(60))
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=list(SURVEYS))
def small_home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, places: Path
) -> Path:
    """Return a home whose database holds one of the small surveys, for Testham."""
    home = tmp_path_factory.mktemp("small")
    chosen = settings.load({"NEEDSMAP_HOME": str(home)})
    content = SURVEYS[request.param].encode()
    keep_file(chosen, open_pack(places / "testham"), content, request.param, date(2026, 3, 1))
    return home


@pytest.mark.parametrize("address", [each for each in SCRIPTS if each != "add-a-survey"])
def test_little_or_lopsided_data_gets_words(
    address: str,
    visit: Visit,
    small_home: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(small_home, own_home, dirs_exist_ok=True)
    monkeypatch.setenv("NEEDSMAP_PLACE", "testham")

    app = visit(address, area="T05", by="lsoa")

    assert not app.exception
    assert not app.error
    assert app.title and app.markdown
