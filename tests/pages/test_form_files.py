"""A form to start from, on the page where its answers will be brought in.

That answers to these forms are read without a correction is held in tests/intake.
"""

from __future__ import annotations

import io

import openpyxl
import pytest

from needsmap.intake.forms import known_forms
from needsmap.places.pack import open_pack
from needsmap.ui import form_files
from tests.conftest import PROJECT

KINDLEFORD = PROJECT / "data" / "places" / "kindleford"


def test_every_form_can_be_taken_away_for_every_way_of_asking(visit) -> None:
    page = visit("add-a-survey")

    assert not page.exception
    assert page.selectbox(key="form-name").options == [
        "Two minutes",
        "Five minutes, with how to share out money",
    ]
    assert [one.label for one in page.get("download_button")] == [
        "Google or Microsoft Forms (text)",
        "KoboToolbox or ODK (XLSForm)",
        "Paper (PDF)",
        "To type paper answers into (Excel)",
    ]


@pytest.mark.parametrize("name", known_forms())
def test_the_files_offered_are_what_they_say_and_ask_what_is_good_first(name) -> None:
    pack = open_pack(KINDLEFORD)
    made = {
        ending: form_files._made(pack, name, write) for _, ending, _, write in form_files._ways()
    }

    text = made["questions.txt"].decode()
    assert 0 < text.index("What is good about living here?") < text.index("need")
    assert made["paper.pdf"].startswith(b"%PDF-")
    xlsform = openpyxl.load_workbook(io.BytesIO(made["xlsform.xlsx"]))
    assert {"survey", "choices", "settings"} <= set(xlsform.sheetnames)
    typed = openpyxl.load_workbook(io.BytesIO(made["answers.xlsx"])).worksheets[0]
    assert any("good about living" in str(cell.value) for cell in typed[1])
