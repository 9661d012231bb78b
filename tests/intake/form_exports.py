"""Exports as form tools write them, of a ready-made form answered by made-up people.

Layouts follow real exports: Google Forms joins ticks with ", " under "Timestamp"; Microsoft
Forms ends each tick with ";" behind ID, Start time, Completion time; KoboToolbox writes a
joined column and one 0/1 column an option, with _id, _uuid and _submission_time, in words or
in the form's names; ODK Central names, with "-" for groups; SurveyMonkey two heading rows;
Qualtrics three; LimeSurvey "code[SQ001]. Question [option]"; Typeform a column an option without
its question; Jisc codes with a KEY beside them.
"""

from __future__ import annotations

import csv
import io
import json
import random
import uuid
from datetime import datetime, timedelta

from needsmap.intake.forms import code_of, points_heading
from needsmap.tables import Form, FormQuestion

_WORDS = (
    "More buses on Sundays please", "A bench by the park", "Somewhere dry to meet",
    "The dentist is full", "Nothing for teenagers", "Fix the lights on Mill Road",
)  # fmt: skip
_START = datetime(2026, 3, 2, 9, 0, 0)
Given = dict[str, list[str] | list[int] | str]


def answers(form: Form, people: int, seed: int) -> list[Given]:
    """Return one answer a person: chosen options, points in the order of options, or text."""
    chance = random.Random(seed)
    return [{q.id: _one(q, chance) for q in form.questions} for _ in range(people)]


def _one(question: FormQuestion, chance: random.Random) -> list[str] | list[int] | str:
    if question.kind == "many":
        most = question.most or 4
        return chance.sample(question.options, chance.randint(1, most))
    if question.kind == "one":
        return [chance.choice(question.options)]
    if question.kind == "budget":
        points = [0] * len(question.options)
        for _ in range(question.total):
            points[chance.randrange(len(points))] += 1
        return points
    if question.kind == "postcode":
        return f"TT{chance.randint(1, 9)} 1AA"
    if chance.random() < 0.4:
        return ""
    return f"{chance.choice(_WORDS)}, I have asked {chance.randint(2, 900)} times"


def google(form: Form, given: list[Given]) -> bytes:
    """Return what Google Forms downloads as CSV."""
    rows = [["Timestamp", *_headings(form)]]
    for number, one in enumerate(given):
        when = _START + timedelta(minutes=7 * number)
        rows.append([when.strftime("%Y/%m/%d %I:%M:%S %p GMT"), *_cells(form, one, ", ", "")])
    return _csv(rows)


def microsoft(form: Form, given: list[Given]) -> bytes:
    """Return what Microsoft Forms downloads, saved as CSV."""
    rows = [["ID", "Start time", "Completion time", "Email", "Name", *_headings(form)]]
    for number, one in enumerate(given):
        when = _START + timedelta(minutes=7 * number)
        start, end = (t.strftime("%m/%d/%Y %H:%M:%S") for t in (when, when + timedelta(minutes=3)))
        rows.append([str(number + 1), start, end, "anonymous", "", *_cells(form, one, ";", ";")])
    return _csv(rows)


def kobo(form: Form, given: list[Given]) -> bytes:
    """Return what KoboToolbox downloads as CSV, with labels and a column an option."""
    headings = ["start", "end"]
    for q in form.questions:
        if q.kind == "budget":
            headings += list(q.options)
            continue
        headings.append(q.text)
        headings += [f"{q.text}/{option}" for option in q.options] if q.kind == "many" else []
    rows = [[*headings, "_id", "_uuid", "_submission_time", "_index"]]
    for number, one in enumerate(given):
        when = (_START + timedelta(minutes=7 * number)).isoformat() + ".000+00:00"
        row = [when, when]
        for q in form.questions:
            value = one[q.id]
            if isinstance(value, str):
                row.append(value)
            elif q.kind == "budget":
                row += [str(points) for points in value]
            else:
                row.append(" ".join(map(str, value)))
                row += ["1" if o in value else "0" for o in q.options] if q.kind == "many" else []
        made = str(uuid.UUID(int=random.Random(number).getrandbits(128), version=4))
        rows.append([*row, str(5000 + number), made, when[:19], str(number + 1)])
    return _csv(rows, ";")


def typed_in(form: Form, given: list[Given]) -> bytes:
    """Return the template for paper forms, filled in and saved as CSV."""
    rows = [["Paper number", *_headings(form)]]
    for number, one in enumerate(given, start=1):
        rows.append([str(number), *_cells(form, one, "; ", "")])
    return _csv(rows)


