"""From a file to a survey: nothing lost, nothing personal kept, every fault named."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.safe_cells import without_guard
from needsmap.intake.survey import Prepared, inspect, prepare
from needsmap.places.build.recipe import build_recipe
from needsmap.places.pack import Pack, open_pack
from needsmap.store import keep_survey, open_store

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def testham() -> Pack:
    return open_pack(PROJECT / "data" / "places" / "testham")


def file_of(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


HEAD = ["Timestamp", "What is your postcode?", "What does your area need most?", "Anything else?"]
ROWS = [
    ["01/03/2026 10:00:00", "TT1 1AA", "Parks", "My name is Sarah Jones, ring 07700 900123"],
    ["01/03/2026 10:01:00", "TT9 9ZZ", "Parks", "The bus never comes on a Sunday any more"],
    ["01/03/2026 10:02:00", "", "Buses", "{{7*7}} <img src=x onerror=alert(1)>"],
    ["01/03/2026 10:03:00", "TT2 1AA", "", ""],
    ["01/03/2026 10:04:00", "TT5 1AA", "Buses", "'=SUM(A1) please"],
    [
        "01/03/2026 10:05:00",
        "TT5 1AA",
        "Buses",
        "A much longer text that nobody writes twice, ever",
    ],
    [
        "01/03/2026 10:06:00",
        "TT5 1AA",
        "Buses",
        "A much longer text that nobody writes twice, ever",
    ],
]
CHOICES = Choices(
    roles={1: "when", 2: "location", 3: "need", 4: "open_text"},
    kinds={3: "one_choice", 4: "text"},
)


@pytest.fixture
def ready(testham: Pack) -> Prepared:
    return prepare(inspect(file_of([HEAD, *ROWS]), "a.csv", pack=testham, choices=CHOICES))


def equal(prepared: Prepared) -> bool:
    return prepared.read == len(prepared.survey.answers) + prepared.set_aside


def test_every_row_read_is_kept_or_set_aside(ready: Prepared) -> None:
    assert (ready.read, len(ready.survey.answers), ready.set_aside) == (7, 6, 1)
    assert ready.located == 4


def test_faults_are_named_by_row_and_column_all_at_once(ready: Prepared) -> None:
    told = [(p.row, p.column, p.code) for p in ready.problems]

    # Row 1 of the file is the headings, as a spreadsheet counts.
    assert told == [
        (3, "What is your postcode?", "location_unknown"),
        (5, None, "no_answer"),
        (8, None, "same_answer_again"),
    ]


def test_rows_to_mend_come_with_their_reasons(ready: Prepared) -> None:
    mend = ready.to_mend

    assert list(mend.columns[2:-1]) == HEAD
    assert mend.iloc[:, 0].tolist() == [3, 5, 8]
    assert mend.iloc[0, 3] == "TT9 9ZZ"
    assert all(mend.iloc[:, 1])


def test_nothing_personal_is_in_the_survey(ready: Prepared) -> None:
    everything = repr(ready.survey.columns) + ready.survey.answers.to_string()

    for secret in ("Sarah", "Jones", "07700", "TT1", "TT5 1AA", "10:00", "10:04"):
        assert secret not in everything
    assert "[name]" in everything
    assert "[phone]" in everything
    assert set(ready.survey.answers["answered_on"]) == {"2026-03-01"}


def test_odd_texts_survive_as_themselves(ready: Prepared) -> None:
    cells = ready.survey.columns["q4"].cells

    assert "{{7*7}} <img src=x onerror=alert(1)>" in cells
    assert "=SUM(A1) please" in cells  # our own guard is taken off, once


def test_themes_are_counted_by_person(ready: Prepared) -> None:
    named = dict(zip(ready.themes["theme"], ready.themes["answers"], strict=True))

    assert named == {"buses": 4, "green": 2}


def test_keys_are_the_same_in_a_longer_export(testham: Pack) -> None:
    def keys(rows: list[list[str]]) -> list[str]:
        seen = inspect(file_of([HEAD, *rows]), "a.csv", pack=testham, choices=CHOICES)
        return prepare(seen).survey.answers["key"].tolist()

    more = [["02/03/2026 09:00:00", "TT3 1AA", "Parks", ""], *ROWS]

    assert set(keys(ROWS)) < set(keys(more))
    assert all(len(key) == 32 and int(key, 16) >= 0 for key in keys(ROWS))


def test_equal_rows_keep_keys_of_their_own(testham: Pack) -> None:
    rows = [["01/03/2026 10:00:00", "TT1 1AA", "Parks", ""]] * 3
    done = prepare(inspect(file_of([HEAD, *rows]), "a.csv", pack=testham, choices=CHOICES))

    assert done.survey.answers["key"].is_unique
    assert len(done.survey.answers) == 3


def test_the_tools_own_id_makes_the_key_and_stays_out(testham: Pack) -> None:
    def answers(wish: str):
        rows = [["_uuid", "What do you need?"], ["aaaa-1111", wish], ["bbbb-2222", "Parks"]]
        return prepare(inspect(file_of(rows), "a.csv", pack=testham)).survey

    one, other = answers("Buses"), answers("Parks")

    assert one.answers["key"].tolist() == other.answers["key"].tolist()
    assert "aaaa-1111" not in repr(one)


def test_a_reason_keeps_a_column_and_dropping_leaves_one_out(testham: Pack) -> None:
    source = file_of([HEAD, *ROWS])
    kept = CHOICES.changed(keep_personal={4: "The caller asked to be quoted."})
    left_out = CHOICES.changed(drop=frozenset({4}))

    assert "Sarah" in repr(prepare(inspect(source, "a.csv", choices=kept)).survey.columns)
    assert "q4" not in prepare(inspect(source, "a.csv", choices=left_out)).survey.columns


def test_a_person_decides_what_wording_means(testham: Pack) -> None:
    choices = CHOICES.changed(themes={"Parks": ("play",), "Buses": ()})
    done = prepare(inspect(file_of([HEAD, *ROWS]), "a.csv", pack=testham, choices=choices))

    assert done.themes[["theme", "answers"]].to_numpy().tolist() == [["play", 2]]


def test_the_file_name_is_only_shown(testham: Pack) -> None:
    seen = inspect(file_of([HEAD, *ROWS]), "../../etc/x_\u202ey.csv", choices=CHOICES)
    assert prepare(seen).survey.title == "x y"


def test_progress_ends_at_the_number_of_rows() -> None:
    told: list[tuple[int, int]] = []
    prepare(
        inspect(file_of([HEAD, *ROWS]), "a.csv", choices=CHOICES),
        progress=lambda *n: told.append(n),
    )
    assert told[-1] == (7, 7)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_progress_is_told_at_every_step_of_looking_and_of_making() -> None:
    looked: list[tuple[int, int]] = []
    made: list[tuple[int, int]] = []
    seen = inspect(
        file_of([HEAD, *ROWS * 20]),
        "a.csv",
        choices=CHOICES,
        progress=lambda *n: looked.append(n),
    )
    done = prepare(seen, progress=lambda *n: made.append(n))

    # A page shows rows done and reckons the time left from them: both need steps on the way.
    for told in (looked, made):
        assert told[-1] == (done.read, done.read)
        assert len({rows for rows, _ in told}) >= 3
        assert told == sorted(told)
    assert len(made) > len(done.survey.questions)


def test_exactly_one_guard_is_taken_off() -> None:
    assert without_guard("'=1+1") == "=1+1"
    assert without_guard("''=1+1") == "'=1+1"
    assert without_guard("'tis the season") == "'tis the season"


cells = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30) | st.sampled_from(
    ["TT1 1AA", "Parks", "a@b.co", "1", "2025-01-01", "=1+1", "'", ";", "a, b"]
)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=0, max_size=8))
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_table_is_prepared_or_refused_in_words(testham: Pack, rows: list[list[str]]) -> None:
    try:
        done = prepare(inspect(file_of(rows), "a.csv", pack=testham))
    except NeedsmapError as refusal:
        assert refusal.what
        return
    assert equal(done)
    assert done.located <= len(done.survey.answers)
    for column in done.survey.columns.values():
        assert len(column.codes) == len(done.survey.answers)
        assert column.codes.max(initial=-1) < len(column.cells)
        assert len(column.cells) == len(column.choices) == len(column.themes)


def test_oakland_is_read_whole(shelf: Path) -> None:
    file = shelf / "surveys" / "google_forms_oakland_budget_priorities_2025_en.csv"
    done = prepare(inspect(file, file.name))

    assert done.read == 6747
    assert equal(done)
    assert {"safety", "homes", "streets"} <= set(done.themes["theme"].head(6))


def test_helsinki_is_kept_whole_and_named_districts_are_found(shelf: Path, tmp_path: Path) -> None:
    folder = shelf / "world" / "helsinki"
    file = folder / "omastadi_proposals.csv"
    build_recipe(PROJECT / "data" / "recipes" / "helsinki.toml", folder, tmp_path / "helsinki")
    pack = open_pack(tmp_path / "helsinki")
    choices = Choices.from_json(
        (PROJECT / "data" / "recipes" / "helsinki_omastadi.json").read_text(encoding="utf-8")
    )
    districts = pd.read_csv(file, dtype=str, keep_default_na=False)["district"]
    naming = int((districts != "location_not_specified").sum())

    seen = inspect(file, file.name, pack=pack, choices=choices)
    done = prepare(seen)
    with open_store(f"sqlite:///{tmp_path / 'h.db'}") as store:
        receipt = keep_survey(store, pack.name, done.survey)
        again = keep_survey(store, pack.name, done.survey)

    assert done.read == len(districts) == 4778
    assert done.read == receipt.kept + receipt.already_known + done.set_aside
    assert (again.kept, again.already_known) == (0, receipt.kept + receipt.already_known)
    assert done.located >= 0.95 * naming
    assert seen.language == "fi"
    # A proposal counts as matched when its title or its text names a theme.
    columns = [done.survey.columns[question] for question in ("q3", "q4")]
    matched = [
        any(code >= 0 and column.themes[code] for code, column in zip(codes, columns, strict=True))
        for codes in zip(*(column.codes for column in columns), strict=True)
    ]
    assert sum(matched) >= 0.9 * len(matched)


def test_the_shipped_choices_for_helsinki_can_be_read() -> None:
    text = (PROJECT / "data" / "recipes" / "helsinki_omastadi.json").read_text(encoding="utf-8")
    assert Choices.from_json(text).roles[16] == "location"
    assert json.loads(text)["roles"]["3"] == "need"
