"""The Big List of Naughty Strings through the whole house: upload, store, page, CSV, XLSX, upload.

https://github.com/minimaxir/big-list-of-naughty-strings (MIT), 515 strings.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.report.export import Export
from needsmap.report.tables import as_csv, as_xlsx
from needsmap.store import list_surveys, open_store, released_surveys
from needsmap.tables import SurveyAnswers

Visit = Callable[..., AppTest]
ASKED = "What does your area need most? Part {n}"
TOGETHER = 58
"""Strings a question: more different answers than these are no choices any more."""


@pytest.fixture
def strings(shelf: Path) -> list[str]:
    """Return the strings that are answers: not the two that are nothing but blanks."""
    given = json.loads((shelf / "text" / "naughty_strings.json").read_text(encoding="utf-8"))
    assert len(given) == 515
    return [text for text in given if text.strip()]


def parts(strings: list[str]) -> list[list[str]]:
    return [strings[start : start + TOGETHER] for start in range(0, len(strings), TOGETHER)]


def written(strings: list[str]) -> bytes:
    """Return a file of nine questions; each string is the answer of three people to one."""
    headings = [ASKED.format(n=n) for n, _ in enumerate(parts(strings), start=1)]
    rows = zip_longest(*parts(strings), fillvalue="")
    text = io.StringIO(newline="")
    told = [row for row in rows for _ in range(3)]
    csv.writer(text).writerows([["ID", *headings], *((n, *row) for n, row in enumerate(told, 1))])
    return text.getvalue().encode("utf-8")


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label.replace("\\", "") == label).click().run()


def choose(app: AppTest, label: str, value: str) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).select(value).run()


def take(app: AppTest, name: str, content: bytes) -> set[str]:
    """Bring a file, say by hand what it asks, as a volunteer would; return the texts shown."""
    app.file_uploader[0].upload(name, content, "text/csv").run()
    # A form that was added before opens at its last step; details are asked for each time.
    press(app, "1 File")
    for box in list(app.checkbox):
        box.uncheck().run()
    for number in range(len([b for b in app.text_input if "kept as it is" in b.label])):
        reasons = [b for b in app.text_input if "kept as it is" in b.label]
        reasons[number].input("A trial of our own making.").run()
    press(app, "2 Columns")
    shown: set[str] = set()
    for question in list(app.session_state["survey-draft"].read[1].questions):
        if not question.text.startswith(ASKED[:10]):
            continue
        choose(app, "Change how a question is understood", question.id)
        choose(app, "What it is", "need")
        choose(app, "Kind of answer", "one_choice")
        for box in [box for box in app.checkbox if "means not answered here" in box.label]:
            box.uncheck().run()
        assert not app.exception and not app.error
        shown |= {
            html.unescape(re.sub(r"<[^>]*>", "", cell))
            for part in app.get("html")
            for cell in re.findall(r"<th scope=.row.[^>]*>(.*?)</th>", part.proto.body, re.DOTALL)
        }
    return shown


def keep(app: AppTest) -> SurveyAnswers:
    """Go through the rest of the steps, keep, and return what the store holds then."""
    for step in ("3 Themes", "4 Problems", "Keep these answers"):
        press(app, step)
        assert not app.exception and not app.error
    with open_store(settings.load().database_url) as store:
        assert len(list_surveys(store, "kindleford")) == 1
        return released_surveys(store, "kindleford")[0]


def told(survey: SurveyAnswers) -> list[list[str]]:
    """Return the wording of each answer, question by question, in the order of the file."""
    asked = [one for one in survey.questions if one.text.startswith(ASKED[:10])]
    columns = [survey.columns[one.id] for one in asked]
    return [[column.cells[n] if n >= 0 else "" for n in column.codes] for column in columns]


def as_seen(text: str) -> str:
    """Return what a reader can see of a text: a line, without control and format characters."""
    seen = [" " if c in "\n\r\t" else c for c in text]
    hidden = {"Cc", "Cf", "Cs", "Co"}
    joins = "\u00ad\u200c\u200d"
    return "".join(c for c in seen if c in joins or unicodedata.category(c) not in hidden).strip()


def exported(survey: SurveyAnswers) -> Export:
    table = pd.DataFrame({ASKED.format(n=n): cells for n, cells in enumerate(told(survey), 1)})
    table.insert(0, "ID", [str(row) for row in survey.answers["row"]])
    return Export("Answers", (), {"answers": table}, (("Made on", "2026-03-01"),))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_they_go_from_upload_to_store_page_and_file_and_back_unchanged(
    visit: Visit, strings: list[str], form: str
) -> None:
    app = visit("add-a-survey")
    shown = take(app, "naughty.csv", written(strings))
    survey = keep(app)
    first = told(survey)

    # Blanks around an answer go; nothing else does.
    rows = zip_longest(*parts(strings), fillvalue="")
    wanted = [[text.strip() for text in row] for row in rows for _ in range(3)]
    assert first == [list(column) for column in zip(*wanted, strict=True)]
    # On the page an e-mail or the number of a machine is a detail even in an option's wording.
    hidden = [text for text in strings if as_seen(text) not in shown]
    assert len(hidden) <= 12, hidden

    press(app, "Undo: take these answers back")
    file = (as_csv if form == "csv" else as_xlsx)(exported(survey))
    again = visit("add-a-survey")
    take(again, f"again.{form}", file)

    assert told(keep(again)) == first
