"""What is learned from one file for the next: how a form is read, what its wording means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields

from needsmap.intake.answering import NOT_ANSWERS
from needsmap.intake.choices import Choices
from needsmap.intake.meaning import wording_to_remember
from needsmap.intake.privacy import scrub
from needsmap.tables import Question

Recall = Callable[[str], Choices | None]
"""Takes a form's fingerprint; returns the choices remembered for it, or None."""

_OF_ONE_FILE = ("encoding", "title", "asked", "keep_personal")
"""What belongs to a file and not to its form. Why a detail was kept is asked each time."""


def to_remember(choices: Choices, country: str = "GB") -> Choices:
    """Return what of a file's choices is worth keeping for the next file of the same form.

    Wording with personal details in it is left out: nothing personal is remembered.
    """
    blank = Choices()
    clean = choices.changed(**{name: getattr(blank, name) for name in _OF_ONE_FILE})
    return clean.changed(
        themes={text: ids for text, ids in clean.themes.items() if not scrub(text, country)[1]},
        options={
            position: tuple(text for text in texts if not scrub(text, country)[1])
            for position, texts in clean.options.items()
        },
    )


def laid_over(by_hand: Choices, recalled: Choices) -> Choices:
    """Return recalled choices with those made by hand above them, position by position."""
    changes: dict[str, object] = {}
    for each in fields(Choices):
        new, old = getattr(by_hand, each.name), getattr(recalled, each.name)
        if isinstance(new, Mapping):
            changes[each.name] = {**old, **new}
        elif isinstance(new, frozenset):
            changes[each.name] = new | old
        else:
            changes[each.name] = old if new in (None, "") else new
    return Choices(**changes)  # type: ignore[arg-type]


def corrections_made(
    choices: Choices, language: str, country: str = "GB"
) -> list[tuple[str, tuple[str, ...], str]]:
    """Return (wording, theme ids, language) for each wording whose themes were settled by hand.

    The wording is as corrections are kept: plain words, scrubbed; those that are nothing
    but a personal detail are left out.
    """
    made = []
    for text, themes in choices.themes.items():
        if not scrub(text, country)[1] and (wording := wording_to_remember(text, country)):
            made.append((wording, tuple(themes), language))
    return made


def form_as_kept(form: str) -> str:
    """Return the name under which is remembered how a whole file of a form was read."""
    return f"{form}-as-kept"


def as_kept(
    questions: Iterable[Question], choices: Choices, language: str, country: str = "GB"
) -> Choices:
    """Return choices that say of every question what it was taken for.

    `questions`: in the file's own wording (`Inspection.as_read`). Rows of the file that
    come back mended are read with them, for they are too few to guess from.
    """
    told = [question for question in questions if question.role not in NOT_ANSWERS]
    settled = Choices(
        language=language,
        roles={question.columns[0]: question.role for question in told},
        kinds={question.columns[0]: question.kind for question in told},
        groups={q.columns[0]: q.group for q in told if q.role == "group"},
        separators={q.columns[0]: q.separator for q in told if q.separator is not None},
        options={
            q.columns[0]: offered
            for q in told
            if len(q.columns) == 1
            and (offered := tuple(option.text for option in q.options if option.offered))
        },
    )
    reading = choices.changed(delimiter=None, sheet=None, header_row=None)
    return to_remember(laid_over(reading, settled), country)
