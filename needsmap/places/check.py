"""Judge a pack's folder: every fault at once, each with file, row and column."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from needsmap.errors import Problems, UnreadableFile
from needsmap.places.check_tables import check_tables
from needsmap.places.contents import Contents, read_contents
from needsmap.places.geojson import read_geojson
from needsmap.places.membership import LevelTables, find_strangers, read_levels
from needsmap.places.package import PACKAGE_FILE
from needsmap.words import say


def check_pack(folder: Path) -> Problems:
    """Return every fault of a pack's folder, in the order of its files.

    An empty list means `open_pack` opens it. The codes of faults are in docs/places.md.
    """
    problems = Problems()
    what = ""
    if folder.is_file():
        what = say("'{folder}' is a file. A pack is a folder: give that.", folder=folder)
    elif not folder.is_dir():
        what = say("There is no folder '{folder}'. Run 'place list' to see the places there "
                   "are.", folder=folder)  # fmt: skip
    elif not any(folder.iterdir()):
        what = say("The folder '{folder}' is empty. Make a pack with 'place build'.",
                   folder=folder)  # fmt: skip
    if what:
        problems.add("missing_folder", what, file=str(folder))
        return problems
    contents = read_contents(folder)
    levels = read_levels(contents)
    find_strangers(contents)
    _check_outlines(contents)
    _check_level_outlines(contents, levels)
    check_tables(contents, levels)
    _check_themes(contents)
    _check_listed_files(contents)
    return contents.problems


def _check_outlines(contents: Contents) -> None:
    """Areas that cover one another: an answer there would count twice or by chance."""
    known = [(i, s) for i, s in enumerate(contents.geometries) if s is not None]
    if len(known) < 2:
        return
    shapes = np.array([shape for _, shape in known], dtype=object)
    inner = shapely.point_on_surface(shapes)
    which, where = shapely.STRtree(shapes).query(inner, predicate="within")
    codes = contents.areas["area_code"].tolist()
    for one, other in zip(which, where, strict=True):
        if one != other:
            contents.problems.add(
                "areas_overlap",
                say(
                    "The areas '{one}' and '{other}' lie over each other.",
                    one=codes[known[one][0]],
                    other=codes[known[other][0]],
                ),
                row=known[one][0] + 1,
                column="geometry",
                file="areas.geojson",
            )


def _check_level_outlines(contents: Contents, levels: LevelTables) -> None:
    for file in sorted((contents.folder / "levels").glob("*.geojson")):
        name = f"levels/{file.name}"
        if file.stem not in levels.names:
            contents.problems.add(
                "unknown_level",
                say("{file} is for a level the package does not list.", file=name),
                file=name,
            )
            continue
        try:
            features = read_geojson(file, name, areas_only=True, large=True)
        except UnreadableFile as error:
            contents.problems.add("bad_json", str(error), file=name)
            continue
        contents.problems.extend(features.problems)
        given = [str(p.get("area_code", "")) for p in features.properties]
        expected = levels.names[file.stem]
        for number, code in enumerate(given, start=1):
            if code not in expected:
                contents.problems.add(
                    "unknown_area",
                    say("{file}: levels.csv has no area '{code}'.", file=name, code=code[:40]),
                    row=number,
                    column="area_code",
                    file=name,
                )
        for code in expected:
            if code not in given:
                contents.problems.add(
                    "missing_outline",
                    say("{file} has no outline for '{code}'.", file=name, code=code),
                    column="area_code",
                    file=name,
                )


def _check_themes(contents: Contents) -> None:
    file = contents.folder / "themes.toml"
    if not file.is_file():
        return

    def wrong(message: str, column: str | None = None) -> None:
        contents.problems.add("themes", message, column=column, file="themes.toml")

    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        wrong(say("themes.toml cannot be read: {why}.", why=error))
        return
    themes = found.get("themes", {})
    if not isinstance(themes, dict):
        wrong(say("'themes' must be a table of themes."), "themes")
        return
    for theme_id, theme in themes.items():
        if not isinstance(theme, dict):
            wrong(say("The theme '{id}' must be a table.", id=theme_id), theme_id)
            continue
        for key in ("label", "domain"):
            if key in theme and not isinstance(theme[key], str):
                wrong(
                    say("The theme '{id}': '{key}' must be text.", id=theme_id, key=key), theme_id
                )
        for key in ("words", "services", "grant_words"):
            value = theme.get(key, [])
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                message = say("The theme '{id}': '{key}' must list texts.", id=theme_id, key=key)
                wrong(message, theme_id)


def _check_listed_files(contents: Contents) -> None:
    """Files the package names that are not there, or that lie outside the folder."""
    named = [*_objects(contents.package.get("resources")), *_objects(contents.own.get("surveys"))]
    for item in named:
        path = item.get("path")
        inside = isinstance(path, str) and not Path(path).is_absolute() and ".." not in path
        if not inside or not (contents.folder / str(path)).is_file():
            contents.problems.add(
                "missing_file",
                say("The package lists '{path}', which is not in the folder.", path=path),
                column="path",
                file=PACKAGE_FILE,
            )


def _objects(value: object) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
