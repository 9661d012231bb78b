"""datapackage.json: the file that says what a place is, judged part by part."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeGuard

from needsmap.errors import Problems, UnreadableFile
from needsmap.places.geojson import parse_json
from needsmap.words import say

PACKAGE_FILE = "datapackage.json"
STATISTICS = ("score", "rank", "decile", "share", "count", "value")
DIRECTIONS = ("higher_is_worse", "higher_is_better", "neither")


def read_package(folder: Path, problems: Problems) -> dict[str, Any]:
    """Return what a folder's datapackage.json holds, noting every fault; {} when unusable."""
    file = folder / PACKAGE_FILE
    if not file.is_file():
        problems.add(
            "missing_file",
            say(
                "There is no {file}, which says what this place is. Make the pack with "
                "'place build'.",
                file=PACKAGE_FILE,
            ),
            file=PACKAGE_FILE,
        )
        return {}
    try:
        package = parse_json(file.read_bytes(), PACKAGE_FILE)
    except UnreadableFile as error:
        problems.add("bad_json", str(error), file=PACKAGE_FILE)
        return {}
    if not isinstance(package, dict):
        problems.add(
            "package", say("{file} does not hold an object.", file=PACKAGE_FILE), file=PACKAGE_FILE
        )
        return {}
    _judge_package(package, problems)
    return package


def _judge_package(package: dict[str, Any], problems: Problems) -> None:
    def wrong(message: str, column: str) -> None:
        problems.add("package", message, column=column, file=PACKAGE_FILE)

    for key in ("name", "title"):
        if not isinstance(package.get(key), str) or not package[key].strip():
            wrong(say("The package needs a '{key}' in words.", key=key), key)
    for key in ("sources", "resources", "licenses"):
        if key in package and not objects(package[key]):
            wrong(say("'{key}' must be a list of objects.", key=key), key)
    own = package.get("needsmap")
    if not isinstance(own, dict):
        wrong(say("The package has no 'needsmap' part with its levels."), "needsmap")
        return
    if not isinstance(own.get("invented", False), bool):
        wrong(say("'invented' must be true or false."), "needsmap.invented")
    levels = own.get("levels")
    if not objects(levels) or not levels:
        wrong(say("'levels' must list at least one level, finest first."), "needsmap.levels")
    else:
        ids = [level.get("id") for level in levels]
        if not all(isinstance(i, str) and i for i in ids) or len(set(ids)) < len(ids):
            wrong(say("Each level needs an 'id' of its own."), "needsmap.levels")
    indicators = own.get("indicators", [])
    if not objects(indicators):
        wrong(say("'indicators' must be a list of objects."), "needsmap.indicators")
        return
    seen: set[str] = set()
    for number, indicator in enumerate(indicators, start=1):
        where = f"needsmap.indicators {number}"
        for key in ("id", "column", "label"):
            if not isinstance(indicator.get(key), str) or not indicator[key]:
                wrong(say("Indicator {n} has no '{key}'.", n=number, key=key), where)
        if isinstance(indicator.get("id"), str) and indicator["id"] in seen:
            wrong(say("The indicator id '{id}' is there twice.", id=indicator["id"]), where)
        seen.add(str(indicator.get("id")))
        for key, allowed in (("statistic", STATISTICS), ("direction", DIRECTIONS)):
            if indicator.get(key) not in allowed:
                wrong(
                    say(
                        "Indicator {n}: '{key}' must be one of {allowed}.",
                        n=number,
                        key=key,
                        allowed=", ".join(allowed),
                    ),
                    where,
                )
        of = indicator.get("of")
        if of is not None and (not isinstance(of, int) or isinstance(of, bool) or of < 1):
            wrong(say("Indicator {n}: 'of' must be a whole number or null.", n=number), where)
    if "surveys" in own and not objects(own["surveys"]):
        wrong(say("'surveys' must be a list of objects."), "needsmap.surveys")


def objects(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    """Return whether a value is a list of objects."""
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
