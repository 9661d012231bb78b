"""Everything a volunteer changed about how a file was understood.

The same JSON is what the page keeps in its session and what `--columns MAP.json` reads.
Positions count columns from 1, as a spreadsheet's reader does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, get_args

from needsmap.errors import NeedsmapError
from needsmap.tables import Kind, Role

ROLES: tuple[str, ...] = get_args(Role)
KINDS: tuple[str, ...] = get_args(Kind)

_FIX = "Correct the file of column choices, or leave that part out to have it guessed."


@dataclass(frozen=True)
class Choices:
    """What was changed by hand; anything left at its default is guessed.

    encoding, delimiter, sheet
        How to open the file; None to have it found. `delimiter` is one character.
    header_row
        Number in the file (from 1) of the row holding the questions; None to have it found.
    language
        Of the theme list the answers are matched to; None to have it guessed.
    title, asked
        Name of the survey and the day it was asked; "" and None when not given.
    roles, kinds, separators, groups
        Position of a question's first column → role, kind, separator, group id. An empty
        separator means that cells are not split.
    options
        Position → the options the question offers, in order.
    themes
        Option text → theme ids it stands for (empty tuple: none).
    keep_personal
        Position → why a column with personal details is kept.
    drop
        Positions of columns to leave out altogether.
    missing
        Position → texts that mean "not answered" there; an empty list: none does.
    codes
        What codes stand for, from a list kept beside the answers (`codes.read_codes`).
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    language: str | None = None
    title: str = ""
    asked: date | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)
    kinds: Mapping[int, Kind] = field(default_factory=dict)
    separators: Mapping[int, str] = field(default_factory=dict)
    options: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep_personal: Mapping[int, str] = field(default_factory=dict)
    drop: frozenset[int] = frozenset()
    missing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def changed(self, **changes: Any) -> Choices:
        """Return a copy with the named fields replaced."""
        return replace(self, **changes)

    def to_json(self) -> str:
        """Return the choices as JSON text; only what was changed is written."""
        written: dict[str, object] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value is None or value == "" or (hasattr(value, "__len__") and not value):
                continue
            if isinstance(value, date):
                written[each.name] = value.isoformat()
            elif isinstance(value, frozenset):
                written[each.name] = sorted(value)
            elif isinstance(value, Mapping):
                written[each.name] = {
                    str(key): list(kept) if isinstance(kept, tuple) else _plain(kept)
                    for key, kept in value.items()
                }
            else:
                written[each.name] = value
        return json.dumps(written, ensure_ascii=False, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Choices:
        """Read choices from JSON text.

        Raises
        ------
        NeedsmapError
            When the text is not JSON, or names a field, role, kind or position that does
            not exist; the sentence says which.
        """
        try:
            given = _sound(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise NeedsmapError("The column choices are not JSON.", _FIX) from error
        if not isinstance(given, dict):
            raise NeedsmapError("The column choices are not a JSON object.", _FIX)
        known = {each.name for each in fields(cls)}
        unknown = sorted(set(given) - known)
        if unknown:
            raise NeedsmapError(
                f"The column choices name '{unknown[0]}', which is not something to choose.",
                f"Use only: {', '.join(sorted(known))}.",
            )
        return cls(**{name: _field(name, value) for name, value in given.items()})


def _field(name: str, value: object) -> Any:
    """Check one field of the JSON and return it in the type `Choices` holds."""
    if value is None:
        if name in {"encoding", "delimiter", "sheet", "header_row", "language", "asked"}:
            return None
        raise _wrong(name)
    if name in {"encoding", "delimiter", "sheet", "language", "title"}:
        if not isinstance(value, str) or (name == "delimiter" and len(value) != 1):
            raise _wrong(name)
        return value
    if name == "header_row":
        return _position(name, value)
    if name == "asked":
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise NeedsmapError(
                f"'{value}' is not a date.", "Write the date as year-month-day: 2025-03-31."
            ) from error
    if name == "drop":
        if not isinstance(value, list):
            raise _wrong(name)
        return frozenset(_position(name, each) for each in value)
    if not isinstance(value, dict):
        raise _wrong(name)
    if name == "codes":
        if not all(isinstance(entry, dict) for entry in value.values()):
            raise _wrong(name)
        return {
            key: {str(code): str(said) for code, said in entry.items()}
            for key, entry in value.items()
        }
    if name == "themes":
        return {str(key): _texts(name, kept) for key, kept in value.items()}
    by_position = {_position(name, key): kept for key, kept in value.items()}
    if name in {"options", "missing"}:
        return {key: _texts(name, kept) for key, kept in by_position.items()}
    allowed = {"roles": ROLES, "kinds": KINDS}.get(name)
    for kept in by_position.values():
        if not isinstance(kept, str):
            raise _wrong(name)
        if allowed is not None and kept not in allowed:
            raise NeedsmapError(
                f"The column choices say '{kept}' under '{name}'.",
                f"Use one of: {', '.join(allowed)}.",
            )
    return by_position


def _sound(value: Any) -> Any:
    """Return a value of JSON without NUL and half characters, which no store can keep."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_sound(each) for each in value]
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return value


def _plain(kept: object) -> object:
    return dict(kept) if isinstance(kept, Mapping) else kept


def _position(name: str, value: object) -> int:
    """Return a position counted from 1, given as a number or digits."""
    try:
        position = int(str(value))
    except ValueError as error:
        raise _wrong(name) from error
    if position < 1:
        raise _wrong(name)
    return position


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _wrong(name)
    return tuple(value)


def _wrong(name: str) -> NeedsmapError:
    return NeedsmapError(f"The column choices hold something unexpected under '{name}'.", _FIX)
