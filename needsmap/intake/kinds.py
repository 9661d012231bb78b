"""How a single column was answered: one choice, many, a rating, an amount, words and so on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from needsmap.intake.facts import Facts
from needsmap.intake.joined_codes import joint_of_codes
from needsmap.intake.marks import marks
from needsmap.intake.scales import is_apart, scale_of
from needsmap.intake.short_notes import are_notes
from needsmap.intake.splitting import OTHER, Learned, learn_options, least_to_be_offered, split
from needsmap.intake.wording import asks_for_order, asks_to_choose, role_of_facts
from needsmap.tables import Kind, Option

SEPARATORS = ("\n", ";", "|", ", ", ",", " / ")
_MOST_OPTIONS = 60
_MOST_PLACES = 400
_LONG_WORDS = 12
_FIRST = 1500
_FEW = 2
_LONGEST_SCALE = 11
_AGAIN_CHOSEN, _AGAIN_SAID = 1.3, 1.7
"""How often each of a few people's options comes again: less is enough where they choose."""
_MOST_OWN = 0.5
_CODED = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*(?: [a-z0-9]+(?:[_-][a-z0-9]+)*)*|[A-Z0-9]{1,4}")
_LABELLED = re.compile(r"(?P<point>\d{1,2})(?:\.0)?(?P<words>(?:\s*[-–—=:.)(]|\s)\s*[^\d]*)?")
_OR_MORE = re.compile(r"\d+(?:\.\d+)?\s*(?:\+|(?:or|and|tai|o|ou|oder|neu)\s\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """A kind, and for choices the separator (None: one answer a cell) and options."""

    kind: Kind
    separator: str | None = None
    options: tuple[Option, ...] = ()


def guess_kind(
    heading: str,
    facts: Facts,
    *,
    separator: str | None = None,
    kind: Kind | None = None,
    options: Sequence[str] | None = None,
) -> Guess:
    """Guess a column's kind; `separator`, `kind` and `options` are what is known already.

    A separator of "" means that cells are not to be split.
    """
    if kind in {"text", "number", "date", "point"}:
        return Guess(kind)
    if kind is None and not facts.answered:
        return Guess("text")
    if kind is None and (numbered := _numbered(heading, facts)):
        return numbered
    if kind is None and separator is None:
        separator = joint_of_codes(facts)
    if kind is None and not separator and (shaped := _by_shape(heading, facts)):
        return shaped
    # The short names that forms give their options are told from words people wrote.
    if kind is None and facts.answered <= _FEW and not all(map(_CODED.fullmatch, facts.texts)):
        return Guess("text")
    if kind is None and separator is None and (ranked := _ranking(facts)):
        return ranked
    if kind in {None, "many_choices", "ranking"} and separator != "":
        many = _many_choices(heading, facts, separator, sure=kind is not None, options=options)
        if many is not None:
            many_kind: Kind = "ranking" if asks_for_order(heading) else "many_choices"
            return Guess(kind or many_kind, many.separator, many.options)
    if kind is None and 3 <= facts.distinct <= 12 and scale_of(list(facts.texts)):
        # Few answers may all differ; words of one scale are a rating all the same.
        return Guess("rating", None, tuple(map(Option, facts.texts, facts.counts)))
    one = _one_choice(heading, facts)
    if kind is not None:
        return Guess(kind, separator or None, one)
    if not one:
        return Guess("text")
    offered = [option.text for option in one if option.offered]
    own = sum(option.count for option in one if not option.offered)
    if own < 0.05 * facts.answered and scale_of(offered):
        return Guess("rating", None, one)
    if are_notes(heading, facts, one):
        return Guess("text")
    return Guess("one_choice", None, one)


def _numbered(heading: str, facts: Facts) -> Guess | None:
    """Return a rating whose points are numbers, some with words: "1 (not at all)" to "5"."""
    if not 3 <= facts.distinct <= _LONGEST_SCALE + 3:
        return None
    if not any(any(c.isalpha() for c in text) for text in facts.texts):
        return None
    if role_of_facts(heading)[0] in {"group", "location", "identity"}:
        return None
    offered = [text for text in facts.texts if not is_apart(text)]
    points = [_LABELLED.fullmatch(text) for text in offered]
    if not all(points) or len(offered) < 3:
        return None
    numbers = sorted(int(match["point"]) for match in points if match)
    worded = sum(bool(match and (match["words"] or "").strip(" -–—=:.)(")) for match in points)
    # A point nobody chose may be missing from the middle of a scale.
    reach = numbers[-1] - numbers[0] + 1
    steady = len(set(numbers)) == len(numbers) >= 0.7 * reach and reach <= _LONGEST_SCALE
    if not steady or numbers[0] > 1 or worded == 0:
        return None
    order = sorted(
        zip(facts.texts, facts.counts, strict=True),
        key=lambda pair: (is_apart(pair[0]), _leading(pair[0])),
    )
    return Guess("rating", None, tuple(Option(text, n) for text, n in order))


def _leading(text: str) -> int:
    found = _LABELLED.fullmatch(text)
    return int(found["point"]) if found else 0


def _ranking(facts: Facts) -> Guess | None:
    """Return a ranking when every answer orders the same things and the orders differ."""
    if facts.distinct < 2 or facts.answered < 3:
        return None
    for separator in (*SEPARATORS, ">", " "):
        items: frozenset[str] | None = None
        whole = 0
        for text, n in zip(facts.texts, facts.counts, strict=True):
            if separator not in text:
                break
            pieces = [piece.strip() for piece in text.split(separator) if piece.strip()]
            these = frozenset(pieces)
            items = these if items is None else items
            if len(pieces) != len(these) or not these <= items:
                break
            whole += n if these == items else 0
        else:
            if items and len(items) >= 3 and whole >= 0.9 * facts.answered:
                counts = dict.fromkeys(sorted(items), 0)
                for text, n in zip(facts.texts, facts.counts, strict=True):
                    for item in counts:
                        counts[item] += n if item in text else 0
                options = tuple(Option(item, n) for item, n in counts.items())
                return Guess("ranking", separator, options)
    return None


def _by_shape(heading: str, facts: Facts) -> Guess | None:
    """Return dates, points, numbers and number ratings, told by shape alone."""
    shape = facts.looks_like
    if shape == "date":
        return Guess("date")
    if shape == "point":
        return Guess("point")
    if shape in {"email", "identifier", "postcode", "area_code"}:
        return Guess("text")
    if shape != "number":
        return None
    numbers = [_whole(text) for text in facts.texts if not is_apart(text)]
    whole = [n for n in numbers if n is not None]
    role, _ = role_of_facts(heading)
    if facts.distinct <= 15 and any(_OR_MORE.fullmatch(text) for text in facts.texts):
        return None
    few = bool(whole) and facts.distinct <= 12 and min(whole) >= 0 and max(whole) <= 12
    if role == "group" and few:
        # Numbers that stand for groups (1 to 8), unlike ages and incomes.
        return Guess("one_choice", None, _options_in_order(facts))
    if role in {"location", "identity", "group"} or len(whole) < 0.95 * len(numbers):
        return Guess("number")
    if set(whole) == {0, 1}:
        return Guess("one_choice", None, _options_in_order(facts))
    if facts.distinct <= 11 and 0 <= min(whole) <= 1 and 2 <= max(whole) <= 10:
        return Guess("rating", None, _options_in_order(facts))
    if facts.distinct <= 11 and min(whole) >= 2 and max(whole) <= 10 and facts.answered >= 3:
        return Guess("rating", None, _options_in_order(facts))
    return Guess("number")


def _whole(text: str) -> int | None:
    text = text.removesuffix(".0").replace(",", "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else None


def _options_in_order(facts: Facts) -> tuple[Option, ...]:
    """Return the numbers as options, lowest first, then words apart; others as "Other"."""
    pairs = list(zip(facts.texts, facts.counts, strict=True))
    known = sorted(
        ((n, text, c) for text, c in pairs if (n := _whole(text)) is not None),
    )
    options = [Option(text, c) for _, text, c in known]
    options += [Option(text, c) for text, c in pairs if is_apart(text)]
    others = facts.answered - sum(option.count for option in options)
    return (*options, Option(OTHER, others, offered=False)) if others else tuple(options)


def _many_choices(
    heading: str, facts: Facts, told: str | None, *, sure: bool, options: Sequence[str] | None
) -> Guess | None:
    """Return many choices when a separator cuts the answers into options that recombine."""
    candidates = (told,) if told else SEPARATORS
    best: tuple[float, str, Learned] | None = None
    together = "\0".join(facts.texts)
    for separator in candidates:
        most = 0.95 if separator == "," else 1.0
        if best is not None and best[0] >= most:
            continue
        counted = zip(facts.texts, facts.counts, strict=True) if separator in together else ()
        holding = sum(n for text, n in counted if separator in text)
        if not (told or sure) and holding < max(2, 0.03 * facts.answered):
            continue
        learned = None
        if not (told or sure):
            # Prose is told by its most frequent cells; only ticks are worth the rest.
            first = learn_options(facts.texts[:_FIRST], facts.counts[:_FIRST], separator)
            if not _recombines(first, separator, asks_to_choose=asks_to_choose(heading)):
                continue
            learned = first if len(facts.texts) <= _FIRST else None
        learned = learned or learn_options(facts.texts, facts.counts, separator)
        if learned.pieces and learned.options:
            score = learned.known / learned.pieces * most
            if best is None or score > best[0]:
                best = (score, separator, learned)
    if best is None:
        return None
    texts = options or [text for text, _ in best[2].options]
    return Guess("many_choices", best[1], _named(facts, best[1], texts))


def _recombines(learned: Learned, separator: str, *, asks_to_choose: bool) -> bool:
    """Tell ticked options from prose and from single options with commas inside."""
    if not learned.pieces or len(learned.options) > _MOST_OPTIONS or len(learned.options) < 2:
        return False
    explained = learned.known / learned.pieces
    several = learned.several / learned.answers
    if separator.strip() == ",":
        # Commas also stand in prose: most of it must be options, and options repeat.
        mean_count = sum(n for _, n in learned.options) / len(learned.options)
        if explained < 0.6 or (learned.answers >= 12 and mean_count < 3):
            return False
        again = _AGAIN_CHOSEN if asks_to_choose else _AGAIN_SAID
        if learned.answers < 12 and explained * learned.pieces < again * len(learned.options):
            return False
        # Few write something beside what they tick; nearly all prose goes on in its own words.
        if learned.own > _MOST_OWN * learned.joined:
            return False
        enough = several >= 0.08
    else:
        enough = several >= 0.03
        if explained < 0.4:
            return False
    # A form of one choice has no more frequent cells than options; ticks recombine. Where
    # few people chose among many, no combination comes twice, but many do come.
    recombined = learned.answers < 50 or max(learned.combinations, learned.whole) > len(
        learned.options
    )
    return enough and recombined


def _named(facts: Facts, separator: str, texts: Sequence[str]) -> tuple[Option, ...]:
    """Count the answers naming each option, most first, and those with own wording."""
    offered = frozenset(texts)
    named = dict.fromkeys(texts, 0)
    others = 0
    for cell, n in zip(facts.texts, facts.counts, strict=True):
        chosen, rest = split(cell, separator, offered)
        for text in dict.fromkeys(chosen):
            named[text] += n
        others += n if rest else 0
    ordered = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))
    options = tuple(Option(text, n) for text, n in ordered)
    return (*options, Option(OTHER, others, offered=False)) if others else options


def _one_choice(heading: str, facts: Facts) -> tuple[Option, ...]:
    """Return the options of a one-choice column, or () when the answers are free text."""
    needed = least_to_be_offered(facts.answered)
    pairs = list(zip(facts.texts, facts.counts, strict=True))
    offered = [(text, n) for text, n in pairs if n >= needed]
    if all(text.casefold() in marks().missing for text, _ in offered):
        # "N/A" over and over among people's own words is no choice of theirs.
        return ()
    covered = sum(n for _, n in offered)
    is_place = role_of_facts(heading)[0] == "location" and facts.words < 6
    most = _MOST_PLACES if is_place else _MOST_OPTIONS
    if not offered or len(offered) > most:
        return ()
    if covered < (0.5 if len(offered) > 1 else 0.8) * facts.answered and not is_place:
        return ()
    if facts.words > _LONG_WORDS and facts.distinct > 0.5 * facts.answered:
        return ()
    if facts.answered >= 5 and facts.distinct > 0.8 * facts.answered:
        return ()
    if is_place:
        # Every place named is a place: rare ones are not "other".
        offered = pairs[:_MOST_PLACES]
        covered = sum(n for _, n in offered)
    options = tuple(Option(text, n) for text, n in offered)
    others = facts.answered - covered
    return (*options, Option(OTHER, others, offered=False)) if others else options
