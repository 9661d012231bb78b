"""Where an answer comes from: postcode, area code, name or point → the area we know.

An answer is placed at the finest level that is certain. A postcode district that spans
several small areas counts for the ward that holds it whole; an old code that was split is
never guessed: it counts at the level that holds all its parts, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from needsmap.errors import Problem
from needsmap.intake.british_grid import read_grid
from needsmap.intake.placenames import NameMatch, PlaceNames
from needsmap.intake.points import Points
from needsmap.intake.postcodes import is_full_postcode, postcode_keys, read_postcode
from needsmap.intake.streets import Street, Streets
from needsmap.places.pack import Pack
from needsmap.tables import LocationKind
from needsmap.words import say

_POINT = re.compile(
    r"\(?\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\s*[,; ]\s*(-?[0-9]{1,3}(?:\.[0-9]+)?)\b"
    r"(?:\s*[,; ]\s*-?[0-9.]+){0,2}\s*\)?"
)


@dataclass(frozen=True)
class Found:
    """Where a text is: level id and area code ("" when not known), how, and what to say.

    `code` is a problem's code ("" when there is nothing to say) and `note` its words.
    """

    level: str = ""
    area_code: str = ""
    how: LocationKind = "none"
    code: str = ""
    note: str = ""


class Locator:
    """Places texts and points in a pack. Made once for a pack; keeps what it has found."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._levels = [level.id for level in pack.levels]
        self._known: dict[tuple[str, str], Found] = {}
        self._no_postcode = self._unknown("postcode")
        self._every_way = (self._by_code, self._by_postcode, self._by_point, self._by_name)
        self._ways: dict[LocationKind, tuple[Callable[[str], Found], ...]] = {
            "postcode": (self._by_postcode,),
            "area_code": (self._by_code,),
            "area_name": (self._by_code, self._by_name, self._by_postcode),
            "point": (self._by_point,),
        }
        self._holders: dict[frozenset[str], tuple[str, str] | None] = {}
        self._codes = {
            str(code).upper(): (level, str(code))
            for level in reversed(self._levels)
            for code in pack.names[level]
        }
        self._members: dict[tuple[str, str], frozenset[str]] = {}
        for level in self._levels:
            for code, index in pack.membership.groupby(level, sort=False).groups.items():
                self._members[level, str(code)] = frozenset(map(str, index))
        self._postcodes: dict[str, frozenset[str]] = {}
        self._old_codes: dict[str, frozenset[str]] = {}
        self._streets = Streets()
        self._names = PlaceNames(pack.names)
        self._read_lookups()
        self._points = Points(pack)

    def locate(self, cells: Iterable[str], kind: LocationKind = "none") -> pd.DataFrame:
        """Return level, area_code, how, code, note: one row a text, in order.

        `kind` says what the texts are ("postcode", "area_code", "area_name", "point"), or
        "none" to try each. Distinct texts are looked up once.
        """
        codes, distinct = pd.factorize(pd.Series(list(cells), dtype=object), use_na_sentinel=False)
        found = [self.find(str(text), kind) for text in distinct]
        table = pd.DataFrame(
            [(f.level, f.area_code, f.how, f.code, f.note) for f in found],
            columns=["level", "area_code", "how", "code", "note"],
        )
        return table.iloc[codes].reset_index(drop=True)

    def find(self, text: str, kind: LocationKind = "none") -> Found:
        """Return where one text is. A blank text is nowhere, and no problem."""
        text = text.strip()
        if not text:
            return Found()
        key = kind, text
        if key not in self._known:
            self._known[key] = self._look_up(text, kind)
        return self._known[key]

    def find_points(self, latitude: np.ndarray, longitude: np.ndarray) -> list[Found]:
        """Return where points are. Inputs: float arrays, NaN when unknown.

        WGS84 degrees; or, in British places, metres of the National Grid, the northing as
        `latitude` and the easting as `longitude`.
        """
        plain, swapped = self._points.areas(latitude, longitude)
        return [
            self._at_point(one, other, bool(np.isfinite(y) and np.isfinite(x)))
            for one, other, y, x in zip(plain, swapped, latitude, longitude, strict=True)
        ]

    def _look_up(self, text: str, kind: LocationKind) -> Found:
        first = Found()
        for way in self._ways.get(kind, self._every_way):
            found = way(text)
            if found.area_code:
                return found
            if found.code and not first.code:
                first = found
            if found is self._no_postcode and is_full_postcode(text):
                # Whole postcodes are nothing else: no name is worth looking for in them.
                break
        return first if first.code else self._unknown(kind)

    def _unknown(self, kind: LocationKind) -> Found:
        what = {
            "postcode": say("This postcode is not one of {place}.", place=self.pack.title),
            "area_code": say("This area code is not one of {place}.", place=self.pack.title),
        }.get(kind, say("This is not a place we know in {place}.", place=self.pack.title))
        return Found(
            code="location_unknown",
            note=say("{what} The answer is kept and counts for nowhere in particular.", what=what),
        )

    def _by_code(self, text: str) -> Found:
        code = "".join(text.split()).upper()
        if code in self._codes:
            level, area = self._codes[code]
            return Found(level, area, "area_code")
        if code in self._old_codes:
            return self._together(
                self._old_codes[code],
                "area_code",
                "old_code_split",
                say("This older area code was split since; we cannot tell which part is meant."),
            )
        return Found()

    def _by_postcode(self, text: str) -> Found:
        read = read_postcode(text, self._postcodes)
        if read is None or not self._postcodes:
            return Found()
        areas = self._postcodes.get(read.key)
        if areas is None:
            return self._no_postcode
        return self._together(
            areas,
            "postcode",
            "" if read.full else "postcode_part",
            say("This is only part of a postcode, so it counts for the area that holds all of it."),
        )

    def _by_name(self, text: str) -> Found:
        street = self._streets.find_exactly(text)
        on_street = self._on(street) if street is not None else Found()
        match = self._names.find(text)
        if match.areas:
            # "12 Long Lane, Dunmore" names both: the finer one says more.
            found = self._named(match)
            return on_street if self._finer(on_street, found) else found
        if street is None and (street := self._streets.find(text)) is not None:
            return self._on(street)
        return on_street

    def _named(self, match: NameMatch) -> Found:
        one = self._one_area(match.areas)
        if one is None:
            return Found(
                code="location_ambiguous",
                note=say("This can mean more than one place, so we did not guess."),
            )
        if match.read_as and not match.inside:
            note = say("Spelt differently; read as {name}.", name=match.read_as)
            return Found(*one, "area_name", "spelling", note)
        return Found(*one, "area_name")

    def _on(self, street: Street) -> Found:
        found = self._together(
            street.areas,
            "area_name",
            "street_split",
            say("This street runs through several areas, so it counts for the area that holds it."),
        )
        if street.read_as and not found.code:
            note = say("Spelt differently; read as {name}.", name=street.read_as)
            return replace(found, code="spelling", note=note)
        return found

    def _finer(self, one: Found, other: Found) -> bool:
        """Say whether one is known at a finer level than the other."""
        if not one.area_code or not other.area_code:
            return bool(one.area_code)
        return self._levels.index(one.level) < self._levels.index(other.level)

    def _by_point(self, text: str) -> Found:
        grid = read_grid(text) if self._points.british else None
        if grid is not None:
            return self.find_points(np.array([grid[1]]), np.array([grid[0]]))[0]
        point = _POINT.fullmatch(text)
        if not point:
            return Found()
        first, second = float(point.group(1)), float(point.group(2))
        return self.find_points(np.array([first]), np.array([second]))[0]

    def _at_point(self, one: str, other: str, given: bool) -> Found:
        finest = self._levels[0]
        if one:
            return Found(finest, one, "point")
        if other:
            note = say("The two numbers of this point were the wrong way round; we swapped them.")
            return Found(finest, other, "point", "axes_swapped", note)
        if not given:
            return Found()
        note = say(
            "This point lies outside {place}. The answer is kept and counts for nowhere in "
            "particular.",
            place=self.pack.title,
        )
        return Found(code="outside_place", note=note)

    def _one_area(self, areas: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
        """Return the area that holds all the others, or None when there is no such one.

        "Hale" may be a ward and a part of that ward: the ward is certain, the part is not.
        """
        sizes = sorted(areas, key=lambda area: len(self._members.get(area, ())), reverse=True)
        whole = self._members.get(sizes[0], frozenset())
        if all(self._members.get(area, frozenset()) <= whole for area in sizes):
            return sizes[0]
        return None

    def _together(self, areas: frozenset[str], how: LocationKind, code: str, note: str) -> Found:
        """Return the finest area that holds all finest `areas`; say `note` unless it is one."""
        if areas not in self._holders:
            self._holders[areas] = self._holder(areas)
        holder = self._holders[areas]
        if holder is None:
            return Found(code=code or "location_ambiguous", note=note)
        if holder[0] == self._levels[0]:
            return Found(*holder, how)
        return Found(*holder, how, code, note)

    def _holder(self, areas: frozenset[str]) -> tuple[str, str] | None:
        """Return level and code of the finest area that holds all finest `areas`, or None."""
        for level in self._levels:
            holders = set(self.pack.membership[level].reindex(list(areas)).dropna().astype(str))
            if len(holders) == 1:
                return level, holders.pop()
        return None

    def _read_lookups(self) -> None:
        lookups = self.pack.lookups
        if lookups.empty:
            return
        gathered: dict[str, dict[str, set[str]]] = {"postcode": {}, "old_code": {}}
        columns = (lookups[name].astype(str) for name in ("kind", "key", "level", "area_code"))
        for kind, key, level, code in zip(*columns, strict=True):
            if kind == "name":
                self._names.add(key, level, code)
            elif kind == "street":
                self._streets.add(key, self._members.get((level, code), frozenset()))
            elif kind in gathered:
                for each in postcode_keys(key) if kind == "postcode" else (key.upper(),):
                    members = self._members.get((level, code), frozenset())
                    gathered[kind].setdefault(each, set()).update(members)
        self._postcodes, self._old_codes = (
            {key: frozenset(areas) for key, areas in gathered[kind].items() if areas}
            for kind in ("postcode", "old_code")
        )


def problem_of(found: Found, *, row: int, column: str) -> Problem:
    """Return what to tell the volunteer about a location cell that has something to be said."""
    return Problem(found.code, found.note, row=row, column=column)
