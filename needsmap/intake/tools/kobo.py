"""KoboToolbox, ODK and Ona: "group/question" headings, ids and times that start with "_".

Ticked options lie in one cell joined with spaces, in a column each "question/option" with
0 and 1 (or True and False), or both.
"""

from __future__ import annotations

import re
from dataclasses import replace

from needsmap.errors import UnreadableFile
from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.tools.evidence import ColumnGroup, Evidence
from needsmap.intake.tools.gather import is_ticks
from needsmap.tables import Kind, Role
from needsmap.words import say

_OWN: dict[str, tuple[Role, Kind]] = {
    "start": ("when", "date"),
    "end": ("when", "date"),
    "today": ("when", "date"),
    "start_time": ("when", "date"),
    "end_time": ("when", "date"),
    "submissiondate": ("when", "date"),
    "_submission_time": ("when", "date"),
    "_uuid": ("identity", "text"),
    "_id": ("identity", "text"),
    "meta/instanceid": ("identity", "text"),
    "meta-instanceid": ("identity", "text"),
    "meta.instanceid": ("identity", "text"),
    "meta:instanceid": ("identity", "text"),
    "instanceid": ("identity", "text"),
    "key": ("identity", "text"),
    "deviceid": ("identity", "text"),
    "imei": ("identity", "text"),
    "phonenumber": ("identity", "text"),
    "subscriberid": ("identity", "text"),
    "simserial": ("identity", "text"),
    "username": ("identity", "text"),
    "_submitted_by": ("identity", "text"),
    "submitterid": ("identity", "text"),
    "submittername": ("identity", "text"),
}
_OTHER = re.compile(
    r"_(?:index|parent_table_name|parent_index|tags|notes|version|version_|__version__|duration"
    r"|xform_id|validation_status|status|bamboo_dataset_id|media_count|total_media|attachments)"
    r"|__version__|formhub/uuid|formversion|reviewstate|edits|attachments(?:present|expected)"
)
_A_QUESTION = 4
_REPEAT = re.compile(r"\[\d+\]/")
_PARENTS = ("_parent_index", "_parent_table_name", "parent_key")
_MARKS = ("_uuid", "_submission_time", "meta/instanceid", "meta-instanceid", "meta.instanceid",
    "meta:instanceid", "_xform_id", "instanceid", "_index",
    "submissiondate", "parent_key", "_parent_index",
)  # fmt: skip
_POINT_PART = re.compile(
    r"_?(?P<base>.+?)[_-](?P<part>latitude|longitude|altitude|precision|accuracy)", re.I
)


def recognise(raw: RawTable) -> Evidence | None:
    """Recognise by the columns the servers add, and by slashes in headings."""
    names = [heading.strip().casefold() for heading in raw.headings]
    marks = [mark for mark in _MARKS if mark in names]
    slashes = sum("/" in name and " " not in name for name in names)
    if not marks:
        return None
    points = [f"The server's own columns are there: {', '.join(marks)}."]
    if slashes:
        points.append("Headings name groups and options with '/'.")
    return Evidence("kobo", tuple(points), min(0.95, 0.7 + 0.1 * len(marks)))


def arrange(raw: RawTable) -> list[ColumnGroup]:
    """Return one group a question; option columns beside a joined column are read instead."""
    names = [heading.strip() for heading in raw.headings]
    mark = _group_mark(names)
    options = _option_runs(raw, names)
    in_run = {p for run in options.values() for p in run}
    # The joined column repeats what the option columns say; it belongs to the question.
    joined = {name: (p,) for p, name in enumerate(names, start=1) if name in options}
    repeated = _in_repeats(names)
    points = _points(names)
    in_point = {p for parts in points.values() for p in parts.values()}
    groups: list[ColumnGroup] = []
    for position, name in enumerate(names, start=1):
        key = name.casefold()
        if position in in_run:
            question = name.rsplit("/", 1)[0]
            run = options[question]
            if position == run[0]:
                texts = tuple(words_of(names[p - 1].rsplit("/", 1)[1]) for p in run)
                both = tuple(sorted((*run, *joined.get(question, ()))))
                groups.append(
                    ColumnGroup(words_of(question), both, "spread_options", texts, "many_choices")
                )
        elif position in in_point:
            base, parts = next((b, p) for b, p in points.items() if position in p.values())
            if position == parts["latitude"] and "longitude" in parts:
                order = ("latitude", "longitude", "altitude", "precision", "accuracy", "whole")
                all_parts = tuple(parts[part] for part in order if part in parts)
                groups.append(
                    ColumnGroup(words_of(base), all_parts, "point_parts", (), "point", "location")
                )
        elif name in options or position in repeated:
            continue
        elif key in _OWN:
            role, kind = _OWN[key]
            groups.append(ColumnGroup(name, (position,), hint_role=role, hint_kind=kind))
        elif name or distinct_texts(raw, position):
            group = ColumnGroup(question_of(name.replace(mark, "/")), (position,))
            if _OTHER.fullmatch(key):
                group = replace(group, hint_role="other")
            elif _all_in_order(distinct_texts(raw, position)):
                group = replace(group, hint_separator=" ", hint_kind="ranking")
            elif _joined_codes(raw, position):
                group = replace(group, hint_separator=" ", hint_kind="many_choices")
            groups.append(group)
    return groups


def words_of(name: str) -> str:
    """Return a question's name without its groups, underscores as spaces."""
    return " ".join(re.sub(r"[_]+", " ", name.rsplit("/", 1)[-1]).split()) or name


