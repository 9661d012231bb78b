"""Texts that databases choke on: NUL, half characters, and the naughty strings of the world.

PostgreSQL takes no NUL in a text, and neither database a lone surrogate.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from needsmap.intake.answering import details_kept
from needsmap.intake.choices import Choices
from needsmap.intake.recall import as_kept, corrections_made, form_as_kept, to_remember
from needsmap.intake.survey import inspect, prepare
from needsmap.store import (
    Store,
    ThemeCorrection,
    audit_is_whole,
    keep_survey,
    recalled_choices,
    released_surveys,
    remember_choices,
    remember_themes,
)
from needsmap.store.kept_details import note_kept_details

ODD = "a\0b\ud800c"
HEADINGS = ["What does your area need most?", "Anything else?"]


def rows(odd: str) -> list[list[str]]:
    return [HEADINGS, *([("Parks", "Buses")[n % 2], f"word {n} {odd}"] for n in range(12))]


def as_text(odd: str, encoding: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows(odd))
    return text.getvalue().encode(encoding, "surrogatepass")


def as_workbook() -> bytes:
    """Return a workbook with NUL and half a character as Office escapes them (ST_Xstring)."""
    file, out = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows("a_x0000_b_xD800_c")):
        sheet.write_row(number, 0, row)
    book.close()
    # The writer escapes the escapes; taken back, they stand for the characters themselves.
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(out, "w") as made:
        for entry in given.infolist():
            part = given.read(entry)
            made.writestr(entry.filename, part.replace(b"_x005F_x0000", b"_x0000").replace(
                b"_x005F_xD800", b"_xD800"))  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", as_text("a\0b", "utf-8"), "word 3 ab"),
        ("a.csv", as_text("a\ud800b", "utf-16"), "word 3 a\ufffdb"),
        ("a.xlsx", as_workbook(), "word 3 ab"),
    ],
    ids=["NUL in a text file", "half a character in UTF-16", "both in a workbook"],
)
def test_odd_characters_in_a_file_stop_neither_database(
    store: Store, name: str, content: bytes, said: str
) -> None:
    seen = inspect(content, f"{ODD}{name}")
    kept = keep_survey(store, "testham", prepare(seen).survey)

    [back] = released_surveys(store, "testham")
    cells = back.columns[back.questions[-1].id].cells
    assert kept.kept == 12
    assert cells[3].startswith(said)
    assert not [cell for cell in cells if "\0" in cell]
    if "\0" in content.decode("latin-1") and not content.startswith(b"\xff\xfe"):
        assert "nul_removed" in [problem.code for problem in seen.problems]


def test_odd_characters_in_choices_stop_neither_database(store: Store) -> None:
    odd = json.dumps(
        {
            "title": ODD, "options": {"1": [f"Parks{ODD}", "Buses"]}, "themes": {ODD: ["green"]},
            "codes": {"*": {"Parks": f"The {ODD} park", "Buses": "A bus"}},
            "missing": {"2": [ODD]}, "groups": {"1": ODD}, "keep_personal": {"2": ODD},
        }
    )  # fmt: skip
    seen = inspect(as_text("x", "utf-8"), "a.csv", choices=Choices.from_json(odd))
    settled = to_remember(seen.choices)
    whole = as_kept(seen.as_read.values(), seen.choices, seen.language)

    kept = keep_survey(store, "testham", prepare(seen).survey)
    remember_choices(store, "testham", seen.form, settled.to_json())
    remember_choices(store, "testham", form_as_kept(seen.form), whole.to_json())
    note_kept_details(store, "testham", "0" * 64, [*details_kept(seen.personal, seen.choices),
                                                   (1, "name", ODD)])  # fmt: skip
    made = corrections_made(seen.choices, seen.language)
    remember_themes(store, "testham", [ThemeCorrection(*one) for one in made])

    assert kept.kept == 12
    assert Choices.from_json(recalled_choices(store, "testham", seen.form) or "") == settled
    assert audit_is_whole(store)


def test_the_naughty_strings_come_out_of_the_store_as_they_went_in(
    store: Store, shelf: Path
) -> None:
    strings = json.loads((shelf / "text" / "naughty_strings.json").read_text(encoding="utf-8"))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["ID", HEADINGS[1]], *enumerate(strings)])
    settled = Choices(
        roles={2: "open_text"}, kinds={2: "text"}, missing={2: ()}, keep_personal={2: "a test"}
    )

    ready = prepare(inspect(text.getvalue().encode(), "a.csv", choices=settled))
    keep_survey(store, "testham", ready.survey)

    [back] = released_surveys(store, "testham")
    column = back.columns[back.questions[-1].id]
    # 515 strings, two of them nothing but blanks: no answers. Blanks around words go.
    assert len(strings) == 515
    told = [text.strip() for text in strings if text.strip()]
    assert [column.cells[code] for code in column.codes] == told
