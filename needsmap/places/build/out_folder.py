"""The folder a pack is built into: ours to write, and nobody's files lost."""

from __future__ import annotations

from pathlib import Path

from needsmap.errors import NeedsmapError
from needsmap.places.package import PACKAGE_FILE
from needsmap.words import say


def claim(out: Path, source: Path) -> None:
    """Make sure a pack may be written into `out`: new, empty, or a pack already.

    Raises
    ------
    NeedsmapError
        When `out` is a file, holds other things, or holds the files to build from.
    """
    choose = say("Give --out a new folder, an empty one, or a pack to make again.")
    if out.exists() and not out.is_dir():
        raise NeedsmapError(say("'{out}' is a file, not a folder.", out=out), choose)
    if out.resolve() == source.resolve() or out.resolve() in source.resolve().parents:
        raise NeedsmapError(
            say("The pack cannot go into the folder that holds the files it is made from."), choose
        )
    if out.is_dir() and any(out.iterdir()) and not (out / PACKAGE_FILE).is_file():
        raise NeedsmapError(say("'{out}' holds other files and no pack.", out=out), choose)
