"""Guess of every question what it asks (role) and how it is answered (kind).

The shape of the answers is asked first, for it does not depend on language; then the
wording of the heading. Whatever the volunteer chose stands above both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from needsmap.intake.choices import Choices
from needsmap.intake.facts import Facts, facts_of
from needsmap.intake.kinds import Guess, guess_kind
from needsmap.intake.marks import is_follow_up
from needsmap.intake.raw_table import RawTable
from needsmap.intake.scales import scale_of
from needsmap.intake.shapes import FULL_POSTCODE
from needsmap.intake.splitting import OTHER, split
from needsmap.intake.spread import guess_spread
from needsmap.intake.ticks import is_yes_or_no
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.wording import (
    asks_to_choose,
    group_of_options,
    own_need,
    rates_a_need,
    role_of_facts,
    role_of_meaning,
    says_nothing,
)
from needsmap.tables import Kind, Option, Question, Role

_MOST_AGE = 120
_FEW = 2
_ALL_DIFFERENT = 0.95
_SCALE = 12
_A_SENTENCE = 4


def guess_questions(
    raw: RawTable, groups: Sequence[ColumnGroup], choices: Choices
) -> list[Question]:
    """Return one question a column group, in file order.

    Parameters
    ----------
    raw
        The table as read.
    groups
        Which columns belong together, from `tools.recognise`.
    choices
        What was changed by hand; it overrules every guess. Dropped columns are left out.

    Returns
    -------
    list of Question
        `options` are those the form offered, most chosen first, with the number of answers
        naming them; then, where people wrote their own, one option "Other" with
        `offered=False` that counts those answers. Options that hold the separator are kept
        whole. Questions of text, number, date and point have none.
    """
    questions: list[Question] = []
    for group in groups:
        columns = tuple(c for c in group.columns if c not in choices.drop)
        if not columns:
            continue
        if len(columns) > 1:
            questions.append(_chosen(guess_spread(raw, group, columns), choices, None))
            continue
        facts = facts_of(raw.column(columns[0]))
        question = _single(group, columns[0], facts, choices)
        if is_follow_up(group.text) and question.kind == "text":
            asked = next((q for q in reversed(questions) if not is_follow_up(q.text)), None)
            question = _chosen(_following(question, asked), choices, facts)
        questions.append(question)
    return questions


def _following(question: Question, asked: Question | None) -> Question:
    """Return what people meant by "other" with the role of the question it belongs to.

    What its own heading asks for comes first. Words for a group are kept as they are, and
    no group: everybody's are their own.
    """
    role = role_of_meaning(question.text)
    if role in {"need", "strength", "offer"}:
        return replace(question, role=role)
    if asked is None or role_of_facts(question.text)[0] == "group":
        return replace(question, role="open_text" if asked is None else "other")
    follows = {"need", "strength", "offer", "location", "open_text"}
    return replace(question, role=asked.role if asked.role in follows else "other")


def _single(group: ColumnGroup, position: int, facts: Facts, choices: Choices) -> Question:
    """Guess one question that lies in one column."""
    separator = choices.separators.get(position, group.hint_separator)
    hint_kind = group.hint_kind
    own_words = is_follow_up(group.text) and not facts.looks_like
    if hint_kind is None and own_words and not scale_of(list(facts.texts[:_SCALE])):
        hint_kind = "text"
    guess = guess_kind(
        group.text,
        facts,
        separator=separator,
        kind=choices.kinds.get(position, hint_kind),
        options=choices.options.get(position) or group.option_texts or None,
    )
    if group.option_texts and guess.kind == "one_choice":
        # What the form offers is known: even a choice nobody else made is one of them.
        counted = _counted(group.option_texts, guess.separator, facts)
        worded = [text for text in group.option_texts if not text.isdigit()]
        rated = position not in choices.kinds and len(worded) > 1 and scale_of(worded)
        guess = Guess("rating" if rated else "one_choice", guess.separator, counted)
    role, group_id = _role(group.text, facts, guess)
    if group.hint_role is not None:
        role = group.hint_role
    question = Question(
        id=f"q{position}",
        text=group.text,
        role=role,
        kind=guess.kind,
        columns=(position,),
        separator=guess.separator,
        options=guess.options,
        answered=facts.answered,
        group=group_id if role == "group" else "",
    )
    return _chosen(question, choices, facts)


def _chosen(question: Question, choices: Choices, facts: Facts | None) -> Question:
    """Put what was chosen by hand in place of the guess."""
    position = question.columns[0]
    role = choices.roles.get(position, question.role)
    group = choices.groups.get(position, question.group)
    if position in choices.groups and position not in choices.roles:
        role = "group"
    kind: Kind = choices.kinds.get(position, question.kind)
    options = question.options
    if position in choices.options and facts is not None:
        options = _counted(choices.options[position], question.separator, facts)
    return Question(
        id=question.id,
        text=question.text,
        role=role,
        kind=kind,
        columns=question.columns,
        separator=question.separator,
        options=options,
        answered=question.answered,
        group=(group or "other") if role == "group" else "",
    )


def _counted(texts: Sequence[str], separator: str | None, facts: Facts) -> tuple[Option, ...]:
    """Count answers for options given by hand."""
    offered = frozenset(texts)
    named = dict.fromkeys(texts, 0)
    others = 0
    for cell, n in zip(facts.texts, facts.counts, strict=True):
        if separator:
            chosen, rest = split(cell, separator, offered)
        else:
            chosen, rest = ([cell], "") if cell in offered else ([], cell)
        for text in dict.fromkeys(chosen):
            named[text] += n
        others += n if rest else 0
    counted = tuple(Option(text, n) for text, n in named.items())
    return (*counted, Option(OTHER, others, offered=False)) if others else counted


def _role(heading: str, facts: Facts, guess: Guess) -> tuple[Role, str]:
    """Return role and group id, from the shape of the answers and then the heading."""
    by_words, group = role_of_facts(heading)
    shape = facts.looks_like
    if shape == "email" or (shape == "identifier" and by_words not in {"location", "when"}):
        return "identity", ""
    if guess.kind == "date":
        if by_words == "identity":
            return "identity", ""
        return ("when", "") if by_words == "when" or facts.clock > 0.5 else ("other", "")
    if shape == "area_code" or guess.kind == "point" or (shape == "postcode" and _full(facts)):
        return "location", ""
    if by_words == "identity":
        return "identity", ""
    meaning = role_of_meaning(heading)
    # People live in one place: what they choose several of is what they say of it.
    several = guess.kind in {"many_choices", "ranking"} and meaning in {"need", "strength", "offer"}
    if by_words == "location" and facts.words < 8 and not several:
        return "location", ""
    if by_words == "group" and guess.kind != "rating" and (guess.kind != "text" or facts.words < 4):
        return "group", group
    if guess.kind == "one_choice" and _age_bands(guess, facts):
        return "group", "age"
    asked = meaning or asks_to_choose(heading)
    if guess.kind == "one_choice" and (says_nothing(heading) or not (by_words or asked)):
        offered = [option.text for option in guess.options if option.offered]
        if group := group_of_options(offered):
            return "group", group
    if shape == "number" and facts.unique > 0.95 and facts.answered > 20 and _counts_up(facts):
        return "identity", ""
    if guess.kind == "rating" and meaning in {"need", None} and rates_a_need(heading):
        return "need", ""
    if meaning in {"need", "strength", "offer"}:
        if guess.kind in {"number", "rating"}:
            return "other", ""
        if is_yes_or_no(option.text for option in guess.options) and not own_need(heading):
            return "other", ""
        return meaning, ""
    # A word or two in answer to nothing we know are a fact; of many, some will say more.
    told = meaning == "open_text" or facts.answered > _FEW or facts.words >= _A_SENTENCE
    said = guess.kind == "text" and facts.answered and told and not _only_codes(facts)
    return ("open_text", "") if said else ("other", "")


def _full(facts: Facts) -> bool:
    """Tell postcodes by some given in full: "R12" alone may be the number of a row."""
    sample = facts.sample[:200]
    return sum(FULL_POSTCODE.fullmatch(text) is not None for text in sample) >= 0.2 * len(sample)


def _only_codes(facts: Facts) -> bool:
    """Tell keys such as "A0JS" from words: one word each, with letters and a digit."""
    sample = facts.sample[:200]
    return len(sample) > 2 and all(
        " " not in text
        and any(c.isdigit() for c in text)
        and (text.upper() == text or facts.unique > _ALL_DIFFERENT)
        for text in sample
    )


def _age_bands(guess: Guess, facts: Facts) -> bool:
    """Tell bands of age by their shape: spans of numbers up to 120, reaching at least 50."""
    if facts.band < 0.7 or len(guess.options) < 3:
        return False
    numbers = [
        int(piece)
        for option in guess.options
        if option.offered
        for piece in "".join(c if c.isdigit() else " " for c in option.text).split()
    ]
    return bool(numbers) and 50 <= max(numbers) <= _MOST_AGE and len(numbers) >= len(guess.options)


def _counts_up(facts: Facts) -> bool:
    """Tell numbers given out one after another, or long keys, from amounts."""
    whole = [text for text in facts.texts if text.isdigit()]
    if len(whole) < len(facts.texts):
        return False
    numbers = sorted(int(text) for text in whole)
    return numbers[-1] - numbers[0] < 3 * len(numbers) or numbers[0] >= 1_000_000
