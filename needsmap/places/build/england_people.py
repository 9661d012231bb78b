"""Population tables of English areas: five-year bands (long) and single years (wide)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from needsmap.places.build.report import Report
from needsmap.places.build.table_files import TableFile
from needsmap.words import count, say

_AGE = re.compile(
    r"(?:aged?\s*)?(\d{1,3})"
    r"(?:\s*(?:-|–|to|_to_)\s*(\d{1,3})|(\+| ?and over| ?plus))?(?:\s*years?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PeopleFile:
    """A population table: `ages` maps wide columns to bands; empty for the long format."""

    table: TableFile
    code: str
    ages: dict[str, str]
    band: str | None
    value: str | None
    sex: str | None
    period: str | None


def band_of(text: str) -> str | None:
    """Return an age heading ("Aged 0 to 4", "7", "90+") as a band ("0-4", "7-7", "90+")."""
    found = _AGE.fullmatch(text.strip())
    if found is None:
        return None
    low, high, more = found[1], found[2], found[3]
    return f"{int(low)}+" if more else f"{int(low)}-{int(high or low)}"


def recognise(table: TableFile) -> PeopleFile | None:
    """Return the table as a population table when its headings say so."""
    code = table.column("area_code", r"lsoa(\d\d)?_?(cd|code)", r"LSOA \d{4} Code")
    if code is None:
        return None
    sex = table.column("sex", "gender")
    period = table.column("period", "year", "date")
    ages = {h: b for h in table.headings if h.strip().isdigit() or h.strip() == "90+"
            if (b := band_of(h))}  # fmt: skip
    if len(ages) >= 80:
        return PeopleFile(table, code, ages, None, None, sex, period)
    band = table.column("age_?band", "age", "age_?group", "indicator")
    value = table.column("value", "people", "count", "population", "observation")
    if band and value:
        return PeopleFile(table, code, {}, band, value, sex, period)
    return None


def read(file: PeopleFile, codes: set[str], report: Report) -> tuple[str, pd.DataFrame] | None:
    """Return the latest period and its rows (area_code, group, band, people) for `codes`.

    None, with the reason noted, when the table does not cover every area: then its areas are
    of another year, and years must not be mixed.
    """
    rows = file.table.read()
    here = rows[rows[file.code].str.strip().isin(codes)]
    missing = codes - set(here[file.code].str.strip())
    if missing:
        if len(missing) < len(codes):
            sentence = (
                "it has no people for {n} area of this place (such as {code}), so its "
                "areas are of another year."
            )
            many = (
                "it has no people for {n} areas of this place (such as {code}), so its "
                "areas are of another year."
            )
            report.leave(file.table.name, count(sentence, many, len(missing), code=min(missing)))
        else:
            report.leave(file.table.name, say("none of its rows are about this place."))
        return None
    period = ""
    if file.period:
        period = here[file.period].max()
        here = here[here[file.period] == period]
    code = here[file.code].str.strip()
    sex = here[file.sex].str.strip().str.casefold() if file.sex else pd.Series("", index=here.index)
    both = sex.isin(["", "persons", "people", "all", "total", "both"])
    if file.ages:
        numbers = here[list(file.ages)].rename(columns=file.ages)
        long = numbers.assign(area_code=code, sex=sex, both=both).melt(
            ["area_code", "sex", "both"], var_name="band", value_name="people", ignore_index=False
        )
    else:
        bands = here[str(file.band)].map(band_of)
        odd = [int(row) for row in here.index[bands.isna()]]
        report.leave_rows(file.table.name, odd, say("not a band of age."), file.band)
        long = pd.DataFrame(
            {"area_code": code, "sex": sex, "both": both, "band": bands,
             "people": here[str(file.value)]}
        ).dropna(subset=["band"])  # fmt: skip
    long["people"] = pd.to_numeric(long["people"], errors="coerce")
    wrong = long["people"].isna() | (long["people"] < 0)
    bad = sorted({int(row) for row in long.index[wrong]})
    report.leave_rows(file.table.name, bad, say("not a number of people."), file.value)
    long = long[~wrong]
    ages = long[long["both"]] if both.any() else long
    parts = [ages.assign(group="age")]
    for word, band in (("female", "Female"), ("male", "Male")):
        part = long[long["sex"].isin([word, word + "s"])]
        parts.append(part.assign(group="gender", band=band))
    table = pd.concat(parts)
    keys = ["area_code", "group", "band"]
    return period, table.groupby(keys, sort=False)["people"].sum().reset_index()
