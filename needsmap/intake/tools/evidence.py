"""What a form tool's module gives: why it knows the file, and which columns belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from needsmap.tables import Kind, Role

Shape = Literal[
    "single", "spread_options", "ranking_columns", "grid_row", "point_parts", "amount_columns"
]


@dataclass(frozen=True)
class Evidence:
    """Why a file is believed to come from a tool.

    `points` are short sentences people can check; `confidence` is 0-1.
    """

    tool: str
    points: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class ColumnGroup:
    """Columns that together hold one question.

    text
        The question, without option or code.
    columns
        Positions from 1.
    shape
        single: one column. spread_options: a column an option, filled where chosen.
        ranking_columns: a column a place (first, second, …) or a column an item holding
        its place, told apart by `option_texts` (given for a column an item). grid_row: one
        row of a rating grid. point_parts: latitude, then longitude, then what else belongs to
        the point. amount_columns: a column a thing something is given to.
    option_texts
        One a column for spread options, items that are ranked or given something (a column
        that repeats the others has none). For a single column: all the form offers, when
        that is known. Else empty.
    hint_kind, hint_role, hint_separator
        What the tool's format says for certain; None to have it guessed.
    """

    text: str
    columns: tuple[int, ...]
    shape: Shape = "single"
    option_texts: tuple[str, ...] = ()
    hint_kind: Kind | None = None
    hint_role: Role | None = None
    hint_separator: str | None = None
