"""SurveyMonkey: questions over their first column, options in a second heading row.

Also its one-row forms: "Question - Option" over a column an option, and the condensed one
with codes such as q0001_0001.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import Heading, gather
from needsmap.intake.tools.headings import cut_at_joints
from needsmap.tables import Kind, Role

_CODE = re.compile(r"q(?P<question>\d{4})(?:_(?P<option>\d{4}|other))?(?:_(?P<cell>\d{4}))?", re.I)
# What SurveyMonkey itself adds, in the English export; other languages are told by content.
_OWN: dict[str, tuple[Role, Kind]] = {
    "respondent id": ("identity", "text"),
    "respondentid": ("identity", "text"),
    "respondent_id": ("identity", "text"),
    "collector id": ("other", "text"),
    "collectorid": ("other", "text"),
    "collector_id": ("other", "text"),
    "start date": ("when", "date"),
    "startdate": ("when", "date"),
    "date_created": ("when", "date"),
    "end date": ("when", "date"),
    "enddate": ("when", "date"),
    "date_modified": ("when", "date"),
    "ip address": ("identity", "text"),
    "ip_address": ("identity", "text"),
    "email address": ("identity", "text"),
    "email_address": ("identity", "text"),
    "first name": ("identity", "text"),
    "first_name": ("identity", "text"),
    "last name": ("identity", "text"),
    "last_name": ("identity", "text"),
}


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by two heading rows with gaps in the upper, or a long number a respondent."""
    if len(raw.header_rows) == 2 and len(raw.header_cells) == 2:
        return _two_rows(raw)
    if len(raw.header_rows) == 1 and len(raw.headings) >= 3:
        return _one_row(raw)
    return None


def _two_rows(raw: RawTable) -> Evidence | None:
    top, below = raw.header_cells
    gaps = sum(not t.strip() and bool(b.strip()) for t, b in zip(top, below, strict=True))
    if not gaps and len({b.strip() for b in below if b.strip()}) > 1:
        return None
    points = ["Questions stand in one row and their options in the row below."]
    if _long_numbers(raw):
        points.append("Every answer has a long number.")
        return Evidence("surveymonkey", tuple(points), 0.9)
    labels = Counter(b.strip() for t, b in zip(top, below, strict=True) if t.strip() and b.strip())
    if labels and labels.most_common(1)[0][1] > 1:
        points.append("One word stands under every question without options.")
        return Evidence("surveymonkey", tuple(points), 0.75)
    return None


def _one_row(raw: RawTable) -> Evidence | None:
    coded = sum(_CODE.fullmatch(heading.strip()) is not None for heading in raw.headings)
    if coded >= 2 and coded >= 0.4 * len(raw.headings):
        return Evidence("surveymonkey", ("Columns are coded q0001_0001 and so on.",), 0.9)
    own = [h for h in raw.headings if h.strip().casefold() in _OWN]
    if not _long_numbers(raw):
        return None
    points = ["Every answer has a long number."]
    spread = [h for h, option in _split_headings(raw).values() if option]
    if spread:
        points.append("Headings read question, then option.")
    if len(own) >= 2 or (spread and own):
        return Evidence("surveymonkey", tuple(points), 0.8)
    # Elsewhere the same columns have other names: two long numbers, then two times.
    if spread and len(raw.headings) > 3 and _long_numbers(raw, 1):
        return Evidence("surveymonkey", tuple(points), 0.7)
    return None


def _long_numbers(raw: RawTable, column: int = 0) -> bool:
    texts = raw.column(column + 1).dictionary[:400].to_pylist()
    return bool(texts) and all(re.fullmatch(r"\d{6,20}", text) for text in texts)


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question, its options from the second row or from the headings."""
    headings: list[Heading] = []
    if len(raw.header_cells) == 2:
        top, below = raw.header_cells
        question = ""
        for i, text in enumerate(top):
            question = " ".join(text.split()) or question
            spread = not text.strip() or (i + 1 < len(top) and not top[i + 1].strip())
            headings.append(Heading(i + 1, question, " ".join(below[i].split()) if spread else ""))
    else:
        for position, (question, option) in _split_headings(raw).items():
            headings.append(Heading(position, question, option))
    return [_own(raw, group) for group in gather(raw, headings)]


def _own(raw: RawTable, group: ColumnGroup) -> ColumnGroup:
    """Say what SurveyMonkey's own columns are: by name, the first two by their long numbers."""
    key = group.text.strip().casefold()
    if group.columns in {(1,), (2,)} and _long_numbers(raw, group.columns[0] - 1):
        key = ("respondent id", "collector id")[group.columns[0] - 1]
    if len(group.columns) > 1 or group.hint_kind is not None or key not in _OWN:
        return group
    role, kind = _OWN[key]
    return replace(group, hint_role=role, hint_kind=kind)


def _split_headings(raw: RawTable) -> dict[int, tuple[str, str]]:
    """Return question and option ("" when single) of each heading of a one-row export.

    A heading is cut only where at least two columns then share the question.
    """
    coded = {
        i: found
        for i, heading in enumerate(raw.headings, start=1)
        if (found := _CODE.fullmatch(heading.strip()))
    }
    if len(coded) >= 2:
        times = Counter(found["question"] for found in coded.values())
        return {
            i: (f"q{coded[i]['question']}", _coded_option(raw, i, coded[i]))
            if i in coded and times[coded[i]["question"]] > 1
            else (heading, "")
            for i, heading in enumerate(raw.headings, start=1)
        }
    return cut_at_joints(raw.headings)


def _coded_option(raw: RawTable, position: int, found: re.Match[str]) -> str:
    """Return the option a coded column stands for: its only text, else its code."""
    code = "_".join(part for part in (found["option"], found["cell"]) if part) or "0000"
    given = distinct_texts(raw, position)
    text = next(iter(given)) if len(given) == 1 else ""
    return text if text and not text.isdigit() else code
