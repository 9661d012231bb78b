"""Qualtrics: three heading rows (codes, questions, import ids), or two in older exports.

The interface's language changes the second row only; codes and import ids stay.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather
from needsmap.tables import Kind, Role

_OLD_CODE = re.compile(r"V\d+")
_PART = re.compile(r"(?P<code>.+?)_(?P<number>\d+)(?:_TEXT)?")
# What Qualtrics itself adds, by its code; the older export names them in the second row.
_OWN: dict[str, tuple[Role, Kind]] = {
    "startdate": ("when", "date"),
    "enddate": ("when", "date"),
    "recordeddate": ("when", "date"),
    "ipaddress": ("identity", "text"),
    "responseid": ("identity", "text"),
    "_recordid": ("identity", "text"),
    "name": ("identity", "text"),
    "recipientlastname": ("identity", "text"),
    "recipientfirstname": ("identity", "text"),
    "recipientemail": ("identity", "text"),
    "emailaddress": ("identity", "text"),
    "externalreference": ("identity", "text"),
    "externaldatareference": ("identity", "text"),
    "externaldata": ("identity", "text"),
    "status": ("other", "one_choice"),
    "responseset": ("other", "one_choice"),
    "progress": ("other", "number"),
    "duration (in seconds)": ("other", "number"),
    "finished": ("other", "one_choice"),
    "distributionchannel": ("other", "one_choice"),
    "userlanguage": ("other", "one_choice"),
    "locationaccuracy": ("other", "number"),
}


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by the row of import ids, or by the codes V1, V2, … of the older export."""
    rows = raw.header_cells
    if len(rows) >= 2 and _is_import_row(rows[-1]):
        return Evidence("qualtrics", ("A heading row holds Qualtrics' import ids.",), 0.98)
    if len(rows) == 2 and sum(bool(_OLD_CODE.fullmatch(c.strip())) for c in rows[0]) >= 4:
        return Evidence("qualtrics", ("Columns are coded V1, V2 and so on.",), 0.9)
    return None


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return Qualtrics' own columns with what they are, and questions by their codes."""
    codes, texts = raw.header_cells[0], raw.headings
    headings = []
    own: dict[int, tuple[Role, Kind]] = {}
    point: dict[str, int] = {}
    for i, (code, text) in enumerate(zip(codes, texts, strict=False), start=1):
        for name in (code, text):
            key = name.strip().casefold()
            if key in _OWN:
                own[i] = _OWN[key]
            elif key in {"locationlatitude", "locationlongitude"}:
                point[key] = i
        question, option = _question_and_option(code, text)
        headings.append(Heading(i, question, "" if i in own else option))
    groups = []
    for group in gather(raw, headings):
        position = group.columns[0]
        if position in own:
            role, kind = own[position]
            groups.append(replace(group, hint_role=role, hint_kind=kind))
            continue
        if position in point.values():
            if len(point) == 2 and position == point["locationlatitude"]:
                both = (point["locationlatitude"], point["locationlongitude"])
                groups.append(ColumnGroup(group.text, both, "point_parts", (), "point", "location"))
                continue
            if len(point) == 2:
                continue
        groups.append(group)
    return groups


def _question_and_option(code: str, text: str) -> tuple[str, str]:
    """Split "Question - Option" of a column coded Q5_2 into its two parts."""
    if _PART.fullmatch(code.strip()) and " - " in text:
        question, option = text.rsplit(" - ", 1)
        return question.strip(), option.strip()
    return text.strip(), ""


def _is_import_row(cells: tuple[str, ...]) -> bool:
    for cell in cells:
        if cell.strip():
            try:
                found = json.loads(cell)
            except (ValueError, RecursionError):
                return False
            return isinstance(found, dict) and "ImportId" in found
    return False
