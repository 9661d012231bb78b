"""What is good here, and who can help: with the same care as wishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.analysis.priorities import order_themes
from needsmap.analysis.voice import Voice
from needsmap.briefs.by_group import long_table
from needsmap.briefs.good_layers import offer_layer, strength_layer
from needsmap.briefs.menu import Entry, Menu
from needsmap.briefs.offers import Offers, find_offers, offer_label
from needsmap.briefs.once import once
from needsmap.briefs.pieces import Wish, wishes_table, worded_layer
from needsmap.briefs.provenance import Provenance
from needsmap.briefs.rows import each_row
from needsmap.briefs.saying import capital, listed, quoted, share_of_people
from needsmap.briefs.scene import Scene, set_scene
from needsmap.briefs.unthemed import other_things, others_table
from needsmap.briefs.wishes import make_wishes, strengths_sentence
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import count as plural
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release


@dataclass(frozen=True)
class StrengthsBrief:
    """What people value, and what they can bring.

    Fields
    ------
    question : wording of what was asked about what is on the map, "" when nobody was asked. theme,
    label : the strength on the map. themes : all strengths to choose from. layer : kind
    "strength". strengths : all of them, most named first. by_area : area_code, area_name,
    theme, label, count, base, share, low, high, words. others : what people value that no
    theme of the list matches, in the form's wording, see `unthemed.other_things`. offers : see
    `offers.Offers`: what people can bring, by area, and where it could meet a wish here or
    next door.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    question: str
    theme: str
    label: str
    themes: tuple[Entry, ...]
    layer: MapLayer
    strengths: tuple[Wish, ...]
    by_area: pd.DataFrame
    others: pd.DataFrame
    offers: Offers
    base: Count
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()
    offer: str = ""
    kinds: tuple[Entry, ...] = ()
    offered: tuple[Wish, ...] = ()

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return strengths, offers, both in other words, offers by area and beside wishes, map."""
        offered = wishes_table(self.offered).drop(columns=["The index", "Nearest"])
        areas = self.offers.by_area[["area_name", "label", "people"]]
        matches = self.offers.matches[["area_name", "wish", "share", "here", "next_door"]]
        return {
            "strengths": wishes_table(self.strengths).drop(columns=["The index", "Nearest"]),
            "other strengths": others_table(self.others),
            "offers": offered.rename(columns={"What people named": say("People can bring")}),
            "other offers": others_table(self.offers.others),
            "offers by area": areas.set_axis(
                [say("Area"), say("People can bring"), say("People")], axis=1
            ),
            "offers and wishes": matches.set_axis(
                [say("Area"), say("Wish"), say("Share"), say("Offered here"), say("Next door")],
                axis=1,
            ),
            "map": worded_layer(self.layer),
        }


def make_strengths(
    picture: Picture, pack: Pack, voice: Voice, release: Release | None
) -> StrengthsBrief:
    """Return what people value by area, what they can bring, and where the two meet wishes."""
    # The theme is settled against strengths, not against wishes: they need not be the same.
    scene = set_scene(picture.but(theme=""), pack, voice, release)
    shares = scene.strength_shares
    ordered = [str(t) for t in order_themes(shares.themes, shares.whole)["theme"]]
    first = ordered[0] if ordered else ""
    theme = picture.theme if picture.theme in shares.themes else first
    # Nothing worked out so far depends on the theme; the copy works the rest out anew.
    offers = find_offers(scene)
    offered = _offered(scene, offers)
    offer, notices = _offer(picture, offers, offered, theme)
    settled = scene.picture.but(theme=theme or scene.picture.theme, offer=offer)
    scene = replace(scene, picture=settled, notices=(*scene.notices, *notices))
    strengths = make_wishes(scene, shares.themes, shares.whole)
    return StrengthsBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        question=offers.question if offer else scene.strength.text,
        theme=theme,
        label=scene.label(theme) if theme else "",
        themes=tuple(Entry(t, scene.label(t)) for t in ordered),
        layer=offer_layer(scene, offers, offer) if offer else strength_layer(scene, theme),
        strengths=strengths,
        by_area=_by_area(scene),
        others=other_things(scene, scene.strength),
        offers=offers,
        base=scene.base,
        menu=scene.menu,
        sentences=_sentences(scene, strengths, offers, offers_first=bool(offer)),
        empty=scene.empty,
        cautions=scene.cautions,
        offer=offer,
        kinds=tuple(Entry(w.theme, w.label) for w in offered),
        offered=offered,
    )


def _offered(scene: Scene, offers: Offers) -> tuple[Wish, ...]:
    """Return kinds of offer with all that is said of a strength, most offered first."""
    found = make_wishes(scene, offers.kinds, offers.whole)
    return tuple(replace(w, label=offer_label(w.theme), index="") for w in found)


def _offer(
    picture: Picture, offers: Offers, offered: tuple[Wish, ...], theme: str
) -> tuple[str, tuple[str, ...]]:
    """Return the kind of offer the map shows, "" for a strength, and what had to be changed.

    Where nobody was asked what is good, the first offer is on the map.
    """
    if picture.offer in offers.kinds:
        return picture.offer, ()
    first = "" if theme or not offered else offered[0].theme
    if not picture.offer:
        return first, ()
    return first, (say("Nobody was asked for the offer in this link. Choose one in the list."),)


def _by_area(scene: Scene) -> pd.DataFrame:
    shares = scene.strength_shares
    names = {"area_code": shares.codes, "area_name": tuple(scene.name(c) for c in shares.codes)}
    columns = [
        "area_code", "area_name", "theme", "label", "count", "base", "share", "low", "high",
        "words",
    ]  # fmt: skip
    return long_table(scene, shares.themes, shares.by_area, names)[columns]


def _sentences(
    scene: Scene, strengths: tuple[Wish, ...], offers: Offers, *, offers_first: bool
) -> tuple[str, ...]:
    """Return what people value and can bring; what the map is about comes first."""
    if scene.empty:
        return (
            say("Nobody has answered yet."),
            say("Ask “What is good about living here?” and “What could you bring?” in a survey."),
        )
    told = [s for s in (strengths_sentence(strengths, say("here")),) if s]
    if not scene.strength.text:
        told.append(say("This survey did not ask what is good here: ask it next time."))
    elif strengths and strengths[0].share.value:
        told.append(
            say(
                "{share} named {first} ({words}; from these answers it could be {range}).",
                share=capital(share_of_people(strengths[0].share.value)),
                first=quoted(strengths[0].label), words=strengths[0].share.words,
                range=strengths[0].share.range_words,
            )
        )  # fmt: skip
    else:
        told.append(say("Too few people answered to say what they value most."))
    brought: list[str] = []
    table = offers.table[offers.table["count"] > 0]
    if not offers.question:
        brought.append(say("Nobody was asked yet what they could bring."))
    elif len(table):
        things = [
            say("{offer} ({people})", offer=quoted(row.label), people=row.people)
            for row in each_row(table.head(3))
        ]
        brought.append(say("People can bring: {list}.", list=listed(things)))
    if len(offers.matches):
        areas = offers.matches["area_code"].nunique()
        brought.append(
            plural(
                "In {n} area a wish could be met by what people there or next door offer.",
                "In {n} areas a wish could be met by what people there or next door offer.",
                areas,
            )
        )
    both = [*brought, *told] if offers_first else [*told, *brought]
    return tuple(both[:4])
