"""Forms the place has met, also by command, and what a step says of years of birth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from needsmap.cli.survey import command
from tests.pages.test_add_survey import press, said

Visit = Callable[..., AppTest]
HEAD = "Year of birth,What does your area need most?\n"


def form(first: int, count: int) -> str:
    rows = (f"{1940 + n % 60},{('Buses', 'Parks', 'A dentist')[n % 3]}\n" for n in range(count))
    return HEAD + "".join(list(rows)[first:])


def test_a_form_imported_by_command_needs_one_click_on_the_page(
    visit: Visit, tmp_path: Path
) -> None:
    april = tmp_path / "april.csv"
    april.write_text(form(0, 30), encoding="utf-8")
    done = CliRunner().invoke(command, ["import", str(april), "--place", "kindleford"])
    assert done.exit_code == 0, done.output

    app = visit("add-a-survey")
    app.file_uploader[0].upload("may.csv", form(30, 60).encode(), "text/csv").run()

    assert "We know this form" in said(app)
    press(app, "Keep these answers")
    assert not app.exception and not app.error


def test_years_of_birth_are_said_to_be_bands_and_follow_the_day_people_were_asked(
    visit: Visit,
) -> None:
    app = visit("add-a-survey")
    app.file_uploader[0].upload("form.csv", form(0, 60).encode(), "text/csv").run()
    press(app, "2 Columns")
    assert f"Years of birth are read as ages in {date.today().year}, in bands." in said(app)

    press(app, "4 Problems")
    app.date_input[0].set_value(date(2001, 5, 6)).run()
    press(app, "2 Columns")

    assert "Years of birth are read as ages in 2001, in bands." in said(app)
    assert not app.exception and not app.error
