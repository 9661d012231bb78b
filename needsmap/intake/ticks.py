"""Ticks: what a cell of an option's own column says, and which column repeats the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from needsmap.intake.scales import scales

NOT_CHOSEN = frozenset(
    {"", "0", "false", "no", "n/a", "na", "not selected", "unchecked", "nein", "non", "ei", "nage",
     "nej", "nie", "not quoted", "nicht genannt", "nicht gewählt", "na ie", "nac ydw",
     "não", "не выбрано"}
)  # fmt: skip


YES_OR_NO = NOT_CHOSEN | {
    "1", "yes", "true", "y", "n", "ja", "oui", "sí", "si", "sì", "kyllä", "ie", "ydw", "oes", "tak",
    "sim", "да", "нет", "maybe", "perhaps", "ehkä", "quizás", "peut-être", "vielleicht", "efallai",
}  # fmt: skip


def is_yes_or_no(options: Iterable[str]) -> bool:
    """Tell options that only say yes or no (or perhaps, or that people do not know)."""
    small = {option.strip().casefold() for option in options} - {"other"}
    return bool(small & YES_OR_NO) and small <= YES_OR_NO | scales().apart


def is_tick(text: str, option: str) -> bool:
    """Tell whether a cell of an option's column means that the option was chosen."""
    text = text.strip()
    return text.casefold() not in NOT_CHOSEN or (bool(text) and text == option)


def is_own_words(given: dict[str, int], option: str) -> bool:
    """Tell a column of what people wrote themselves from a column of ticks."""
    written = [cell for cell in given if cell != option and cell.casefold() not in NOT_CHOSEN]
    return len(written) > 2


def joined_column(headings: Sequence[str], columns: Sequence[int]) -> int | None:
    """Return the column that repeats in one cell what the others say, or None.

    `columns` are positions from 1. Kobo writes "needs" beside "needs/parks", "needs/bus".
    """
    for position in columns:
        name = headings[position - 1].strip()
        others = [headings[p - 1].strip() for p in columns if p != position]
        if name and len(others) > 0 and all(other.startswith(f"{name}/") for other in others):
            return position
    return None


def is_mark(given: dict[str, int]) -> bool:
    """Tell a column that says nothing but a mark such as "x" or "1" (or 0 where it is not)."""
    small = {text.casefold() for text in given}
    return bool(small - _UNMARKED <= _MARKS and len(small - _UNMARKED) <= 1)


_MARKS = frozenset({"x", "✓", "✔", "☑", "1", "true", "√", "✗"})
_UNMARKED = frozenset({"0", "false", "☐"})
