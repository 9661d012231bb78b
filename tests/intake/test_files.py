"""Opening files: what is found, what is set aside, and what is refused in plain words."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from needsmap.errors import UnreadableFile
from needsmap.intake.csv_reading import read_csv
from needsmap.intake.files import MOST_UPLOAD_BYTES, read_table


def read(text: str | bytes, **told):
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, "answers.csv", **told)


def workbook(**sheets: list[list[object]]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return held.getvalue()


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("Place,What\nCafé,Müll\n".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "Place,What\nCafé,Müll\n".encode(), "utf-8-sig"),
        ("Place,What\nCafé,Müll\n".encode("utf-16"), "utf-16"),
        ("Place,What\nCafé,Müll\n".encode("utf-16-be"), "utf-16-be"),
        ("Place,What\nCafé,Müll\n".encode("cp1252"), "cp1252"),
    ],
)
def test_encoding_is_found_and_named(encoded, encoding):
    raw = read(encoded)

    assert raw.encoding == encoding
    assert raw.headings == ["Place", "What"]
    assert raw.cells.values.tolist() == [["Café", "Müll"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_although_cells_hold_the_others(delimiter):
    cells = ["parks, trees; ponds", "a|b"] if delimiter not in {"|"} else ["parks, trees", "x;y"]
    line = delimiter.join(f'"{cell}"' for cell in cells)

    raw = read(f"What{delimiter}Which\n{line}\n{line}\n")

    assert raw.delimiter == delimiter
    assert raw.cells.values.tolist() == [cells, cells]


def test_a_list_of_texts_with_commas_stays_one_column():
    raw = read("What is missing?\nparks, trees\nbuses\na bench, a bin, a tree\n")

    assert raw.headings == ["What is missing?"]
    assert raw.cells[0].tolist() == ["parks, trees", "buses", "a bench, a bin, a tree"]


def test_excel_separator_line_is_believed():
    raw = read("sep=;\nWhere;What\nEast;parks, trees\n")

    assert raw.delimiter == ";"
    assert raw.row_numbers.tolist() == [3]


def test_headings_are_found_below_a_title_and_notes():
    raw = read("Our survey,,\nAsked in:,May,\n,,\nWhen,Where,What\n1 May,East,parks\n2 May,,x\n")

    assert raw.header_rows == [4]
    assert raw.headings == ["When", "Where", "What"]
    assert raw.row_numbers.tolist() == [5, 6]


def test_the_row_of_headings_can_be_told():
    raw = read("a,b\nWhere,What\nEast,parks\n", header_row=2)

    assert raw.headings == ["Where", "What"]
    assert raw.row_numbers.tolist() == [3]


def test_two_heading_rows_are_read_as_question_and_option():
    raw = read(
        "Respondent,What is missing?,,Your age\n"
        ",Parks,Buses,Response\n"
        "1,Parks,,16-24\n2,,Buses,65+\n3,Parks,Buses,25-34\n"
    )

    assert raw.header_rows == [1, 2]
    assert raw.headings == [
        "Respondent", "What is missing? [Parks]", "What is missing? [Buses]", "Your age",
    ]  # fmt: skip


def test_rows_of_the_wrong_width_are_set_aside_with_their_line():
    raw = read('Where,What\nEast,"parks\nand trees"\nWest\nNorth,a,b\nSouth,buses\n')

    assert raw.cells[0].tolist() == ["East", "South"]
    assert raw.row_numbers.tolist() == [2, 6]
    assert [(p.code, p.row) for p in raw.problems] == [("wrong_width", 4), ("wrong_width", 5)]
    assert raw.rows_seen == 4
    assert raw.set_aside == 2


def test_an_unclosed_quotation_mark_names_its_line():
    with pytest.raises(UnreadableFile, match="line 3 is not closed"):
        read('Where,What\nEast,parks\nWest,"buses\nNorth,trees\n')


def test_quotation_marks_inside_words_are_kept():
    raw = read('Where,What\nEast,a 5" pipe\nWest,he said "no"\n')

    assert raw.cells[1].tolist() == ['a 5" pipe', 'he said "no"']


def test_double_and_blank_headings_keep_their_places():
    raw = read("a,a,,a\n1,2,3,4\n5,6,7,8\n")

    assert raw.headings == ["a", "a", "", "a"]
    assert raw.cells.iloc[0].tolist() == ["1", "2", "3", "4"]


def test_words_that_programs_take_for_missing_stay_words():
    cells = ["NA", "None", "null", "007", "1e5", "1-2", "MAR1", "nan", "TRUE"]
    raw = read("What,n\n" + "".join(f"{cell},x\n" for cell in cells))

    assert raw.cells[0].tolist() == cells


def test_nul_is_removed_and_counted():
    raw = read(b"Where,What\nEa\x00st,par\x00ks\n")

    assert raw.cells.values.tolist() == [["East", "parks"]]
    assert [p.message for p in raw.problems] == ["2 invisible NUL characters were removed."]


def test_a_very_long_answer_is_cut_and_counted():
    raw = read("Where,What\nEast," + "x" * 5000 + "\nWest," + "y" * 4096 + "\n")

    assert raw.cells[1].str.len().tolist() == [4096, 4096]
    assert [p.code for p in raw.problems] == ["cells_cut"]


def test_totals_at_the_foot_are_set_aside():
    raw = read("Where,Bins,Trees\nEast,1,2\nWest,3,4\nTotal,4,6\n")

    assert raw.cells[0].tolist() == ["East", "West"]
    assert [(p.code, p.row) for p in raw.problems] == [("totals_row", 4)]
    assert raw.rows_seen == 3


def test_the_apostrophe_that_exports_put_before_formulas_is_taken_off_once():
    raw = read("What,n\n'=1+1,''=2\n'twas good,'-5\n")

    assert raw.cells.values.tolist() == [["=1+1", "'=2"], ["'twas good", "-5"]]


def test_blank_lines_are_no_answers():
    raw = read("Where,What\n\nEast,parks\n,\n   \nWest,buses\n\n")

    assert raw.cells[0].tolist() == ["East", "West"]
    assert raw.row_numbers.tolist() == [3, 6]
    assert raw.rows_seen == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel file"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "web page"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b'{"a": [1, 2]}', "JSON"),
        (b"PAR1....PAR1", "Parquet"),
        (b"Where,What\n", "no answers"),
        (b"2024-05-01,5\n2024-05-02,6\n2024-05-03,7\n", "Row 1 holds answers"),
        ((",".join("abcdefghij" * 60) + "\n").encode() * 2, "more than 500 columns"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_with_a_fix(data, says):
    with pytest.raises(UnreadableFile) as refused:
        read(data)

    assert says in refused.value.what
    assert refused.value.fix.endswith(".")


def test_an_upload_of_30_mb_is_refused():
    with pytest.raises(UnreadableFile, match="larger than 25 MB"):
        read(b"a,b\n" + b"1,2\n" * 7_500_000, most_bytes=MOST_UPLOAD_BYTES)


def test_the_sheet_with_the_answers_is_chosen_and_the_others_listed():
    rows = [["Where", "What"], ["East", "parks"], ["West", 5.0]]
    raw = read(workbook(Notes=[["Read me"]], Answers=rows, Blank=[], Copy=rows))

    assert raw.format == "xlsx"
    assert raw.sheet == "Answers"
    assert raw.sheets == ("Notes", "Answers", "Copy")
    assert raw.cells.values.tolist() == [["East", "parks"], ["West", "5"]]
    assert raw.row_numbers.tolist() == [2, 3]


def test_a_sheet_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(UnreadableFile, match="Choose one of: Answers"):
        read(workbook(Answers=[["a", "b"], ["1", "2"]]), sheet="Other")


def test_a_workbook_of_two_far_cells_is_refused_and_the_app_lives_on():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1048575, 16383, "b")

    with pytest.raises(UnreadableFile, match="too large or damaged"):
        read(held.getvalue())


def test_a_damaged_workbook_is_refused():
    whole = workbook(Answers=[["a", "b"], ["1", "2"]])
    for damaged in (whole[: len(whole) // 2], whole[:300] + b"\x00" * 200 + whole[500:]):
        with pytest.raises(UnreadableFile):
            read(damaged)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x05\x06" + b"\x00" * 18)
@example(b'a,"b\r\n')
@example(b"\xff\xfe\x00")
@example(b'"\n"')
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data):
    try:
        raw = read(data)
    except UnreadableFile as refused:
        assert refused.what
        assert refused.fix
    else:
        assert raw.rows_seen == len(raw.cells) + raw.set_aside
        assert len(raw.row_numbers) == len(raw.cells)
        assert raw.cells.shape[1] == len(raw.headings)


cell = st.text(st.sampled_from("ab1é \"\n,;'="), max_size=6)


@settings(max_examples=400, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), max_size=8)
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_the_fast_and_the_careful_way_give_the_same_table(rows, end, quoted, closed):
    width = len(rows[0]) if rows else 2

    def written(text: str) -> str:
        if quoted or any(c in text for c in '",\n\r'):
            return '"' + text.replace('"', '""') + '"'
        return text

    lines = [",".join(f"heading {i}" for i in range(width))]
    lines += [",".join(written(text) for text in row) for row in rows]
    data = (end.join(lines) + (end if closed else "")).encode()
    told = {"delimiter": ",", "header_row": 1, "most_rows": 100}

    fast, careful = read_csv(data, **told), read_csv(data, **told, careful=True)

    def kept(read):
        filled = read.cells.map(lambda text: bool(text.strip())).any(axis=1).to_numpy(dtype=bool)
        return read.cells[filled].values.tolist(), read.row_numbers[filled].tolist()

    assert kept(fast) == kept(careful)
    # The table is what was written, blank rows aside: the truth, not only agreement.
    assert kept(careful)[0] == [row for row in rows if any(text.strip() for text in row)]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab",\n\r'), max_size=60))
def test_both_ways_agree_or_the_fast_way_steps_back_on_anything(text):
    data = ("one,two\n" + text).encode()
    told = {"delimiter": ",", "header_row": 1, "most_rows": 100}

    def outcome(careful: bool):
        try:
            read = read_csv(data, **told, careful=careful)
        except UnreadableFile as refused:
            return refused.what
        filled = [any(c.strip() for c in row) for row in read.cells.values.tolist()]
        return [
            (row, number)
            for row, number, full in zip(
                read.cells.values.tolist(), read.row_numbers.tolist(), filled, strict=True
            )
            if full
        ]

    assert outcome(careful=False) == outcome(careful=True)


def test_every_real_export_is_read_to_its_last_row(shelf: Path):
    # Rows counted with Python's csv module, blank lines and heading rows taken off.
    rows = {
        "council_edinburgh_natural_neighbourhoods_postcodes.csv": 2955,
        "google_forms_oakland_budget_priorities_2025_en.csv": 6747,
        "jisc_online_surveys_open_data_en.csv": 68,
        "kobo_ona_nepal_community_perceptions_round1.csv": 1304,
        "limesurvey_rse_uk_2017.csv": 253,
        "ona_select_multiple_geopoint_fixture.csv": 800,
        "ona_slash_groups_gps_fixture.csv": 1,
        "qualtrics_legacy_two_header_rows_bom.csv": 1,
        "qualtrics_three_header_rows_german_ui.csv": 1,
        "surveymonkey_two_header_rows_star_wars.csv": 1186,
        "typeform_fcc_2016_part1_first1500lines.csv": 1499,
    }
    for name, expected in rows.items():
        raw = read_table(shelf / "surveys" / name, name)
        assert (name, len(raw.cells), raw.set_aside) == (name, expected, 0)


@pytest.mark.parametrize("seed", range(12))
def test_bytes_of_no_known_type_are_told_to_be_no_text(seed):
    noise = random.Random(seed).randbytes(400 * (seed + 1))

    with pytest.raises(UnreadableFile, match="does not hold text"):
        read(noise.replace(b"\xff\xfe", b"").replace(b"\xfe\xff", b""))


def test_a_few_control_characters_leave_a_text_a_text():
    rows = "".join(f"{n},what{chr(1) if n % 8 == 0 else ''} we said {n}\n" for n in range(40))

    assert read(f"No,Said\n{rows}").rows_seen == 40


def test_progress_is_told_while_a_long_file_is_read_not_only_after() -> None:
    # One row too narrow, so the careful way, row by row, is taken.
    told: list[tuple[int, int]] = []
    rows = "".join(f"{number:05d},more buses\n" for number in range(24_000))

    table = read_table(
        f"id,What do you need?\nshort\n{rows}".encode(),
        "a.csv",
        progress=lambda *step: told.append(step),
    )

    assert table.rows_seen == 24_001
    totals = {total for _, total in told}
    # Estimated from bytes before anything is read, so nearly right and the same throughout.
    assert len(totals) == 1 and abs(totals.pop() / 24_001 - 1) < 0.05
    done = [rows for rows, _ in told]
    assert done == sorted(done) and len(set(done)) >= 5
    assert done[0] == 0 and done[-1] == told[-1][1]
    # Every 5,000 rows by the file's own count, as the lines are all alike.
    assert [round(number, -3) for number in done[1:-1]] == [5_000, 10_000, 15_000, 20_000]


def test_progress_is_told_of_a_regular_file_and_of_a_tiny_one() -> None:
    told: list[tuple[int, int]] = []
    read_table(b"a,b\n1,2\n", "a.csv", progress=lambda *step: told.append(step))
    assert told == [(0, 1), (1, 1)]


def test_progress_is_told_in_rows_while_a_workbook_opens() -> None:
    # Mostly unlike each other, or the parts shrink to nothing and are read in one go.
    rows = [["Where", "What"], *([f"street {i * 7919 % 9973}", f"no {i}"] for i in range(21_000))]
    told: list[tuple[int, int]] = []
    raw = read_table(workbook(Answers=rows), "a.xlsx", progress=lambda *step: told.append(step))

    assert raw.rows_seen == 21_000
    done = [rows_done for rows_done, _ in told]
    assert done == sorted(done)
    assert len(set(done)) >= 3
    assert all(abs(of - 21_001) < 0.1 * 21_000 for _, of in told)


def test_a_first_answer_of_one_word_thrice_is_an_answer_and_no_second_heading_row():
    data = b"Name,Bus,Park,Play\n,yes,yes,yes\nx,no,no,no\ny,no,maybe,no\n"

    raw = read(data)

    assert raw.headings == ["Name", "Bus", "Park", "Play"]
    assert raw.cells.values.tolist()[0] == ["", "yes", "yes", "yes"]
