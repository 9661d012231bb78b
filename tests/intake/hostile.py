"""Hostile files made from a seed, each with the truth about what is in it.

One file is a table as some form tool writes it, spoilt by one threat of the list T3-T17
(formulas, control characters, encodings, ragged rows, headings, look-alike values, preambles,
quotes, wide and long tables, workbooks that are none, odd names, SQL), in some encoding. The
truth says which rows must come out, word for word, and which must be set aside or refused.
"""

# ruff: noqa: E501 - texts to attack with are kept on one line
from __future__ import annotations

import codecs
import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Hostile:
    """A file and what is true of it.

    rows: line number → cells that must come out as they are. aside: line numbers that must
    be set aside. refused: the whole file must be refused. line: where the refusal must
    point, 0 when it is about the whole file.
    """

    name: str
    data: bytes
    what: str
    headings: list[str] = field(default_factory=list)
    rows: dict[int, list[str]] = field(default_factory=dict)
    aside: set[int] = field(default_factory=set)
    refused: bool = False
    line: int = 0


_TOOLS = ("google_forms", "ms_forms", "kobo", "limesurvey", "typeform", "plain")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-16-be")
_NEEDS = ("Parks and play", "Buses at night", "Jobs", "Homes", "A doctor", "Clean streets")
_WORDS = [
    "we",
    "need",
    "more",
    "room",
    "for",
    "all",
    "of",
    "us",
    "and",
    "a",
    "bus",
    "that",
    "comes",
    "when",
    "it",
    "rains",
    "near",
    "the",
    "hall",
]
FORMULAS = ("=1+1", "+44 old", "@SUM(A1)", "-2+3", '=HYPERLINK("http://x.example","y")', "＝1+1",
            '=cmd|" /C calc"!A0', "\t=1")  # fmt: skip
SCRIPTS = ("<script>alert(1)</script>", "{{7*7}}", "${7*7}", "{% raw %}", "`x`", "<img src=x onerror=1>",
           "![x](http://x.example/p.png)", ":red[x]", "$x^2$", "[a](javascript:1)")  # fmt: skip
UNICODE = ("caf\u0301e", "\u202eabc", "a\u200bb", "👩‍👩‍👧 family", "ﷺ", "Ω≈ç√", "ﬀ", "I\u0307",
           "\u2066x\u2069", "ｆｕｌｌ")  # fmt: skip
LOOKALIKE = ("NA", "None", "null", "007", "1e5", "1-2", "MAR1", "TRUE", "nan", "1,234.50", "12/31/2025",
             "0x1F", "1_000", "∞", "١٢")  # fmt: skip
SQL = (
    "'; DROP TABLE survey;--",
    '" OR 1=1 --',
    "Robert'); DELETE FROM answer;",
    "%s",
    ":x",
    "\\x00",
)
NAMES = ("../../etc/passwd", "CON", "a" * 5000 + ".csv", "\u202egnp.csv", "x;y|z.csv", ".csv", "a/b\\c.csv",
         "answers.xlsx", "answers.pickle")  # fmt: skip


def make(seed: int) -> Hostile:
    """Return the hostile file of a seed; the same seed gives the same bytes."""
    chance = random.Random(seed)
    threat = _THREATS[seed % len(_THREATS)]
    return threat(chance)


