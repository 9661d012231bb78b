"""Rows to mend go out safely and come back without anybody counting twice."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from needsmap.intake.recall import as_kept, form_as_kept
from needsmap.intake.survey import Inspection, inspect, prepare
from needsmap.places.pack import Pack, open_pack
from needsmap.report.mending import as_mend_csv
from needsmap.store import keep_survey, open_store

PROJECT = Path(__file__).resolve().parents[2]
HEAD = "What is your postcode?,What does your area need most?,Anything else?"
GOOD = [f"TT{n % 9 + 1} 1AA,{('Parks', 'Buses')[n % 2]},=SUM(A{n})" for n in range(12)]
FAULTY = ["TT9 9ZZ,Parks,I moved here in May", "TT1 1AA,,"]


@pytest.fixture(scope="module")
def testham() -> Pack:
    return open_pack(PROJECT / "data" / "places" / "testham")


def seen_of(text: bytes, pack: Pack, **more: object) -> Inspection:
    return inspect(text, "a.csv", pack=pack, **more)  # type: ignore[arg-type]


def test_a_mended_file_adds_only_what_is_new(testham: Pack, tmp_path: Path) -> None:
    first = seen_of("\n".join([HEAD, *GOOD, *FAULTY]).encode(), testham)
    ready = prepare(first)
    out = as_mend_csv(ready.to_mend)
    rows = list(csv.reader(io.StringIO(out.decode("utf-8-sig"))))
    assert rows[0][2:-1] == HEAD.split(",")
    assert [row[0] for row in rows[1:]] == ["14", "15"]  # rows of the file, headings are row 1
    rows[1][2], rows[2][3] = "TT1 1AA", "Buses"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    kept = as_kept(first.as_read.values(), first.choices, first.language)

    again = seen_of(
        text.getvalue().encode(), testham, recalled={form_as_kept(first.form): kept}.get
    )
    mended = prepare(again)
    with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        one = keep_survey(store, testham.name, ready.survey)
        two = keep_survey(store, testham.name, mended.survey)

    assert (one.kept, ready.set_aside) == (13, 1)
    # Row 14 was kept before, without a place; only row 15 is new.
    assert (mended.read, two.kept, two.already_known, mended.set_aside) == (2, 1, 1, 0)
    assert mended.read == two.kept + two.already_known + mended.set_aside
    assert [q.kind for q in again.questions] == [q.kind for q in first.questions]
    assert mended.survey.heading_fingerprint == ready.survey.heading_fingerprint
    assert mended.survey.answers["row"].tolist() == [14, 15]


def test_an_age_that_is_no_band_of_the_form_is_said_and_kept_as_written(testham: Pack) -> None:
    bands = ("16-24", "25-44", "65+")
    head = "What is your postcode?,What does your area need most?,How old are you?"
    rows = [f"TT{n % 9 + 1} 1AA,{('Parks', 'Buses')[n % 2]},{bands[n % 3]}" for n in range(12)]
    faulty = ["TT9 9ZZ,Parks,25-44", "TT9 9ZZ,Buses,65+", "TT9 9ZZ,Buses,25-44"]
    first = seen_of("\n".join([head, *rows, *faulty]).encode(), testham)
    out = as_mend_csv(prepare(first).to_mend)
    mended = list(csv.reader(io.StringIO(out.decode("utf-8-sig"))))
    for row, age in zip(mended[1:], ("about 30", "65+", "Prefer not to say"), strict=True):
        row[2], row[4] = "TT1 1AA", age
    text = io.StringIO()
    csv.writer(text).writerows(mended)
    kept = as_kept(first.as_read.values(), first.choices, first.language)

    ready = prepare(
        seen_of(text.getvalue().encode(), testham, recalled={form_as_kept(first.form): kept}.get)
    )

    # Headings are row 1 and twelve rows are right: the faulty ones are 14, 15 and 16.
    said = [(problem.row, problem.column, problem.code) for problem in ready.problems]
    assert said == [(14, "How old are you?", "age_no_band")]
    ages = ready.survey.columns["q3"]
    assert [ages.cells[code] for code in ages.codes] == ["about 30", "65+", "Prefer not to say"]
    (asked,) = [question for question in ready.survey.questions if question.id == "q3"]
    chosen = [[asked.options[place].text for place, _ in ages.choices[code]] for code in ages.codes]
    assert chosen[:2] == [["Other"], ["65+"]]


def test_no_cell_of_the_file_to_mend_can_act_as_a_formula(testham: Pack) -> None:
    rows = [*GOOD, "TT9 9ZZ,Parks,=HYPERLINK(1)", "TT9 9ZZ,@Buses,+44", "TT9 9ZZ,Parks,-1 bench"]
    out = as_mend_csv(prepare(seen_of("\n".join([HEAD, *rows]).encode(), testham)).to_mend)
    cells = [cell for row in csv.reader(io.StringIO(out.decode("utf-8-sig"))) for cell in row]

    # OWASP ASVS 5, 1.2.10: no cell starts with one of these signs.
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


def test_any_other_file_is_left_as_it_is(testham: Pack) -> None:
    odd = b"Row,What to mend,Wish\n1,x,Parks\n2,y,Buses\n"
    seen = seen_of(odd, testham)

    assert [question.text for question in seen.questions] == ["Row", "What to mend", "Wish"]
    assert seen.given_keys == []
