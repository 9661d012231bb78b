"""The commands of stewards: quotes, grants, passphrase."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from needsmap.cli import needsmap
from needsmap.errors import NeedsmapError
from needsmap.passphrase import matches

TEXT = "The last bus leaves at six and I cannot get home. Then I walk {} minutes in the dark."


def run(*arguments: str) -> str:
    done = CliRunner().invoke(needsmap, list(arguments))
    if isinstance(done.exception, NeedsmapError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def answered(tmp_path: Path) -> None:
    """Keep 40 answers of Testham; half of them wrote about buses, in TW1."""
    rows = "".join(
        f"Better buses,T0{1 + n % 3},{TEXT.format(n) if n % 2 else ''}\n" for n in range(40)
    )
    file = tmp_path / "spring.csv"
    file.write_text(
        f"What does your area need most?,Which area do you live in?,Anything else?\n{rows}", "utf-8"
    )
    run("survey", "import", str(file), "--place", "testham", "--title", "Spring", "--json")


def test_a_line_is_found_let_out_and_taken_back(answered: None) -> None:
    found = json.loads(run("quotes", "search", "bus", "walk", "--place", "testham", "--json"))
    text = found["lines"][0]
    assert (found["hits"], text["people"]) == (20, 1)
    line = "The last bus leaves at six and I cannot get home."
    assert line in text["text"]
    assert json.loads(run("brief", "quotes", "--place", "testham"))["tables"]["quotes"] == []

    run("quotes", "approve", text["quote"], "--line", line, "--place", "testham")

    listed = json.loads(run("quotes", "list", "--place", "testham", "--json"))
    assert [quote["line"] for quote in listed["quotes"]] == [line]
    shown = json.loads(run("brief", "quotes", "--place", "testham"))["tables"]["quotes"]
    assert [row["In their own words"] for row in shown] == [line]
    run("quotes", "withdraw", text["quote"], "--place", "testham")
    assert json.loads(run("quotes", "list", "--place", "testham", "--json"))["quotes"] == []


@pytest.mark.parametrize(
    "arguments",
    [("0123456789abcdef",), ("--line", "Nobody wrote this.")],
)
def test_what_is_not_there_is_refused(answered: None, arguments: tuple[str, ...]) -> None:
    if len(arguments) == 2:
        found = json.loads(run("quotes", "search", "bus", "--place", "testham", "--json"))
        arguments = (found["lines"][0]["quote"], *arguments)
    with pytest.raises(NeedsmapError):
        run("quotes", "approve", *arguments, "--place", "testham")


def test_what_grants_are_for_goes_out_and_comes_in(tmp_path: Path) -> None:
    file = tmp_path / "grants.toml"
    name = '360G-invented-TEST-1"; = [\\'
    file.write_text(f"[[grant]]\nidentifier = {json.dumps(name)}\nthemes = ['culture']\n", "utf-8")
    added = json.loads(run("grants", "--place", "testham", "--import", str(file), "--json"))
    assert added["added"] == 1

    run("grants", "--place", "testham", "--export", str(tmp_path / "out.toml"))
    again = json.loads(
        run("grants", "--place", "kindleford", "--import", str(tmp_path / "out.toml"), "--json")
    )
    assert again["corrections"] == [{"grant": name, "themes": ["culture"]}]


@pytest.mark.parametrize(
    "text",
    ["no toml [", "[[other]]\n", "[[grant]]\nidentifier = 'a'\n", "grant = 3\n",
     "[[grant]]\nidentifier = ' '\nthemes = []\n", "[[grant]]\nidentifier = 'a'\nthemes = [1]\n",
     "[[grant]]\nidentifier = 'a'\nthemes = ['no such theme']\n"],
)  # fmt: skip
def test_a_file_that_is_no_list_of_grants_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "grants.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(NeedsmapError):
        run("grants", "--place", "testham", "--import", str(file))


def test_a_corrected_grant_counts_in_the_money_brief(tmp_path: Path) -> None:
    file = tmp_path / "grants.toml"
    file.write_text(
        "[[grant]]\nidentifier = '360G-invented-TEST-1'\nthemes = ['culture']\n", "utf-8"
    )
    run("grants", "--place", "testham", "--import", str(file))

    grants = json.loads(run("brief", "money", "--place", "testham"))["tables"]["grants"]
    [row] = [row for row in grants if row["Identifier"] == "360G-invented-TEST-1"]
    assert (row["Counted as"], row["Why"]) == ("Arts, sport and things to do", "set by hand")


def test_the_passphrase_printed_is_the_one_the_setting_knows() -> None:
    made = json.loads(run("steward", "--json"))

    assert made["setting"] == "NEEDSMAP_STEWARD"
    assert matches(made["passphrase"], made["value"])
    assert made["passphrase"] not in made["value"]
