"""From a file to kept answers, step by step, as a volunteer does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
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
    parts = [*app.markdown, *app.caption, *app.error, *app.warning, *app.subheader]
    return "\n".join(part.value for part in parts).replace("\\", "")


def test_a_file_goes_through_four_steps_and_is_kept_only_at_the_last(
    visit: Visit, sample: bytes
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("autumn.csv", sample, "text/csv").run()
    assert not app.exception and not app.error
    assert "What leaves the file before anything is kept" in said(app)

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

    assert "What leaves the file before anything is kept" in said(app)


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
