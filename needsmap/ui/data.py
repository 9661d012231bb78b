"""Doors to briefs: each worked out once per release and picture, for everybody.

A brief is kept by what it depends on: subject, picture, release of the answers, version
of the place. Nothing is kept per viewer. Checks of who may see a thing stand before a
door, never inside it: what is kept is shared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from needsmap import settings
from needsmap.briefs.area import make_area
from needsmap.briefs.change import make_change
from needsmap.briefs.change_shape import ChangeBrief
from needsmap.briefs.comparison import make_comparison
from needsmap.briefs.coverage import make_coverage
from needsmap.briefs.decided import Decided, read_decided
from needsmap.briefs.meeting import MeetingBrief, make_meeting
from needsmap.briefs.menu import Menu
from needsmap.briefs.method import make_method
from needsmap.briefs.money import make_money
from needsmap.briefs.money_shape import MoneyBrief
from needsmap.briefs.overview import make_overview
from needsmap.briefs.pair import PairBrief, make_pair
from needsmap.briefs.place import OpenPlace, open_place, release_key
from needsmap.briefs.priorities import make_priorities
from needsmap.briefs.quotes import QuotesBrief, make_quotes
from needsmap.briefs.services import ServicesBrief, make_services
from needsmap.briefs.shapes import (
    AreaBrief,
    ComparisonBrief,
    CoverageBrief,
    MethodBrief,
    OverviewBrief,
    PrioritiesBrief,
)
from needsmap.briefs.strengths import StrengthsBrief, make_strengths
from needsmap.picture import Picture
from needsmap.places.finding import find_pack, list_packs
from needsmap.places.pack import Pack, open_pack
from needsmap.ui.choices import linked
from needsmap.ui.kept import Kept, Looked
from needsmap.words import say

_SUBJECTS: dict[str, Callable[..., Any]] = {
    "overview": make_overview,
    "area": make_area,
    "priorities": make_priorities,
    "coverage": make_coverage,
    "comparison": make_comparison,
    "services": make_services,
    "money": make_money,
    "strengths": make_strengths,
    "quotes": make_quotes,
    "method": make_method,
    "change": make_change,
    "pair": make_pair,
    "meeting": make_meeting,
}
_SECONDS_BETWEEN_LOOKS = 2
"""How often the store is asked whether there is a new release."""
_PLACES = Kept(most=1)
_BRIEFS = Kept(most=300)
"""Briefs and their tables; the heaviest brief of a borough is 140 kB."""


@dataclass(frozen=True)
class Here:
    """Where the reader is: the place as it stands now and what the link asks of it."""

    place: OpenPlace
    asked: Picture
    notices: tuple[str, ...]

    @property
    def pack(self) -> Pack:
        """Return the place's pack."""
        return self.place.pack

    @property
    def key(self) -> str:
        """Return what every brief of the place depends on: its version and release."""
        return " ".join((str(self.pack.folder), *self.place.key))

    @cached_property
    def overview(self) -> OverviewBrief:
        """Return the brief of the map page."""
        return _brief("overview", self)

    @property
    def picture(self) -> Picture:
        """Return the picture settled against the place."""
        return self.overview.picture

    @property
    def line(self) -> str:
        """Return who was asked and when; "" before anybody was, which pages say themselves."""
        return "" if self.overview.empty else self.overview.coverage_line

    @property
    def menu(self) -> Menu:
        """Return what may be chosen here."""
        return self.overview.menu


def here() -> Here:
    """Return the place and picture the address asks for; falls back to the usual place."""
    asked = linked()
    known = places()
    usual = settings.load().place  # a name, or the folder of a pack
    notices: tuple[str, ...] = ()
    # A link names packs on the list only: never a folder, which would open any on the disk.
    name = usual
    if asked.place and asked.place in known:
        name = asked.place
    elif asked.place and asked.place != usual:
        notices = (say("The link names a place we do not know, so the usual one is shown."),)
        asked = Picture()
    place = _opened(name, _version(_pack(name).name))
    settled = asked.but(place=place.pack.name, view=None)
    # One for all who hold this link, so that what it works out once stays with it.
    return _BRIEFS.get(
        str(place.pack.folder),
        " ".join(place.key),
        ("here", settled.link(), notices),
        lambda: Here(place, settled, notices),
    )


