"""What a build used, what it left aside and why, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from needsmap.errors import Problem, Problems, UnreadableFile
from needsmap.places.parts import Source
from needsmap.words import count, say

MOST_ROWS_NAMED = 20
"""So many rows left aside for one reason in one file are named; the rest are counted."""

_Made = TypeVar("_Made")


@dataclass
class Report:
    """Grows while a pack is built; `progress` hears each sentence as it happens.

    sources: the pack's file (such as "services.csv") → where it came from.
    """

    progress: Callable[[str], None] = lambda sentence: None
    used: list[dict[str, str]] = field(default_factory=list)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    left_aside: Problems = field(default_factory=Problems)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def use(
        self, file: str, purpose: str, part: str | None = None, source: Source | None = None
    ) -> None:
        """Note that a file was used for something, e.g. "139 outlines of areas".

        `part` is the pack's file it went into, `source` how it must be credited.
        """
        self.used.append({"file": file, "for": purpose})
        if part is not None and source is not None:
            known = self.sources.setdefault(part, [])
            if source not in known:
                known.append(source)
        self.progress(f"{file}: {purpose}")

    def attempt(self, file: str, make: Callable[[], _Made]) -> _Made | None:
        """Return what `make` returns; a file that cannot be read is left aside, and None."""
        try:
            return make()
        except UnreadableFile as error:
            self.leave(file, str(error))
            return None

    def leave(
        self, file: str, why: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        """Note that a file, or one row of it, was not used and why; the same only once."""
        code = "file_left_aside" if row is None else "row_left_aside"
        problem = Problem(code, why, row, column, file)
        if problem not in self.left_aside.items:
            self.left_aside.extend([problem])

    def leave_rows(self, file: str, rows: list[int], why: str, column: str | None = None) -> None:
        """Note rows not used for one reason; beyond `MOST_ROWS_NAMED` they are counted."""
        for row in rows[:MOST_ROWS_NAMED]:
            self.leave(file, why, row=row, column=column)
        if len(rows) > MOST_ROWS_NAMED:
            more = len(rows) - MOST_ROWS_NAMED
            sentence = count("{n} more row: {why}", "{n} more rows: {why}", more, why=why)
            self.leave(file, sentence, column=column)

    def lack(self, what: str) -> None:
        """Note a part no file was found for."""
        self.missing.append(what)

    def note(self, sentence: str) -> None:
        """Note a choice the builder made that changes what is shown; the same only once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain values for JSON."""
        return {
            "used": self.used,
            "left_aside": [problem.as_dict() for problem in self.left_aside],
            "missing": self.missing,
            "notes": self.notes,
        }

    def sentences(self) -> list[str]:
        """Return what `progress` has not said yet as lines: notes, what was left aside, lacks."""
        lines = [*self.notes, *(_place(p) for p in self.left_aside)]
        return lines + [say("Missing: {what}.", what=what) for what in self.missing]


def _place(problem: Problem) -> str:
    where = problem.file or ""
    if problem.row is not None:
        where += say(", row {row}", row=problem.row)
    if problem.column:
        where += say(", column '{column}'", column=problem.column)
    return say("Left aside {where}: {why}", where=where, why=problem.message)


@dataclass(frozen=True)
class Built:
    """A finished build: the pack's folder, how many areas, and the report."""

    folder: Path
    name: str
    title: str
    areas: int
    report: Report

    def as_dict(self) -> dict[str, object]:
        """Return everything as plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "folder": str(self.folder),
            "areas": self.areas,
            **self.report.as_dict(),
        }
