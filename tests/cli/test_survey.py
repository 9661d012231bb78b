"""The survey commands: one JSON object on stdout, problems in words on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from needsmap.cli.survey import command
from needsmap.errors import NeedsmapError

TESTHAM = Path(__file__).resolve().parents[2] / "data" / "places" / "testham"
SURVEY = TESTHAM / "surveys" / "testham.csv"


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=True)


def told(*words: str) -> dict:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_inspect_prints_what_the_design_says() -> None:
    seen = told("inspect", str(SURVEY), "--place", str(TESTHAM), "--json")

    assert list(seen) == [
        "tool", "encoding", "delimiter", "sheet", "header_rows", "rows", "questions", "personal",
        "location", "problems",
    ]  # fmt: skip
    assert set(seen["questions"][0]) == {
        "text", "role", "kind", "columns", "separator", "answered", "options",
    }  # fmt: skip
    assert set(seen["location"]) == {"kind", "located", "of"}
    # 61 lines: a line of headings and 60 answers.
    assert seen["rows"] == 60


def test_import_twice_adds_nothing_and_the_equation_holds() -> None:
    words = ("import", str(SURVEY), "--place", str(TESTHAM), "--asked", "2026-03-01", "--json")

    first, again = told(*words), told(*words)

    assert list(first) == [
        "survey", "read", "kept", "already_known", "set_aside", "located", "themes", "problems",
    ]  # fmt: skip
    for result in (first, again):
        assert result["read"] == result["kept"] + result["already_known"] + result["set_aside"]
    assert (first["kept"], again["kept"], again["already_known"]) == (60, 0, 60)


def test_what_was_imported_is_listed_and_can_be_undone() -> None:
    kept = told("import", str(SURVEY), "--place", str(TESTHAM), "--title", "Spring forum", "--json")

    listed = told("list", "--place", str(TESTHAM), "--json")["surveys"]
    undone = told("undo", kept["survey"], "--json")

    assert [(s["survey"], s["title"], s["answers"]) for s in listed] == [
        (kept["survey"], "Spring forum", 60)
    ]
    assert (undone["survey"], undone["withdrawn"]) == (kept["survey"], 60)
    assert told("list", "--place", str(TESTHAM), "--json")["surveys"] == []


def test_without_json_the_commands_speak_in_words() -> None:
    assert "60 rows were read." in run("inspect", str(SURVEY), "--place", str(TESTHAM)).stdout
    assert "Read 60: 60 kept" in run("import", str(SURVEY), "--place", str(TESTHAM)).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("inspect", "nowhere.csv"),
        ("import", str(SURVEY), "--place", "nowhere"),
        ("import", str(SURVEY), "--place", str(TESTHAM), "--asked", "yesterday"),
        ("inspect", str(SURVEY), "--columns", "nowhere.json"),
        ("inspect", str(TESTHAM / "datapackage.json")),
        ("undo", "no-such-survey"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(words: tuple[str, ...]) -> None:
    result = run(*words)

    assert isinstance(result.exception, NeedsmapError), result.output
    assert result.exception.what
    assert result.exception.fix


def test_problems_are_said_in_words_on_stderr(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Postcode,What do you need?\nZZ9 9ZZ,Parks\nTT1 1AA,Buses\n", encoding="utf-8")

    result = run("inspect", str(file), "--place", str(TESTHAM), "--json")

    assert json.loads(result.stdout)["location"] == {"kind": "postcode", "located": 1, "of": 2}
    assert "Row 2, Postcode:" in result.stderr
