"""What a reader chooses. The link is the only state: every choice reads and writes it.

A choice is set from the picture before it is drawn and writes the picture when changed,
so a pasted link, the back button and a click all end in the same place. Each function
here owns one choice: its label, its key, its usual value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

import streamlit as st

from needsmap.briefs.menu import Entry, Menu
from needsmap.picture import MOST_GROUPS, Picture, from_query
from needsmap.ui.plain import visible
from needsmap.words import say

T = TypeVar("T")

_LEVELS = {
    "lsoa": "LSOA: a small area of about 1,500 people.",
    "msoa": "MSOA: several of these together, about 8,000 people.",
    "ward": "Ward: the area a councillor is elected for.",
    "authority": "Authority: the whole council area.",
    "datazone": "Data Zone: a small area of about 800 people.",
}
"""What the usual levels are; places elsewhere name their own."""

_THEME, _INDEX, _HEARD = "theme", "index", "heard"
_NOTHING, _ITS_INDEX = "nothing", "its index"


def linked() -> Picture:
    """Return the picture the address asks for, not yet settled against the place."""
    return _read(tuple(st.query_params.to_dict().items()))


@lru_cache(maxsize=2048)  # each run asks for its link again and again
def _read(parameters: tuple[tuple[str, str], ...]) -> Picture:
    return from_query(dict(parameters))


def change(**fields: object) -> None:
    """Write some fields of the picture into the address. The rest stays as it is."""
    put(linked().but(**fields))


def go_to_area(chosen: str) -> None:
    """Write the area chosen on a map into the address; "" lets it go."""
    change(area=chosen)


def put(picture: Picture) -> None:
    """Write a whole picture into the address."""
    wanted = picture.query()
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def choose_show(picture: Picture, menu: Menu, *, heard: bool = True) -> None:
    """Choose what the map shows: a theme, a measure of the index, or how many answered.

    Before anybody was `heard` there are only the measures.
    """
    labels: dict[tuple[str, str], str] = {}
    if heard or not menu.indicators:
        labels = {(_THEME, entry.id): entry.label for entry in menu.themes}
    labels |= {
        (_INDEX, entry.id): say("Index: {label}", label=entry.label) for entry in menu.indicators
    }
    if heard:
        labels[(_HEARD, "")] = say("How many people answered")
    now = {
        "index": (_INDEX, picture.indicator),
        "heard": (_HEARD, ""),
    }.get(picture.show, (_THEME, picture.theme))

    def write(chosen: tuple[str, str]) -> None:
        kind, name = chosen
        if kind == _THEME:
            show = "beside" if picture.show == "beside" else "voice"
            change(show=show, theme=name, indicator="")
        else:
            change(show=kind, indicator=name)

    one_of(say("Show"), labels, now, "show", write)


def choose_beside(picture: Picture) -> None:
    """Choose whether the index measure that matches the theme is shown beside it."""
    labels = {_NOTHING: say("nothing"), _ITS_INDEX: say("the index")}
    now = _ITS_INDEX if picture.show == "beside" else _NOTHING

    def write(chosen: str) -> None:
        change(show="beside" if chosen == _ITS_INDEX else "voice", indicator="")

    possible = picture.show in {"voice", "beside"}
    one_of(
        say("beside"), labels, now, "beside", write, disabled=not possible,
        explained=say("Puts what people said beside the part of the government’s index that "
                      "measures the same thing."),
    )  # fmt: skip


def choose_level(picture: Picture, menu: Menu) -> None:
    """Choose how large the areas are. The area in focus is let go: it is of the old level."""
    labels = {entry.id: entry.label for entry in menu.levels}
    one_of(
        say("by"), labels, picture.level, "level", lambda level: change(level=level, area=""),
        explained=" ".join(say(_LEVELS[level]) for level in labels if level in _LEVELS),
    )  # fmt: skip


def choose_services(picture: Picture, menu: Menu) -> None:
    """Choose which kinds of services are drawn on the map."""
    labels = {entry.id: entry.label for entry in menu.services}
    several_of(
        say("Services"),
        labels,
        picture.services,
        "services",
        # What the map shows is written too: without answers it is not what a bare link says.
        lambda chosen: change(services=chosen, show=picture.show, indicator=picture.indicator),
        empty=say("none"),
    )


def choose_area(picture: Picture, menu: Menu, *, label: str = "") -> None:
    """Go to an area by its name: type a few letters, or use the arrow keys."""
    labels = {"": say("whole place")} | {entry.id: entry.label for entry in menu.areas}
    one_of(label or say("Go to"), labels, picture.area, "area", lambda c: change(area=c))


def choose_other(picture: Picture, menu: Menu) -> None:
    """Choose the area the one in focus is compared with."""
    labels = {"": say("choose an area")} | {
        entry.id: entry.label for entry in menu.areas if entry.id != picture.area
    }
    one_of(say("with"), labels, picture.other, "other", lambda code: change(other=code))


def choose_theme(picture: Picture, themes: Iterable[Entry], *, label: str = "") -> None:
    """Choose one theme of those given, whatever the map page shows."""
    labels = {entry.id: entry.label for entry in themes}
    one_of(label or say("Show"), labels, picture.theme, "theme", lambda theme: change(theme=theme))


def choose_good(picture: Picture, themes: Iterable[Entry], kinds: Iterable[Entry]) -> None:
    """Choose what the map of strengths shows: what people value, or what they can bring."""
    labels = {("theme", e.id): say("People value: {it}", it=e.label) for e in themes}
    labels |= {("offer", e.id): say("People can bring: {it}", it=e.label) for e in kinds}
    now = ("offer", picture.offer) if picture.offer else ("theme", picture.theme)

    def write(chosen: tuple[str, str]) -> None:
        kind, name = chosen
        change(offer=name) if kind == "offer" else change(theme=name, offer="")

    one_of(say("Show"), labels, now, "good", write)


def choose_about(themes: Iterable[Entry]) -> None:
    """Choose one theme of those given, or everything: what the link names is chosen."""
    labels = {"": say("everything")} | {entry.id: entry.label for entry in themes}
    one_of(say("About"), labels, linked().theme, "about", lambda theme: change(theme=theme))


def choose_from(areas: Iterable[Entry], level: str) -> None:
    """Choose one area of a level of those given, or the whole place."""
    labels = {"": say("whole place")} | {entry.id: entry.label for entry in areas}
    one_of(
        say("From"), labels, linked().area, "from",
        lambda code: change(area=code, level=level if code else linked().level),
    )  # fmt: skip


def choose_kind(kinds: Mapping[str, str], now: str) -> None:
    """Choose one kind of service. `kinds`: id → words."""
    one_of(say("Kind of service"), dict(kinds), now, "kind", lambda kind: change(services=(kind,)))


def choose_years(picture: Picture, first: int, last: int) -> None:
    """Choose which year's grants count, where there are several."""
    if not 0 < first < last:
        return
    labels: dict[tuple[int, ...], str] = {(): say("all years")}
    labels |= {(year, year): str(year) for year in range(last, first - 1, -1)}
    one_of(say("Years"), labels, picture.years, "years", lambda years: change(years=years))


