"""Exports of survey servers: SurveyMonkey, Qualtrics, LimeSurvey."""

from __future__ import annotations

import json

from tests.intake.foreign import Asked, Person
from tests.intake.foreign_writers import (
    Sheet,
    at_place,
    cells,
    made_id,
    own_words,
    place_of,
    row_cells,
    ticked,
    times,
)

ONE = ("one", "text", "number")


def surveymonkey(
    people: list[Person],
    questions: tuple[Asked, ...],
    form: str = "two",
    words: tuple[str, str] = ("Response", "Open-Ended Response"),
    own: tuple[str, ...] = (
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
    ),
) -> Sheet:
    """Two heading rows ("two"), one with "question - option" ("one"), or codes ("coded")."""
    sheet = Sheet()
    stamp = "%m/%d/%Y %I:%M:%S %p"
    lead = {
        "two": lambda text: (text, ""),
        "one": lambda text: (text,),
        "coded": lambda text: (text.lower().replace(" ", "_"),),
    }[form]
    sheet.add(
        [str(118_204_000_000 + 37 * p.number) for p in people],
        *lead(own[0]),
        role="identity",
        kind="text",
    )
    sheet.add(["452009917"] * len(people), *lead(own[1]), role="other", kind="text")
    sheet.add(times(people, stamp), *lead(own[2]), role="when", kind="date")
    sheet.add(times(people, stamp, end=True), *lead(own[3]), role="when", kind="date")
    sheet.add(
        [f"203.0.113.{p.number % 250}" for p in people], *lead(own[4]), role="identity", kind="text"
    )
    for number, asked in enumerate(questions, start=1):
        code = f"q{number:04}"
        single = asked.sort in ONE
        parts: list[tuple[str, list[str], str]] = []
        if single:
            label = words[1] if asked.sort == "text" else words[0]
            parts.append((label, cells(people, asked, ", "), code))
        elif asked.sort == "many":
            parts += [
                (o, ticked(people, asked, o, o, "", ""), f"{code}_{i:04}")
                for i, o in enumerate(asked.options, 1)
            ]
            if any(own_words(people, asked)):
                parts.append(("Other (please specify)", own_words(people, asked), f"{code}_other"))
        elif asked.sort == "rows":
            parts += [
                (r, row_cells(people, asked, r), f"{code}_{i:04}")
                for i, r in enumerate(asked.rows, 1)
            ]
        elif asked.sort == "rank":
            parts += [
                (o, place_of(people, asked, o), f"{code}_{i:04}")
                for i, o in enumerate(asked.options, 1)
            ]
        found = []
        for i, (option, column, coded) in enumerate(parts):
            heading = {
                "two": (asked.text if i == 0 else "", option),
                "one": (asked.text if single else f"{asked.text} - {option}",),
                "coded": (coded,),
            }[form]
            found.append(sheet.add(column, *heading))
        if asked.sort == "rows":
            sheet.meant |= {(p,): (asked.role, asked.kind, "") for p in found}
        else:
            sheet.together(found, asked)
    return sheet


