"""Choices that are wishes or offers though no heading says so: their options tell."""

from __future__ import annotations

from dataclasses import replace

from needsmap.intake.choices import Choices
from needsmap.intake.marks import is_follow_up
from needsmap.intake.meaning import Meaning
from needsmap.intake.wording import are_offers, may_be_a_wish
from needsmap.tables import Question

_CHOICES = frozenset({"one_choice", "many_choices", "ranking", "amount"})
_FEWEST = 4
_MOST_OF = 0.6
"""Share of the printed options that must name a theme, and two themes at least."""


def with_wishes(
    questions: tuple[Question, ...], meaning: Meaning, choices: Choices
) -> tuple[Question, ...]:
    """Return the questions; those whose printed options are needs get the role need.

    Only questions nobody knew the role of, whose heading asks for a choice and not for
    what people do or know. Where the file has no heading for it at all, options may also
    tell that it asks for offers. What was chosen by hand stays.
    """
    found = []
    for question in questions:
        if _is_offer(question, choices):
            found.append(replace(question, role="offer"))
        elif _is_wish(question, meaning, choices):
            found.append(replace(question, role="need"))
        else:
            found.append(question)
    return tuple(found)


def _is_offer(question: Question, choices: Choices) -> bool:
    if question.role != "other" or question.columns[0] in choices.roles:
        return False
    offered = [o.text for o in question.options if o.offered and not is_follow_up(o.text)]
    return question.kind == "many_choices" and _nameless(question) and are_offers(offered)


def _nameless(question: Question) -> bool:
    """Tell a question the file has no heading for: its first options stand in for one."""
    return question.text == " / ".join(option.text for option in question.options[:3])


def _is_wish(question: Question, meaning: Meaning, choices: Choices) -> bool:
    if question.role != "other" or question.kind not in _CHOICES:
        return False
    if question.columns[0] in choices.roles:
        return False
    if not _nameless(question) and not may_be_a_wish(
        question.text, shared_out=question.kind == "amount"
    ):
        return False
    offered = [o.text for o in question.options if o.offered and not is_follow_up(o.text)]
    if len(offered) < _FEWEST:
        return False
    found = [themes for text in offered if (themes := meaning.match(text).themes)]
    several = len({theme for themes in found for theme in themes}) > 1
    return several and len(found) >= _MOST_OF * len(offered)
