"""LimeSurvey: headings "code[SQ001]. Question [Option]", codes alone, or texts alone.

Its own columns come first: number, day sent, last page, language, seed. Their code names are
the same in every language; where only texts are given, their order and shape tell them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.shapes import DATE
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather
from needsmap.tables import Kind, Role

_CODED = re.compile(
    r"(?P<code>[A-Za-z][A-Za-z0-9]*)(?:\[(?P<sub>[A-Za-z0-9_]+)\])?(?:\[\d+\])*\.\s+(?P<text>.+)",
    re.DOTALL,
)
_CODE = re.compile(r"(?P<question>[A-Za-z][A-Za-z0-9]*)\[(?P<option>[A-Za-z0-9_]+)\](?:\[\w+\])?")
_OPTION = re.compile(r"(?P<question>.*\S)\s*\[(?P<option>[^\[\]]+)\]\s*", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8}){0,2}")
_LEAST_OWN = 3
_OWN: dict[str, tuple[Role, Kind]] = {
    "id": ("identity", "number"),
    "submitdate": ("when", "date"),
    "lastpage": ("other", "number"),
    "startlanguage": ("other", "one_choice"),
    "seed": ("other", "number"),
    "token": ("identity", "text"),
    "startdate": ("when", "date"),
    "datestamp": ("when", "date"),
    "ipaddr": ("identity", "text"),
    "refurl": ("identity", "text"),
    "interviewtime": ("other", "number"),
}


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by coded headings, by the names of its own columns, or by their shapes."""
    coded = [match for heading in raw.headings if (match := _CODED.fullmatch(heading))]
    if len(coded) >= 0.7 * len(raw.headings) and any(match["sub"] for match in coded):
        return Evidence("limesurvey", ("Headings read code[part]. Question [Option].",), 0.95)
    own = [h for h in raw.headings if _name(h) in _OWN]
    if len(own) >= _LEAST_OWN and {"submitdate", "lastpage", "startlanguage"} & set(
        map(_name, own)
    ):
        listed = ", ".join(map(_name, own[:4]))
        return Evidence("limesurvey", (f"Its own columns are there: {listed}.",), 0.9)
    if _own_by_shape(raw):
        return Evidence("limesurvey", ("A number, a day, a page and a language come first.",), 0.8)
    return None


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question; parts with the same code belong together."""
    headings = []
    for i, heading in enumerate(raw.headings, start=1):
        coded = _CODED.fullmatch(heading)
        text = coded["text"].strip() if coded else heading
        cut = None
        if coded is None or coded["sub"]:
            cut = _OPTION.fullmatch(text) or (None if coded else _CODE.fullmatch(text))
        if cut is None:
            headings.append(Heading(i, text))
        else:
            headings.append(Heading(i, cut["question"].strip(), cut["option"].strip()))
    names = {i: _name(heading) for i, heading in enumerate(raw.headings, start=1)}
    if _own_by_shape(raw):
        names |= dict(enumerate(("id", "submitdate", "lastpage", "startlanguage"), start=1))
        if _whole(raw, 5) and max(map(len, distinct_texts(raw, 5)), default=0) > 4:
            names[5] = "seed"
    return [_own(group, names) for group in gather(raw, headings)]


def _own(group: ColumnGroup, names: dict[int, str]) -> ColumnGroup:
    found = _OWN.get(names[group.columns[0]]) if len(group.columns) == 1 else None
    return replace(group, hint_role=found[0], hint_kind=found[1]) if found else group


def _name(heading: str) -> str:
    """Return the code of one of LimeSurvey's own columns: "submitdate. Date submitted"."""
    return heading.split(".", 1)[0].strip().casefold()


def _own_by_shape(raw: RawTable) -> bool:
    """Tell its first columns when only texts, in any language, stand above them."""
    if len(raw.headings) < 5 or len(raw.header_rows) != 1 or raw.rows < 2:
        return False
    # Most files are another tool's: their first cells tell so, and the rest is left unread.
    if not _whole(raw, 1):
        return False
    numbers, days, pages, languages = (distinct_texts(raw, position) for position in range(1, 5))
    return (
        len(numbers) == raw.rows
        and all(DATE.fullmatch(day) for day in days)
        and _whole(raw, 3)
        and all(len(page) < 4 for page in pages)
        and bool(languages)
        and all(_LANGUAGE.fullmatch(language) for language in languages)
    )


def _whole(raw: RawTable, position: int) -> bool:
    column = raw.column(position)
    first = column.dictionary[:50].to_pylist()
    return all(map(str.isdigit, first)) and all(map(str.isdigit, column.texts))