def there(asked: Picture) -> Here:
    """Return another picture than the address's, of the same place or another on the list."""
    notices: tuple[str, ...] = ()
    place = here().place
    if asked.place and asked.place != place.pack.name:
        if asked.place in places():
            place = _opened(asked.place, _version(_pack(asked.place).name))
        else:
            notices = (say("The link names a place we do not know, so the usual one is shown."),)
    return Here(place, asked.but(place=place.pack.name, view=None), notices)


def places() -> dict[str, str]:
    """Return the names and titles of all places there are."""
    return _places()


def overview() -> OverviewBrief:
    """Return the map page's brief."""
    return here().overview


def area() -> AreaBrief:
    """Return the card of the area in focus."""
    return _of("area")


def priorities() -> PrioritiesBrief:
    """Return what matters most and how sure that is."""
    return _of("priorities")


def coverage() -> CoverageBrief:
    """Return who was heard and who is missing."""
    return _of("coverage")


def comparison() -> ComparisonBrief:
    """Return what people said beside what the index measures."""
    return _of("comparison")


def method() -> MethodBrief:
    """Return how everything is worked out."""
    return _of("method")


def strengths() -> StrengthsBrief:
    """Return what is good here and who can help."""
    return _of("strengths")


def money() -> MoneyBrief:
    """Return whether money goes where people ask."""
    return _of("money")


def quotes() -> QuotesBrief:
    """Return what people wrote, as far as stewards let all read it."""
    return _of("quotes")


def services() -> ServicesBrief:
    """Return what people ask for beside what is near."""
    return _of("services")


def change() -> ChangeBrief:
    """Return what changed since people were last asked."""
    return _of("change")


def pair() -> PairBrief:
    """Return how two areas differ."""
    return _of("pair")


def meeting() -> MeetingBrief:
    """Return what to show in a hall, in order."""
    return _of("meeting")


def look_again() -> None:
    """Ask the store anew at the next look: something was kept, undone or decided."""
    _version.clear()
    _decided.clear()


def decided() -> Decided:
    """Return what stewards of this place decided."""
    return _decided(here().pack.name)


def _of(subject: str) -> Any:
    return _brief(subject, here(), decided())


def _list_places() -> dict[str, str]:
    # The label under the name says it already, and the side is narrow.
    said = f" ({say('invented place')})"
    return {found.name: found.title.removesuffix(said) for found in list_packs(settings.load())}


def _open_pack(name: str) -> Pack:
    return open_pack(find_pack(name, settings.load()))


def _find_version(name: str) -> str:
    """Return what tells one release of a place from another."""
    return release_key(settings.load(), name)


def _find_decided(name: str) -> Decided:
    return read_decided(settings.load(), name)


_places = Looked(_list_places, 60)
_pack = Looked(_open_pack, float("inf"))
_version = Looked(_find_version, _SECONDS_BETWEEN_LOOKS)
_decided = Looked(_find_decided, _SECONDS_BETWEEN_LOOKS)


def _opened(name: str, version: str) -> OpenPlace:
    pack = _pack(name)
    return _PLACES.get(name, version, name, lambda: open_place(settings.load(), name, pack=pack))


def _brief(subject: str, now: Here, chosen: Decided | None = None) -> Any:
    chosen = chosen or Decided()

    def make() -> Any:
        made = _SUBJECTS[subject]
        more = chosen.of(subject)
        return made(now.asked, now.pack, now.place.voice, now.place.release, **more)

    # The place is told apart by its folder: a link may hold the name of another with it.
    return _BRIEFS.get(
        str(now.pack.folder),
        " ".join(now.place.key),
        (subject, now.asked.link(), chosen.key(subject)),
        make,
    )
