"""Where packs are: those shipped, those in the folders of the settings, and any folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from needsmap.errors import NotFound, UnreadableFile
from needsmap.places.contents import AREAS_FILE
from needsmap.places.geojson import parse_json
from needsmap.places.package import PACKAGE_FILE
from needsmap.settings import SHIPPED_PLACES_FOLDER, Settings
from needsmap.words import say

_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class PackSummary:
    """One place that can be opened: `areas` is the number of finest areas."""

    name: str
    title: str
    folder: Path
    areas: int
    invented: bool


def find_pack(name_or_folder: str | Path, settings: Settings) -> Path:
    """Return the folder of a pack given by its name, its folder's name or its folder.

    Only what `NEEDSMAP_PLACE` or a command gives may be a folder; a link gives names, which
    callers look up with `list_packs`.

    Raises
    ------
    NotFound
        When there is none; the names there are stand in the error.
    """
    given = str(name_or_folder).strip()
    known = list_packs(settings)
    for summary in known:
        if given == summary.name:
            return summary.folder
    if _NAME.fullmatch(given):
        for summary in known:
            if given == summary.folder.name:
                return summary.folder
    # A name with a NUL or of endless length is no path; pathlib raises on those.
    try:
        folder = Path(given).expanduser()
        if given and (folder / PACKAGE_FILE).is_file():
            return folder.resolve()
    except (OSError, ValueError, RuntimeError):
        pass
    names = ", ".join(summary.name for summary in known) or say("none yet")
    raise NotFound(
        say("There is no place called '{name}'.", name=given[:80]),
        say("The places there are: {names}. A folder that holds a pack also works.", names=names),
    )


def list_packs(settings: Settings) -> list[PackSummary]:
    """Return all packs found, by title; the settings' folders win over shipped ones."""
    found: dict[str, PackSummary] = {}
    for folder in _folders(settings):
        summary = _summary(folder)
        if summary is not None:
            found.setdefault(summary.name, summary)
    return sorted(found.values(), key=lambda summary: (summary.title.casefold(), summary.name))


def _folders(settings: Settings) -> Iterator[Path]:
    for root in (*settings.places, SHIPPED_PLACES_FOLDER):
        if (root / PACKAGE_FILE).is_file():
            yield root.resolve()
        elif root.is_dir():
            yield from sorted(
                child.resolve() for child in root.iterdir() if (child / PACKAGE_FILE).is_file()
            )


def _summary(folder: Path) -> PackSummary | None:
    """Return what can be said without opening the pack; None for what is no pack."""
    try:
        package = parse_json((folder / PACKAGE_FILE).read_bytes(), PACKAGE_FILE)
    except (UnreadableFile, OSError):
        return None
    if not isinstance(package, dict) or not isinstance(package.get("name"), str):
        return None
    own = package.get("needsmap")
    areas = folder / AREAS_FILE
    return PackSummary(
        name=package["name"],
        title=str(package.get("title") or package["name"]),
        folder=folder,
        areas=_count_areas(areas) if areas.is_file() else 0,
        invented=isinstance(own, dict) and own.get("invented") is True,
    )


def _count_areas(file: Path) -> int:
    # Counting a word is far quicker than parsing outlines, and the list needs no more.
    return file.read_bytes().count(b'"area_code"')
