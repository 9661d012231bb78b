"""From a file to kept answers, step by step, as a volunteer does it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.report.mending import as_mend_csv
from needsmap.store import list_surveys, open_store

Visit = Callable[..., AppTest]


@pytest.fixture
def sample(places: Path) -> bytes:
    return (places / "kindleford" / "surveys" / "kindleford_autumn_2025.csv").read_bytes()


def kept() -> list[tuple[str, int]]:
    """Return title and number of answers of each survey in the store."""
    with open_store(settings.load().database_url) as store:
        return [(one.title, one.answers) for one in list_surveys(store, "kindleford")]


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with that label."""
    return next(b for b in app.button if b.label.replace("\\", "") == label).click().run()


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.error, *app.warning, *app.subheader, *app.success]
    return "\n".join(part.value for part in parts).replace("\\", "")


def test_a_file_goes_through_four_steps_and_is_kept_only_at_the_last(
    visit: Visit, sample: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    assert not app.exception and not app.error
    assert "What leaves the file" in [tab.label for tab in app.tabs]

    for step in ("Columns", "Themes", "Problems"):
        press(app, f"Next: {step}")
        assert not app.exception and not app.error
        assert kept() == []

    press(app, "Keep these answers")
    assert not app.exception and not app.error
    assert len(kept()) == 1
    number = kept()[0][1]
    assert f"{number:,} answers kept." in said(app)

    press(app, "Undo: take these answers back")
    assert kept() == []
    assert "Taken back" in said(app)


def test_a_step_can_be_gone_back_over(visit: Visit, sample: bytes) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()

    press(app, "Next: Columns")
    press(app, "1 File")

    assert "What leaves the file" in [tab.label for tab in app.tabs]


def test_personal_details_are_ticked_and_keeping_one_needs_a_reason_that_stays(
    visit: Visit, sample: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    assert app.checkbox and all(box.value for box in app.checkbox)

    app.checkbox[0].uncheck().run()
    assert "Without a reason it still leaves." in said(app)
    assert app.session_state["survey-draft"].choices.keep_personal == {}

    reason = next(box for box in app.text_input if "kept as it is" in box.label)
    reason.input("We promised to write back.").run()
    press(app, "Next: Columns")
    press(app, "1 File")

    assert not app.checkbox[0].value
    kept_now = app.session_state["survey-draft"].choices.keep_personal
    assert list(kept_now.values()) == ["We promised to write back."]
    assert next(b for b in app.text_input if "kept as it is" in b.label).value == (
        "We promised to write back."
    )


def test_each_question_is_understood_in_one_sentence_and_can_be_changed(
    visit: Visit, sample: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    press(app, "Next: Columns")
    assert "What people ask for; several choices" in said(app)

    what = next(box for box in app.selectbox if box.label == "What it is")
    what.select("strength").run()
    assert "What people ask for; several choices" not in said(app)
    press(app, "1 File")
    press(app, "2 Columns")

    assert "What people ask for; several choices" not in said(app)


def test_a_name_and_a_day_do_not_read_the_file_again(
    visit: Visit, sample: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    press(app, "4 Problems")

    def again(*_: object, **__: object) -> None:
        raise AssertionError("the file was read again")

    monkeypatch.setattr("needsmap.ui.upload.inspect", again)
    monkeypatch.setattr("needsmap.ui.upload.prepare", again)
    app.text_input[0].input("Our autumn survey").run()
    press(app, "Keep these answers")

    assert not app.exception and not app.error
    assert kept()[0][0] == "Our autumn survey"


def test_the_same_form_next_month_needs_one_click_and_says_what_is_known(
    visit: Visit, sample: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    press(app, "4 Problems")
    press(app, "Keep these answers")
    first = kept()[0][1]

    app = visit("add-a-survey")
    last = sample.splitlines(keepends=True)[-1]
    number = last.partition(b",")[0]
    longer = sample + last.replace(number, str(int(number) + 1).encode(), 1)
    app.file_uploader[0].upload("later.csv", longer, "text/csv").run()

    assert "We know this form" in said(app)
    assert f"{first:,} are there already" in said(app)
    press(app, "Keep these answers")
    assert not app.exception and not app.error
    assert sum(answers for _, answers in kept()) == first + 1


def test_the_same_file_again_is_said_before_it_is_kept(visit: Visit, sample: bytes) -> None:
    for _ in range(2):
        app = visit("add-a-survey")
        app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
        press(app, "4 Problems")
        told = said(app)
        press(app, "Keep these answers")

    assert "This very file is there already" in told
    assert len(kept()) == 1


def test_codes_beside_the_answers_become_words(visit: Visit) -> None:
    rows = "".join(f"{1 + n % 2},2026-01-{n:02d}\n" for n in range(1, 25))
    answers = f"What does your area need most?,When\n{rows}".encode()
    codes = b"code,label\n1,Better buses\n2,Somewhere for young people\n"
    app = visit("add-a-survey")
    app.file_uploader[0].upload("coded.csv", answers, "text/csv").run()

    app.file_uploader[0].upload("codes.csv", codes, "text/csv").run()
    press(app, "3 Themes")

    assert not app.exception and not app.error
    assert "Better buses" in app.session_state["survey-draft"].read[1].questions[0].options[
        0
    ].text or ("Better buses" in str(app.session_state["survey-draft"].read[1].questions))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("book.xlsx", b"PK\x03\x04x"),
    ],
    ids=["an empty file", "a picture", "a damaged workbook"],
)
def test_a_wrong_file_gets_one_sentence_and_stores_nothing(
    visit: Visit, name: str, content: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload(name, content, "text/csv").run()

    assert not app.exception
    assert len(app.error) == 1
    assert "Traceback" not in app.error[0].value
    assert kept() == []


def test_with_uploads_off_the_page_says_how_to_use_the_command(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDSMAP_UPLOADS", "off")

    app = visit("add-a-survey")

    assert not app.file_uploader
    assert "python -m needsmap survey import" in said(app)


def test_hostile_words_in_a_file_show_as_themselves(visit: Visit) -> None:
    hostile = "{{7*7}} ![x](http://example.org/x.png) <img src=x onerror=alert(1)>"
    rows = "\n".join(f"2026-01-{day:02d},{hostile}" for day in range(1, 15))
    file = f"When,What does {hostile} need most?\n{rows}\n".encode()
    app = visit("add-a-survey")
    app.file_uploader[0].upload("<b>x</b>.csv", file, "text/csv").run()

    for step in ("Columns", "Themes", "Problems"):
        assert not app.exception and not app.error
        assert not any("![x](" in part.value for part in [*app.markdown, *app.subheader])
        press(app, f"Next: {step}")
    assert not app.exception and not app.error


def test_a_mark_read_as_not_answered_can_be_made_an_answer_again(visit: Visit) -> None:
    rows = "".join(f"{n},{('Parks', 'Buses', '-')[n % 3]}\n" for n in range(1, 31))
    app = visit("add-a-survey")
    file = f"ID,What does your area need most?\n{rows}".encode()
    app.file_uploader[0].upload("marks.csv", file, "text/csv").run()
    press(app, "2 Columns")
    box = next(each for each in app.checkbox if "means not answered here" in each.label)
    assert box.value

    box.uncheck().run()
    press(app, "4 Problems")

    # 30 rows: ten of each, and "-" is an answer now.
    assert "30 rows read: 30 ready to keep, 0 set aside." in said(app)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("long.csv", b"a,b\n" + b"x,y\n" * 6_600_000, "larger than 25 MB"),
        ("minutes.pdf", b"%PDF-1.7 and so on", "a PDF document"),
        ("noise.bin", bytes(range(256)) * 20, "does not hold text"),
    ],
    ids=["too large", "a PDF", "no text"],
)
def test_files_that_are_none_are_refused_in_our_words(
    visit: Visit, name: str, content: bytes, told: str
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload(name, content, "application/octet-stream").run()

    assert not app.exception
    assert len(app.error) == 1
    assert told in said(app)


def test_rows_that_come_back_mended_are_read_as_the_volunteer_kept_the_whole_file(
    visit: Visit,
) -> None:
    good = [f"KF{n % 9 + 1} 1AA,{('Friendly', 'Quiet')[n % 2]},Word {n}" for n in range(20)]
    head = "What is your postcode?,One word for this place,Anything else?"
    file = "\n".join([head, *good, "ZZ9 9ZZ,Friendly,Nowhere", "KF1 1AA,,"]).encode()
    app = visit("add-a-survey")
    app.file_uploader[0].upload("forum.csv", file, "text/csv").run()
    press(app, "2 Columns")
    asked = app.session_state["survey-draft"].read[1].questions
    word = next(one.id for one in asked if one.text == "One word for this place")
    next(b for b in app.selectbox if b.label.startswith("Change how")).select(word).run()
    next(b for b in app.selectbox if b.label == "What it is").select("strength").run()
    press(app, "4 Problems")
    handed = as_mend_csv(app.session_state["survey-draft"].ready[1].to_mend)
    press(app, "Keep these answers")
    first = kept()[0][1]
    rows = list(csv.reader(io.StringIO(handed.decode("utf-8-sig"))))
    row = next(one for one in rows if one[0] == "23")  # headings are row 1
    row[3] = "Friendly"
    mended = io.StringIO()
    csv.writer(mended).writerows(rows)

    again = visit("add-a-survey")
    again.file_uploader[0].upload("mended.csv", mended.getvalue().encode(), "text/csv").run()

    assert not again.exception and not again.error
    assert "We know this form" in said(again)
    draft = again.session_state["survey-draft"]
    told = {one.text: one.role for one in draft.read[1].questions}
    assert told["One word for this place"] == "strength"
    press(again, "Keep these answers")
    # Only the row that answered nothing is new; the others were kept before.
    assert sum(answers for _, answers in kept()) == first + 1
    third = visit("add-a-survey")
    third.file_uploader[0].upload("forum.csv", file, "text/csv").run()
    assert "We know this form" in said(third)
    roles = {one.text: one.role for one in third.session_state["survey-draft"].read[1].questions}
    assert roles["One word for this place"] == "strength"
