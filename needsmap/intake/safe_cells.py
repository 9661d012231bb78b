"""Cells made safe for what follows: the mark our own exports add is taken off again."""

from __future__ import annotations

import re

import pyarrow.compute as pc

from needsmap.intake.raw_table import RawTable

# Our CSV files put ' before cells a spreadsheet would take for a formula (OWASP, CSV
# injection). Exactly one is taken off, and only where we would have put it, so that
# export and import give the same text.
_GUARD = re.compile("'(?=[\\s\"'\ufeff]*[=+\\-@\t\r\n\0＝＋－＠])")


def without_guard(text: str) -> str:
    """Return the text without the one apostrophe that guards a spreadsheet, if it has it."""
    return text[1:] if _GUARD.match(text) else text


def unguarded(raw: RawTable) -> RawTable:
    """Return the table with the formula guard taken off cells and headings."""
    guarded = {
        position: raw.texts(position).map(without_guard)
        for position in range(1, raw.written.width + 1)
        if pc.any(pc.starts_with(raw.column(position).dictionary, "'")).as_py()
    }
    headings = [without_guard(text) for text in raw.headings]
    return raw.with_columns(guarded, headings) if guarded or headings != raw.headings else raw
