"""Labelled cells with and without personal details, made from a seed.

Details come from Faker's British, Irish, Indian, Polish and Turkish lists and from hand
written hard cases; checksums are worked out here, not by the code under test.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from faker import Faker

_LOCALES = ("en_GB", "en_GB", "en_GB", "en_IE", "en_IN", "pl_PL", "tr_TR")

_NAME_FRAMES = (
    "My name is {name} and I would like more buses.", "my name is {lower}, please fix the park",
    "I'm {first}. We need a crossing on the main road.", "I am {name} and I live near the park",
    "Mrs {last} next door is lonely", "Please ask Mr {last} about the hall",
    "More for teenagers please. Thanks, {first}", "The library should open later.\n{name}",
    "Better lighting. Kind regards, {name}", "Speak to {name} at the community centre",
    "My neighbour {first} cannot get to the shops", "{name} from the allotments has done a lot",
    "Dr {last} is leaving the surgery", "Thank you to {name} who runs the lunch club",
    "Cllr {last} promised a bench", "I would like to help, {name}", "Contact {name} about the hall",
)  # fmt: skip

_FORMAL_FRAMES = (
    "{it}", "You can reach me on {it}", "contact: {it}.", "I live at {it} and the road floods",
    "({it})", "please use {it}, thank you", "{it} - ring after six", "more buses! {it}",
    "my details are {it}; we need a playground",
)  # fmt: skip

CLEAN = (
    "More buses in the evening",
    "Somewhere for young people to go",
    "Victoria Park needs benches",
    "Stanley Road is dark",
    "I'm British and proud of our town",
    "I am Muslim and want a prayer room",
    "Open the library on Sundays",
    "It costs £1,200 a month to rent",
    "The number 250 bus is late",
    "In 2023 there were 14 burglaries",
    "Fewer than 20 mph please",
    "Mental health support",
    "Will the council answer?",
    "May be a market on Saturdays",
    "Grace and favour homes",
    "Hope for the future",
    "We need a GP surgery",
    "Queen's Road Primary School",
    "10:30 is too early",
    "The A56 and the M60 are noisy",
    "Room 12B was cold",
    "St Mary's Church hall",
    "Christmas lights",
    "They said 3 to 5 years",
    "1 in 10 people",
    "phone lines are always busy",
    "e-mail is not for all",
    "Open from 9.30 to 17.00",
    "Spend 100 000 000 on homes",
    "Call the police",
    "I am a carer",
    "This is a good idea",
    "It's Saturday when nothing runs",
    "Thanks",
    "Thank you!",
    "Best wishes",
    "Ask the neighbours",
    "Meet with residents",
    "More Polish shops",
    "London Road crossing",
    "from Manchester to Leeds",
    "Version 2.0.1 of the plan",
    "Grade 7 listed",
    "B&Q car park",
    "Dog mess. Dog mess. Dog mess.",
    "Jobs",
    "NHS dentist",
    "A1 condition",
    "2nd floor flat is damp",
    "Table 3, page 12",
    "{{7*7}}",
    "<b>Parks</b>",
    "Tesco and Aldi closed",
    "Bring back Sure Start",
)


@dataclass(frozen=True)
class Cell:
    """One labelled cell: the text and the details in it as (kind, what must be gone)."""

    text: str
    details: tuple[tuple[str, str], ...]


def labelled_cells(seed: int, each: int = 250) -> list[Cell]:
    """Return labelled cells: `each` of every formal kind, twice as many names and clean ones."""
    chance = random.Random(seed)
    fakers = [Faker(locale) for locale in _LOCALES]
    for place, fake in enumerate(fakers):
        fake.seed_instance(seed + place)
    cells = [Cell(chance.choice(CLEAN), ()) for _ in range(2 * each)]
    makers = {
        "email": lambda: chance.choice(fakers).ascii_safe_email(),
        "phone": lambda: _phone(chance),
        "postcode": lambda: _postcode(chance, fakers[0]),
        "NHS number": lambda: _nhs(chance),
        "NI number": lambda: _ni(chance),
        "IP address": lambda: chance.choice((fakers[0].ipv4, fakers[0].ipv6))(),
        "device": lambda: chance.choice((str(fakers[0].uuid4()), _imei(chance))),
    }
    for kind, make in makers.items():
        for _ in range(each):
            it = make()
            cells.append(Cell(chance.choice(_FORMAL_FRAMES).format(it=it), ((kind, it),)))
    for _ in range(2 * each):
        fake = chance.choice(fakers)
        first, last = fake.first_name(), fake.last_name()
        frame = chance.choice(_NAME_FRAMES)
        text = frame.format(
            name=f"{first} {last}", lower=f"{first} {last}".lower(), first=first, last=last
        )
        shown = [part for part in (first, last) if part.lower() in text.lower()]
        cells.append(Cell(text, (("name", shown[0]),)))
    chance.shuffle(cells)
    return cells


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _phone(chance: random.Random) -> str:
    # Ofcom's ranges for drama, and how people write them.
    mobile, city = f"07700 900{_digits(chance, 3)}", f"0161 496 0{_digits(chance, 3)}"
    town = f"01632 960{_digits(chance, 3)}"
    number = chance.choice((mobile, city, town))
    closed = number.replace(" ", "")
    return chance.choice(
        (number, closed, f"+44 {number[1:]}", f"+44{closed[1:]}", f"(0{number[1:4]}) {number[5:]}",
         number.replace(" ", "-"), f"0044 {closed[1:]}", f"+44 (0){number[1:]}")
    )  # fmt: skip


def _postcode(chance: random.Random, fake: Faker) -> str:
    code = fake.postcode()
    return chance.choice((code, code.lower(), code.replace(" ", ""), code.replace(" ", "  ")))


def _nhs(chance: random.Random) -> str:
    # NHS Data Dictionary: weights 10…2, modulo 11; 11 counts as 0, 10 is never issued.
    while True:
        nine = "9" + _digits(chance, 8)
        check = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            number = nine + str(check % 11)
            spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
            return chance.choice((number, spaced, spaced.replace(" ", "-")))


def _ni(chance: random.Random) -> str:
    # HMRC NIM39110: letters and prefixes that are not used.
    prefix = ""
    while not prefix or prefix in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}:
        prefix = chance.choice("ABCEGHJKLMNPRSTWXYZ") + chance.choice("ABCEGHJKLMNPRSTWXYZ")
    six, last = _digits(chance, 6), chance.choice("ABCD")
    return chance.choice(
        (f"{prefix}{six}{last}", f"{prefix} {six[:2]} {six[2:4]} {six[4:]} {last}",
         f"{prefix.lower()}{six}{last.lower()}")
    )  # fmt: skip


def _imei(chance: random.Random) -> str:
    # 3GPP TS 23.003, annex B: the last digit is a Luhn check over the other fourteen.
    body = "35" + _digits(chance, 12)
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)
