"""File 7 of the English Indices of Deprivation (2025 and 2019): headings and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from needsmap.places.build.table_files import TableFile
from needsmap.places.parts import Indicator, Statistic
from needsmap.words import say

AREAS_RANKED = {2025: 33755, 2019: 32844}
"""Lower-layer Super Output Areas ranked in England, by edition."""

DOMAINS = {
    "Index of Multiple Deprivation (IMD)": ("imd", "All domains together"),
    "Income": ("income", "Income"),
    "Employment": ("employment", "Employment"),
    "Education, Skills and Training": ("education", "Education, skills and training"),
    "Health Deprivation and Disability": ("health", "Health and disability"),
    "Crime": ("crime", "Crime"),
    "Barriers to Housing and Services": ("barriers", "Barriers to housing and services"),
    "Living Environment": ("living", "Living environment"),
    "Income Deprivation Affecting Children Index (IDACI)": ("idaci", "Income, children"),
    "Income Deprivation Affecting Older People (IDAOPI)": ("idaopi", "Income, older people"),
    "Income Deprivation Affecting Older People Index (IDAOPI)": ("idaopi", "Income, older people"),
    "Children and Young People Sub-domain": ("children_young_people", "Children and young people"),
    "Adult Skills Sub-domain": ("adult_skills", "Adult skills"),
    "Geographical Barriers Sub-domain": ("geographical_barriers", "Distance to services"),
    "Wider Barriers Sub-domain": ("wider_barriers", "Wider barriers to housing"),
    "Indoors Sub-domain": ("indoors", "Living environment indoors"),
    "Outdoors Sub-domain": ("outdoors", "Living environment outdoors"),
}
"""How a heading begins → the domain's id and label."""

_HEADING = re.compile(r"(?P<domain>.+?) (?P<statistic>Score|Rank|Decile)( \(.*\))?")


@dataclass(frozen=True)
class File7:
    """A File 7: its edition, the year of its areas, and its columns."""

    table: TableFile
    edition: int
    areas_year: int
    code: str
    name: str | None
    authority: str
    authority_name: str | None
    indicators: tuple[Indicator, ...]

    def read(self, authority: str) -> pd.DataFrame:
        """Return the rows of one authority; index the row in the file; cells are text."""
        rows = self.table.read()
        return rows[rows[self.authority].str.strip() == authority]


def recognise(table: TableFile) -> File7 | None:
    """Return the table as a File 7 when its headings say so."""
    code = table.column(r"LSOA code \(\d{4}\)")
    authority = table.column(r"Local Authority District code \(\d{4}\)")
    overall = table.column(r"Index of Multiple Deprivation \(IMD\) (Rank|Decile|Score).*")
    if not code or not authority or not overall:
        return None
    areas_year = int(re.findall(r"\d{4}", code)[0])
    edition = 2025 if areas_year == 2021 else 2019
    indicators = tuple(i for h in table.headings if (i := indicator_of(h, edition)))
    return File7(
        table,
        edition,
        areas_year,
        code,
        table.column(r"LSOA name \(\d{4}\)"),
        authority,
        table.column(r"Local Authority District name \(\d{4}\)"),
        indicators,
    )


def indicator_of(heading: str, edition: int) -> Indicator | None:
    """Return the indicator an official heading stands for, or None.

    In ranks and deciles 1 is the worst off, so higher is better.
    """
    found = _HEADING.fullmatch(heading.strip())
    if found is None or found["domain"] not in DOMAINS:
        return None
    domain, label = DOMAINS[found["domain"]]
    statistic: Statistic = {"Score": "score", "Rank": "rank", "Decile": "decile"}[  # type: ignore[assignment]
        found["statistic"]
    ]
    units = {
        "score": say("share of people") if "(rate)" in heading else say("score"),
        "rank": say("rank, 1 = worst off"),
        "decile": say("tenth of England, 1 = worst off"),
    }
    return Indicator(
        id=f"iod{edition}_{domain}_{statistic}",
        label=label,
        unit=units[statistic],
        direction="higher_is_worse" if statistic == "score" else "higher_is_better",
        domain=domain,
        statistic=statistic,
        of=AREAS_RANKED[edition] if statistic == "rank" else None,
        vintage=str(edition),
        source=f"English Indices of Deprivation {edition}, File 7",
        column=heading,
    )
