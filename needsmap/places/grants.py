"""Grants: where each was for, as exactly as the funder said and no more."""

from __future__ import annotations

import pandas as pd

from needsmap.places.pack import Pack

GEO_CODE = "Beneficiary Location:Geographic Code"
POSTCODE = "Recipient Org:Postal Code"
CLASSES = "Classifications:Title"
"""What the funder filed a grant under, in words; several are separated by ";"."""


def placed_grants(pack: Pack) -> pd.DataFrame:
    """Return the grants with `level` and `area_code` of the people they were for.

    Both are "" when the funder named no area of this place. Several codes in one cell
    (separated by ";") count only when all are the same area's: money for many areas is not
    given to one. The recipient's own postcode is never used: an office is not where the
    help went.
    """
    codes = pack.grants.get(GEO_CODE, pd.Series("", index=pack.grants.index))
    old = pack.lookups[pack.lookups["kind"] == "old_code"]
    clear = old[~old.duplicated("key", keep=False)].set_index("key")
    levels: list[str] = []
    areas: list[str] = []
    for cell in codes:
        named = {part.strip() for part in str(cell).split(";") if part.strip()}
        code = named.pop() if len(named) == 1 else ""
        level = pack.level_of(code)
        if level is None and code in clear.index:
            level, code = str(clear.loc[code, "level"]), str(clear.loc[code, "area_code"])
        levels.append(level or "")
        areas.append(code if level else "")
    return pack.grants.assign(level=levels, area_code=areas)
