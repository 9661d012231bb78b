"""How each form tool writes the answers of an invented survey, and what a person would call
every column of the file.

Layouts follow the tools' own documentation and public exports: Qualtrics' "Understanding your
dataset", LimeSurvey's "Exporting results", ODK Central's CSV export (its server's tests),
KoboToolbox's export settings, exports of Microsoft Forms and Typeform in public repositories.
"""

from __future__ import annotations

import csv
import io
import random
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from tests.intake.foreign import Asked, Person

Meant = dict[tuple[int, ...], tuple[str, str, str]]


@dataclass
class Sheet:
    """A table being written: its columns with their headings, cells and what they are."""

    headings: list[list[str]] = field(default_factory=list)
    columns: list[list[str]] = field(default_factory=list)
    meant: Meant = field(default_factory=dict)

    def add(
        self, cells: list[str], *heading: str, role: str = "", kind: str = "", group: str = ""
    ) -> int:
        """Add a column; with a role it is a question of its own. Returns its position."""
        self.headings.append(list(heading))
        self.columns.append(cells)
        position = len(self.columns)
        if role:
            self.meant[(position,)] = (role, kind, group)
        return position

    def ask(self, asked: Asked, cells: list[str], heading: str = "") -> None:
        """Add a question of one column, or one row of a grid."""
        self.add(cells, heading or asked.text, role=asked.role, kind=asked.kind, group=asked.group)

    def grid(self, people: list[Person], asked: Asked, heading: str) -> None:
        """Add a column a row; `heading` holds the question and the row."""
        for row in asked.rows:
            self.ask(asked, row_cells(people, asked, row), heading.format(asked.text, row))

    def together(self, positions: list[int], asked: Asked) -> None:
        self.meant[tuple(positions)] = (asked.role, asked.kind, asked.group)

    def csv(self, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
        rows = [list(row) for row in zip(*self.headings, strict=True)]
        rows += [list(row) for row in zip(*self.columns, strict=True)]
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(rows)
        return text.getvalue().encode(encoding)


def cells(people: list[Person], asked: Asked, between: str, after: str = "") -> list[str]:
    """Return one joined cell a person for a question of one column."""
    found = []
    for person in people:
        given = person.given.get(asked.id, "")
        own = person.own.get(asked.id)
        parts = given if isinstance(given, list) else [given] if given else []
        texts = [*map(str, parts), *([own] if own else [])]
        found.append(between.join(texts) + (after if texts else ""))
    return found


def row_cells(people: list[Person], asked: Asked, row: str) -> list[str]:
    return [str(dict(p.given.get(asked.id) or {}).get(row, "")) for p in people]  # type: ignore[arg-type]


def ticked(
    people: list[Person], asked: Asked, option: str, yes: str, no: str, unasked: str
) -> list[str]:
    found = []
    for person in people:
        given = person.given.get(asked.id)
        found.append(unasked if given is None else yes if option in given else no)  # type: ignore[operator]
    return found


def place_of(people: list[Person], asked: Asked, option: str) -> list[str]:
    return [
        str(list(given).index(option) + 1) if (given := p.given.get(asked.id)) else ""  # type: ignore[call-overload]
        for p in people
    ]


def at_place(people: list[Person], asked: Asked, place: int) -> list[str]:
    return [str(given[place]) if (given := p.given.get(asked.id)) else "" for p in people]  # type: ignore[index]


def own_words(people: list[Person], asked: Asked) -> list[str]:
    return [p.own.get(asked.id, "") for p in people]


def times(people: list[Person], pattern: str, end: bool = False) -> list[str]:
    return [(p.ended if end else p.started).strftime(pattern) for p in people]


def made_id(person: Person, salt: str = "") -> str:
    number = random.Random(f"{salt}{person.number}").getrandbits(128)
    return str(uuid.UUID(int=number, version=4))


# --- Google Forms ---------------------------------------------------------------------------


def google(
    people: list[Person],
    questions: tuple[Asked, ...],
    first: str = "Timestamp",
    pattern: str = "%m/%d/%Y %H:%M:%S",
    mail: str = "",
) -> Sheet:
    """Time first; ticks joined with ", "; grids and rankings headed "Question [Row]"."""
    sheet = Sheet()
    sheet.add(times(people, pattern, end=True), first, role="when", kind="date")
    if mail:
        sheet.add(
            [f"someone{p.number}@example.org" for p in people], mail, role="identity", kind="text"
        )
    for asked in questions:
        if asked.sort == "rows":
            sheet.grid(people, asked, "{} [{}]")
        elif asked.sort == "rank":
            # Google has no ranking: people make a grid of items by places.
            found = [
                sheet.add(place_of(people, asked, o), f"{asked.text} [{o}]") for o in asked.options
            ]
            sheet.together(found, asked)
        elif asked.sort == "share":
            found = [
                sheet.add(
                    [str(p.given[asked.id][i]) if asked.id in p.given else "" for p in people],  # type: ignore[index]
                    f"{asked.text} [{option}]",
                )
                for i, option in enumerate(asked.options)
            ]
            sheet.together(found, asked)
        else:
            sheet.ask(asked, cells(people, asked, ", "))
    return sheet


# --- Microsoft Forms ------------------------------------------------------------------------


def microsoft(
    people: list[Person],
    questions: tuple[Asked, ...],
    own: tuple[str, ...] = (
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Last modified time",
    ),
    pattern: str = "%m/%d/%y %H:%M:%S",
) -> Sheet:
    """Number, times, account; ticks and rankings end in ";"; statements have a column each."""
    sheet = Sheet()
    sheet.add([str(p.number) for p in people], own[0], role="identity", kind="number")
    sheet.add(times(people, pattern), own[1], role="when", kind="date")
    sheet.add(times(people, pattern, end=True), own[2], role="when", kind="date")
    sheet.add(["anonymous"] * len(people), own[3], role="identity", kind="text")
    sheet.add([""] * len(people), own[4], role="identity", kind="text")
    for extra in own[5:]:
        sheet.add([""] * len(people), extra, role="when", kind="date")
    for asked in questions:
        if asked.sort == "rows":
            sheet.grid(people, asked, "{}.{}")
        elif asked.sort in {"many", "rank"}:
            sheet.ask(asked, cells(people, asked, ";", ";"))
        else:
            sheet.ask(asked, cells(people, asked, ";"))
    return sheet


# --- Typeform -------------------------------------------------------------------------------


def typeform(people: list[Person], questions: tuple[Asked, ...]) -> Sheet:
    """Key first, a column an option headed by it, dates and the network's id last."""
    sheet = Sheet()
    sheet.add([made_id(p).replace("-", "") for p in people], "#", role="identity", kind="text")
    for asked in questions:
        if asked.sort == "many":
            found = [sheet.add(ticked(people, asked, o, o, "", ""), o) for o in asked.options]
            if any(own_words(people, asked)):
                found.append(sheet.add(own_words(people, asked), "Other"))
            sheet.together(found, asked)
        elif asked.sort == "rows":
            sheet.grid(people, asked, "{} - {}")
        else:
            sheet.ask(asked, cells(people, asked, ", "))
    sheet.add(["completed"] * len(people), "Response Type", role="other", kind="one_choice")
    sheet.add(times(people, "%Y-%m-%d %H:%M:%S"), "Start Date (UTC)", role="when", kind="date")
    sheet.add([""] * len(people), "Stage Date (UTC)", role="when", kind="date")
    sheet.add(
        times(people, "%Y-%m-%d %H:%M:%S", end=True), "Submit Date (UTC)", role="when", kind="date"
    )
    sheet.add(
        [made_id(p, "n")[:10].replace("-", "a") for p in people],
        "Network ID",
        role="identity",
        kind="text",
    )
    sheet.add([""] * len(people), "Tags", role="other", kind="text")
    return sheet


def name_of(text: str, most: int = 60) -> str:
    """Return a code name as Kobo makes it from a label."""
    return re.sub(r"\W+", "_", text).strip("_")[:most]


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
