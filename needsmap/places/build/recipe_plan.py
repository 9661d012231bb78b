"""A recipe judged before anything is made: every fault at once, by line of the TOML."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from needsmap.errors import BadPack, Problems
from needsmap.places.build.recipe_files import RecipeFiles, plain
from needsmap.places.package import DIRECTIONS, STATISTICS
from needsmap.words import count, say

_LEVEL = ("id", "label", "plural")
_SOURCE = ("title", "licence", "attribution", "date", "path")
_FILE_PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    # part: (keys it needs, keys that name a column, other keys)
    "areas": (("file", "name"), ("name", "code", "parent", "population"), ("title_case",)),
    "population": (("file", "area"), ("area", "total"), ("bands", "where")),
    "indicators": (("file", "area", "columns"), ("area",), ("columns", "where", "vintage",
                                                           "source")),
    "services": (("file", "category", "name", "latitude", "longitude"),
                 ("name", "latitude", "longitude", "address"),
                 ("category", "source", "checked_on", "where")),
    "lookups": (("file", "kind", "key", "area"), ("key", "area"), ("kind", "where")),
    "levels": (("file", "area", "id", "label", "plural", "name"), ("area", "code", "name"),
               ("id", "label", "plural", "where")),
}  # fmt: skip
_MANY = ("indicators", "services", "lookups", "levels", "sources")
_ITEMS = {"indicators": "columns", "population": "bands"}
_ITEM_KEYS = {
    "indicators": (("column",), ("id", "label", "unit", "direction", "domain", "statistic", "of",
                                 "vintage", "source", "scale")),
    "population": (("column", "group", "band"), ("share",)),
}  # fmt: skip
_TOP = ("name", "title", "country", "licence", "level", "parent", "whole", "names", "sources",
        *_FILE_PARTS)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """A recipe without faults: `parts` is the TOML, `name` its file."""

    name: str
    parts: dict[str, Any]


def read_plan(recipe: Path, files: RecipeFiles) -> Plan:
    """Read a recipe and hold it against the files it names.

    Raises
    ------
    BadPack
        When it is no TOML, lacks or misspells a part, or names a file or column that is not
        there. Its problems name each fault with the line of the recipe.
    """
    problems = Problems()
    text, parts = "", {}
    try:
        text = recipe.read_text(encoding="utf-8")
        parts = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        problems.add(
            "recipe",
            say("It cannot be read: {why}.", why=getattr(error, "strerror", None) or error),
            row=int(line[1]) if line else None,
            file=recipe.name,
        )
    if not problems:
        _Judge(recipe.name, text, parts, files, problems).judge()
    if problems:
        raise _refusal(recipe, problems)
    return Plan(recipe.name, parts)


def _refusal(recipe: Path, problems: Problems) -> BadPack:
    said = count("has {n} fault", "has {n} faults", len(problems))
    lines = [
        f"- {say('line {n}', n=p.row)}: {p.message}" if p.row else f"- {p.message}"
        for p in problems
    ]
    return BadPack(
        say("The recipe {file} {said}:", file=recipe.name, said=said) + "\n" + "\n".join(lines),
        say("Mend these lines of the recipe; docs/places.md says what each part means."),
        problems,
    )


def _unknown(key: str, allowed: tuple[str, ...]) -> str:
    message = say("'{key}' means nothing here.", key=key)
    near = difflib.get_close_matches(key, allowed, 1)
    return message + " " + say("Did you mean '{near}'?", near=near[0]) if near else message


class _Judge:
    """Goes through the parts of a recipe and notes each fault with its line."""

    def __init__(
        self, name: str, text: str, parts: dict[str, Any], files: RecipeFiles, problems: Problems
    ) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.parts = parts
        self.files = files
        self.problems = problems
        self.ids: list[object] = []

    def judge(self) -> None:
        for key in ("name", "title", "areas"):
            if key not in self.parts:
                self._add(say("It has no '{key}'.", key=key), None, 0, "")
        for key in ("name", "title"):
            if key in self.parts and not isinstance(self.parts[key], str):
                self._add(say("'{key}' must be text.", key=key), None, 0, key)
        self._keys(self.parts, _TOP, None, 0)
        for key in ("level", "parent", "whole"):
            if key in self.parts:
                self._table(key, 0, self.parts[key], _LEVEL, _LEVEL)
        names = self.parts.get("names", {})
        if not isinstance(names, dict) or not all(isinstance(v, list) for v in names.values()):
            message = say('\'names\' must list other names: "Name" = ["Other"].')
            self._add(message, None, 0, "names")
        for number, source in self._tables("sources"):
            self._keys(source, _SOURCE, "sources", number)
        for part in _FILE_PARTS:
            for number, table in self._tables(part):
                self._file_part(part, number, table)

    def _tables(self, part: str) -> Iterator[tuple[int, dict[str, Any]]]:
        given = self.parts.get(part, [] if part in _MANY else {})
        if part in _MANY and isinstance(given, list):
            for number, table in enumerate(given):
                if isinstance(table, dict):
                    yield number, table
        elif part not in _MANY and isinstance(given, dict):
            if given:
                yield 0, given
        else:
            shape = f"[[{part}]]" if part in _MANY else f"[{part}]"
            self._add(say("'{part}' must be written {shape}.", part=part, shape=shape), None, 0,
                      part)  # fmt: skip

    def _table(
        self,
        part: str,
        number: int,
        table: Any,
        needed: tuple[str, ...],
        allowed: tuple[str, ...],
    ) -> bool:
        if not isinstance(table, dict):
            self._add(say("'{part}' must be written [{part}].", part=part), None, 0, part)
            return False
        for key in needed:
            if key not in table:
                self._add(say("[{part}] has no '{key}'.", part=part, key=key), part, number, "")
        self._keys(table, allowed, part, number)
        return True

    def _file_part(self, part: str, number: int, table: dict[str, Any]) -> None:
        needed, columns, others = _FILE_PARTS[part]
        self._table(part, number, table, needed, (*needed, *columns, *others))
        items = table.get(_ITEMS.get(part, ""), [])
        named = [(key, table[key]) for key in columns if key in table]
        where = table.get("where", {})
        if isinstance(where, dict):
            named += [("where", key) for key in where]
        else:
            message = say("'where' must be a table, like { Year = \"2023\" }.")
            self._add(message, part, number, "where")
        if items and not isinstance(items, list):
            message = say("'{key}' must list tables.", key=_ITEMS[part])
            self._add(message, part, number, _ITEMS[part])
        seen: list[str] = []
        for item in items if isinstance(items, list) else []:
            if not isinstance(item, dict):
                self._add(say("'{key}' must list tables.", key=_ITEMS[part]), part, number, "")
                continue
            hint = str(item.get("column", ""))
            # A column may be named more than once: the nth item is on its nth line.
            for message in self._item_faults(part, table, item):
                self._add(message, part, number, hint, seen.count(hint))
            seen.append(hint)
            if "column" in item:
                named.append(("column", item["column"]))
        if isinstance(table.get("file"), str):
            self._columns(part, number, table["file"], named)

    def _item_faults(self, part: str, table: dict[str, Any], item: dict[str, Any]) -> Iterator[str]:
        must, may = _ITEM_KEYS[part]
        for key in must:
            if key not in item:
                yield say("A column of [{part}] has no '{key}'.", part=part, key=key)
        for key in item:
            if key not in (*must, *may):
                yield _unknown(key, (*must, *may))
        for key, allowed in (("direction", DIRECTIONS), ("statistic", STATISTICS)):
            if key in item and item[key] not in allowed:
                yield say("'{value}' is no {key}: use one of {known}.", value=item[key],
                          key=key, known=", ".join(allowed))  # fmt: skip
        for key, kinds, said in (
            ("scale", (int, float), say("a number")),
            ("of", (int,), say("a whole number")),
        ):
            if key in item and (not isinstance(item[key], kinds) or isinstance(item[key], bool)):
                yield say("'{key}' must be {said}.", key=key, said=said)
        if item.get("share") and "total" not in table:
            yield say("A share needs 'total': the column with the number of people.")
        if part == "indicators" and "id" in item:
            if item["id"] in self.ids:
                yield say("The id '{id}' is there twice.", id=item["id"])
            self.ids.append(item["id"])

    def _columns(self, part: str, number: int, file: str, named: list[tuple[str, Any]]) -> None:
        there = self.files.headings(file)
        if isinstance(there, str):
            self._add(there, part, number, file)
            return
        known = {plain(heading) for heading in there}
        for key, column in named:
            if not isinstance(column, str):
                self._add(say("'{key}' must name a column.", key=key), part, number, key)
            elif plain(column) not in known:
                shown = ", ".join(there[:15]) + (" …" if len(there) > 15 else "")
                message = say("{file} has no column '{column}'. Its columns are: {there}.",
                              file=file, column=column, there=shown)  # fmt: skip
                self._add(message, part, number, column)

    def _keys(
        self, table: dict[str, Any], allowed: tuple[str, ...], part: str | None, number: int
    ) -> None:
        for key in table:
            if key in allowed:
                continue
            self._add(_unknown(key, allowed), part, number, key)

    def _add(self, message: str, part: str | None, number: int, hint: str, nth: int = 0) -> None:
        line = self._line(part, number, hint, nth)
        self.problems.add("recipe", message, row=line, column=hint or None, file=self.name)

    def _line(self, part: str | None, number: int, hint: str, nth: int) -> int | None:
        """Return the line where `hint` stands for the nth time in the number-th `part`."""
        start, end = self._section(part, number)
        if hint:
            quoted = re.compile(rf"[\"']{re.escape(hint)}[\"']|^\s*\[*{re.escape(hint)}\b")
            bare = re.compile(rf"\b{re.escape(hint)}\b")
            for pattern in (quoted, bare):
                lines = [i + 1 for i in range(start, end) if pattern.search(self.lines[i])]
                if lines:
                    return lines[min(nth, len(lines) - 1)]
        return start + 1 if part else None

    def _section(self, part: str | None, number: int) -> tuple[int, int]:
        if part is None:
            return 0, len(self.lines)
        heads = [i for i, line in enumerate(self.lines) if re.match(r"\s*\[", line)]
        own = re.compile(rf"\s*\[\[?\s*{re.escape(part)}\s*\]\]?")
        starts = [i for i in heads if own.match(self.lines[i])]
        if number >= len(starts):
            return 0, len(self.lines)
        start = starts[number]
        end = next((i for i in heads if i > start), len(self.lines))
        return start, end
