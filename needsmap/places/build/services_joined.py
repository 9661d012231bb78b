"""Services of several lists as one: each once, with an id that lasts."""

from __future__ import annotations

import hashlib

import pandas as pd

from needsmap.places.build.report import Report
from needsmap.places.lookups import name_key
from needsmap.tables import SERVICES
from needsmap.words import say

SAME_PLACE_DEGREES = 0.002
"""Two entries of the same name this near (about 150–200 m) are one service."""


def joined(parts: list[pd.DataFrame], report: Report) -> pd.DataFrame:
    """Return all services once, with ids that stay the same when the pack is made again."""
    if not parts:
        return pd.DataFrame(columns=list(SERVICES))
    table = pd.concat(parts, ignore_index=True)
    table["exact"] = ~table["source"].str.contains("(", regex=False)
    table = table.sort_values(
        ["category", "unnamed", "exact", "name", "latitude", "longitude"],
        ascending=[True, True, False, True, True, True],
    ).reset_index(drop=True)
    keep: list[int] = []
    seen: dict[str, list[tuple[str, float, float, bool]]] = {}
    rows = zip(
        (name_key(str(name)) for name in table["name"]),
        (str(category) for category in table["category"]),
        (float(value) for value in table["latitude"]),
        (float(value) for value in table["longitude"]),
        (bool(value) for value in table["unnamed"]),
        strict=True,
    )
    for position, (key, category, north, east, unnamed) in enumerate(rows):
        known = seen.setdefault(category, [])
        again = any(
            (other == key or unnamed or blank)
            and abs(north - lat) < SAME_PLACE_DEGREES
            and abs(east - lon) < SAME_PLACE_DEGREES * (2 if other == key else 0.5)
            for other, lat, lon, blank in known
        )
        if not again:
            known.append((key, north, east, unnamed))
            keep.append(position)
    repeated = len(table) - len(keep)
    if repeated:
        report.note(say("{n} services stood in more than one list; each is kept once.", n=repeated))
    table = table.loc[keep].reset_index(drop=True)
    facts = table["category"] + "|" + table["name"] + "|" + table["latitude"].astype(str)
    facts += "|" + table["longitude"].astype(str)
    digests = facts.map(lambda f: hashlib.sha256(f.encode()).hexdigest()[:10])
    table["service_id"] = table["category"] + "-" + digests
    return table.drop_duplicates("service_id")[list(SERVICES)]