def _group_mark(names: list[str]) -> str:
    """Return what stands between group and question: ODK Central writes "-", others "." or ":"."""
    small = {name.casefold() for name in names}
    return next((mark for mark in "-.:" if f"meta{mark}instanceid" in small), "/")


def question_of(name: str) -> str:
    """Return a question's name, with the question a grid asks before it when it has one.

    Groups are mostly parts of a form ("part_2"); a group that reads like a question is one,
    and what stands below it are its rows.
    """
    front, _, _ = name.rpartition("/")
    asked = words_of(front) if front else ""
    if len(asked.split()) >= _A_QUESTION or asked.endswith("?"):
        return f"{asked} [{words_of(name)}]"
    return words_of(name)


def _option_runs(raw: RawTable, names: list[str]) -> dict[str, tuple[int, ...]]:
    """Return positions by question of columns "question/option" that hold ticks."""
    runs: dict[str, list[int]] = {}
    for position, name in enumerate(names, start=1):
        question, slash, _ = name.rpartition("/")
        if slash and question and not name.casefold().startswith("meta/"):
            runs.setdefault(question, []).append(position)
    found = {}
    for question, positions in runs.items():
        texts = [distinct_texts(raw, p) for p in positions]
        ticks = all(is_ticks(t, "") and set(map(str.casefold, t)) <= _TICKS for t in texts)
        if len(positions) > 1 and ticks and (question in names or any(texts)):
            found[question] = tuple(positions)
    return found


_TICKS = frozenset({"0", "1", "true", "false", "n/a", "na", "yes", "no"})


def _points(names: list[str]) -> dict[str, dict[str, int]]:
    """Return positions of latitude and so on, and of the whole point, by question."""
    points: dict[str, dict[str, int]] = {}
    for position, name in enumerate(names, start=1):
        part = _POINT_PART.fullmatch(name.rsplit("/", 1)[-1])
        if part:
            points.setdefault(part["base"], {})[part["part"].lower()] = position
    found = {b: parts for b, parts in points.items() if {"latitude", "longitude"} <= set(parts)}
    for position, name in enumerate(names, start=1):
        if name.rsplit("/", 1)[-1] in found:
            found[name.rsplit("/", 1)[-1]]["whole"] = position
    return found


def _in_repeats(names: list[str]) -> set[int]:
    """Return positions of columns inside a group that repeats: "people[2]/age"."""
    return {p for p, name in enumerate(names, start=1) if _REPEAT.search(name)}


def refuse(raw: RawTable) -> None:
    """Refuse a table of a repeated group; say when columns of one are left out.

    A repeat holds several rows an answer, so its rows are no answers of their own.

    Raises
    ------
    UnreadableFile
        When the table is the repeated group itself.
    """
    names = [heading.strip().casefold() for heading in raw.headings]
    parents = [names.index(name) + 1 for name in _PARENTS if name in names]
    inside = [p for p in parents if _points_to_parent(raw, p)]
    if inside and "_submission_time" not in names and "start" not in names:
        raise UnreadableFile(
            say("This table holds a group of questions that repeats, not one row an answer."),
            say("Choose the form's own sheet or file, without the repeated group, and try again."),
        )
    found = sorted(_in_repeats([heading.strip() for heading in raw.headings]))
    if found and not any(problem.code == "repeats_left_out" for problem in raw.problems):
        raw.problems.add(
            "repeats_left_out",
            say(
                "{n} columns from '{heading}' on belong to a group that repeats. They are left "
                "out: one answer would count several times.",
                n=len(found), heading=raw.headings[found[0] - 1][:80],
            ),
            column=raw.headings[found[0] - 1],
        )  # fmt: skip


def _points_to_parent(raw: RawTable, position: int) -> bool:
    """Tell a column that names each row's parent (-1 and blanks name none)."""
    return bool(set(distinct_texts(raw, position)) - {"-1"})


def _all_in_order(texts: dict[str, int]) -> bool:
    """Tell a ranking: every cell names the same codes, only their order differs."""
    codes = {frozenset(text.split()) for text in texts}
    return len(codes) == 1 and len(texts) > 1 and len(next(iter(codes))) > 2


def _joined_codes(raw: RawTable, position: int) -> bool:
    """Tell a cell of several codes joined with spaces: codes have neither capitals nor marks."""
    texts = distinct_texts(raw, position)
    if len(texts) == 1:
        # One answer is little to go by: a name with "_" among several is a code for certain.
        only = next(iter(texts)).split(" ")
        named = all(re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)*", part) for part in only)
        return len(only) > 1 and named and any("_" in part for part in only)
    if len(texts) < 2:
        return False
    code = re.compile(r"[a-z0-9_\-]+(?: [a-z0-9_\-]+)*")
    if not all(code.fullmatch(text) for text in texts):
        return False
    parts = [text.split() for text in texts]
    names = {part for each in parts for part in each}
    numbers = sum(name.isdigit() for name in names)
    # Words that never part are one answer ("65 or over"), not several.
    where: dict[str, frozenset[int]] = {
        name: frozenset(i for i, each in enumerate(parts) if name in each) for name in names
    }
    several = sum(len({where[part] for part in each}) > 1 for each in parts)
    return (
        several >= 0.2 * len(parts)
        and len(names) <= 40
        and numbers < 0.5 * len(names)
        and all(len(each) == len(set(each)) for each in parts)
    )
