"""Typeform: "#" first, dates last, and a column an option headed by the option itself."""

from __future__ import annotations

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.tables import Kind, Role

_OWN: dict[str, tuple[Role, Kind]] = {
    "#": ("identity", "text"),
    "response type": ("other", "one_choice"),
    "start date (utc)": ("when", "date"),
    "stage date (utc)": ("when", "date"),
    "submit date (utc)": ("when", "date"),
    "network id": ("identity", "text"),
    "tags": ("other", "text"),
    "ending": ("other", "text"),
    "score": ("other", "number"),
}


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by "#" first, and columns whose every answer is their heading."""
    if not raw.headings or raw.headings[0] != "#":
        return None
    options = _option_columns(raw)
    points = ["The first column is headed '#'."]
    if options:
        points.append("Options have a column each, headed and filled with their text.")
    return Evidence("typeform", tuple(points), 0.9 if options else 0.6)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group for each run of option columns, closed by a column "Other"."""
    options = _option_columns(raw)
    groups: list[ColumnGroup] = []
    run: list[int] = []

    def close() -> None:
        if len(run) == 1:
            groups.append(ColumnGroup(raw.headings[run[0] - 1], (run[0],)))
        elif run:
            texts = tuple(raw.headings[p - 1] for p in run)
            # The file does not hold the question of ticked options, so their words stand in.
            groups.append(
                ColumnGroup(
                    " / ".join(texts[:3]), tuple(run), "spread_options", texts, "many_choices"
                )
            )
        run.clear()

    for position, heading in enumerate(raw.headings, start=1):
        if position in options:
            run.append(position)
        elif run and len(run) > 1 and heading and _ends_soon(raw, position, options):
            # An option nobody chose: its column is empty, and the run goes on after it.
            run.append(position)
        elif run and len(run) > 1 and heading == "Other":
            run.append(position)
            close()
        else:
            close()
            role, kind = _OWN.get(heading.strip().casefold(), (None, None))
            if heading or distinct_texts(raw, position):
                groups.append(ColumnGroup(heading, (position,), hint_role=role, hint_kind=kind))
    close()
    return groups


def _option_columns(raw: RawTable) -> set[int]:
    """Return positions of columns that hold nothing but their own heading."""
    found = set()
    for position, heading in enumerate(raw.headings, start=1):
        if heading and set(distinct_texts(raw, position)) == {heading}:
            found.add(position)
    return found


def _ends_soon(raw: RawTable, position: int, options: set[int]) -> bool:
    """Tell an empty column with an option or "Other" after it and nothing but such between."""
    if distinct_texts(raw, position):
        return False
    while position <= len(raw.headings) and not distinct_texts(raw, position):
        position += 1
    if position > len(raw.headings):
        return False
    return position in options or raw.headings[position - 1] == "Other"
