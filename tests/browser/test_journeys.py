"""What the forum, the funder and the volunteer do, in a real Chromium, off the internet."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError as TookTooLong

pytestmark = pytest.mark.browser

PROJECT = Path(__file__).resolve().parents[2]
KINDLEFORD = PROJECT / "data" / "places" / "kindleford"
PAGES = ("", "area", "add-a-survey", "priorities", "who-we-heard", "method", "sources")
HOSTILE = (
    "{{7*191}}",
    "{{7*7}}",
    "${1}",
    "<img src=x onerror=alert(1)>",
    "{% raw %}",
    "![x](http://example.com/x.png)",
    "`${alert(2)}`",
)
PROBE = re.compile(r"/_stcore/(health|host-config)$")
"""Streamlit asks below a page's address first whether the app lies there; that may fail."""


def command(*words: str, home: Path, **more: str) -> dict[str, object]:
    """Run one of the project's commands with --json and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "needsmap", *words, "--json"],
        cwd=PROJECT,
        env={**os.environ, "NEEDSMAP_HOME": str(home), **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def kindleford(start_app: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the app on Kindleford with its spring survey kept."""
    home = tmp_path_factory.mktemp("kindleford")
    survey = KINDLEFORD / "surveys" / "kindleford_spring_2026.csv"
    command(
        "survey", "import", str(survey), "--place", "kindleford",
        "--title", "Spring", "--asked", "2026-03-02", home=home,
    )  # fmt: skip
    return start_app(PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home))


@pytest.fixture(scope="module")
def empty_kindleford(
    start_app: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Return the address of the app on Kindleford where nobody has answered."""
    home = tmp_path_factory.mktemp("empty")
    return start_app(PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home))


@pytest.fixture(scope="module")
def hostile_place(start_app: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the app on a place whose every name and answer is hostile."""
    home = tmp_path_factory.mktemp("hostile")
    packs = tmp_path_factory.mktemp("packs")
    pack = packs / "testham"
    shutil.copytree(PROJECT / "data" / "places" / "testham", pack)
    package = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))
    package["name"] = "hostile"
    package["title"] = f"Hostile {HOSTILE[0]} {HOSTILE[3]}"
    (pack / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    areas = json.loads((pack / "areas.geojson").read_text(encoding="utf-8"))
    for number, feature in enumerate(areas["features"]):
        feature["properties"]["area_name"] = f"{HOSTILE[number % len(HOSTILE)]} {number}"
    (pack / "areas.geojson").write_text(json.dumps(areas), encoding="utf-8")
    rename(pack / "levels.csv", "parent_name", lambda row: f"{HOSTILE[3]} {row['parent_code']}")
    rename(pack / "services.csv", "name", lambda row: f"{HOSTILE[0]} {HOSTILE[3]}")
    survey = home / "survey.csv"
    source = next((pack / "surveys").glob("*.csv"))
    rows = list(csv.reader(source.read_text(encoding="utf-8").splitlines()))
    rows[0] = [rows[0][0], rows[0][1], f"What does this place need most? {HOSTILE[0]}", rows[0][3]]
    for number, row in enumerate(rows[1:31]):
        row[2] = HOSTILE[number % len(HOSTILE)]
    with survey.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    where = {"NEEDSMAP_PLACES": str(packs), "NEEDSMAP_PLACE": "hostile"}
    command(
        "survey", "import", str(survey), "--place", "hostile",
        "--title", f"Survey {HOSTILE[3]}", "--asked", "2026-03-02", home=home, **where,
    )  # fmt: skip
    return start_app(PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home), **where)


def rename(file: Path, column: str, name: Callable[[dict[str, str]], str]) -> None:
    """Give every row of a CSV file another name in one column."""
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        rows, headings = list(reader), list(reader.fieldnames or [])
    for row in rows:
        row[column] = name(row)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, headings)
        writer.writeheader()
        writer.writerows(rows)


def settled(watched) -> str:
    """Wait until the page has a title and nothing is running; return its text."""
    page = watched.page
    page.locator("h1").first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stStatusWidget]') &&"
        " !document.querySelector('[data-testid=stSkeleton]')",
        timeout=60_000,
    )
    page.wait_for_timeout(400)
    return str(page.locator("body").inner_text())


