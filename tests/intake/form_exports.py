"""Exports as form tools write them, of a ready-made form answered by made-up people.

Layouts follow real exports: Google Forms joins ticks with ", " under "Timestamp"; Microsoft
Forms ends each tick with ";" behind ID, Start time, Completion time; KoboToolbox writes a
joined column and one 0/1 column an option, with _id, _uuid and _submission_time.
"""

from __future__ import annotations

import csv
import io
import random
import uuid
from datetime import datetime, timedelta

from needsmap.report.forms import points_heading
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


def _headings(form: Form) -> list[str]:
    return [
        heading
        for q in form.questions
        for heading in (
            [points_heading(q, option) for option in q.options] if q.kind == "budget" else [q.text]
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
