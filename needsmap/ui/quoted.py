"""What people wrote as markup, every letter of it encoded."""

from __future__ import annotations

import pandas as pd

from needsmap.briefs.rows import each_row
from needsmap.draw.safe import map_text
from needsmap.ui.plain import visible
from needsmap.words import say


def quoted_lines(found: pd.DataFrame) -> str:
    """Return quotes as a list. `found`: line, wishes, area_name, survey."""
    rows = "".join(
        f"<li><blockquote>{map_text(say('“{line}”', line=visible(row.line)))}</blockquote>"
        f'<p class="nm-small">{map_text(_from(row))}</p></li>'
        for row in each_row(found)
    )
    return f'<ul class="nm-quotes">{rows}</ul>'


def _from(row: object) -> str:
    parts = (
        getattr(row, "wishes", "") or say("no theme of the list"),
        getattr(row, "area_name", ""),
        getattr(row, "survey", ""),
    )
    return " · ".join(visible(part) for part in parts if part)