def _table(
    chance: random.Random, rows: int | None = None
) -> tuple[str, list[str], list[list[str]]]:
    """Return tool, headings and rows of a plain, sound table."""
    tool = chance.choice(_TOOLS)
    n = rows or chance.randint(3, 25)
    stamp = [f"2025-03-{1 + i % 28:02d} 1{i % 10}:0{i % 6}:{i % 60:02d}" for i in range(n)]
    need = [chance.choice(_NEEDS) for _ in range(n)]
    words = [" ".join(chance.choices(_WORDS, k=chance.randint(2, 9))) for _ in range(n)]
    ward = [chance.choice(("East", "West", "Hill")) for _ in range(n)]
    if tool == "google_forms":
        heads = ["Timestamp", "What is missing?", "Your ward", "Anything else?"]
        body = [list(row) for row in zip(stamp, need, ward, words, strict=True)]
    elif tool == "ms_forms":
        heads = ["ID", "Start time", "Completion time", "What is missing?", "Anything else?"]
        body = [[str(i + 1), stamp[i], stamp[i], f"{need[i]};", words[i]] for i in range(n)]
    elif tool == "kobo":
        heads = ["start", "group/ward", "needs", "words", "_uuid", "_submission_time"]
        key = f"{chance.getrandbits(96):024x}"
        body = [[stamp[i], ward[i], need[i].split()[0].lower(), words[i],
                 f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{i:012x}", stamp[i]]
                for i in range(n)]  # fmt: skip
    elif tool == "limesurvey":
        heads = [
            "id. Response ID",
            "q1[SQ001]. What? [Parks]",
            "q1[SQ002]. What? [Buses]",
            "q2. Say",
        ]
        body = [[str(i + 1), chance.choice(("Yes", "No")), chance.choice(("Yes", "No")), words[i]]
                for i in range(n)]  # fmt: skip
    elif tool == "typeform":
        heads = ["#", "What is missing?", "Your ward", "Submit Date (UTC)"]
        body = [[f"{chance.getrandbits(64):016x}", words[i], ward[i], stamp[i]] for i in range(n)]
    else:
        heads = ["Your ward", "What is missing?", "Anything else?"]
        body = [list(row) for row in zip(ward, need, words, strict=True)]
    return tool, heads, body


def _line(cells: list[str], delimiter: str = ",", quote: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quote, lineterminator="").writerow(cells)
    return out.getvalue()


def _written(
    heads: list[str],
    body: list[list[str]],
    *,
    delimiter: str = ",",
    end: str = "\r\n",
    before: str = "",
) -> tuple[str, dict[int, list[str]]]:
    """Return the text of a table and the line on which each row starts."""
    text = before + _line(heads, delimiter) + end
    rows: dict[int, list[str]] = {}
    line = len(text.splitlines()) + 1
    for cells in body:
        rows[line] = cells
        written = _line(cells, delimiter) + end
        text += written
        line += written.count("\n") or written.count("\r")
    return text, rows


def _sound(
    chance: random.Random, what: str, put: tuple[str, ...] = (), where: str = "cells"
) -> Hostile:
    """Return a sound table with odd texts in its last column (or its last heading)."""
    tool, heads, body = _table(chance)
    if where == "headings":
        heads[-1] = f"{heads[-1]} {chance.choice(put)}".strip()
    elif put:
        for cells in body:
            if chance.random() < 0.5:
                cells[-1 if tool not in {"kobo", "typeform"} else 1] = chance.choice(put)
    encoding = chance.choice(_ENCODINGS)
    text, rows = _written(heads, body)
    try:
        data = _encoded(text, encoding)
    except UnicodeEncodeError:
        encoding = "utf-8"
        data = _encoded(text, encoding)
    return Hostile("answers.csv", data, f"{what}, {tool}, {encoding}", heads, rows)


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(encoding)


def _formulas(chance: random.Random) -> Hostile:
    return _sound(chance, "T3 formulas", FORMULAS)


def _scripts(chance: random.Random) -> Hostile:
    return _sound(chance, "T1 scripts", SCRIPTS, chance.choice(("cells", "headings")))


def _unicode(chance: random.Random) -> Hostile:
    return _sound(chance, "T4 unicode", UNICODE)


def _lookalike(chance: random.Random) -> Hostile:
    return _sound(chance, "T8 look-alikes", LOOKALIKE)


def _sql(chance: random.Random) -> Hostile:
    return _sound(chance, "T17 SQL", SQL, chance.choice(("cells", "headings")))


def _long_cells(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    body[0][-2 if tool == "kobo" else -1] += " x" * 10
    at = 3 if tool == "kobo" else len(heads) - 1
    body[1][at] = "word " * chance.choice((1_000, 20_000, 200_000))
    text, rows = _written(heads, body)
    for cells in rows.values():
        cells[at] = cells[at][:4096]
    return Hostile("answers.csv", text.encode(), f"T4 long cell, {tool}", heads, rows)


def _nul(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    text, rows = _written(heads, body)
    at = text.index("\n") + 1 + chance.randint(0, 3)
    return Hostile(
        "a.csv", (text[:at] + "\x00" + text[at:]).encode(), f"T4 NUL, {tool}", heads, rows
    )


def _ragged(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance, chance.randint(4, 25))
    bad = set(chance.sample(range(len(body)), chance.randint(1, max(1, len(body) // 4))))
    for i in bad:
        body[i] = body[i] + ["extra"] if chance.random() < 0.5 else body[i][:-1] or ["x"]
    text, rows = _written(heads, body)
    lines = list(rows)
    aside = {lines[i] for i in bad}
    kept = {line: cells for line, cells in rows.items() if line not in aside}
    return Hostile("answers.csv", text.encode(), f"T6 ragged, {tool}", heads, kept, aside)


def _headings(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    if tool == "plain":
        heads = [chance.choice(("", "Say", "Say", "nan", "1.1")) or "Say" for _ in heads]
    else:
        heads[-1] = heads[-2]
    text, rows = _written(heads, body)
    return Hostile("answers.csv", text.encode(), f"T7 headings, {tool}", heads, rows)


def _preamble(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    before = chance.choice(
        ("Report of the survey\r\n\r\n", "Title,\r\nMade,2025\r\n\r\n", "sep=,\r\n")
    )
    text, rows = _written(heads, body, before=before)
    return Hostile("answers.csv", text.encode(), f"T9 preamble, {tool}", heads, rows)


def _separators(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    delimiter, end = chance.choice((";", "\t", "|")), chance.choice(("\r\n", "\n", "\r"))
    text, rows = _written(heads, body, delimiter=delimiter, end=end)
    return Hostile("a.csv", text.encode(), f"T9 {delimiter!r} {end!r}, {tool}", heads, rows)


def _mixed_ends(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    text = _line(heads) + "\r\n"
    rows = {}
    for line, cells in enumerate(body, start=2):
        rows[line] = cells
        text += _line(cells) + chance.choice(("\r\n", "\n"))
    return Hostile("answers.csv", text.encode(), f"T9 mixed line ends, {tool}", heads, rows)


def _new_lines(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance)
    at = 3 if tool == "kobo" else 1
    for cells in body[:: chance.randint(1, 3)]:
        cells[at] = cells[at] + "\n" + 'she said "no", twice'
    text, rows = _written(heads, body, end="\n")
    return Hostile("answers.csv", text.encode(), f"T10 lines in cells, {tool}", heads, rows)


def _open_quote(chance: random.Random) -> Hostile:
    tool, heads, body = _table(chance, chance.randint(4, 25))
    lines = [_line(heads), *(_line(cells) for cells in body)]
    at = chance.randint(1, len(body) - 1)
    first, *rest = lines[at].split(",")
    lines[at] = ",".join(['"' + first, *rest])
    text = "\r\n".join(lines) + "\r\n"
    return Hostile("a.csv", text.encode(), f"T10 open quote, {tool}", refused=True, line=at + 1)


def _wide(chance: random.Random) -> Hostile:
    width = chance.choice((501, 2_000, 10_000))
    text = ",".join(f"q{i}" for i in range(width)) + "\n" + ",".join("a" * width) + "\n"
    return Hostile("answers.csv", text.encode(), f"T11 {width} columns", refused=True)


def _other_types(chance: random.Random) -> Hostile:
    kind, data = chance.choice((
        ("pickle", b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05hello\x94."),
        ("parquet", b"PAR1" + bytes(40) + b"PAR1"), ("pdf", b"%PDF-1.7\n%..."),
        ("html", b"<html><table><tr><td>1</td></tr></table></html>"), ("gzip", b"\x1f\x8b\x08" + bytes(20)),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), ("empty", b""), ("blank", b"\r\n \r\n"),
        ("json", b'{"type": "FeatureCollection", "features": []}'),
        ("vrt", b"<?xml version='1.0'?><OGRVRTDataSource/>"), ("sqlite", b"SQLite format 3\x00" + bytes(80)),
        ("headings only", b"Ward,What?\r\n"),
    ))  # fmt: skip
    return Hostile(f"answers.{kind}", data, f"T16 {kind}", refused=True)


def _zips(chance: random.Random) -> Hostile:
    made = io.BytesIO()
    kind = chance.choice(("damaged", "macro", "bomb", "plain zip", "cut", "no sheets"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "bomb":
            archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
        elif kind == "plain zip":
            archive.writestr("answers.csv", b"a,b\n1,2\n")
        else:
            archive.writestr("[Content_Types].xml", b"<Types/>")
            archive.writestr("xl/workbook.xml", bytes(chance.randrange(256) for _ in range(200)))
            if kind == "macro":
                archive.writestr("xl/vbaProject.bin", b"x")
    data = made.getvalue()
    return Hostile("a.xlsx", data[:60] if kind == "cut" else data, f"T13 {kind}", refused=True)


def _names(chance: random.Random) -> Hostile:
    spoilt = _sound(chance, "T15 names")
    spoilt.name = chance.choice(NAMES)
    return spoilt


def _missing_marks(chance: random.Random) -> Hostile:
    return _sound(chance, "T8 marks for nothing", ("-", "n/a", "N/A", "99", "."))


_THREATS: tuple[Callable[[random.Random], Hostile], ...] = (
    _formulas, _scripts, _unicode, _lookalike, _sql, _long_cells, _nul, _ragged, _headings,
    _preamble, _separators, _mixed_ends, _new_lines, _open_quote, _wide, _other_types, _zips,
    _names, _missing_marks, _ragged,
)  # fmt: skip


@dataclass
class Verdict:
    """What became of a hostile file: faults found, in words; none when all is right."""

    uncaught: str = ""
    wrong_rows: list[str] = field(default_factory=list)
    unsaid: str = ""
    unequal: str = ""

    @property
    def faults(self) -> list[str]:
        """Return all faults as one list."""
        return [
            each for each in (self.uncaught, *self.wrong_rows, self.unsaid, self.unequal) if each
        ]


def judge(given: Hostile) -> Verdict:
    """Read a hostile file from bytes to answers ready to be kept, and hold it to its truth."""
    from needsmap.errors import UnreadableFile
    from needsmap.intake.survey import inspect, prepare

    verdict = Verdict()
    try:
        inspection = inspect(given.data, given.name)
        ready = prepare(inspection)
    except UnreadableFile as refusal:
        if not given.refused:
            verdict.wrong_rows.append(f"refused a sound file: {refusal.what}")
        if (
            not refusal.what
            or not refusal.fix
            or (given.line and str(given.line) not in refusal.what)
        ):
            verdict.unsaid = f"refused without line or reason: {refusal.what!r} {refusal.fix!r}"
        return verdict
    except Exception as error:
        verdict.uncaught = f"{type(error).__name__}: {error}"[:300]
        return verdict
    if given.refused:
        verdict.wrong_rows.append("accepted a file that must be refused")
        return verdict
    raw = inspection.raw
    came = {
        int(line): list(cells)
        for line, cells in zip(raw.row_numbers, raw.cells.itertuples(index=False), strict=True)
    }
    for line in sorted(came.keys() | given.rows.keys()):
        if came.get(line) != given.rows.get(line):
            verdict.wrong_rows.append(
                f"line {line}: {str(came.get(line))[:120]} for {str(given.rows.get(line))[:120]}"
            )
    said = {problem.row for problem in inspection.problems if problem.row is not None}
    if given.aside - said:
        verdict.unsaid = f"set aside in silence: lines {sorted(given.aside - said)}"
    known = len(given.rows) + len(given.aside)
    if ready.read != known or ready.read != len(ready.survey.answers) + ready.set_aside:
        verdict.unequal = (
            f"{ready.read} read of {known}, {len(ready.survey.answers)} + {ready.set_aside}"
        )
    return verdict
