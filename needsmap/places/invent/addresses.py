"""Invented streets and postcodes. No UK postcode begins with KF: it is not a letter area."""

from __future__ import annotations

from needsmap.places.invent.dice import Dice
from needsmap.places.invent.wards import Ward
from needsmap.places.lookups import key_of

LETTERS = "KF"
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Second halves of postcodes never use C I K M O V."""
_FIRST = ("Harl", "Win", "Ash", "Oster", "Thorn", "Kettle", "Marl", "Pell", "Rook", "Sand",
          "Tarn", "Fen", "Garth", "Heron", "Lark", "Brim", "Cold", "Drift", "Elm")  # fmt: skip
_SECOND = ("well", "by", "croft", "mere", "ford", "stead", "field", "gate", "wick", "low",
           "ridge", "holm")  # fmt: skip
_KIND = ("Street", "Road", "Lane", "Close", "Avenue", "Terrace", "Way", "Drive")

VARIANTS = {
    "St Oswin's": ("St Oswins", "Saint Oswin's", "St. Oswin's"),
    "Corrow-on-the-Hill": ("Corrow on the Hill", "Corrow"),
    "Llanwyth / Lanwith": ("Llanwyth", "Lanwith"),
    "Great Ormering and the Saltmarsh Villages": ("Great Ormering", "Saltmarsh Villages"),
    "Thrupley and Holme": ("Thrupley & Holme", "Thrupley", "Holme"),
    "Harbourside": ("The Harbour", "Harbour side"),
    "Old Town": ("Town centre",),
    "Dunmoor": ("Dunmoor estate",),
}
"""Other ways people write a ward's name."""


def streets(seed: int, how_many: int) -> list[str]:
    """Return different invented street names."""
    dice = Dice(seed, "streets")
    names: list[str] = []
    while len(names) < how_many:
        name = f"{dice.pick(_FIRST)}{dice.pick(_SECOND)} {dice.pick(_KIND)}"
        if name not in names:
            names.append(name)
    return names


def postcodes(wards: tuple[Ward, ...], areas: int, seed: int) -> dict[int, list[str]]:
    """Return area position → its postcodes ("KF12 3AB"), about 1,200 for 140 areas.

    A ward shares the first half, an area one or two digits of the second, as in life.
    """
    dice = Dice(seed, "postcodes")
    found: dict[int, list[str]] = {area: [] for area in range(areas)}
    for number, ward in enumerate(wards, start=1):
        for place, area in enumerate(ward.areas):
            letters = [a + b for a in _UNIT_LETTERS for b in _UNIT_LETTERS]
            for pair in sorted(dice.some(letters, dice.whole(7, 10))):
                found[area].append(f"{LETTERS}{number} {place + 1}{pair}")
    return found


def make_lookups(
    wards: tuple[Ward, ...],
    ward_codes: list[str],
    area_codes: list[str],
    by_area: dict[int, list[str]],
    street_areas: list[tuple[str, int]],
) -> list[tuple[str, str, str, str]]:
    """Return rows of `tables.LOOKUPS`: postcodes, ward names and their variants, streets."""
    rows = [
        ("postcode", code, "lsoa", area_codes[area])
        for area in sorted(by_area)
        for code in by_area[area]
    ]
    for ward, code in zip(wards, ward_codes, strict=True):
        rows += [("name", name, "ward", code) for name in (ward.name, *VARIANTS.get(ward.name, ()))]
    rows += [("street", name, "lsoa", area_codes[area]) for name, area in street_areas]
    # Variants that differ only in signs come to one key; it is listed once.
    keyed = [(kind, key_of(kind, text), level, code) for kind, text, level, code in rows]
    return list(dict.fromkeys(keyed))
