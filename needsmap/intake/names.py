"""People's names in text: after words that introduce one, in sign-offs, from a word list.

Capital letters, what stands around and a list of first names are all it goes by. It finds
most names, not all: the screen says so to the person who adds a survey.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from needsmap.intake.first_names import first_names
from needsmap.intake.identifiers import Found
from needsmap.intake.name_cues import (
    AND_I,
    BEFORE_A_SURNAME,
    I_AM,
    INTRODUCED,
    KNOWN_BY,
    LEADS_TO_A_PERSON,
    LET_KNOW,
    LOWER_TITLES,
    OFFICE,
    RELATIONS,
    SIGN_OFF,
    SURE_INTRODUCTION,
    WORD,
)
from needsmap.intake.name_look import cues_in, surely_no_name
from needsmap.intake.name_words import (
    BEFORE_A_PLACE,
    NO_NAME,
    NO_PERSON,
    PLACE_WORDS,
    SMALL_PARTS,
    TITLES,
    is_kind_of_people,
)

_BETWEEN = SMALL_PARTS | {"los", "las", "público", "pública", "municipal", "primaria", "gynradd"}

LONGEST_NAME = 60
"""Letters of a cell that can be a name and nothing else."""


def looks_like_a_name(cell: str) -> bool:
    """Say whether a whole cell is a person's name: up to five capitalised words, one known."""
    words = cell.replace(",", " ").split()
    if not 1 <= len(words) <= 5 or len(cell) > LONGEST_NAME or any(mark.isdigit() for mark in cell):
        return False
    sure, maybe = first_names()
    plain = [word.strip(".").lower() for word in words]
    known = any(word in sure or (word in maybe and len(words) > 1) for word in plain)
    titled = plain[0] in TITLES and len(words) > 1
    no_place = not any(word in PLACE_WORDS for word in plain)
    return (known or titled) and no_place and not any(word in NO_NAME for word in plain)


def find_names(text: str) -> list[Found]:
    """Return the people's names in a text as spans of kind "name", without overlaps."""
    if surely_no_name(text):
        return []
    may = cues_in(text)
    words = list(WORD.finditer(text))
    starts = {word.start(): place for place, word in enumerate(words)}
    spans: dict[int, int] = {}

    def keep(first: int, last: int) -> None:
        for place in range(first, last + 1):
            spans[place] = last

    for hit in INTRODUCED.finditer(text) if may.introduce else ():
        sure = bool(SURE_INTRODUCTION.match(hit.group()))
        first = starts.get(hit.end())
        if (
            first is not None
            and (last := _name_from(text, words, first, any_case=sure)) is not None
        ):
            keep(first, last)
    for hit in I_AM.finditer(text):
        first = starts.get(hit.end())
        if first is not None and (last := _name_from(text, words, first)) is not None:
            lone = _plain(words[first])
            certain, _ = first_names()
            ends = bool(re.match(r"\s*(?:[,.;!(–-]|and |from |\Z)", text[words[last].end() :]))
            ends = ends or words[first].group().endswith(".")
            if last > first or lone in certain or (ends and not is_kind_of_people(lone)):
                keep(first, last)
    for hit in KNOWN_BY.finditer(text) if may.lead_to_a_person else ():
        first = starts.get(hit.end())
        if first is None or (last := _name_from(text, words, first, person=True)) is None:
            continue
        person = hit.group(1).lower()
        # "Contact Berksay Yorulmaz", "my neighbour Malwina": the words before tell that a
        # person follows, whatever the name. "From" and "with" may lead to anything.
        if (
            _known(words[first])
            or (person in LEADS_TO_A_PERSON and last > first)
            or (person in RELATIONS and not is_kind_of_people(_plain(words[first])))
        ):
            keep(first, last)
    last_line = text.rfind("\n") + 1
    if last_line > 1 and (first := starts.get(last_line)) is not None:
        last = _name_from(text, words, first)
        # Two or three capitalised words alone on the last line are a signature.
        if last is not None and first < last == len(words) - 1 and last - first < 3:
            keep(first, last)
    sign_off = SIGN_OFF.search(text, max(0, len(text) - 120)) if may.sign_off else None
    if sign_off:
        first = starts.get(sign_off.start(1))
        if first is not None and (
            (last := _name_from(text, words, first, person=True)) is not None
        ):
            tail = text[words[last].end() :]
            if not re.search(r"\w\w", tail) and _could_sign(text, words, first, last):
                keep(first, last)
    for hit in [*(AND_I.finditer(text) if may.name_another else ()), *LET_KNOW.finditer(text)]:
        first = starts.get(hit.start() if hit.re is AND_I else hit.end())
        if (
            first is not None
            and (last := _name_from(text, words, first, most=1)) is not None
            and not is_kind_of_people(_plain(words[first]))
        ):
            keep(first, last)
    _in_office(text, words, keep)
    _titled(text, words, keep)
    _listed(text, words, keep)
    return _merged(words, spans)


def _in_office(text: str, words: list[re.Match[str]], keep: Callable[[int, int], None]) -> None:
    """Keep two or three capitalised words before an office or an age: "Ann Lee, Secretary"."""
    hits = list(OFFICE.finditer(text))
    ends = {word.end(): place for place, word in enumerate(words)} if hits else {}
    for hit in hits:
        last = ends.get(hit.start(), 0)
        for first in range(max(0, last - 2), last):
            if _name_from(text, words, first, person=True, most=3) == last:
                keep(first, last)
                break


