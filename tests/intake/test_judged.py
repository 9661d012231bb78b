"""Real exports against what a person judged: the tool, every question's role and kind.

The tables in tests/intake/judged were written by reading the headings and cells of the
published files (and the list of codes that came with one) before looking at what the code
says of them. A correction is one question whose columns, role, group, kind or separator a
volunteer would have to change. Where two readings would be as right, both are noted.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from needsmap.intake.answering import answer_columns
from needsmap.intake.choices import Choices
from needsmap.intake.codes import read_codes
from needsmap.intake.inspection import Inspection
from needsmap.intake.survey import inspect, prepare
from needsmap.store import keep_survey, open_store
from needsmap.tables import Question

TABLES = {path.stem: path for path in sorted((Path(__file__).parent / "judged").glob("*.toml"))}
MOST_CORRECTIONS = 1
"""In any one file; over all files it is at most one a file on average (issue 3)."""
NO_TABLES = {"council_edinburgh_natural_neighbourhoods_notes.md"}


@dataclass
class Read:
    """A real file as judged and as read."""

    judged: dict
    seen: Inspection
    wrong: list[str] = field(default_factory=list)


def read_and_judged(shelf: Path, name: str) -> Read:
    judged = tomllib.loads(TABLES[name].read_text("utf-8"))
    source = shelf / "surveys" / f"{name}.csv"
    choices = Choices()
    if "codes" in judged:
        codes = shelf / "surveys" / judged["codes"]
        choices = Choices(codes=read_codes(codes, codes.name))
    read = Read(judged, inspect(source, source.name, choices=choices))
    questions = {tuple(sorted(q.columns)): q for q in read.seen.questions}
    for meant in judged["questions"]:
        columns = tuple(meant["columns"])
        found = questions.pop(columns, None)
        if not as_meant(found, meant):
            read.wrong.append(f"{columns}: {said(found)} for {meant}")
    read.wrong += [f"{columns}: is no question" for columns in questions]
    return read


def as_meant(found: Question | None, meant: dict) -> bool:
    if found is None:
        return False
    allowed = [[meant["role"], meant["kind"], meant.get("group", "")], *meant.get("also", [])]
    as_read = (found.role, found.kind, found.group)
    if as_read not in {(*each, "")[:3] if len(each) < 3 else tuple(each) for each in allowed}:
        return False
    return "separator" not in meant or found.separator == meant["separator"]


def said(found: Question | None) -> str:
    return "nothing" if found is None else f"{found.role} {found.group} {found.kind}"


@pytest.fixture(scope="module")
def files(shelf: Path) -> dict[str, Read]:
    return {name: read_and_judged(shelf, name) for name in TABLES}


def test_every_survey_file_there_is_was_judged(shelf: Path):
    names = {path.name for path in (shelf / "surveys").iterdir()}

    assert names - NO_TABLES == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("name", list(TABLES))
def test_a_real_export_is_read_as_it_was_judged_by_hand(files, name):
    read = files[name]

    assert read.seen.evidence.tool == read.judged["tool"]
    assert read.seen.raw.header_rows == read.judged["header_rows"]
    assert len(read.wrong) <= MOST_CORRECTIONS, "\n".join(read.wrong)


def test_at_most_one_correction_a_file_on_average(files):
    wrong = [f"{name} {each}" for name, read in files.items() for each in read.wrong]

    assert len(wrong) <= len(files), "\n".join(wrong)


@pytest.mark.parametrize("name", list(TABLES))
def test_nobody_is_known_by_what_is_kept_of_a_real_export(files, name):
    seen = files[name].seen
    kept = answer_columns(seen.questions, seen.personal, seen.choices)

    assert not set(files[name].judged["personal"]) & set(kept)


@pytest.mark.parametrize("name", list(TABLES))
def test_every_row_of_a_real_export_is_kept_known_or_set_aside(files, name, tmp_path):
    done = prepare(files[name].seen)
    with open_store(f"sqlite:///{tmp_path / 'n.db'}") as store:
        receipt = keep_survey(store, "somewhere", done.survey)
        again = keep_survey(store, "somewhere", done.survey)

    assert done.read == files[name].seen.raw.rows_seen > 0
    assert done.read == receipt.kept + receipt.already_known + done.set_aside
    assert (again.kept, again.already_known) == (0, receipt.kept + receipt.already_known)
