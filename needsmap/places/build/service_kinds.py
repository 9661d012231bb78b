"""Which kind of service a file's name or a row's own words speak of."""

from __future__ import annotations

import re

_CATEGORY_WORDS = (
    # (category, what a file's name or a row's own kind says); the first that fits is taken
    ("", r"charit|defib|fast[ _]?food|patient_reg|assets|access_point|golf|cemetery"
         r"|religious grounds"),
    ("town_centre", r"(town|village|city|district)[ _]?centre"),
    ("care_home", r"care[ _]?home|nursing|residential home"),
    ("food_bank", r"food[ _]?bank|foodbank"),
    ("mental_health", r"mental"),
    ("dentist", r"dentist|dental"),
    ("pharmacy", r"pharmac|chemist"),
    ("hospital", r"hospital"),
    ("gp", r"general[ _]?practi|\bgps?\b|gp_|doctor|surger"),
    ("nursery", r"childrens?[ _]?cent|nurser|child[ _]?care|early years"),
    ("school", r"school|college|education"),
    ("library", r"librar"),
    ("youth_club", r"youth"),
    ("community_centre", r"community[ _]?(hub|cent|hall)|village[ _]?hall"),
    ("playground", r"play[ _]?(space|ground|area)"),
    ("allotment", r"allotment"),
    ("sports", r"sport|leisure|gym|bowling green|tennis|playing field|swimming|pitch"),
    ("park", r"\bparks?\b|public park|green[ _]?flag|garden"),
    ("post_office", r"post[ _]?office"),
    ("jobcentre", r"job[ _]?cent"),
    ("bus_stop", r"bus[ _]?stop"),
    ("rail", r"metrolink|tram|train|rail|tube|station"),
    ("worship", r"worship|church|mosque|temple"),
    ("advice", r"advice|citizens"),
    ("shop", r"supermarket|\bshops?\b|grocer"),
)  # fmt: skip
_NAME_OF = {
    "gp": "GP practice", "post_office": "Post office", "worship": "Place of worship",
    "hospital": "Hospital", "playground": "Playground", "park": "Park", "sports": "Sports ground",
    "allotment": "Allotments", "rail": "Station", "bus_stop": "Bus stop",
}  # fmt: skip


def category_of(text: str) -> str | None:
    """Return the category a file name or a row's own kind says; "" = known and not shown."""
    plain = text.casefold().replace("-", "_")
    for category, words in _CATEGORY_WORDS:
        if re.search(words, plain) or re.search(words, plain.replace("_", " ")):
            return category
    return None


def name_of(category: str) -> str:
    """Return what a service without a name of its own is called."""
    return _NAME_OF.get(category, category.replace("_", " ").title())
