"""A place's grants, read for adding up: year, currency, where the money was for, its themes.

Where the money was for is what the funder said and no more: a recipient's own postcode is an
office, not the place of the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from needsmap.analysis.money import split_by_people
from needsmap.analysis.word_match import CORRECTED, WordMatch, WordMatcher, both
from needsmap.briefs.catalogue import ThemeEntry
from needsmap.places.grants import GEO_CODE

if TYPE_CHECKING:
    from needsmap.places.pack import Pack

Corrections = Mapping[str, tuple[str, ...]]
"""Grant identifier → the theme ids a person gave it; none: it is for no theme."""

WHERE = ("area", "several", "whole", "partly", "elsewhere", "unknown")
"""area: for one area of the place. several: for some, split by people. whole: for the whole
place. partly: for areas here and elsewhere, so how much came here is not known. elsewhere:
for other places only. unknown: the funder named no area."""

COUNTED = ("area", "several", "whole")
"""Grants for here, whose money is added up."""
MOST_KEPT = 60
"""Tables and layers remembered of the same grants; beyond it the memory starts afresh."""

T = TypeVar("T")

_FILED = re.compile(r"classifications?\s*:(?!.*(?:vocabulary|url|code)\s*$)", re.IGNORECASE)
"""Headings under which a funder says in words what a grant was filed under."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Piece:
    """A part of a grant (0-1) and the area of a level it was for."""

    level: str
    code: str
    part: float


@dataclass(frozen=True, eq=False)
class Grants:
    """Grants to count.

    table : one row a grant: identifier, title, description, recipient, programme, funder,
    amount, year (0 unknown), where (see `WHERE`), place_name (as written), and the objects
    match (`WordMatch`) and pieces (tuple of `Piece`, empty unless area, several or whole).
    currency : of the amounts. other_currencies : currency → grants left out for it.
    no_amount, repeated, outside_years : grants left out. years : first and last year in the
    file, 0 when unknown. kept : see `once`.
    """

    table: pd.DataFrame
    currency: str
    other_currencies: dict[str, int]
    no_amount: int
    repeated: int
    outside_years: int
    years: tuple[int, int]
    kept: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False)

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what `make` works out of these grants, made once for all viewers.

        No answer and no filter may bear on it; nobody may change it.
        """
        if key not in self.kept:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = make()
        found: T = self.kept[key]
        return found

    @property
    def counted(self) -> pd.DataFrame:
        """Return the grants for here, whose money is added up."""
        return self.once(("counted",), lambda: self.table[self.table["where"].isin(COUNTED)])


def read_grants(
    pack: Pack,
    themes: Mapping[str, ThemeEntry],
    *,
    years: tuple[int, ...] = (),
    corrections: Corrections | None = None,
) -> Grants:
    """Return a pack's grants ready for adding up, in the currency most of them are in.

    `years`: first and last award year counted, empty for all; a grant without a year counts
    only then. `corrections`: what people said grants are for.
    """
    said = tuple(sorted((corrections or {}).items()))
    return _counted(_Key(pack, themes), tuple(years), said)


@lru_cache(maxsize=16)
def _counted(
    key: _Key, years: tuple[int, ...], said: tuple[tuple[str, tuple[str, ...]], ...]
) -> Grants:
    """Return `read_grants`, the very same for every viewer: no answer bears on it."""
    corrections = dict(said)
    everything = _read(key)
    table = everything.table
    counts = table["currency"].value_counts()
    main = str(counts.index[0]) if len(counts) else ""
    known = table.loc[table["year"] > 0, "year"]
    own = table[table["currency"] == main]
    inside = own["year"].between(years[0], years[-1]) if years else own["year"] >= 0
    kept = own[inside].drop(columns="currency").reset_index(drop=True)
    if corrections:
        matches = [
            WordMatch(tuple(corrections[i]), CORRECTED) if i in corrections else match
            for i, match in zip(kept["identifier"], kept["match"], strict=True)
        ]
        kept = kept.assign(match=pd.Series(matches, dtype=object))
    return Grants(
        table=kept,
        currency=main,
        other_currencies={str(c): int(n) for c, n in counts.items() if c != main},
        no_amount=everything.no_amount,
        repeated=everything.repeated,
        outside_years=int((~inside).sum()),
        years=(int(known.min()), int(known.max())) if len(known) else (0, 0),
    )


class _Key:
    """A pack's grants and the words to read them by, as something to look up in a memory."""

    def __init__(self, pack: Pack, themes: Mapping[str, ThemeEntry]) -> None:
        self.pack, self.themes = pack, dict(themes)
        self.words = (str(pack.folder), pack.version, tuple(themes.values()))

    def __hash__(self) -> int:
        return hash(self.words)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and self.words == other.words
            and self.pack.grants is other.pack.grants
        )


