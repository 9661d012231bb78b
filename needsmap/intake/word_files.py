"""Word lists, written in TOML, read by their plain lines: eight of them for any new process.

Python's own reader goes letter by letter. Our lists hold little but lists of texts, which
one pattern takes whole. Whatever else stands in a file, Python's reader has it, and
a test holds the two together.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

_INSIDE = r"\x00-\x08\x0a-\x1f\x7f"
_NAME = "[A-Za-z0-9_-]+"
_PLAIN = rf"[^\"\\{_INSIDE}]*+"
_TEXT = rf"(?:\"{_PLAIN}(?:\\[\\\"bfnrt]{_PLAIN})*+\"|'[^'{_INSIDE}]*+')"
_LINE = "[ \t\n]*+"


def _listed(entry: str) -> str:
    """Return the pattern of a list of entries."""
    return rf"\[{_LINE}(?:{entry}{_LINE}(?:,{_LINE}{entry}{_LINE})*+,?{_LINE})?\]"


_TEXTS = _listed(_TEXT)
_ENTRY = re.compile(
    rf"{_LINE}(?:\[(?P<table>{_NAME}(?:\.{_NAME})*)\]|\[\[(?P<one_of>{_NAME})\]\]"
    rf"|(?P<name>{_NAME})[ \t]*+=[ \t]*+(?:(?P<text>{_TEXT})|(?P<texts>{_TEXTS})"
    rf"|(?P<lists>{_listed(_TEXTS)})|(?P<number>0|[1-9][0-9]*+)))?"
    rf"[ \t]*+(?:#[^{_INSIDE}]*+)?(?:\n|\Z)"
)
_EACH_TEXT = re.compile(_TEXT)
_EACH_LIST = re.compile(_TEXTS)


def read_words(text: str) -> dict[str, Any]:
    """Return what a file of words holds, as `tomllib.loads` does.

    Raises
    ------
    tomllib.TOMLDecodeError
        When it is no TOML.
    """
    found = _read(text)
    return tomllib.loads(text) if found is None else found


def _read(text: str) -> dict[str, Any] | None:
    """Return what plain lines hold; None where anything is out of the ordinary."""
    whole: dict[str, Any] = {}
    here = whole
    rows: dict[str, list[dict[str, Any]]] = {}
    at = 0
    while at < len(text):
        entry = _ENTRY.match(text, at)
        if entry is None:
            return None
        at = entry.end()
        kind = entry.lastgroup
        if kind is None:
            continue
        said = entry[kind]
        if kind == "table":
            *above, name = said.split(".")
            here = whole
            for step in above:
                here = here.setdefault(step, {})
                if not isinstance(here, dict):
                    return None
            if name in here:
                return None
            here[name] = here = {}
        elif kind == "one_of":
            if said in whole and said not in rows:
                return None
            whole[said] = rows.setdefault(said, [])
            here = {}
            rows[said].append(here)
        elif entry["name"] in here:
            return None
        else:
            here[entry["name"]] = _value(kind, said)
    return whole


def _value(kind: str, said: str) -> str | int | list[str] | list[list[str]]:
    if kind == "text":
        return _words(said)
    if kind == "number":
        return int(said)
    if kind == "texts":
        return list(map(_words, _EACH_TEXT.findall(said)))
    return [list(map(_words, _EACH_TEXT.findall(one))) for one in _EACH_LIST.findall(said)]


def _words(said: str) -> str:
    """Return a text without its quotation marks. These escapes mean in JSON what they do here."""
    return json.loads(said) if "\\" in said and said[0] == '"' else said[1:-1]
