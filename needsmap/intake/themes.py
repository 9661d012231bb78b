"""The shared list of needs: its themes, in several languages, with a place's own."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from needsmap.errors import NeedsmapError
from needsmap.settings import THEMES_FOLDER
from needsmap.words import say


@dataclass(frozen=True)
class Theme:
    """A need of the shared list.

    `words`: how residents name it (see data/themes/en.toml for the notation). `domain`:
    the deprivation domain that measures the same thing, or "". `services`: categories of
    services that help. `grant_words`: words by which grants for it are known. `phrases`:
    wordings with words to choose from ("room|hall to meet|gather").
    """

    id: str
    label: str
    words: tuple[str, ...] = ()
    domain: str = ""
    services: tuple[str, ...] = ()
    grant_words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeList:
    """All themes of a place in one language, with phrases that are no need at all."""

    themes: tuple[Theme, ...]
    language: str = "en"
    skip: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()


def known_languages() -> tuple[str, ...]:
    """Return the languages that have a theme list, "en" first."""
    found = sorted(path.stem for path in THEMES_FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda language: language != "en"))


def load_theme_list(language: str = "en", extra: Path | None = None) -> ThemeList:
    """Read the shared themes with the words of a language and a place's own additions.

    Parameters
    ----------
    language
        "en", or a language with a list in data/themes. Labels, domains, services and
        grant words it leaves out are those of the English list.
    extra
        A place's `themes.toml`, or None. It adds themes, adds words to themes, or changes
        a label.

    Raises
    ------
    NeedsmapError
        When there is no list of that language, or a file is not a theme list.
    """
    if language not in known_languages():
        raise NeedsmapError(
            say("There is no theme list for the language '{language}'.", language=language[:40]),
            say("Choose one of: {known}.", known=", ".join(known_languages())),
        )
    files = [THEMES_FOLDER / "en.toml", THEMES_FOLDER / f"{language}.toml", extra]
    return _loaded(language, extra, tuple(_stamp(path) for path in files if path is not None))


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written: its time and size; (0, 0) when absent."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _loaded(language: str, extra: Path | None, stamps: tuple[tuple[int, int], ...]) -> ThemeList:
    """Read a list once for each state of its files (`stamps`)."""
    if extra is not None:
        return _from_file(extra, _loaded(language, None, stamps[:2]))
    if language == "en":
        base = _from_file(THEMES_FOLDER / "en.toml", ThemeList(()))
    else:
        base = _loaded("en", None, (stamps[0], stamps[0]))
        translated = replace(
            base,
            language=language,
            themes=tuple(replace(theme, words=(), phrases=()) for theme in base.themes),
            skip=(),
            not_near=(),
        )
        base = _from_file(THEMES_FOLDER / f"{language}.toml", translated)
    return base


def load_themes(language: str = "en", extra: Path | None = None) -> list[Theme]:
    """Return the themes of `load_theme_list` alone: the seam for rooms that match nothing."""
    return list(load_theme_list(language, extra).themes)


def _from_file(path: Path, base: ThemeList) -> ThemeList:
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NeedsmapError(
            say("The theme list '{name}' cannot be read: {why}.", name=path.name, why=error),
            say("Mend the file or leave it out."),
        ) from error
    return _laid_over(raw, base, path.name)


def _laid_over(raw: Mapping[str, Any], base: ThemeList, name: str) -> ThemeList:
    themes = {theme.id: theme for theme in base.themes}
    given = raw.get("themes", {})
    if not isinstance(given, Mapping):
        raise _not_a_theme_list(name, "themes")
    for theme_id, entry in given.items():
        if not isinstance(entry, Mapping):
            raise _not_a_theme_list(name, theme_id)
        old = themes.get(theme_id, Theme(theme_id, theme_id.replace("_", " ").capitalize()))
        themes[theme_id] = Theme(
            id=theme_id,
            label=str(entry.get("label", old.label)),
            words=_joined(old.words, entry.get("words", ()), name, theme_id),
            domain=str(entry.get("domain", old.domain)),
            services=_joined((), entry.get("services", old.services), name, theme_id),
            grant_words=_joined(old.grant_words, entry.get("grant_words", ()), name, theme_id),
            phrases=_joined(old.phrases, entry.get("phrases", ()), name, theme_id),
        )
    return ThemeList(
        themes=tuple(themes.values()),
        language=base.language,
        skip=_joined(base.skip, raw.get("skip", ()), name, "skip"),
        not_near=_joined(base.not_near, raw.get("not_near", ()), name, "not_near"),
    )


def _joined(old: Iterable[str], new: object, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(new, list | tuple) or not all(isinstance(word, str) for word in new):
        raise _not_a_theme_list(name, where)
    return tuple(dict.fromkeys([*old, *new]))


def _not_a_theme_list(name: str, where: str) -> NeedsmapError:
    return NeedsmapError(
        say("In the theme list '{name}', '{where}' is not as expected.", name=name, where=where),
        say("Write it as in data/themes/en.toml: a list of words in quotation marks."),
    )
