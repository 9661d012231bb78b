"""Writing and reading what was asked."""

from __future__ import annotations

import json

from sqlalchemy import Connection, insert, select

from needsmap.store.schema import question as question_table
from needsmap.tables import Option, Question


def write_questions(connection: Connection, number: int, questions: tuple[Question, ...]) -> None:
    """Write the questions of the survey with this internal number, in order."""
    rows = [
        {
            "survey": number,
            "position": position,
            "id": question.id,
            "text": question.text,
            "role": question.role,
            "kind": question.kind,
            "group": question.group,
            "separator": question.separator,
            "answered": question.answered,
            "columns": json.dumps(question.columns),
            "options": json.dumps([vars(option) for option in question.options]),
        }
        for position, question in enumerate(questions)
    ]
    if rows:
        connection.execute(insert(question_table), rows)


def read_questions(connection: Connection, number: int) -> tuple[Question, ...]:
    """Return the questions of the survey with this internal number, in order."""
    rows = connection.execute(
        select(question_table).where(question_table.c.survey == number).order_by("position")
    ).mappings()
    return tuple(
        Question(
            id=row["id"],
            text=row["text"],
            role=row["role"],
            kind=row["kind"],
            columns=tuple(json.loads(row["columns"])),
            separator=row["separator"],
            options=tuple(
                Option(**{**option, "themes": tuple(option["themes"])})
                for option in json.loads(row["options"])
            ),
            answered=row["answered"],
            group=row["group"],
        )
        for row in rows
    )