def mark(text: str) -> str:
    """Return the mark printed at the foot of a page."""
    found = re.search(r"Picture ([0-9A-F]{4}-[0-9A-F]{2})", text)
    assert found, "no mark is shown"
    return found.group(1)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_complete_with_the_network_cut(visit, kindleford, page):
    watched = visit(kindleford + page)

    text = settled(watched)

    assert "Traceback" not in text and "cannot be shown" not in text
    assert "invented place" in text.lower()
    assert watched.refused == []
    assert [url for url in watched.failed if not PROBE.search(url)] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(visit, kindleford, page):
    watched = visit(kindleford + page, width=390, height=844)

    settled(watched)

    width = watched.page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert width <= 390


def test_a_link_gives_the_same_mark_in_a_second_browser(visit, kindleford):
    link = kindleford + "?theme=youth&by=ward&people=age:65%2B&area=K05000006"

    first = mark(settled(visit(link)))
    second = mark(settled(visit(link)))
    other = mark(settled(visit(kindleford + "?theme=buses&by=ward")))

    assert first == second
    assert first != other


def test_the_map_page_fits_a_projector_and_its_words_are_large_enough(visit, kindleford):
    watched = visit(kindleford, width=1280, height=720)
    settled(watched)

    sizes = watched.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')]
            .filter((e) => e.childNodes.length && [...e.childNodes].some(
                (n) => n.nodeType === 3 && n.textContent.trim()))
            .filter((e) => e.getBoundingClientRect().top < 720 && e.offsetParent !== null)
            .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.textContent.slice(0, 40)])"""
    )

    # A line must be at least a fiftieth of the screen's height to be read from the last row
    # (the audio-visual trade's "8H" rule): 14.4 pixels of 720.
    assert sizes
    assert [small for small in sizes if small[0] < 14.4] == []


def test_a_volunteer_takes_a_survey_from_file_to_picture_and_back(visit, empty_kindleford):
    watched = visit(empty_kindleford + "add-a-survey")
    settled(watched)
    page = watched.page

    page.locator("input[type=file]").first.set_input_files(
        str(KINDLEFORD / "surveys" / "kindleford_spring_2026.csv")
    )
    page.get_by_text("612", exact=False).first.wait_for(timeout=60_000)
    keep = page.get_by_role("button", name=re.compile("^Keep"))
    onward = page.get_by_role("button", name=re.compile("^(Next|Go on|On to)"))
    for _ in range(12):
        keep.or_(onward).first.wait_for(timeout=60_000)
        if keep.count() and keep.first.is_visible():
            break
        # A button of the step before may leave while it is being pressed: look again then.
        with contextlib.suppress(TookTooLong):
            onward.first.click(timeout=5_000)
        settled(watched)
    page.get_by_role("button", name=re.compile("^Keep")).first.click()
    page.get_by_role("button", name=re.compile("Undo|Take it back")).first.wait_for(timeout=60_000)

    picture = settled(visit(empty_kindleford))
    assert re.search(r"61\d people answered", picture)

    page.get_by_role("button", name=re.compile("Undo|Take it back")).first.click()
    settled(watched)
    page.wait_for_timeout(2500)
    assert "Nobody has answered yet" in settled(visit(empty_kindleford))


@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_and_answers_show_as_themselves_and_run_nowhere(visit, hostile_place, page):
    watched = visit(hostile_place + page + "?by=area&services=gp~pharmacy")

    text = settled(watched)
    watched.page.wait_for_timeout(1500)

    fields = watched.page.evaluate(
        "[...document.querySelectorAll('input')].map((field) => field.value).join(' ')"
    )
    assert "Traceback" not in text
    assert "{{7*191}}" in text + fields and "1337" not in text + fields
    assert watched.dialogs == []
    assert watched.refused == []
    assert not [error for error in watched.errors if "404" not in error]


@pytest.mark.parametrize(
    "link",
    ["?area=NOWHERE", "?theme=%7B%7B7*7%7D%7D", "?place=atlantis", "?by=galaxy", "?view=x_y_z"],
)
def test_a_link_that_names_what_does_not_exist_is_answered_in_words(visit, kindleford, link):
    text = settled(visit(kindleford + link))

    assert "Traceback" not in text
    assert "What do people ask for, and where?" in text
    mark(text)
