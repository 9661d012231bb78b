"""Invented answers written down as form tools export them, quirks included."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

from needsmap.places.invent import questions as asked
from needsmap.places.invent.dice import Dice
from needsmap.places.invent.residents import Resident

WHERE_QUESTION = "Which part of Kindleford do you live in? (postcode or name of the area)"
GOOGLE_HEADINGS = (
    "Timestamp", WHERE_QUESTION, "How long have you lived there?", asked.STRENGTH_QUESTION,
    asked.NEED_QUESTION, asked.OFFER_QUESTION, "How old are you?", "What is your gender?",
    "Do you own or rent your home?", "Anything else you would like to tell us?",
    "Your e-mail, if you want to hear what happens next (optional)",
)  # fmt: skip
MICROSOFT_HEADINGS = (
    "ID", "Start time", "Completion time", "Email", "Name", WHERE_QUESTION,
    asked.NEED_QUESTION, "How old are you?", "What is your gender?", "Anything else?",
)  # fmt: skip


def google_form(people: list[Resident], seed: int) -> bytes:
    """Return a Google Forms export by way of a spreadsheet: CSV, UTF-8, CRLF between rows.

    Choices are joined with ", " although some contain commas. One person pressed Send
    twice (the last row but three), one row is blank, and some wrote their e-mail, name,
    telephone number or address. One row a person, and those two more.
    """
    dice = Dice(seed, "google form")
    moment = datetime(2026, 3, 2, 8, 12, 40)
    personal = dict(
        zip(dice.some(range(20, len(people) - 20), 4), asked.PERSONAL_COMMENTS, strict=True)
    )
    rows: list[list[str]] = []
    for number, person in enumerate(people):
        moment += timedelta(seconds=dice.whole(40, 9000))
        needs = [*person.needs, *([person.other_need] if person.other_need else [])]
        email = ""
        if dice.happens(0.16):
            email = (
                f"{dice.pick(asked.FIRST_NAMES)}.{dice.pick(asked.LAST_NAMES)}{dice.whole(1, 99)}"
                f"@{dice.pick(('example.com', 'example.org'))}"
            )
        rows.append([
            _moment(moment), person.place, person.stayed, ", ".join(person.strengths),
            ", ".join(needs), ", ".join(person.offers), person.age, person.gender,
            person.tenure, personal.get(number, person.comment), email,
        ])  # fmt: skip
    rows.insert(len(rows) - 3, list(rows[-4]))
    rows.insert(217, [""] * len(GOOGLE_HEADINGS))
    return _csv([list(GOOGLE_HEADINGS), *rows]).encode()


def microsoft_form(people: list[Resident], seed: int) -> bytes:
    """Return a Microsoft Forms export saved as CSV: UTF-8 with a mark, choices ended by ";"."""
    dice = Dice(seed, "microsoft form")
    moment = datetime(2025, 10, 6, 9, 3, 11)
    rows: list[list[str]] = []
    for number, person in enumerate(people, start=1):
        moment += timedelta(seconds=dice.whole(60, 14000))
        needs = [*person.needs, *([person.other_need] if person.other_need else [])]
        rows.append([
            str(number), _moment(moment),
            _moment(moment + timedelta(seconds=dice.whole(50, 600))), "anonymous", "",
            person.place, "".join(f"{need};" for need in needs), person.age, person.gender,
            person.comment,
        ])  # fmt: skip
    return _csv([list(MICROSOFT_HEADINGS), *rows]).encode("utf-8-sig")


def _moment(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y} {moment.hour}:{moment:%M:%S}"


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
