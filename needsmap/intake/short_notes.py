"""Notes of a word or two told from choices: by the heading, by casing, by how unlike they are.

A form prints its options, so they are spelt one way however many people choose them. What
people type is spelt in many ways ("Litter", "litter", "litter!") and seldom twice alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from needsmap.intake.facts import Facts
from needsmap.intake.ticks import YES_OR_NO
from needsmap.intake.wording import asks_for_words, role_of_facts, role_of_meaning
from needsmap.tables import Option

_ASKED = frozenset({"open_text", "need", "strength", "offer"})
_MOST_PRINTED = 12
_NEARLY_ALL = 0.95
_FEW_ANSWERS = 12
_TWICE_SPELT = 0.1
_OF_THEIR_OWN = 0.25
_MIXED = 0.2


def are_notes(heading: str, facts: Facts, options: Sequence[Option]) -> bool:
    """Say whether answers that look like one choice are what people wrote themselves.

    `options`: what one choice would offer, "Other" for the rest. Only questions for wishes,
    strengths, offers and comments are doubted: a fact about people is one choice however it
    was typed. Where the heading asks for words, options must look printed; elsewhere, notes
    must look typed.
    """
    meaning = role_of_meaning(heading)
    if meaning not in _ASKED or role_of_facts(heading)[0] is not None:
        return False
    offered = [option.text for option in options if option.offered]
    own = sum(option.count for option in options if not option.offered) / facts.answered
    again = _spelt_otherwise(facts.texts)
    if meaning == "open_text":
        if {text.casefold() for text in offered} <= YES_OR_NO and len(offered) > 1:
            return False
        few = facts.answered < _FEW_ANSWERS and 2 * len(offered) > facts.answered
        return (
            few or asks_for_words(heading) or again > 0 or own > 1 - _NEARLY_ALL or _mixed(offered)
            or len(offered) > _MOST_PRINTED
        )  # fmt: skip
    if again >= max(2, _TWICE_SPELT * facts.distinct):
        return True
    return own >= _OF_THEIR_OWN and _mixed(offered)


def _spelt_otherwise(texts: Sequence[str]) -> int:
    """Return how many texts say the same as another but for capitals, marks and spaces."""
    # A picture has no letters: it is itself alone.
    plain = {"".join(filter(str.isalnum, text.casefold())) or text for text in texts}
    return len(texts) - len(plain)


def _mixed(texts: Sequence[str]) -> bool:
    """Say whether some texts begin with a capital and some with a small letter."""
    capital = sum(text[:1].isupper() for text in texts)
    small = sum(text[:1].islower() for text in texts)
    return min(capital, small) >= max(1, _MIXED * len(texts))