def choose_counting(picture: Picture) -> None:
    """Choose whether shares of areas are shown as counted or steadied."""
    labels = {False: say("as counted"), True: say("steadied")}
    one_of(
        say("Shares"), labels, picture.steadied, "steadied",
        lambda steadied: change(steadied=steadied),
        explained=say("Steadied: where few answered, the share is drawn towards the whole "
                      "place’s, so that chance shows less."),
    )  # fmt: skip


def choose_people(picture: Picture, menu: Menu) -> None:
    """Choose whose answers count: everybody, or up to two bands of different groups."""
    labels = {
        (group, band.id): f"{title.rstrip(' ?:')}: {band.label}"
        for group, (title, bands) in menu.groups.items()
        for band in bands
    }

    def write(chosen: tuple[tuple[str, str], ...]) -> None:
        latest = dict(chosen)  # one band a group: the later choice takes the earlier's place
        change(groups=tuple(latest.items())[-MOST_GROUPS:])

    several_of(
        say("People"), labels, picture.groups, "people", write,
        empty=say("everyone"), most=MOST_GROUPS,
    )  # fmt: skip


def choose_surveys(picture: Picture, menu: Menu) -> None:
    """Choose which surveys count, where there is more than one."""
    if len(menu.surveys) < 2:
        return
    labels = {entry.id: entry.label for entry in menu.surveys}
    several_of(
        say("Surveys"), labels, picture.surveys, "surveys",
        lambda chosen: change(surveys=chosen), empty=say("the latest"),
    )  # fmt: skip


def choose_place(place: str, places: Mapping[str, str]) -> bool:
    """Choose the place, where there is more than one. `places`: pack name → title.

    Returns whether there was anything to choose.
    """
    if len(places) < 2 or place not in places:
        return False
    one_of(say("Place"), dict(places), place, "place", lambda name: put(Picture(place=name)))
    return True


def one_of(
    label: str,
    labels: dict[T, str],
    now: T,
    key: str,
    write: Callable[[T], None],
    *,
    disabled: bool = False,
    explained: str = "",
) -> None:
    """Draw a select box whose value is the picture's and whose change is written there."""
    if not labels:
        return
    name = f"choice-{key}"
    st.session_state[name] = now if now in labels else next(iter(labels))
    st.selectbox(
        label,
        list(labels),
        format_func=lambda option: visible(labels.get(option, "")),
        key=name,
        on_change=lambda: write(st.session_state[name]),
        disabled=disabled,
        help=explained or None,
    )


def several_of(
    label: str,
    labels: dict[T, str],
    now: Iterable[T],
    key: str,
    write: Callable[[tuple[T, ...]], None],
    *,
    empty: str,
    most: int | None = None,
) -> None:
    """Draw a box for several choices, set from the picture and written back to it."""
    if not labels:
        return
    name = f"choice-{key}"
    st.session_state[name] = [option for option in now if option in labels]
    st.multiselect(
        label,
        list(labels),
        format_func=lambda option: visible(labels.get(option, "")),
        key=name,
        on_change=lambda: write(tuple(st.session_state[name])),
        placeholder=empty,
        max_selections=most,
    )


def follow(chosen: str | None) -> None:
    """Go to the area just chosen on a map; "" lets it go; None changes nothing."""
    if chosen is not None and chosen != linked().area:
        change(area=chosen)
        st.rerun()
