"""What stewards corrected as a TOML file: to look at, to mend, to take to another place."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from needsmap.errors import UnreadableFile
from needsmap.store.learned import ThemeCorrection
from needsmap.words import say

_HEAD = (
    "# What stewards corrected: which themes people's words name. An empty list of themes\n"
    "# means that the words name none.\n"
)

_GRANTS_HEAD = (
    "# What stewards settled grants are for. An empty list of themes means: for none of them.\n"
)


def corrections_as_toml(corrections: Iterable[ThemeCorrection]) -> str:
    """Return corrections as TOML text, one table `correction` each, in the order given."""
    parts = [_HEAD]
    for one in corrections:
        themes = ", ".join(map(_quoted, one.themes))
        parts.append(
            f"\n[[correction]]\nlanguage = {_quoted(one.language)}\n"
            f"wording = {_quoted(one.wording)}\nthemes = [{themes}]\n"
        )
    return "".join(parts)


def corrections_from_toml(text: str) -> list[ThemeCorrection]:
    """Read corrections from TOML text, in the order of the file.

    Raises
    ------
    UnreadableFile
        When it is not TOML, or a part of it is not a correction; says which, counted from 1.
    """
    found = []
    for number, one in enumerate(_listed(text, "correction", say("theme corrections")), start=1):
        if not _is_correction(one):
            raise UnreadableFile(
                say("Correction {number} needs 'language', 'wording' and a list 'themes', "
                    "and nothing else.", number=number),
                _fix(),
            )  # fmt: skip
        found.append(ThemeCorrection(one["wording"], tuple(one["themes"]), one["language"]))
    return found


def grants_as_toml(corrections: Mapping[str, Iterable[str]]) -> str:
    """Return what grants are for, identifier → theme ids, as TOML text."""
    parts = [_GRANTS_HEAD]
    for name, themes in corrections.items():
        listed = ", ".join(map(_quoted, themes))
        parts.append(f"\n[[grant]]\nidentifier = {_quoted(name)}\nthemes = [{listed}]\n")
    return "".join(parts)


def grants_from_toml(text: str) -> dict[str, tuple[str, ...]]:
    """Read what grants are for from TOML text: identifier → theme ids.

    Raises
    ------
    UnreadableFile
        When it is not TOML, or a part of it is not a correction; says which, counted from 1.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, one in enumerate(_listed(text, "grant", say("grants")), start=1):
        if not (
            isinstance(one, dict)
            and set(one) == {"identifier", "themes"}
            and isinstance(one["identifier"], str)
            and one["identifier"].strip()
            and _are_themes(one["themes"])
        ):
            raise UnreadableFile(
                say("Grant {number} needs 'identifier' and a list 'themes', and nothing else.",
                    number=number),
                _fix(),
            )  # fmt: skip
        found[one["identifier"]] = tuple(one["themes"])
    return found


def _listed(text: str, table: str, what: str) -> list[Any]:
    """Return the tables of one name that a TOML text holds, and nothing beside them."""
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableFile(
            say("The file of {what} is not TOML: {why}", what=what, why=error), _fix()
        ) from error
    listed = given.get(table, [])
    if set(given) - {table} or not isinstance(listed, list):
        raise UnreadableFile(say("The file holds something else than {what}.", what=what), _fix())
    return listed


def _fix() -> str:
    return say("Take an exported file as a pattern.")


def _are_themes(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) and one for one in given)


def _is_correction(one: object) -> bool:
    return (
        isinstance(one, dict)
        and set(one) == {"language", "wording", "themes"}
        and all(isinstance(one[name], str) and one[name] for name in ("language", "wording"))
        and _are_themes(one["themes"])
    )


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for the sign DEL, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