def qualtrics(
    people: list[Person],
    questions: tuple[Asked, ...],
    old: bool = False,
    labels: dict[str, str] | None = None,
    joined: bool = False,
) -> Sheet:
    """Three heading rows, the second in the interface's language; or two in older exports."""
    labels = labels or {}
    sheet = Sheet()
    stamp = "%Y-%m-%d %H:%M:%S"
    n = len(people)
    own = [
        ("StartDate", "startDate", times(people, stamp), "when", "date"),
        ("EndDate", "endDate", times(people, stamp, end=True), "when", "date"),
        ("Status", "status", ["IP Address"] * n, "other", "one_choice"),
        (
            "IPAddress",
            "ipAddress",
            [f"198.51.100.{p.number % 250}" for p in people],
            "identity",
            "text",
        ),
        ("Progress", "progress", ["100"] * n, "other", "number"),
        (
            "Duration (in seconds)",
            "duration",
            [str(120 + p.number) for p in people],
            "other",
            "number",
        ),
        ("Finished", "finished", ["True"] * n, "other", "one_choice"),
        ("RecordedDate", "recordedDate", times(people, stamp, end=True), "when", "date"),
        (
            "ResponseId",
            "_recordId",
            [f"R_{made_id(p)[:15].replace('-', 'x')}" for p in people],
            "identity",
            "text",
        ),
        ("RecipientLastName", "recipientLastName", [""] * n, "identity", "text"),
        ("RecipientEmail", "recipientEmail", [""] * n, "identity", "text"),
        ("UserLanguage", "userLanguage", ["EN"] * n, "other", "one_choice"),
    ]
    coded = 0

    def add(column: list[str], code: str, text: str, import_id: str, **what: str) -> int:
        nonlocal coded
        coded += 1
        if old:
            return sheet.add(column, f"V{coded}" if import_id[:3] != "QID" else code, text, **what)
        return sheet.add(column, code, text, json.dumps({"ImportId": import_id}), **what)

    for name, import_id, column, role, kind in own:
        add(column, name, name if old else labels.get(name, name), import_id, role=role, kind=kind)
    for number, asked in enumerate(questions, start=1):
        code, qid = f"Q{number}", f"QID{number}"
        if asked.sort in ONE:
            add(
                cells(people, asked, ","),
                code,
                asked.text,
                qid + ("_TEXT" if asked.sort == "text" else ""),
                role=asked.role,
                kind=asked.kind,
                group=asked.group,
            )
        elif asked.sort == "many" and joined:
            add(cells(people, asked, ","), code, asked.text, qid, role=asked.role, kind=asked.kind)
        elif asked.sort == "many":
            found = [
                add(
                    ticked(people, asked, o, o, "", ""),
                    f"{code}_{i}",
                    f"{asked.text} - {o}",
                    f"{qid}_{i}",
                )
                for i, o in enumerate(asked.options, 1)
            ]
            sheet.together(found, asked)
        elif asked.sort == "rows":
            for i, row in enumerate(asked.rows, 1):
                add(
                    row_cells(people, asked, row),
                    f"{code}_{i}",
                    f"{asked.text} - {row}",
                    f"{qid}_{i}",
                    role=asked.role,
                    kind=asked.kind,
                )
        else:
            columns = [
                [str(p.given[asked.id][i]) if asked.id in p.given else "" for p in people]  # type: ignore[index]
                if asked.sort == "share"
                else place_of(people, asked, o)
                for i, o in enumerate(asked.options)
            ]
            sheet.together(
                [
                    add(c, f"{code}_{i}", f"{asked.text} - {o}", f"{qid}_{i}")
                    for i, (o, c) in enumerate(zip(asked.options, columns, strict=True), 1)
                ],
                asked,
            )
    return sheet


def limesurvey(
    people: list[Person],
    questions: tuple[Asked, ...],
    headings: str = "both",
    yes: str = "Yes",
    no: str = "No",
) -> Sheet:
    """Headings of code and text ("both"), code only ("code") or text only ("text")."""
    sheet = Sheet()

    def head(code: str, text: str) -> str:
        return {"both": f"{code}. {text}", "code": code, "text": text}[headings]

    stamp = "%Y-%m-%d %H:%M:%S"
    n = len(people)
    sheet.add(
        [str(p.number) for p in people], head("id", "Response ID"), role="identity", kind="number"
    )
    sheet.add(
        times(people, stamp, end=True),
        head("submitdate", "Date submitted"),
        role="when",
        kind="date",
    )
    sheet.add(["4"] * n, head("lastpage", "Last page"), role="other", kind="number")
    sheet.add(["en"] * n, head("startlanguage", "Start language"), role="other", kind="one_choice")
    sheet.add(
        [str(1_000_000 + 977 * p.number % 899_999) for p in people],
        head("seed", "Seed"),
        role="other",
        kind="number",
    )
    for number, asked in enumerate(questions, start=1):
        code = f"G01Q{number:02}"
        if asked.sort == "many":
            found = [
                sheet.add(
                    ticked(people, asked, o, yes, no, no),
                    head(f"{code}[SQ{i:03}]", f"{asked.text} [{o}]"),
                )
                for i, o in enumerate(asked.options, 1)
            ]
            if any(own_words(people, asked)):
                found.append(
                    sheet.add(
                        own_words(people, asked), head(f"{code}[other]", f"{asked.text} [Other]")
                    )
                )
            sheet.together(found, asked)
        elif asked.sort == "rows":
            for i, row in enumerate(asked.rows, 1):
                sheet.add(
                    row_cells(people, asked, row),
                    head(f"{code}[SQ{i:03}]", f"{asked.text} [{row}]"),
                    role=asked.role,
                    kind=asked.kind,
                )
        elif asked.sort == "rank":
            sheet.together(
                [
                    sheet.add(
                        at_place(people, asked, i),
                        head(f"{code}[{i + 1}]", f"{asked.text} [Rank {i + 1}]"),
                    )
                    for i in range(len(asked.options))
                ],
                asked,
            )
        else:
            sheet.add(
                cells(people, asked, ", "),
                head(code, asked.text),
                role=asked.role,
                kind=asked.kind,
                group=asked.group,
            )
    return sheet
