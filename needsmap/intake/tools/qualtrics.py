"""Qualtrics: three heading rows (codes, questions, import ids), or two in older exports.

The interface's language changes the second row only; codes and import ids stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather
from needsmap.tables import Kind, Role

_OLD_CODE = re.compile(r"V\d+")
_TYPED = re.compile(r"QID\d+(?:_\d+)*_TEXT")
_ONE_CHOICE = re.compile(r"QID\d+")
_CHOSEN = " - Selected Choice"
_MOST_CODES = 60
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
    if len(rows) == 2 and sum(c.strip().casefold() in _OWN for c in rows[0]) >= 4:
        return Evidence("qualtrics", ("Qualtrics' own columns are there by name.",), 0.9)
    return None


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return Qualtrics' own columns with what they are, and questions by their codes."""
    codes, texts = raw.header_cells[0], raw.headings
    headings = []
    own: dict[int, tuple[Role, Kind]] = {}
    point: dict[str, int] = {}
    fronts = _fronts(codes, texts)
    for i, (code, text) in enumerate(zip(codes, texts, strict=False), start=1):
        for name in (code, text):
            key = name.strip().casefold()
            if key in _OWN:
                own[i] = _OWN[key]
            elif key in {"locationlatitude", "locationlongitude"}:
                point[key] = i
        question, option = _question_and_option(code, text, fronts)
        headings.append(Heading(i, question, "" if i in own else option))
    imports = _import_ids(raw)
    coded = _holds_codes(raw, own)
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
        groups.append(_hinted(raw, group, imports.get(position, ""), coded))
    return groups


def _fronts(codes: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """Return, by code without its number, the question that all its columns begin with."""
    shared: dict[str, set[str]] = {}
    for code, text in zip(codes, texts, strict=False):
        part = _PART.fullmatch(code.strip())
        if part is None:
            continue
        pieces = text.strip().split(" - ")
        fronts = {" - ".join(pieces[:n]) for n in range(1, len(pieces))}
        known = shared.get(part["code"])
        shared[part["code"]] = fronts if known is None else known & fronts
    return {code: max(fronts, key=len) for code, fronts in shared.items() if fronts}


def _question_and_option(code: str, text: str, fronts: dict[str, str]) -> tuple[str, str]:
    """Split "Question - Option" of a column coded Q5_2 into its two parts."""
    part = _PART.fullmatch(code.strip())
    front = fronts.get(part["code"], "") if part else ""
    if not front:
        return text.strip(), ""
    option = text.strip()[len(front) :].removeprefix(" - ").strip()
    return front.removesuffix(_CHOSEN).strip(), option.removeprefix(f"{_CHOSEN[3:]} - ")


def _import_ids(raw: RawTable) -> dict[int, str]:
    """Return Qualtrics' own id of each column, by position."""
    found: dict[int, str] = {}
    if not raw.header_cells or not _is_import_row(raw.header_cells[-1]):
        return found
    for position, cell in enumerate(raw.header_cells[-1], start=1):
        try:
            given = json.loads(cell) if cell.strip() else {}
        except (ValueError, RecursionError):
            continue
        if isinstance(given, dict):
            found[position] = str(given.get("ImportId", ""))
    return found


def _holds_codes(raw: RawTable, own: Mapping[int, object]) -> bool:
    """Tell an export of codes, in which even Qualtrics' own "Finished" is 0 or 1."""
    names = raw.header_cells[0]
    second = raw.header_cells[1] if len(raw.header_cells) > 1 else names
    for position in own:
        labels = {names[position - 1].strip(), second[position - 1].strip()}
        if "Finished" in labels:
            return set(distinct_texts(raw, position)) <= {"0", "1"}
    return False


def _hinted(raw: RawTable, group: ColumnGroup, import_id: str, coded: bool) -> ColumnGroup:
    """Say what the import id and an export of codes tell for certain of a single column."""
    if len(group.columns) > 1 or group.hint_kind is not None:
        return group
    if _TYPED.search(import_id):
        return replace(group, hint_kind="text")
    given = distinct_texts(raw, group.columns[0])
    whole = bool(given) and all(text.isdigit() and int(text) <= _MOST_CODES for text in given)
    choice = not import_id or _ONE_CHOICE.fullmatch(import_id) is not None
    if coded and whole and choice and group.shape == "single":
        offered = tuple(sorted(given, key=int))
        return replace(group, hint_kind="one_choice", hint_separator="", option_texts=offered)
    return group


def _is_import_row(cells: tuple[str, ...]) -> bool:
    for cell in cells:
        if cell.strip():
            try:
                found = json.loads(cell)
            except (ValueError, RecursionError):
                return False
            return isinstance(found, dict) and "ImportId" in found
    return False
