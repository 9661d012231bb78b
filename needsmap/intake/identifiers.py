"""Personal details that have a form: e-mail, phone, postcode, numbers that name a person.

Each kind is a pattern and, where one exists, a checksum, so that ordinary numbers stay.
Every repeated part of a pattern is bounded: no text, however long or odd, takes more
than time in proportion to its length.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import phonenumbers
from stdnum import luhn
from stdnum.gb import nhs


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# The 124 postcode areas of the United Kingdom and the Crown dependencies (Royal Mail);
# without them "R2 2AB" or "Q1 3WE" would be taken for somebody's home.
_POSTCODE_AREAS = _words(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY "
    "E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE "
    "LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL "
    "SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)

_EMAIL = re.compile(
    r"[\w.%+'-]{1,64}\s?[@＠]\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|[\w.%+-]{1,64}\s{0,2}[\[(]\s?at\s?[\])]\s{0,2}[\w-]{1,63}"
    r"(?:\s{0,2}(?:\.|[\[(]\s?dot\s?[\])]|\sdot\s)\s{0,2}[\w-]{1,63}){1,4}"
    r"|[\w.%+-]{1,64} at [\w-]{1,63}(?: dot [\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z]{1,2})([0-9][A-Za-z0-9]?)[ \t\u00a0.-]{0,2}"
    r"([0-9Oo][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])"
)
_ORDINAL = re.compile(r"[0-9](?:st|nd|rd|th)\Z")
_NI = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NHS = re.compile(r"(?<![0-9.])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![0-9]|\.[0-9])")
_LONG_NUMBER = re.compile(r"(?<![0-9.,])(?:[0-9][ -]?){12,18}[0-9](?![0-9])")
_IPV4 = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9]|\.[0-9])")
_IPV6 = re.compile(r"(?<![0-9A-Za-z:])[0-9A-Fa-f:]{3,39}(?:\.[0-9.]{5,11})?(?![0-9A-Za-z:])")
_DEVICE = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|R_[A-Za-z0-9]{15})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_POINT = re.compile(
    r"(?<![0-9.])[-+]?[0-9]{1,3}\.[0-9]{4,15}°?\s?[NSns]?\s?[,; ]\s{0,2}"
    r"(?:(?:lon|lng|long|longitude)\s?[:=]?\s?)?[-+]?[0-9]{1,3}\.[0-9]{4,15}"
    r"°?\s?[EWew]?(?![0-9])"
)
_PHONE = re.compile(
    r"(?<![\w.£$€/-])(?:\+|00|\(\+?)?[0-9(][0-9() .\u00a0-]{7,24}[0-9](?![\w%]|\.[0-9]|,[0-9])"
)
_ADDRESS = re.compile(
    r"(?<![\w.])(?:[Ff]lat|[Aa]partment|[Uu]nit)?\s?[0-9]{1,4}[A-Za-z]?,?\s"
    r"(?:[A-Z][\w'’.-]{1,30}\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Crescent|Cres|Court|Ct|Grove|Terrace"
    r"|Way|Place|Gardens|Mews|Walk|Rise|Hill|Boulevard|Blvd|Row|Square)(?!\w)"
)

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Found:
    """One personal detail in a text: its kind and where it stands (start, end)."""

    kind: str
    start: int
    end: int


def find_identifiers(text: str, country: str = "GB") -> list[Found]:
    """Return the personal details of a known form in a text, in order, without overlaps.

    Parameters
    ----------
    text
        Any text.
    country
        Two letters: how phone numbers without a country code are read.

    Kinds: email, phone, postcode, NHS number, NI number, IP address, device, card,
    coordinates, address.
    """
    found: list[Found] = []
    has_digit = _DIGIT.search(text) is not None
    if not has_digit and text.count(":") < 2 and not _may_be_email(text):
        return []
    for kind, search in _SEARCHES:
        if kind != "email" and not has_digit and kind != "IP address":
            continue
        for hit in search(text, country):
            if all(hit.end <= other.start or hit.start >= other.end for other in found):
                found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def _may_be_email(text: str) -> bool:
    if "@" in text or "＠" in text:
        return True
    lowered = text.lower()
    return " at " in lowered or "at)" in lowered or "at]" in lowered


def _emails(text: str, country: str) -> Iterator[Found]:
    if _may_be_email(text):
        for hit in _EMAIL.finditer(text):
            yield Found("email", hit.start(), hit.end())


def _postcodes(text: str, country: str) -> Iterator[Found]:
    for hit in _POSTCODE.finditer(text):
        area, _, inward = hit.groups()
        # Capitals make an area nobody uses (an invented place's, say) a postcode too.
        known = area.upper() in _POSTCODE_AREAS or hit.group().isupper()
        if known and not _ORDINAL.match(inward):
            yield Found("postcode", hit.start(), hit.end())


def _patterns(kind: str, pattern: re.Pattern[str]) -> Callable[[str, str], Iterator[Found]]:
    def search(text: str, country: str) -> Iterator[Found]:
        for hit in pattern.finditer(text):
            yield Found(kind, hit.start(), hit.end())

    return search


def _nhs_numbers(text: str, country: str) -> Iterator[Found]:
    for hit in _NHS.finditer(text):
        # ISO/NHS checksum modulo 11; a tenth of all ten-digit numbers pass it by chance.
        if nhs.is_valid(hit.group()) and not hit.group().startswith("0"):
            yield Found("NHS number", hit.start(), hit.end())


def _long_numbers(text: str, country: str) -> Iterator[Found]:
    for hit in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", hit.group())
        if luhn.is_valid(digits) and set(digits) != {"0"}:
            yield Found("device" if len(digits) == 15 else "card", hit.start(), hit.end())


def _ip_addresses(text: str, country: str) -> Iterator[Found]:
    candidates = list(_IPV4.finditer(text)) if "." in text else []
    if text.count(":") >= 2:
        candidates += [hit for hit in _IPV6.finditer(text) if hit.group().count(":") >= 2]
    for hit in candidates:
        bare = hit.group()
        if re.fullmatch(r":+", bare):
            continue
        try:
            ipaddress.ip_address(bare)
        except ValueError:
            continue
        yield Found("IP address", hit.start(), hit.end())


def _phones(text: str, country: str) -> Iterator[Found]:
    for hit in _PHONE.finditer(text):
        # A run may hold a number and what follows it ("0161 496 0000 2 children"):
        # the longest beginning that is a telephone number counts.
        shown = hit.group()
        gaps = [place for place, mark in enumerate(shown) if mark in " \u00a0"]
        for end in (len(shown), *reversed(gaps)):
            if _is_phone(shown[:end], country):
                yield Found("phone", hit.start(), hit.start() + end)
                break


def _is_phone(shown: str, country: str) -> bool:
    digits = re.sub(r"\D", "", shown)
    if not 9 <= len(digits) <= 15 or len(set(digits)) < 3:
        return False
    if re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d.*|\d{1,2}[.-]\d{1,2}[.-](?:19|20)?\d\d.*", shown):
        return False
    abroad = shown.lstrip("(").startswith("+") or digits.startswith("00")
    if country == "GB" and not abroad:
        # Ofcom's numbering plan: 0 then nine or ten digits, never 00 or 04 or 06. Numbers
        # set apart for drama (01632 960…, 07700 900…) have the form but are not "valid".
        if re.fullmatch(r"0[12357-9]\d{8,9}", digits):
            return True
        # North American habit: 510-555-0100, (510) 555-0100.
        if nhs.is_valid(digits):
            return False
        return bool(re.fullmatch(r"\(?[2-9]\d\d\)?[ .-]?[2-9]\d\d[ .-]\d{4}", shown))
    try:
        number = phonenumbers.parse(
            "+" + digits.removeprefix("00") if abroad else shown, None if abroad else country
        )
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


_SEARCHES: tuple[tuple[str, Callable[[str, str], Iterator[Found]]], ...] = (
    ("email", _emails),
    ("device", _patterns("device", _DEVICE)),
    ("IP address", _ip_addresses),
    ("coordinates", _patterns("coordinates", _POINT)),
    ("NI number", _patterns("NI number", _NI)),
    ("phone", _phones),
    ("NHS number", _nhs_numbers),
    ("card", _long_numbers),
    ("address", _patterns("address", _ADDRESS)),
    ("postcode", _postcodes),
)
