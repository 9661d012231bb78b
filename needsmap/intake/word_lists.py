"""The tables of words in data/intake, each file read once a process."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from needsmap.settings import DATA_FOLDER


@cache
def word_list(name: str) -> dict[str, Any]:
    """Return what `data/intake/NAME.toml` holds. It is shared: nobody changes it."""
    return tomllib.loads((DATA_FOLDER / "intake" / f"{name}.toml").read_text("utf-8"))
