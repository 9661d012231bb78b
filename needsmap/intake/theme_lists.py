"""Which theme lists the wording of a file is matched to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from needsmap.intake.choices import Choices
from needsmap.intake.closeness import Model, closeness_for
from needsmap.intake.matching import Matcher, guess_language
from needsmap.intake.meaning import NAMES_THEMES, Meaning
from needsmap.intake.raw_table import RawTable
from needsmap.intake.themes import known_languages, load_theme_list
from needsmap.places.pack import Pack
from needsmap.tables import Question

_SAMPLE = 400
"""Texts by which the language of open words is told."""


def own_themes(pack: Pack | None) -> Path | None:
    """Return a place's own theme list, or None when it has none."""
    own = pack.folder / "themes.toml" if pack is not None else None
    return own if own is not None and own.is_file() else None


def meaning_of(
    raw: RawTable,
    questions: tuple[Question, ...],
    pack: Pack | None,
    choices: Choices,
    language: str | None,
    corrections: Mapping[str, Mapping[str, tuple[str, ...]]],
    model: Model | None,
) -> tuple[Meaning, str]:
    """Return what matches a file's wording to themes, and the language of the first list.

    `language`: where it was told; else the one whose words fit the options and first texts best.
    """
    extra = own_themes(pack)
    matchers = {
        spoken: Matcher.of(load_theme_list(spoken, extra), corrections.get(spoken))
        for spoken in known_languages()
    }
    if language is None:
        sample = [
            text
            for question in questions
            if question.role in NAMES_THEMES
            for text in (
                [option.text for option in question.options]
                or raw.first_texts(question.columns[0], _SAMPLE)
            )
        ]
        language = guess_language(sample, matchers)
    elif language not in matchers:
        load_theme_list(language)
    order = dict.fromkeys([language, "en"])
    close = closeness_for(load_theme_list(language, extra), model)
    return Meaning([matchers[each] for each in order], choices.themes, close), language