def _titled(text: str, words: list[re.Match[str]], keep: Callable[[int, int], None]) -> None:
    for place, word in enumerate(words[:-1]):
        title = word.group().strip(".").lower()
        if title in TITLES and _beside(text, words, place):
            lower = title in LOWER_TITLES
            if not lower and not word.group()[0].isupper():
                continue
            if f"{title} {words[place + 1].group().lower()}" in NO_PERSON:
                continue
            # "Mr Park" and "Cllr Wood" are people.
            last = _name_from(text, words, place + 1, any_case=lower, most=3)
            if last is None and title in BEFORE_A_SURNAME and words[place + 1].group()[0].isupper():
                last = place + 1
            if last is not None:
                keep(place, last)


def _listed(text: str, words: list[re.Match[str]], keep: Callable[[int, int], None]) -> None:
    """Keep names known by their first name: with a surname, or alone when nothing else."""
    sure, maybe = first_names()
    for place, word in enumerate(words):
        shown = word.group().strip(".")
        if not shown[0].isupper():
            continue
        plain = _plain(word)
        if plain not in sure and plain not in maybe:
            continue
        last = _name_from(text, words, place)
        if last is None:
            continue
        if _names_a_place(words, place):
            continue
        if last > place:
            surname = words[last].group().lower()
            if f"{plain} {words[place + 1].group().lower()}" in NO_PERSON:
                continue
            if plain in sure or (_starts_nothing(text, words[place]) and surname not in NO_NAME):
                keep(place, last)
        elif plain in sure and not shown.isupper():
            keep(_surname_first(text, words, place), place)


def _surname_first(text: str, words: list[re.Match[str]], place: int) -> int:
    """Return the place of a capitalised word before a known name, inside a sentence, or its own."""
    before = place - 1
    if before < 1 or not _beside(text, words, before) or not _beside(text, words, before - 1):
        return place
    shown = words[before].group()
    plain = shown.lower()
    odd = plain in NO_NAME or plain in PLACE_WORDS or plain in BEFORE_A_PLACE or plain in TITLES
    return place if odd or not shown[0].isupper() or shown.isupper() else before


def _names_a_place(words: list[re.Match[str]], place: int) -> bool:
    """Say whether a name belongs to a street, church or storm: "Calle del Carmen"."""
    before = place - 1
    while before >= 0 and words[before].group().lower() in _BETWEEN:
        before -= 1
    return before >= 0 and words[before].group().strip(".").lower() in BEFORE_A_PLACE


def _name_from(
    text: str,
    words: list[re.Match[str]],
    first: int,
    *,
    any_case: bool = False,
    person: bool = False,
    most: int = 4,
) -> int | None:
    """Return the place of the last word of a name beginning at `first`, or None.

    `person`: what stands before or after promises a person, so "Hall" is a surname.
    """
    last = None
    for place in range(first, min(first + most, len(words))):
        shown = words[place].group()
        plain = shown.strip(".").lower()
        if place > first and not _beside(text, words, place - 1):
            break
        if plain in NO_NAME or plain.removesuffix("'s") in NO_NAME:
            break
        if plain in PLACE_WORDS:
            # "Victoria Park" and "Stanley Road" are places, not people.
            if person and place > first and _plain(words[first]) in first_names()[0]:
                return place
            return None if shown[0].isupper() and not any_case else last
        if plain in SMALL_PARTS and place > first:
            continue
        capital = shown[0].isupper() or not (shown[0].isupper() or shown[0].islower())
        if not capital and not (any_case and place < first + 2 and len(plain) > 1):
            break
        last = place
        if shown.endswith(".") and len(shown) > 3:
            break
    return last


def _beside(text: str, words: list[re.Match[str]], place: int) -> bool:
    """Say whether only spaces stand between a word and the next."""
    between = text[words[place].end() : words[place + 1].start()]
    return len(between) <= 2 and not between.strip() and "\n" not in between


def _starts_nothing(text: str, word: re.Match[str]) -> bool:
    """Say whether a word stands inside a sentence, so that its capital means something."""
    before = text[: word.start()].rstrip()
    return not before or before[-1] not in ".!?:\n"


def _could_sign(text: str, words: list[re.Match[str]], first: int, last: int) -> bool:
    sure, maybe = first_names()
    plain = _plain(words[first])
    capitals = all(words[place].group()[0].isupper() for place in range(first, last + 1))
    introduced = re.search(
        r"(?:regards|sincerely|faithfully|wishes|many thanks|thanks|thank you|love|cheers|diolch"
        r"|cofion|terveisin|yours|saludos|atentamente|gracias|gan|me:)[\s,.!:–—-]{1,6}\Z",
        text[: words[first].start()],
        re.IGNORECASE,
    )
    return plain in sure or plain in maybe or (capitals and bool(introduced))


def _plain(word: re.Match[str]) -> str:
    """Return a word as the lists have it: small letters, no accents, no genitive."""
    small = word.group().strip(".").lower().removesuffix("'s").removesuffix("’s")
    if small.isascii():
        return small
    folded = unicodedata.normalize("NFKD", small.replace("ł", "l").replace("ı", "i"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def _known(word: re.Match[str]) -> bool:
    sure, maybe = first_names()
    return _plain(word) in sure or _plain(word) in maybe


def _merged(words: list[re.Match[str]], spans: dict[int, int]) -> list[Found]:
    found: list[Found] = []
    place = 0
    while place < len(words):
        if place not in spans:
            place += 1
            continue
        last = spans[place]
        while last + 1 in spans and last + 1 < len(words) and spans[last + 1] > last + 1:
            last = spans[last + 1]
        end = words[last].end()
        shown = words[last].group()
        if shown.endswith(".") and len(shown) > 2:
            end -= 1
        found.append(Found("name", words[place].start(), end))
        place = last + 1
    return found