def kobo_names(form: Form, given: list[Given]) -> bytes:
    """Return what KoboToolbox downloads as CSV with "XML values and headers"."""
    headings = ["start", "end"]
    for q in form.questions:
        if q.kind == "budget":
            headings += [f"{q.id}/{q.id}_{code_of(option)}" for option in q.options]
            continue
        headings.append(q.id)
        headings += [f"{q.id}/{code_of(o)}" for o in q.options] if q.kind == "many" else []
    rows = [[*headings, "_id", "_uuid", "_submission_time", "_index"]]
    for number, one in enumerate(given):
        when = _moment(number).isoformat() + ".000+00:00"
        row = [when, when]
        for q in form.questions:
            row += _named(q, one[q.id], " ")
            row += ["1" if o in one[q.id] else "0" for o in q.options] if q.kind == "many" else []
        rows.append([*row, str(5000 + number), _uuid(number), when[:19], str(number + 1)])
    return _csv(rows, ";")


def odk(form: Form, given: list[Given]) -> bytes:
    """Return what ODK Central downloads as CSV: names, notes as empty columns, no split."""
    headings = ["SubmissionDate", "start", "end", "intro"]
    for q in form.questions:
        lines = [f"{q.id}-{q.id}_{code_of(option)}" for option in q.options]
        headings += lines if q.kind == "budget" else [q.id]
    after = ["thanks", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName",
             "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID",
             "Edits", "FormVersion"]  # fmt: skip
    rows = [[*headings, *after]]
    for number, one in enumerate(given):
        when = _moment(number).isoformat() + ".000Z"
        cells = [cell for q in form.questions for cell in _named(q, one[q.id], " ")]
        key = f"uuid:{_uuid(number)}"
        rows.append([when, when, when, "", *cells, "", key, key, "12", "Hall tablet", "0", "0",
                     "", "", "", "0", "1"])  # fmt: skip
    return _csv(rows)


def surveymonkey(form: Form, given: list[Given]) -> bytes:
    """Return what SurveyMonkey downloads as "All responses data", expanded, actual answers."""
    top = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address",
           "Email Address", "First Name", "Last Name", "Custom Data 1"]  # fmt: skip
    below = [""] * len(top)
    for q in form.questions:
        spread = q.kind in {"many", "budget"}
        top += [q.text, *([""] * (len(q.options) - 1))] if spread else [q.text]
        single = "Response" if q.kind == "one" else "Open-Ended Response"
        below += list(q.options) if spread else [single]
    rows = [top, below]
    for number, one in enumerate(given):
        start, end = _moment(number), _moment(number) + timedelta(minutes=3)
        row = [str(118_900_000_000 + 37 * number), "428000123",
               start.strftime("%m/%d/%Y %I:%M:%S %p"), end.strftime("%m/%d/%Y %I:%M:%S %p"),
               "", "", "", "", ""]  # fmt: skip
        rows.append(row + [cell for q in form.questions for cell in _spread(q, one[q.id])])
    return _csv(rows)


def qualtrics(form: Form, given: list[Given]) -> bytes:
    """Return what Qualtrics downloads with choice text and ticks in a column an option."""
    return _qualtrics(form, given, split=True)


def qualtrics_joined(form: Form, given: list[Given]) -> bytes:
    """Return what Qualtrics downloads with choice text and ticks joined by commas."""
    return _qualtrics(form, given, split=False)


def _qualtrics(form: Form, given: list[Given], *, split: bool) -> bytes:
    own = ["StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished",
           "RecordedDate", "ResponseId", "DistributionChannel", "UserLanguage"]  # fmt: skip
    said = ["Start Date", "End Date", "Response Type", "Progress", "Duration (in seconds)",
            "Finished", "Recorded Date", "Response ID", "Distribution Channel",
            "User Language"]  # fmt: skip
    ids = ["startDate", "endDate", "status", "progress", "duration", "finished", "recordedDate",
           "_recordId", "distributionChannel", "userLanguage"]  # fmt: skip
    for number, q in enumerate(form.questions, start=1):
        if q.kind == "budget" or (q.kind == "many" and split):
            parts = list(enumerate(q.options, start=1))
            own += [f"Q{number}_{part}" for part, _ in parts]
            said += [f"{q.text} - {option}" for _, option in parts]
            ids += [f"QID{number}_{part}" for part, _ in parts]
        else:
            own.append(f"Q{number}")
            said.append(q.text)
            ids.append(f"QID{number}" if q.kind in {"one", "many"} else f"QID{number}_TEXT")
    rows = [own, said, [json.dumps({"ImportId": each}) for each in ids]]
    for number, one in enumerate(given):
        start, end = str(_moment(number)), str(_moment(number) + timedelta(minutes=3))
        row = [start, end, "IP Address", "100", "180", "True", end,
               f"R_{random.Random(number).getrandbits(64):016x}", "anonymous", "EN"]  # fmt: skip
        for q in form.questions:
            joined = q.kind == "many" and not split
            row += [",".join(map(str, one[q.id]))] if joined else _spread(q, one[q.id])
        rows.append(row)
    return _csv(rows)


