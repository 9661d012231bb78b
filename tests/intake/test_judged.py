"""Real exports against what people judged by hand: the tool, every question's role and kind.

The tables in tests/intake/judged were gone over by hand, reading the headings and cells of
the published files (and, where it is given, the list of codes that came with them). A
correction is one question whose role, group or kind a volunteer would have to change.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from needsmap.intake.choices import Choices
from needsmap.intake.codes import read_codes
from needsmap.intake.survey import inspect

TABLES = sorted((Path(__file__).parent / "judged").glob("*.toml"))
MOST_CORRECTIONS = 2
"""In any one file; over all files it is at most one a file on average (issue 3)."""


def corrections(shelf: Path, table: Path) -> tuple[str, str, list[str]]:
    """Return the tool judged, the tool named, and the questions read otherwise than judged."""
    judged = tomllib.loads(table.read_text("utf-8"))
    source = shelf / "surveys" / f"{table.stem}.csv"
    choices = Choices()
    if "codes" in judged:
        codes = shelf / "surveys" / judged["codes"]
        choices = Choices(codes=read_codes(codes, codes.name))
    found = inspect(source, source.name, choices=choices)
    read = {q.columns: (q.role, q.kind, q.group) for q in found.questions}
    wanted = {
        tuple(q["columns"]): (q["role"], q["kind"], q.get("group", "")) for q in judged["questions"]
    }
    wrong = [
        f"{columns}: {read.get(columns)} for {meant}"
        for columns, meant in wanted.items()
        if read.get(columns) != meant
    ]
    wrong += [f"{columns}: is no question" for columns in read.keys() - wanted.keys()]
    return judged["tool"], found.evidence.tool, wrong


@pytest.fixture(scope="module")
def all_corrections(shelf: Path) -> dict[str, tuple[str, str, list[str]]]:
    return {table.stem: corrections(shelf, table) for table in TABLES}


@pytest.mark.parametrize("name", [table.stem for table in TABLES])
def test_a_real_export_is_read_as_it_was_judged_by_hand(all_corrections, name):
    judged, named, wrong = all_corrections[name]

    assert named == judged
    assert len(wrong) <= MOST_CORRECTIONS, "\n".join(wrong)


def test_at_most_one_correction_a_file_on_average(all_corrections):
    assert len(all_corrections) >= 13
    assert sum(len(wrong) for _, _, wrong in all_corrections.values()) <= len(all_corrections)
