"""What codes stand for: a list kept beside the answers turns "3" into "Buses at night".

Read are the KEY of Jisc Online Surveys (a question's code and text, then its answers'), an
XLSForm (sheets "survey" and "choices"), and plain lists of two columns (code, words) or
three (question, code, words).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from needsmap.errors import UnreadableFile
from needsmap.intake.csv_reading import MOST_COLUMNS
from needsmap.intake.encodings import as_utf8
from needsmap.intake.file_types import file_type
from needsmap.intake.raw_table import RawTable
from needsmap.intake.records import allow_long_cells
from needsmap.intake.separators import sniff_delimiter
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.workbook import sheet_rows
from needsmap.words import say

Codes = Mapping[str, Mapping[str, str]]
"""Question's code → answer's code → words. The answer's code "" is the question itself; the
question's code "*" is any question."""

ANY = "*"
MOST_BYTES = 5 * 1024 * 1024
_MOST_CODES = 20_000
_KNOWN_SHARE = 0.8
_NUMBER = re.compile(r"-?\d{1,5}")
_HEADINGS = frozenset(
    {"code", "codes", "value", "values", "name", "label", "labels", "text", "meaning", "question",
     "variable", "field", "list_name", "list name", "answer", "words", "description", "key"}
)  # fmt: skip


def read_codes(source: bytes | Path, name: str) -> dict[str, dict[str, str]]:
    """Read a codes file.

    Parameters
    ----------
    source, name
        The file's bytes or where it lies; its name is only shown.

    Raises
    ------
    UnreadableFile
        When the file cannot be read, or is no list of codes.
    """
    data = source.read_bytes() if isinstance(source, Path) else source
    if len(data) > MOST_BYTES:
        raise _no_codes(name)
    if file_type(data) == "text":
        found = _from_rows(_records(data))
    else:
        sheets = sheet_rows(data)
        small = {title.strip().casefold(): rows for title, rows in sheets.items()}
        if {"survey", "choices"} <= set(small):
            found = _from_xlsform(small["survey"], small["choices"])
        else:
            found = _from_rows(next(iter(sheets.values()), []))
    if not any(found.values()) or sum(map(len, found.values())) > _MOST_CODES:
        raise _no_codes(name)
    return found


def apply_codes(
    raw: RawTable, groups: Sequence[ColumnGroup], codes: Codes
) -> tuple[RawTable, list[ColumnGroup]]:
    """Return the table and its column groups with words in place of codes.

    Questions get their text, options their wording, cells their answers. A code that is
    not in the list stays as it is. Ticks (0 and 1 in an option's own column) stay ticks.
    """
    changed: dict[int, pd.Series] = {}
    named: list[ColumnGroup] = []
    small = {key.strip().casefold(): entry for key, entry in codes.items()}
    lone = _words_without_question(raw, small)
    for group in groups:
        heading = raw.headings[group.columns[0] - 1].strip()
        if group.option_texts and len(group.columns) > 1:
            named.append(_spread(raw, group, small))
            continue
        entry = _entry(heading, small)
        text = _question_text(heading, group.text, entry, small)
        words = {code: said for code, said in entry.items() if code} or lone
        separator = group.hint_separator
        for position in group.columns:
            cells = _in_words(raw, position, words, separator)
            if cells is not None:
                changed[position] = cells
                separator = "\n" if separator else separator
        offered = tuple(dict.fromkeys(words.values())) if group.columns[0] in changed else ()
        kind = group.hint_kind or ("one_choice" if offered and not separator else None)
        named.append(
            replace(
                group, text=text, hint_kind=kind, hint_separator=separator, option_texts=offered
            )
        )
    return (raw.with_columns(changed, raw.headings) if changed else raw), named


def _entry(heading: str, codes: Codes) -> Mapping[str, str]:
    """Return the entry of a heading, with or without the groups before its name."""
    for name in (heading, heading.rsplit("/", 1)[-1], heading.split(".", 1)[0]):
        if name.strip().casefold() in codes:
            return codes[name.strip().casefold()]
    return {}


def _question_text(heading: str, text: str, entry: Mapping[str, str], codes: Codes) -> str:
    own = entry.get("", "")
    first = re.split(r"[_\[]", heading.casefold(), maxsplit=1)[0]
    above = codes.get(first, {}).get("", "") if first != heading.casefold() else ""
    if own and above and own != above:
        return f"{above} [{own}]"
    return own or text


def _spread(raw: RawTable, group: ColumnGroup, codes: Codes) -> ColumnGroup:
    """Name the options of a question with a column each, and the question."""
    columns = group.columns[len(group.columns) - len(group.option_texts) :]
    text = group.text
    options = []
    for position, old in zip(columns, group.option_texts, strict=True):
        heading = raw.headings[position - 1].strip()
        question, _, option = heading.removesuffix("]").rpartition(
            next((mark for mark in "/[" if mark in heading), "_")
        )
        entry = _entry(question, codes)
        own = _entry(heading, codes).get("", "")
        options.append(entry.get(option) or own or entry.get(old) or old)
        if entry.get(""):
            text = _question_text(question, group.text, entry, codes)
    return replace(group, text=text, option_texts=tuple(options))


