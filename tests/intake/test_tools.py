"""Form tools are recognised from content, and columns of one question come together."""

from __future__ import annotations

from pathlib import Path

import pytest

from needsmap.intake import tools
from needsmap.intake.choices import Choices
from needsmap.intake.columns import guess_questions
from needsmap.intake.files import read_table

_IMPORTED = ",".join(
    f'"{{""ImportId"":""{name}""}}"'
    for name in ("startDate", "_recordId", "QID1", "QID2_1", "QID2_2")
)
FILES = {
    "google_forms": """Horodateur,Que manque-t-il ?
2025/03/01 10:00:01,"Parcs, Bus"
2025/03/02 11:30:00,Bus
2025/03/02 11:31:00,Parcs
""",
    "ms_forms": """Id;Heure de début;Heure de fin;Adresse;Nom;Que manque-t-il ?
1;3/1/25 10:00:01;3/1/25 10:05:01;anonymous;;"Parcs;Bus;"
2;3/2/25 10:00:01;3/2/25 10:05:01;anonymous;;"Bus;"
""",
    "surveymonkey": """Respondent ID,Start Date,What is missing?,,,Your age
,,Parks,Buses,Other (please specify),Response
114321234567,03/01/2025,Parks,,,16-24
114321234568,03/01/2025,,Buses,a bench,65+
114321234569,03/02/2025,Parks,Buses,,65+
""",
    "qualtrics": """StartDate,ResponseId,Q1,Q2_1,Q2_2
Startdatum,Antwort-ID,What is missing?,Rank these - Parks,Rank these - Buses
IMPORT_IDS
2025-03-01 10:00:00,R_2YPOQ602ER1jkf1,Parks,1,2
2025-03-01 10:00:00,R_2YPOQ602ER1jkf2,Buses,2,1
""".replace("IMPORT_IDS", _IMPORTED),
    "kobo": """\
start,a/ward,needs,needs/parks,needs/buses,_w_latitude,_w_longitude,_uuid,_submission_time
2025-03-01T10:00:00,sale,parks buses,1,1,53.42,-2.32,7d0a4f3e-1111-4222-8333-444455556666,
2025-03-01T11:00:00,urmston,buses,0,1,53.44,-2.31,7d0a4f3e-1111-4222-8333-444455556667,
""",
    "limesurvey": """\
id. Response ID,submitdate. Date,q1[SQ001]. What? [Parks],q1[SQ002]. What? [Buses],q2. Your age
1,2025-03-01 10:00:00,Yes,No,16-24
2,2025-03-01 10:00:00,No,Yes,65+
""",
    "typeform": """#,Where do you live?,Parks,Buses,Other,Submit Date (UTC)
7d0a4f3e1111,Sale,Parks,,,2025-03-01 10:00:00
7d0a4f3e1112,Sale,Parks,Buses,a bench,2025-03-01 10:00:00
""",
    "jisc": """URN,Q1,Q2_1,Q2_2,Q3
55-1,1,1,,2
55-2,2,,1,3
55-3,1,1,1,3
""",
    "plain": """Ward,What is missing?
Sale,Parks
Stretford,Buses
""",
}  # fmt: skip


def understood(text: str):
    raw = read_table(text.encode(), "answers.csv")
    evidence, groups = tools.recognise(raw)
    return evidence, guess_questions(raw, groups, Choices())


@pytest.mark.parametrize("tool", sorted(FILES))
def test_a_small_file_of_each_tool_is_recognised_with_reasons(tool):
    evidence, _ = understood(FILES[tool])

    assert evidence.tool == tool
    assert all(point.endswith(".") for point in evidence.points)


@pytest.mark.parametrize(
    ("tool", "columns", "kind", "options"),
    [
        ("ms_forms", (6,), "many_choices", {"Parcs", "Bus"}),
        ("surveymonkey", (3, 4, 5), "many_choices", {"Parks", "Buses", "Other (please specify)"}),
        ("kobo", (3, 4, 5), "many_choices", {"parks", "buses"}),
        ("kobo", (6, 7), "point", set()),
        ("limesurvey", (3, 4), "many_choices", {"Parks", "Buses"}),
        ("typeform", (3, 4, 5), "many_choices", {"Parks", "Buses", "Other"}),
        ("jisc", (3, 4), "many_choices", {"1", "2"}),
    ],
)
def test_columns_of_one_question_come_together(tool, columns, kind, options):
    _, questions = understood(FILES[tool])

    question = next(q for q in questions if q.columns == columns)
    assert question.kind == kind
    assert {o.text for o in question.options} == options


@pytest.mark.parametrize("tool", sorted(FILES))
def test_no_column_belongs_to_two_questions(tool):
    _, questions = understood(FILES[tool])

    columns = [c for q in questions for c in q.columns]
    assert len(columns) == len(set(columns))


def test_real_exports_are_named_rightly(shelf: Path):
    # Named by the publishers of the files.
    for name, tool in {
        "council_edinburgh_natural_neighbourhoods_postcodes.csv": "plain",
        "google_forms_oakland_budget_priorities_2025_en.csv": "google_forms",
        "jisc_online_surveys_open_data_en.csv": "jisc",
        "kobo_ona_nepal_community_perceptions_round1.csv": "kobo",
        "limesurvey_rse_uk_2017.csv": "limesurvey",
        "ona_select_multiple_geopoint_fixture.csv": "kobo",
        "ona_slash_groups_gps_fixture.csv": "kobo",
        "qualtrics_legacy_two_header_rows_bom.csv": "qualtrics",
        "qualtrics_three_header_rows_german_ui.csv": "qualtrics",
        "surveymonkey_two_header_rows_star_wars.csv": "surveymonkey",
        "typeform_fcc_2016_part1_first1500lines.csv": "typeform",
    }.items():
        raw = read_table(shelf / "surveys" / name, name)
        assert (name, tools.recognise(raw)[0].tool) == (name, tool)


def test_star_wars_films_are_ticks_then_ranks_and_characters_ratings(shelf: Path):
    name = "surveymonkey_two_header_rows_star_wars.csv"
    raw = read_table(shelf / "surveys" / name, name)
    questions = {q.columns[0]: q for q in guess_questions(raw, tools.recognise(raw)[1], Choices())}

    assert (questions[4].kind, len(questions[4].columns)) == ("many_choices", 6)
    assert (questions[10].kind, len(questions[10].columns)) == ("ranking", 6)
    assert {questions[i].kind for i in range(16, 30)} == {"rating"}
    # Counted in the published file: 673 people had seen Episode I.
    assert questions[4].options[0].count == 673
