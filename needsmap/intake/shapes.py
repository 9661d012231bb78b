"""What a single text looks like: a number, a date, a postcode, a point.

Shapes do not depend on language, so they are asked before any word is.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
MONEY_OR_SHARE = re.compile(r"[-+]?[£$€]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?[%£$€]?")
# A short word may stand before the hour: "klo", "um", "上午".
_TIME = (
    r"(?:[ T,]+(?:[^\W\d_]{1,4}\.? )?\d{1,2}[:.]\d{2}"
    r"(?:[:.]\d{2}(?:[.:,]\d+)?)?\s?(?:[AaPp]\.?\s?[Mm]\.?)?)"
)
_ZONE = r"(?:\s?(?:Z|UTC|GMT|BST|[A-Z]{3,4})?\s?(?:[-+]\d{1,2}(?::?\d{2,3})?)?)"
DATE = re.compile(
    r"(?:\d{4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,2}\.?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    r"|\d{1,2}[ -][^\W\d]{3,10}\.?,?[ -]\d{2,4}|[^\W\d]{3,10}\.? \d{1,2},? \d{4})"
    rf"{_TIME}?{_ZONE}"
)
CLOCK_PART = re.compile(r"\d{1,2}[:.]\d{2}")
POSTCODE = re.compile(
    r"(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]"
    r"|[A-HK-Y]\d[ABEHMNPRVWXY])(?:\s*\d(?:[ABD-HJLNP-UW-Z]{2})?)?)",
    re.IGNORECASE,
)
FULL_POSTCODE = re.compile(
    r"(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[\dA-Z]?\s*\d[ABD-HJLNP-UW-Z]{2})", re.IGNORECASE
)
AREA_CODE = re.compile(r"[EWSN]\d{8}")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]{2,}")
POINT = re.compile(
    r"[\[(]?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)"
    r"(?:\s*[,; ]\s*-?\d+(?:\.\d+)?){0,2}\s*[\])]?"
)
UUID = re.compile(
    r"(?:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
IP_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.I)
BAND = re.compile(
    r"(?:[^\d]{0,20}\d{1,3}\s?(?:-|–|—|_|to|bis|à|a)\s?\d{1,3}\D{0,12}"
    r"|[^\d]{0,20}\d{1,3}\s?\+\D{0,12}|\d{1,3}\s\D{2,25}|\D{2,25}\s\d{1,3}\D{0,10})",
    re.IGNORECASE,
)


def is_value(text: str) -> bool:
    """Tell whether the whole text is data in shape: number, date, postcode, e-mail or id."""
    text = text.strip()
    return any(
        shape.fullmatch(text) is not None
        for shape in (NUMBER, DATE, FULL_POSTCODE, EMAIL, UUID, AREA_CODE)
    )
