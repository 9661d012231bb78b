"""Errors that say what is wrong and what to do about it.

Row-level faults of a file are collected as `Problem` values and reported all at
once; exceptions are for things that cannot be read or done at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field


class NeedsmapError(Exception):
    """Something cannot be done, in words a volunteer can act on.

    Parameters
    ----------
    what
        One plain sentence: what is wrong.
    fix
        One plain sentence: what to do now.
    """

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(f"{what} {fix}".strip())
        self.what = what
        self.fix = fix


class UnreadableFile(NeedsmapError):
    """A file that cannot be read at all: empty, damaged, too large or of another type."""


class BadPack(NeedsmapError):
    """A place pack that cannot be opened. Carries every fault found, not only the first."""

    def __init__(self, what: str, fix: str = "", problems: Problems | None = None) -> None:
        super().__init__(what, fix)
        self.problems = problems or Problems()


class NotFound(NeedsmapError):
    """A place, survey or area that a link or command names and nobody knows."""


class StoreUnavailable(NeedsmapError):
    """The data store cannot be reached, is damaged, or was made by a newer version."""


class ReleaseTooSmall(NeedsmapError):
    """Too few new or withdrawn answers to change the public figures (policy D4)."""


class Refused(NeedsmapError):
    """A request the disclosure rules do not allow, with the reason."""


@dataclass(frozen=True)
class Problem:
    """One fault in a file: where it is, what it is, how to mend it.

    `row` is the row number in the original file, counted from 1 as a spreadsheet
    counts; `column` is the heading (or resource column) as written there. Either is
    None when the fault belongs to the whole file. `code` is stable and documented.
    """

    code: str
    message: str
    row: int | None = None
    column: str | None = None
    file: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the problem as plain values for JSON."""
        return asdict(self)


@dataclass
class Problems:
    """A growing list of `Problem`, in file order."""

    items: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        file: str | None = None,
    ) -> None:
        """Append one problem."""
        self.items.append(Problem(code, message, row, column, file))

    def extend(self, more: Iterable[Problem]) -> None:
        """Append several problems."""
        self.items.extend(more)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)
