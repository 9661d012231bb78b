"""Choices that are wishes though their heading does not say so: their options name needs."""

from __future__ import annotations

from dataclasses import replace

from needsmap.intake.choices import Choices
from needsmap.intake.marks import is_follow_up
from needsmap.intake.meaning import Meaning
from needsmap.intake.wording import may_be_a_wish
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
    what people do or know. What was chosen by hand stays.
    """
    return tuple(
        replace(question, role="need") if _is_wish(question, meaning, choices) else question
        for question in questions
    )


def _is_wish(question: Question, meaning: Meaning, choices: Choices) -> bool:
    if question.role != "other" or question.kind not in _CHOICES:
        return False
    if question.columns[0] in choices.roles:
        return False
    # Where the file has no heading for a question, its first options stand in for one.
    nameless = question.text == " / ".join(option.text for option in question.options[:3])
    if not nameless and not may_be_a_wish(question.text, shared_out=question.kind == "amount"):
        return False
    offered = [o.text for o in question.options if o.offered and not is_follow_up(o.text)]
    if len(offered) < _FEWEST:
        return False
    found = [themes for text in offered if (themes := meaning.match(text).themes)]
    several = len({theme for themes in found for theme in themes}) > 1
    return several and len(found) >= _MOST_OF * len(offered)