def _in_words(
    raw: RawTable, position: int, words: Mapping[str, str], separator: str | None
) -> pd.Series | None:
    """Return a column with its codes in words, or None when they are not in the list."""
    column = raw.column(position)
    if not words or not len(column.dictionary):
        return None
    known = {_plain(code): said for code, said in words.items()}
    told: list[str] = []
    hits = 0
    for text in column.texts:
        if separator:
            parts = [part for part in text.split(separator) if part.strip()]
            said = [known.get(_plain(part), part) for part in parts]
            hits += all(_plain(part) in known for part in parts)
            told.append("\n".join(said))
        else:
            hits += _plain(text) in known
            told.append(known.get(_plain(text), text))
    if hits < _KNOWN_SHARE * len(column.texts):
        return None
    return raw.rewritten(position, told)


def _plain(code: str) -> str:
    return code.strip().removesuffix(".0").casefold()


def _words_without_question(raw: RawTable, codes: Codes) -> dict[str, str]:
    """Return codes of a plain list: any question's, and names that are no heading's."""
    headings = {heading.strip().casefold() for heading in raw.headings}
    headings |= {heading.rsplit("/", 1)[-1] for heading in headings}
    found = dict(codes.get(ANY, {}))
    for code, entry in codes.items():
        if code != ANY and set(entry) == {""} and code not in headings:
            found.setdefault(code, entry[""])
    return found


# --- Reading ----------------------------------------------------------------------------


def _records(data: bytes) -> list[list[str]]:
    text = as_utf8(data)[0].replace(b"\x00", b"").decode("utf-8")
    lines = list(io.StringIO(text, newline=""))
    allow_long_cells()
    try:
        return list(csv.reader(lines, delimiter=sniff_delimiter(lines[:300])))
    except csv.Error:
        return []


def _from_rows(rows: Iterable[Sequence[str]]) -> dict[str, dict[str, str]]:
    """Read a list of two columns (a question's codes follow it) or of three."""
    filled = [[cell.strip() for cell in row] for row in rows]
    filled = [row for row in filled if any(row) and len(row) <= MOST_COLUMNS]
    if not filled:
        return {}
    if sum(cell.casefold() in _HEADINGS for cell in filled[0]) >= 2:
        filled = filled[1:]
    found: dict[str, dict[str, str]] = {}
    width = max((len(row) for row in filled), default=0)
    three = width >= 3 and sum(len(row) >= 3 and bool(row[2]) for row in filled) > len(filled) / 2
    question = ANY
    for row in filled:
        if three and len(row) >= 3:
            question = row[0] or question
            found.setdefault(question, {})[row[1]] = row[2]
        elif len(row) >= 2 and row[1]:
            if _NUMBER.fullmatch(row[0]):
                found.setdefault(question, {})[row[0]] = row[1]
            elif row[0]:
                question = row[0]
                found.setdefault(question, {})[""] = row[1]
    return found


def _from_xlsform(
    survey: Sequence[Sequence[str]], choices: Sequence[Sequence[str]]
) -> dict[str, dict[str, str]]:
    """Read the questions and choices of an XLSForm; the first label column counts."""
    lists: dict[str, dict[str, str]] = {}
    for row in _by_heading(choices):
        name = row.get("list_name") or row.get("list name") or ""
        if name and row.get("name"):
            lists.setdefault(name, {})[row["name"]] = _label(row)
    found: dict[str, dict[str, str]] = {}
    for row in _by_heading(survey):
        kind, name = row.get("type", "").split(), row.get("name", "")
        if not name or not kind:
            continue
        entry = {"": _label(row)} if _label(row) else {}
        if kind[0] in {"select_one", "select_multiple", "rank"} and len(kind) > 1:
            entry.update(lists.get(kind[1], {}))
        if entry:
            found[name] = entry
    return found


def _by_heading(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    if not rows:
        return []
    names = [cell.strip().casefold() for cell in rows[0]]
    return [dict(zip(names, map(str.strip, row), strict=False)) for row in rows[1:]]


def _label(row: Mapping[str, str]) -> str:
    if row.get("label"):
        return row["label"]
    return next((text for name, text in row.items() if name.startswith("label") and text), "")


def _no_codes(name: str) -> UnreadableFile:
    return UnreadableFile(
        say("'{name}' is not a list of codes we know.", name=name[:80]),
        say("Bring a list with a code and its words in each row, or the form's XLSForm."),
    )
