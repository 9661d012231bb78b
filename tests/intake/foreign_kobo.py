"""Exports of KoboToolbox, ODK Central and Ona: names or labels, groups, options, points."""

from __future__ import annotations

from tests.intake.foreign import Asked, Person
from tests.intake.foreign_writers import (
    Sheet,
    at_place,
    cells,
    iso,
    made_id,
    name_of,
    row_cells,
    ticked,
)


def kobo(
    people: list[Person],
    questions: tuple[Asked, ...],
    ticks: str = "both",
    labels: bool = False,
    separator: str = "/",
    server: str = "kobo",
    point: str = "parts",
) -> Sheet:
    """Names or labels, groups before them, a joined column and/or a column an option.

    server: kobo, ona (the same marks), central (ODK Central: groups joined with "-").
    """
    sheet = Sheet()
    stamps = [iso(p.started) for p in people], [iso(p.ended) for p in people]
    if server == "central":
        sheet.add(
            [p.ended.strftime("%Y-%m-%dT%H:%M:%S.123Z") for p in people],
            "SubmissionDate",
            role="when",
            kind="date",
        )
    sheet.add(stamps[0], "start", role="when", kind="date")
    sheet.add(stamps[1], "end", role="when", kind="date")
    for number, asked in enumerate(questions):
        front = "" if number % 3 else f"part_{number // 3 + 1}{separator}"
        base = front + (asked.text if labels else name_of(asked.text))

        def say(option: str) -> str:
            return option if labels else name_of(option, 30).lower()

        if asked.sort == "many":
            found = []
            if ticks in {"both", "joined"}:
                joined = [" ".join(say(o) for o in p.given.get(asked.id, [])) for p in people]  # type: ignore[union-attr]
                found.append(sheet.add(joined, base))
            if ticks in {"both", "split"}:
                found += [
                    sheet.add(ticked(people, asked, o, "1", "0", ""), f"{base}/{say(o)}")
                    for o in asked.options
                ]
            sheet.together(found, asked)
        elif asked.sort == "rows":
            for row in asked.rows:
                column = [
                    say(c) if c and not c.isdigit() else c for c in row_cells(people, asked, row)
                ]
                heading = f"{base}{separator}{row if labels else name_of(row)}"
                sheet.add(column, heading, role=asked.role, kind=asked.kind)
        elif asked.sort == "rank":
            ordinals = ("1st choice", "2nd choice", "3rd choice", "4th choice")
            sheet.together(
                [
                    sheet.add(
                        [say(c) for c in at_place(people, asked, i)],
                        f"{base}{separator}{o if labels else '_' + name_of(o)}",
                    )
                    for i, o in enumerate(ordinals)
                ],
                asked,
            )
        elif asked.sort == "point":
            _point(sheet, people, asked, base, server, point)
        else:
            column = cells(people, asked, " ")
            column = column if asked.sort != "one" else [say(c) for c in column]
            sheet.add(column, base, role=asked.role, kind=asked.kind, group=asked.group)
    ids = [made_id(p) for p in people]
    if server == "central":
        sheet.add(
            [f"uuid:{i}" for i in ids], f"meta{separator}instanceID", role="identity", kind="text"
        )
        sheet.add([f"uuid:{i}" for i in ids], "KEY", role="identity", kind="text")
        sheet.add(["24"] * len(people), "SubmitterID", role="identity", kind="text")
        sheet.add(["App User 2"] * len(people), "SubmitterName", role="identity", kind="text")
        sheet.add(["0"] * len(people), "AttachmentsPresent", role="other", kind="number")
        sheet.add([""] * len(people), "ReviewState", role="other", kind="text")
        sheet.add(["collect:Zx81" + i[:6] for i in ids], "DeviceID", role="identity", kind="text")
    else:
        sheet.add([str(90_000 + p.number) for p in people], "_id", role="identity", kind="text")
        sheet.add(ids, "_uuid", role="identity", kind="text")
        sheet.add(
            [p.ended.strftime("%Y-%m-%dT%H:%M:%S") for p in people],
            "_submission_time",
            role="when",
            kind="date",
        )
        sheet.add([""] * len(people), "_validation_status", role="other", kind="text")
        sheet.add([""] * len(people), "_notes", role="other", kind="text")
        sheet.add(["submitted_via_web"] * len(people), "_status", role="other", kind="one_choice")
        sheet.add([""] * len(people), "_submitted_by", role="identity", kind="text")
        sheet.add(["vXk29"] * len(people), "__version__", role="other", kind="one_choice")
        sheet.add([str(p.number) for p in people], "_index", role="other", kind="number")
    return sheet


def _point(
    sheet: Sheet, people: list[Person], asked: Asked, base: str, server: str, point: str
) -> None:
    given = [p.given.get(asked.id) for p in people]
    found = []
    if point == "one" or server != "central":
        whole = [f"{g[0]} {g[1]} 0 0" if g else "" for g in given]  # type: ignore[index]
        found.append(sheet.add(whole, base))
    if point == "parts":
        names = (
            ("-Latitude", "-Longitude", "-Altitude", "-Accuracy")
            if server == "central"
            else ("_latitude", "_longitude", "_altitude", "_precision")
        )
        mark = "" if server == "central" else "_"
        front, slash, last = base.rpartition("/")
        for i, name in enumerate(names):
            column = [(str(g[i]) if i < 2 else "0") if g else "" for g in given]  # type: ignore[index]
            found.append(sheet.add(column, f"{front}{slash}{mark}{last}{name}"))
    sheet.together(found, asked)
