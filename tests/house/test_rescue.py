"""No word of rescue: not in the code's sentences, not on pages, in catalogues or in docs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from needsmap.analysis.voice import compile_voice
from needsmap.briefs.place import OpenPlace
from needsmap.cli.brief import SUBJECTS, as_data, make_brief
from needsmap.picture import Picture
from needsmap.places.pack import Pack, open_pack
from tests.briefs.conftest import make_answers
from tests.house.rescue_words import found_in

KINDS = {".py", ".css", ".js", ".html", ".typ", ".md", ".toml", ".json", ".po", ".txt"}
# How other programs head their columns is not ours to choose; nobody is shown it.
THEIR_WORDS = ("needsmap/intake", "needsmap/tables.py", "data/intake")
LARGEST = 3_000_000  # packs' outlines are larger and hold names of areas only


def read_by_people(project: Path) -> list[Path]:
    """Return every file whose words may be shown: code, pages, catalogues, docs."""
    found = [*project.glob("*.md"), project / "dashboard.py"]
    for folder in ("needsmap", "pages", "docs", "data"):
        found += [
            file
            for file in (project / folder).rglob("*")
            if file.suffix in KINDS and file.is_file() and file.stat().st_size < LARGEST
        ]
    return found


def test_no_word_of_rescue_stands_in_any_file(project: Path) -> None:
    files = read_by_people(project)
    assert len(files) > 300
    for file in files:
        theirs = str(file.relative_to(project)).startswith(THEIR_WORDS)
        found = [
            word for word in found_in(file.read_text(encoding="utf-8"))
            if not (theirs and word.lower() == "respondent")
        ]  # fmt: skip
        assert not found, f"{file}: {found}"


@pytest.fixture(scope="module")
def kindleford(places: Path) -> Pack:
    return open_pack(places / "kindleford")


@pytest.mark.parametrize("people", [0, 5, 900])
def test_no_word_of_rescue_stands_in_what_any_brief_says(kindleford: Pack, people: int) -> None:
    given = [make_answers(kindleford, people)] if people else []
    voice = compile_voice(given, kindleford.membership, [x.id for x in kindleford.levels])
    place = OpenPlace(kindleford, voice, None)
    picture = Picture(area=next(iter(kindleford.names["ward"])), level="ward")
    for subject in SUBJECTS:
        told = as_data(subject, make_brief(subject, picture, place))
        assert found_in(json.dumps(told, ensure_ascii=False)) == [], subject


@pytest.mark.parametrize(
    "sentence",
    ["People left behind here", "these deprived\n  areas", 'say("hard to "\n    "reach people")',
     "the most vulnerable: the vulnerable", "The poorest wards", "struggling families"],
)  # fmt: skip
def test_such_words_are_found(sentence: str) -> None:
    assert found_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["among the most deprived tenth for income", "A poor connection", "What people asked for",
     f"Asked on {date(2026, 3, 1)}", "the last bus leaves people behind at six"],
)  # fmt: skip
def test_other_words_are_not(sentence: str) -> None:
    assert found_in(sentence) == []
