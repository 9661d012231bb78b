"""What stewards settle on the command line: themes of wording, forms, reasons to keep details."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from needsmap import settings
from needsmap.cli.survey import command
from needsmap.errors import NeedsmapError
from needsmap.store import audit_entries, audit_is_whole, open_store

TESTHAM = str(Path(__file__).resolve().parents[2] / "data" / "places" / "testham")
HEAD = "Name,Postcode,What does your area need most?\n"
ROWS = "".join(
    f"Sarah Jones,TT{1 + n % 9} 1AA,{('The rec', 'Buses', 'The arches')[n % 3]}\n"
    for n in range(15)
)


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=True)


def told(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def survey(tmp_path: Path) -> str:
    """Return a file, imported with two wordings settled by hand and the names kept."""
    file, choices = tmp_path / "forum.csv", tmp_path / "map.json"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    settled = {
        "themes": {"The rec": ["green", "play"], "The arches": []},
        "keep_personal": {"1": "Ring 07700 900123: the council asked for names"},
    }
    choices.write_text(json.dumps(settled), encoding="utf-8")
    assert told("import", str(file), "--place", TESTHAM, "--columns", str(choices))["kept"] == 15
    return str(file)


def test_corrections_are_shown_and_go_to_another_place_by_file(survey: str, tmp_path: Path) -> None:
    out = tmp_path / "corrections.toml"

    shown = told("themes", "--place", TESTHAM, "--export", str(out))
    written = tomllib.loads(out.read_text(encoding="utf-8"))["correction"]
    there = told("themes", "--place", "kindleford", "--import", str(out))
    again = told("themes", "--place", "kindleford", "--import", str(out))

    assert (shown["place"], shown["added"]) == ("testham", 0)
    by_wording = {one["wording"]: one["themes"] for one in shown["corrections"]}
    assert by_wording == {"the rec": ["green", "play"], "the arches": []}
    assert {one["wording"]: one["themes"] for one in written} == by_wording
    assert (there["added"], len(there["corrections"])) == (2, 2)
    assert again["corrections"] == there["corrections"]
    assert again["added"] == 0
    assert "the arches  →  no theme  (en)" in run("themes", "--place", TESTHAM).stdout
    assert "1 correction was new" not in run("themes", "--place", TESTHAM).stdout


def test_without_corrections_that_is_said() -> None:
    assert "Nothing was corrected for" in run("themes", "--place", TESTHAM).stdout


@pytest.mark.parametrize(
    "text",
    [
        "[[correction]]\nlanguage = 'en'\nwording = 'x'\nthemes = ['no such theme']\n",
        "[[correction]]\nlanguage = 'tlh'\nwording = 'x'\nthemes = ['green']\n",
        "this is no toml",
    ],
    ids=["a theme that is not known", "a language without a list", "no TOML"],
)
def test_a_file_that_does_not_fit_is_refused_in_words(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")

    result = run("themes", "--place", TESTHAM, "--import", str(file))

    assert isinstance(result.exception, NeedsmapError)
    assert result.exception.fix
    assert told("themes", "--place", TESTHAM)["corrections"] == []


def test_a_detail_that_is_kept_is_in_the_audit_log_with_its_reason(survey: str) -> None:
    with open_store(settings.load().database_url) as store:
        entries = audit_entries(store)
        whole = audit_is_whole(store)

    [entry] = [one for one in entries if one.what == "personal_kept"]
    [detail] = entry.facts["details"]
    keep = next(one for one in entries if one.what == "keep")
    assert (entry.place, entry.who, detail["column"], detail["kind"]) == (
        "testham", "command", 1, "name",
    )  # fmt: skip
    # The reason is noted, the telephone number in it is not.
    assert detail["why"] == "Ring [phone]: the council asked for names"
    assert "07700" not in json.dumps([one.facts for one in entries])
    assert entries.index(entry) < entries.index(keep)
    assert whole


def test_the_next_file_of_the_form_is_read_as_this_one_was(survey: str, tmp_path: Path) -> None:
    later = tmp_path / "later.csv"
    later.write_text(HEAD + ROWS.replace("Sarah Jones", "Tom Lee"), encoding="utf-8")

    result = run("import", str(later), "--place", TESTHAM)

    assert "This form was added before" in result.stderr
    # Why a detail was kept is asked for each file: these names left.
    with open_store(settings.load().database_url) as store:
        assert len([e for e in audit_entries(store) if e.what == "personal_kept"]) == 1
