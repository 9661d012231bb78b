"""What one picture costs when 1, 10 or 100 viewers ask for it, through the pages' own doors.

Every viewer is a thread that asks at the same moment for the brief and its tables, as a page
does (`needsmap.ui.data`). The first to come has it made; the others wait for that one. Counted
is how often the maker ran.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from needsmap.briefs.place import OpenPlace
from needsmap.picture import Picture
from needsmap.ui import data

VIEWERS = (1, 10, 100)


@dataclass(frozen=True)
class Asked:
    """made : how often the maker ran. same : all were given the very same brief and tables.

    total : milliseconds for all viewers together.
    """

    made: int
    same: bool
    total: float


def ask_at_once(
    subject: str,
    place: OpenPlace,
    picture: Picture,
    viewers: int,
    clock: Callable[[], float],
) -> Asked:
    """Let so many viewers ask for a picture nobody asked for before; say what it cost."""
    data._BRIEFS.clear()
    maker, made = data._SUBJECTS[subject], []

    def counted(*asked: Any, **more: Any) -> Any:
        made.append(1)
        return maker(*asked, **more)

    got: list[tuple[int, ...]] = []
    together = threading.Barrier(viewers + 1)

    def view() -> None:
        together.wait()
        brief = data._brief(subject, data.Here(place, picture, ()))
        got.append((id(brief), *(id(table) for table in brief.tables().values())))

    threads = [threading.Thread(target=view) for _ in range(viewers)]
    for thread in threads:
        thread.start()
    data._SUBJECTS[subject] = counted
    try:
        start = clock()
        together.wait()
        for thread in threads:
            thread.join()
        total = 1000 * (clock() - start)
    finally:
        data._SUBJECTS[subject] = maker
    return Asked(len(made), len(got) == viewers and len(set(got)) == 1, total)