@dataclass(frozen=True, eq=False)
class _Everything:
    table: pd.DataFrame
    no_amount: int
    repeated: int


@lru_cache(maxsize=8)
def _read(key: _Key) -> _Everything:
    """Return every grant with an amount, read once for a pack: words take a while."""
    pack = key.pack
    identifiers = pack.grants["Identifier"].fillna("").astype(str)
    again = identifiers.duplicated() & (identifiers != "")
    table = pack.grants[~again]
    blank = ~(pd.to_numeric(table["Amount Awarded"], errors="coerce") > 0)
    # Funders' words and residents' together: each alone left more of Kindleford's kinds of
    # grant without their theme (tests/briefs/test_grants.py).
    matcher = WordMatcher({t: (*e.grant_words, *e.words) for t, e in key.themes.items()})
    placing = _Placing(pack)
    rows = [_row(g, matcher, placing) for g in table[~blank].to_dict("records")]
    return _Everything(
        pd.DataFrame(rows, columns=list(_COLUMNS)), int(blank.sum()), int(again.sum())
    )


_COLUMNS = (
    "identifier", "title", "description", "recipient", "programme", "funder", "amount", "year",
    "where", "place_name", "match", "pieces", "currency",
)  # fmt: skip


def _row(grant: Mapping[Any, Any], matcher: WordMatcher, placing: _Placing) -> tuple[object, ...]:
    def text(heading: str) -> str:
        value = grant.get(heading, "")
        return "" if value is None or value != value else str(value).strip()

    recipient = text("Recipient Org:Name")
    filed = " ; ".join(text(str(h)) for h in grant if _FILED.match(str(h)))
    fields = {
        "title": text("Title"),
        "description": text("Description"),
        "programme": text("Grant Programme:Title"),
    }
    said = matcher.match(fields, recipient=recipient)
    match = both(said, matcher.match({"classification": filed}))
    if not match.ids:
        match = matcher.match({"organisation": recipient})
    where, pieces = placing.place(text(GEO_CODE))
    amount = float(text("Amount Awarded"))
    return (
        text("Identifier"), text("Title"), text("Description"), recipient,
        text("Grant Programme:Title"), text("Funding Org:Name"), amount,
        _year(text("Award Date")), where, text("Beneficiary Location:Name"), match, pieces,
        text("Currency").upper(),
    )  # fmt: skip


class _Placing:
    """Where a cell of area codes lies, remembered by its text."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        old = pack.lookups[pack.lookups["kind"] == "old_code"]
        clear = old[~old["key"].duplicated(keep=False)]
        self._old = {
            str(key): (str(level), str(code))
            for key, level, code in zip(
                clear["key"], clear["level"], clear["area_code"], strict=True
            )
        }
        self._known: dict[str, tuple[str, tuple[Piece, ...]]] = {}
        self._people: dict[str, pd.Series] = {}

    def place(self, cell: str) -> tuple[str, tuple[Piece, ...]]:
        if cell not in self._known:
            self._known[cell] = self._place(cell)
        return self._known[cell]

    def _place(self, cell: str) -> tuple[str, tuple[Piece, ...]]:
        pack = self._pack
        codes = list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
        if not codes:
            return "unknown", ()
        found: dict[tuple[str, str], set[str]] = {}
        strangers = 0
        for code in codes:
            level = pack.level_of(code)
            here = (level, code) if level else self._old.get(code)
            if here is None:
                strangers += 1
            else:
                found[here] = set(pack.areas_in(*here))
        everywhere = len(pack.membership)
        whole = [here for here, areas in found.items() if len(areas) == everywhere]
        if not found:
            return "elsewhere", ()
        if strangers:
            return "partly", ()
        if whole:
            return "whole", (Piece(*whole[0], 1.0),)
        # An area that lies inside another one named is not paid twice.
        widest = [
            here for here, areas in found.items()
            if not any(areas < other for other in found.values())
        ]  # fmt: skip
        people = [1.0] if len(widest) == 1 else [self._living(*here) for here in widest]
        pieces = tuple(
            Piece(level, code, float(part))
            for (level, code), part in zip(widest, split_by_people(people), strict=True)
        )
        return ("area" if len(pieces) == 1 else "several"), pieces

    def _living(self, level: str, code: str) -> float:
        if level not in self._people:
            self._people[level] = self._pack.people(level)
        return float(self._people[level].get(code, float("nan")))


def _year(date: str) -> int:
    """Return the year of "2024-08-01", "05/06/2014" or "2019"; 0 when there is none."""
    found = _YEAR.search(date)
    return int(found[1]) if found else 0