def limesurvey(form: Form, given: list[Given]) -> bytes:
    """Return what LimeSurvey downloads with "Question code & question text", full answers."""
    headings = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page",
                "startlanguage. Start language", "startdate. Date started"]  # fmt: skip
    for q in form.questions:
        code = q.id.replace("_", "")
        parts = [f"{code}[SQ{part:03d}]. {q.text} [{option}]"
                 for part, option in enumerate(q.options, start=1)]  # fmt: skip
        headings += parts if q.kind in {"many", "budget"} else [f"{code}. {q.text}"]
    rows = [headings]
    for number, one in enumerate(given):
        when = str(_moment(number))
        row = [str(number + 1), when, "1", "en", when]
        for q in form.questions:
            value = one[q.id]
            ticks = ["Yes" if option in value else "No" for option in q.options]
            row += ticks if q.kind == "many" else _spread(q, value)
        rows.append(row)
    return _csv(rows)


def typeform(form: Form, given: list[Given]) -> bytes:
    """Return what Typeform downloads: ticked options under themselves, not their question."""
    headings = ["#"]
    for q in form.questions:
        lines = [points_heading(q.text, option) for option in q.options]
        headings += {"many": list(q.options), "budget": lines}.get(q.kind, [q.text])
    rows = [[*headings, "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]]
    for number, one in enumerate(given):
        when = str(_moment(number))
        token = f"{random.Random(number).getrandbits(128):032x}"
        cells = [cell for q in form.questions for cell in _spread(q, one[q.id])]
        rows.append([token, *cells, when, when, token[:10]])
    return _csv(rows)


def jisc(form: Form, given: list[Given]) -> bytes:
    """Return what Jisc Online Surveys downloads coded; `jisc_key` says what it means."""
    headings = ["URN"]
    for number, q in _jisc_numbers(form):
        parts = [f"Q{number}_{part}" for part in range(1, len(q.options) + 1)]
        lines = [f"Q{number + line}" for line in range(len(q.options))]
        headings += {"many": parts, "budget": lines}.get(q.kind, [f"Q{number}"])
    rows = [headings]
    for number, one in enumerate(given):
        row = [f"638954-638945-{65_461_629 + 131 * number}"]
        for q in form.questions:
            value = one[q.id]
            if q.kind == "many":
                row += ["1" if option in value else "0" for option in q.options]
            elif q.kind == "one":
                row.append(str(q.options.index(str(value[0])) + 1))
            else:
                row += _spread(q, value)
        rows.append(row)
    return _csv(rows)


def jisc_key(form: Form) -> bytes:
    """Return the KEY file of the same export: a question's code and text, then its answers'."""
    rows = [["URN", "Unique Response Number"]]
    for number, q in _jisc_numbers(form):
        if q.kind == "budget":
            rows += [[f"Q{number + line}", points_heading(q.text, option)]
                     for line, option in enumerate(q.options)]  # fmt: skip
            continue
        rows.append([f"Q{number}", q.text])
        rows += [[str(part), option] for part, option in enumerate(q.options, start=1)]
    return _csv(rows)


def _jisc_numbers(form: Form) -> list[tuple[int, FormQuestion]]:
    """Return each question's number; a line of points is a question of its own there."""
    numbers, number = [], 1
    for q in form.questions:
        numbers.append((number, q))
        number += len(q.options) if q.kind == "budget" else 1
    return numbers


def _moment(number: int) -> datetime:
    return _START + timedelta(minutes=7 * number)


def _uuid(number: int) -> str:
    return str(uuid.UUID(int=random.Random(number).getrandbits(128), version=4))


def _named(q: FormQuestion, value: list[str] | list[int] | str, between: str) -> list[str]:
    """Return an answer in the form's names, as XLSForm gives them."""
    if isinstance(value, str):
        return [value]
    if q.kind == "budget":
        return [str(points) for points in value]
    return [between.join(code_of(str(option)) for option in value)]


def _spread(q: FormQuestion, value: list[str] | list[int] | str) -> list[str]:
    """Return an answer in words, ticks and points in a column an option."""
    if isinstance(value, str):
        return [value]
    if q.kind == "budget":
        return [str(points) for points in value]
    if q.kind == "many":
        return [option if option in value else "" for option in q.options]
    return [str(value[0])]


def _headings(form: Form) -> list[str]:
    return [
        heading
        for q in form.questions
        for heading in (
            [points_heading(q.text, option) for option in q.options]
            if q.kind == "budget"
            else [q.text]
        )
    ]


def _cells(form: Form, one: Given, between: str, after: str) -> list[str]:
    cells: list[str] = []
    for q in form.questions:
        value = one[q.id]
        if isinstance(value, str):
            cells.append(value)
        elif q.kind == "budget":
            cells += [str(points) for points in value]
        elif q.kind == "many":
            cells.append(between.join(map(str, value)) + after)
        else:
            cells.append(str(value[0]))
    return cells


def _csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8")
