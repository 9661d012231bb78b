"""Every setting of Needs Map, in one place. Nothing else reads the environment.

Settings come from environment variables whose names start with ``NEEDSMAP_``; the
table in docs/settings.md is checked against `SETTINGS` by a test.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from needsmap.errors import NeedsmapError
from needsmap.passphrase import is_hash

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
DATA_FOLDER = PROJECT_FOLDER / "data"
SHIPPED_PLACES_FOLDER = DATA_FOLDER / "places"
THEMES_FOLDER = DATA_FOLDER / "themes"


@dataclass(frozen=True)
class Setting:
    """One setting: the variable that sets it, its default as text, and what it means."""

    variable: str
    default: str
    meaning: str


SETTINGS: dict[str, Setting] = {
    "home": Setting("NEEDSMAP_HOME", "~/.needsmap", "Folder for the database and learned words."),
    "database_url": Setting(
        "NEEDSMAP_DATABASE_URL",
        "sqlite:///<NEEDSMAP_HOME>/needsmap.sqlite",
        "Where answers are kept: an SQLAlchemy address of SQLite or PostgreSQL.",
    ),
    "place": Setting(
        "NEEDSMAP_PLACE", "kindleford", "The place that opens first: a pack's name or folder."
    ),
    "places": Setting(
        "NEEDSMAP_PLACES",
        "",
        "Further folders to look for packs in, separated like PATH.",
    ),
    "release": Setting(
        "NEEDSMAP_RELEASE",
        "automatic",
        "'automatic': kept answers become public when ten or more wait; "
        "'by_hand': only by the release command.",
    ),
    "smallest_base": Setting(
        "NEEDSMAP_SMALLEST_BASE",
        "10",
        "An area or group is shown from this many answers. May be raised, never lowered.",
    ),
    "tiles": Setting(
        "NEEDSMAP_TILES",
        "",
        "Optional street map under the areas: a tile address with {z}, {x} and {y}.",
    ),
    "tiles_credit": Setting(
        "NEEDSMAP_TILES_CREDIT", "", "The attribution the street map's owner asks for."
    ),
    "uploads": Setting(
        "NEEDSMAP_UPLOADS",
        "on",
        "'on': the page Add a survey takes files; 'off': the page says how to use the command.",
    ),
    "closeness": Setting(
        "NEEDSMAP_CLOSENESS",
        "off",
        "'on': wording that no theme's words fit goes to the theme closest in meaning; needs "
        "requirements-closeness.txt.",
    ),
    "steward": Setting(
        "NEEDSMAP_STEWARD",
        "",
        "What 'python -m needsmap steward' prints; without it nobody can sign in to read what "
        "people wrote.",
    ),
}


@dataclass(frozen=True)
class Settings:
    """The settings in force. Made by `load`; frozen so nothing changes them half-way."""

    home: Path
    database_url: str
    place: str
    places: tuple[Path, ...]
    release: str
    smallest_base: int
    tiles: str
    tiles_credit: str
    uploads: bool
    closeness: bool
    steward: str


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    NeedsmapError
        When a value is not allowed; names the variable and the values that are.
    """
    given = os.environ if environment is None else environment

    def value(name: str) -> str:
        setting = SETTINGS[name]
        return given.get(setting.variable, "").strip() or setting.default

    home = Path(value("home")).expanduser()
    database_url = given.get("NEEDSMAP_DATABASE_URL", "").strip() or (
        f"sqlite:///{home / 'needsmap.sqlite'}"
    )
    release = value("release")
    if release not in {"automatic", "by_hand"}:
        raise NeedsmapError(
            f"NEEDSMAP_RELEASE is '{release}'.", "Set it to 'automatic' or 'by_hand'."
        )
    uploads = value("uploads")
    if uploads not in {"on", "off"}:
        raise NeedsmapError(f"NEEDSMAP_UPLOADS is '{uploads}'.", "Set it to 'on' or 'off'.")
    closeness = value("closeness")
    if closeness not in {"on", "off"}:
        raise NeedsmapError(f"NEEDSMAP_CLOSENESS is '{closeness}'.", "Set it to 'on' or 'off'.")
    steward = value("steward")
    if steward and not is_hash(steward):
        raise NeedsmapError(
            "NEEDSMAP_STEWARD is not what the command prints.",
            "Run 'python -m needsmap steward' and copy the whole line; a passphrase itself never "
            "belongs in a setting.",
        )
    smallest_base = value("smallest_base")
    if not smallest_base.isdigit() or int(smallest_base) < 10:
        raise NeedsmapError(
            f"NEEDSMAP_SMALLEST_BASE is '{smallest_base}'.",
            "Set it to a whole number of 10 or more: it protects the people who answered.",
        )
    return Settings(
        home=home,
        database_url=database_url,
        place=value("place"),
        places=tuple(Path(p).expanduser() for p in value("places").split(os.pathsep) if p),
        release=release,
        smallest_base=int(smallest_base),
        tiles=value("tiles"),
        tiles_credit=value("tiles_credit"),
        uploads=uploads == "on",
        closeness=closeness == "on",
        steward=steward,
    )


def use_small_pages() -> None:
    """Have numpy and Arrow ask for memory in small pages, unless somebody set it otherwise.

    To be called before either is imported. By themselves they ask for huge pages, which are
    filled with noughts two megabytes at a time: a quarter of the work of a large survey.
    """
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def environment_for(*, place: str = "") -> dict[str, str]:
    """Return the environment for a program of ours: this one's, with another first place.

    `place`: a pack's name or folder; "" leaves the one that is set.
    """
    environment = dict(os.environ)
    if place:
        environment[SETTINGS["place"].variable] = place
    return environment


def has_screen() -> bool:
    """Return whether a browser can be opened here: on Linux, whether a display is named."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
