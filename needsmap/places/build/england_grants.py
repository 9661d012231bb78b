"""Grants in the 360Giving standard, from CSV or JSON, as one table with its headings."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from needsmap.places.build.table_files import TableFile
from needsmap.places.grants import CLASSES, GEO_CODE

NEEDED = ("Identifier", "Amount Awarded", "Award Date")
_KEPT = (
    "Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Postal Code",
    "Beneficiary Location:Name", GEO_CODE, "Beneficiary Location:Geographic Code Type",
    "Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Title", CLASSES,
)  # fmt: skip
"""The headings a pack keeps: what was given, when, for whom, where; no persons."""

_TOLD = re.compile(r"classifications?\s*:(?:\s*\d+\s*:)?\s*(?:title|description)\s*", re.IGNORECASE)
"""Headings under which a funder says in words what a grant was filed under. A grant may have
several: "Classifications:Title", "Classifications:0:Title", "Classifications:1:Title"."""


def is_grants(table: TableFile) -> bool:
    """Return whether the headings are those of the 360Giving standard."""
    return all(name in table.headings for name in NEEDED)


def is_grants_json(content: Any) -> bool:
    """Return whether parsed JSON is a 360Giving file."""
    grants = content.get("grants") if isinstance(content, dict) else None
    return (
        isinstance(grants, list)
        and bool(grants)
        and isinstance(grants[0], dict)
        and "amountAwarded" in grants[0]
    )


def from_table(table: TableFile) -> pd.DataFrame:
    """Return the kept columns as text; index the row in the file."""
    read = table.read()
    told = read[[name for name in read.columns if _TOLD.fullmatch(str(name).strip())]]
    classes = [";".join(dict.fromkeys(t.strip() for t in row if t.strip())) for row in
               told.fillna("").astype(str).itertuples(index=False, name=None)]  # fmt: skip
    kept = read.reindex(columns=list(_KEPT), fill_value="")
    return kept.assign(**{CLASSES: classes if len(told.columns) else ""})


def from_json(content: Any) -> pd.DataFrame:
    """Return a 360Giving JSON file under the CSV headings; index the number of the grant."""
    rows = []
    for entry in content["grants"]:
        grant = entry if isinstance(entry, dict) else {}
        recipient = _first(grant.get("recipientOrganization"))
        funder = _first(grant.get("fundingOrganization"))
        given = grant.get("beneficiaryLocation")
        places = [p for p in given if isinstance(p, dict)] if isinstance(given, list) else []
        filed = grant.get("classifications")
        classes = [c for c in filed if isinstance(c, dict)] if isinstance(filed, list) else []
        rows.append(
            (
                grant.get("id"), grant.get("title"), grant.get("description"),
                grant.get("currency"), grant.get("amountAwarded"), grant.get("awardDate"),
                recipient.get("id"), recipient.get("name"), recipient.get("postalCode"),
                _join(places, "name"), _join(places, "geoCode"), _join(places, "geoCodeType"),
                funder.get("id"), funder.get("name"),
                _first(grant.get("grantProgramme")).get("title"),
                ";".join(filter(None, (_join(classes, "title"), _join(classes, "description")))),
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(_KEPT))
    table.index = pd.RangeIndex(1, len(table) + 1)
    return table.map(lambda value: "" if value is None else str(value))


def _first(value: Any) -> dict[str, Any]:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def _join(parts: list[dict[str, Any]], key: str) -> str:
    return ";".join(dict.fromkeys(str(part[key]) for part in parts if part.get(key)))
