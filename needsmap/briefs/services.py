"""What people ask for beside what is near: distances, people a place, asked for and far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.analysis.voice import Voice
from needsmap.briefs.catalogue import SERVICES, service_label
from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import worded_layer
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.reach import (
    FAR_MINUTES,
    asked_and_far,
    nearest_of_kinds,
    places_and_people,
    reach_layer,
    steps_of_access,
)
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.ways import ways_in_columns
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


@dataclass(frozen=True)
class ServicesBrief:
    """What people ask for beside the services there are.

    Fields
    ------
    kind, kind_label : the kind of service on the map: the picture's first, else the first
    kind of the picture's theme that is listed, else the first listed; "" without services.
    kinds : one row a listed kind: kind, label, places, people_per_place, checked_on, source,
    words. not_known : labels of kinds with no point in the data, which is never read as none
    being there. near : area_code, area_name, kind, label, name, metres, minutes, words: the
    nearest of each listed kind from the middle of each area (NaN and "" never happen for
    listed kinds). far : area_code, area_name, theme, wish, share (words), clear (asked for
    clearly more than in the whole place), kind, label, metres, minutes, words: asked for at
    least as often as in the whole place, nearest of any matching kind over 15 minutes on
    foot; clear ones first, then the farthest. access : area_code, area_name, per_10000, words
    for the kind on the map (the experts' view). layer : kind "services", minutes on foot.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    kind: str
    kind_label: str
    kinds: pd.DataFrame
    not_known: tuple[str, ...]
    near: pd.DataFrame
    far: pd.DataFrame
    access: pd.DataFrame
    layer: MapLayer
    base: Count
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"asked for and far", "nearest", "kinds", "not known", "access", "map"}."""
        far = self.far[["area_name", "wish", "share", "label"]]
        near = self.near[["area_name", "label", "name"]]
        kinds = self.kinds[["label", "places", "words", "checked_on", "source"]]
        access = self.access[["area_name", "words"]]
        return {
            "asked for and far": far.set_axis(
                [say("Area"), say("Wish"), say("Share"), say("Nearest kind")], axis=1
            ).join(ways_in_columns(self.far)),
            "nearest": near.set_axis([say("Area"), say("Kind"), say("Nearest")], axis=1).join(
                ways_in_columns(self.near)
            ),
            "kinds": kinds.set_axis(
                [say("Kind"), say("Places"), say("In words"), say("Checked on"), say("Source")],
                axis=1,
            ),
            "not known": pd.DataFrame({say("Not known"): list(self.not_known)}),
            "access": access.set_axis([say("Area"), say("Within reach")], axis=1),
            "map": worded_layer(self.layer),
        }


def make_services(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> ServicesBrief:
    """Return the services of a place beside what people ask for."""
    scene = set_scene(picture, pack, voice, release)
    listed_kinds = tuple(str(k) for k in dict.fromkeys(pack.services["category"]))
    kind = _kind(scene, listed_kinds)
    near = nearest_of_kinds(scene, listed_kinds)
    far = asked_and_far(scene, listed_kinds)
    return ServicesBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        kind=kind,
        kind_label=service_label(kind) if kind else "",
        kinds=places_and_people(scene, listed_kinds),
        not_known=tuple(service_label(k) for k in SERVICES if k not in listed_kinds),
        near=near,
        far=far,
        access=steps_of_access(scene, kind),
        layer=reach_layer(scene, listed_kinds, kind),
        base=scene.base,
        menu=scene.menu,
        sentences=_sentences(scene, near, far, kind),
        empty=scene.empty,
        cautions=_cautions(scene, listed_kinds),
    )


def _kind(scene: Scene, kinds: tuple[str, ...]) -> str:
    entry = scene.themes.get(scene.picture.theme)
    wanted = (*scene.picture.services, *(entry.services if entry else ()), *kinds)
    return next((kind for kind in wanted if kind in kinds), "")


def _sentences(scene: Scene, near: pd.DataFrame, far: pd.DataFrame, kind: str) -> tuple[str, ...]:
    if not kind:
        return (
            say("No list of services is in this place's data yet."),
            say(
                "Add a file services.csv to the place's folder: a row for each place one can "
                "go to, with its kind, latitude and longitude."
            ),
        )
    told = []
    of_kind = near[near["kind"] == kind]
    close = int((of_kind["minutes"] <= FAR_MINUTES).sum())
    level = scene.pack.level(scene.picture.level)
    told.append(
        say(
            "From the middle of {close} of {all} {areas} the nearest {kind} is within {far} "
            "minutes on foot.",
            close=close, all=len(of_kind), areas=level.plural if len(of_kind) != 1 else level.label,
            kind=quoted(service_label(kind)), far=FAR_MINUTES,
        )
    )  # fmt: skip
    if scene.empty:
        told.append(say("Nobody has answered yet, so what people ask for is not known."))
        return tuple(told)
    sure = far[far["clear"]].drop_duplicates("theme")
    for row in each_row(sure.head(2)):
        told.append(
            say(
                "People in {area} ask for {wish} more than elsewhere ({share}), and the nearest "
                "listed place for it is {minutes} minutes on foot.",
                area=row.area_name, wish=quoted(row.wish), share=row.share,
                minutes=round(row.minutes),
            )
        )  # fmt: skip
    if not len(sure):
        may = far[far["theme"] == scene.picture.theme]
        names = listed([str(name) for name in may["area_name"]])
        wish = quoted(scene.label(scene.picture.theme))
        told.append(
            say(
                "{wish} may be asked for more and be far in {names}; these answers do not "
                "settle it.",
                wish=wish[:1].upper() + wish[1:], names=names,
            )
            if names
            else say("No wish is clearly asked for more where it is also far.")
        )  # fmt: skip
    told.append(
        plural(
            "We know of {n} place; one that is not listed may still be there.",
            "We know of {n} places; one that is not listed may still be there.",
            len(scene.pack.services),
        )
    )
    return tuple(told[:4])


def _cautions(scene: Scene, kinds: tuple[str, ...]) -> tuple[str, ...]:
    if not kinds:
        return scene.cautions
    lacking = [service_label(k) for k in SERVICES if k not in kinds]
    told = [
        *scene.cautions,
        say(
            "Minutes on foot are worked out: the straight line times 1.3, because streets bend, "
            "at 80 metres a minute. Hills, rivers and main roads are not known."
        ),
        say(
            "They start in the middle of an area; many people live nearer or farther. A place just "
            "over the border may be nearer and not be listed."
        ),
    ]
    if lacking:
        told.append(
            say(
                "Not known here, which does not mean there is none: {kinds}.",
                kinds=listed(lacking, most=6),
            )
        )
    return tuple(told)
