"""Notes, letters and documents are refused in plain words; tables that look a little like them
are read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from needsmap.errors import UnreadableFile
from needsmap.intake.files import read_table

DOCS = sorted((Path(__file__).resolve().parents[2] / "docs").glob("*.md"))
LETTER = """Dear neighbours,

thank you for coming to the hall last week, and for all you said about the
buses, the park and the state of the steps behind the mill. We have put it
all together and will bring it to the council in May.

If you could not come, there is a box in the library where you can put a
note with what you would like to see; we will read every one of them.

Yours, the committee
"""
NOTES = {
    "a title and a list": "# Meeting\n\n- buses, late\n- the park\n",
    "underlined": "Minutes\n=======\n\nPresent: all.\n\n1. Buses, again.\n2. Parks.\n",
    "front matter": "---\ntitle: Notes\n---\n\n# Notes\n\nWe met, talked, and left.\n",
    "a letter": LETTER,
}
TABLES = {
    "a number sign": "#,Ward,Need\n1,East,Parks\n2,West,Jobs\n",
    "a title above": "# Spring survey\n\nWard,Need\nEast,Parks\nWest,Jobs\nEast,Jobs\n",
    "one column": "What do you need?\nbuses\nparks, and seats in them\n\nthe doctor\na bus\n",
    "one column of lists": "What do you need?\n- buses\n- parks\n1. jobs\n",
    "paragraphs in a cell": 'What do you need?\n"more buses\n\nand they should be on time\n'
    'at night too"\nparks\n"a hall\n\nwhere it is warm\nand dry"\n',
    "many paragraphs in cells": "Ward,Words\n" + 'East,"first\n\nsecond line\nthird line"\n' * 9,
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_and_letters_are_refused_in_one_sentence_with_what_to_do(name):
    with pytest.raises(UnreadableFile) as refused:
        read_table(NOTES[name].encode(), "answers.csv")

    assert "a text to read" in refused.value.what
    assert "spreadsheet" in refused.value.fix


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_pages_written_for_people_are_no_surveys(page):
    with pytest.raises(UnreadableFile):
        read_table(page, page.name)


@pytest.mark.parametrize("name", TABLES)
def test_tables_that_look_a_little_like_notes_are_read(name):
    assert read_table(TABLES[name].encode(), "notes.md").rows_seen >= 2


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}, "a document"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, "a document"),
        ({"mimetype": "x" * 5000, "content.xml": ""}, "a document"),
    ],
)
def test_documents_are_called_documents(files, word):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)

    with pytest.raises(UnreadableFile, match=word):
        read_table(held.getvalue(), "notes.docx")


def test_notes_that_lie_beside_real_surveys_are_refused(shelf: Path):
    notes = list((shelf / "surveys").glob("*.md"))
    assert notes
    for page in notes:
        with pytest.raises(UnreadableFile, match="a text to read"):
            read_table(page, page.name)
