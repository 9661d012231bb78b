"""Ready-made questionnaires, from data/forms: what they ask, in which order, of whom."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from needsmap.errors import NotFound
from needsmap.intake.themes import Theme
from needsmap.settings import DATA_FOLDER
from needsmap.tables import Form, FormQuestion
from needsmap.words import say

FORMS_FOLDER = DATA_FOLDER / "forms"


def known_forms() -> tuple[str, ...]:
    """Return the names of the forms there are."""
    return tuple(sorted(path.stem for path in FORMS_FOLDER.glob("*.toml")))


def load_form(name: str, themes: list[Theme], place: str = "") -> Form:
    """Read a form; options that are themes get the place's own labels.

    Parameters
    ----------
    themes
        The place's themes; a theme the place does not have is left out.
    place
        The place's title, put after the form's, or "".

    Raises
    ------
    NotFound
        When there is no form of this name.
    """
    if name not in known_forms():
        raise NotFound(
            say("There is no form '{name}'.", name=name[:40]),
            say("Choose one of: {known}.", known=", ".join(known_forms())),
        )
    raw = _as_written(name)
    labels = {theme.id: theme.label for theme in themes}
    return Form(
        name=name,
        title=f"{raw['title']}: {place}" if place else str(raw["title"]),
        intro=str(raw["intro"]),
        thanks=str(raw["thanks"]),
        questions=tuple(_question(entry, labels) for entry in raw["questions"]),
    )


@cache
def _as_written(name: str) -> Mapping[str, Any]:
    """Return what the file of a form holds, read once: it is asked for in every language."""
    return tomllib.loads((FORMS_FOLDER / f"{name}.toml").read_text("utf-8"))


def code_of(option: str) -> str:
    """Return an option as XLSForm names it: small letters, digits and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", option.casefold()).strip("_") or "other"


def points_heading(question: str, option: str) -> str:
    """Return the heading of one line of a budget question: the question, then the line."""
    return f"{question} [{option}]"


def _question(entry: Mapping[str, object], labels: Mapping[str, str]) -> FormQuestion:
    named, options = _texts(entry, "themes"), _texts(entry, "options")
    return FormQuestion(
        id=str(entry["id"]),
        role=entry["role"],  # type: ignore[arg-type]
        kind=entry["kind"],  # type: ignore[arg-type]
        text=str(entry["text"]),
        hint=str(entry.get("hint", "")),
        options=options or tuple(labels[theme] for theme in named if theme in labels),
        most=int(str(entry.get("most", 0))),
        total=int(str(entry.get("total", 0))),
        group=str(entry.get("group", "")),
    )


def _texts(entry: Mapping[str, object], name: str) -> tuple[str, ...]:
    given = entry.get(name, ())
    return tuple(map(str, given)) if isinstance(given, list | tuple) else ()
