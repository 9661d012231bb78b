"""What people value and what they can bring as maps: alike in classes, hatching and words."""

from __future__ import annotations

import numpy as np

from needsmap.analysis.columns import column_of, column_words
from needsmap.analysis.disclosure import PublishedShares, middle_counts, percent
from needsmap.analysis.steadying import steadied_shares
from needsmap.briefs.certain import beside_whole, drawn_paler, place_share
from needsmap.briefs.layers import COLUMNS, SHARE_BREAKS, frame_layer, silent
from needsmap.briefs.offers import Offers, offer_label
from needsmap.briefs.saying import capital, quoted, share_of_people
from needsmap.briefs.scene import Scene
from needsmap.tables import MapLayer
from needsmap.words import say


def strength_layer(scene: Scene, theme: str) -> MapLayer:
    """Return the share of people who value something, by area."""
    shares = scene.strength_shares
    title = (
        say("What people value: {label}", label=quoted(scene.label(theme)))
        if theme
        else say("What people value")
    )
    say_it = {
        "few": say("A few people value it ({words})."),
        "none": say("Nobody named it."),
        "some": say("{share} value it."),
        "least": say("Fewer than {to} value it"),
    }
    return _layer(scene, (shares.whole, shares.by_area), shares.column(theme), title, say_it)


def offer_layer(scene: Scene, offers: Offers, offer: str) -> MapLayer:
    """Return the share of people who can bring something, by area; `offer`: one of `kinds`."""
    shares = offers.shares
    if scene.picture.steadied:
        shares = steadied_shares(shares)
    title = say("What people can bring: {label}", label=quoted(offer_label(offer)))
    say_it = {
        "few": say("A few people offer it ({words})."),
        "none": say("Nobody offered it."),
        "some": say("{share} offer it."),
        "least": say("Fewer than {to} offer it"),
    }
    return _layer(scene, (offers.whole, shares), offers.kinds.index(offer), title, say_it)


def _layer(
    scene: Scene,
    published: tuple[PublishedShares, PublishedShares],
    column: int,
    title: str,
    say_it: dict[str, str],
) -> MapLayer:
    """Return one column as a layer; all areas are silent when it is -1.

    `published`: things in the whole place, and areas x things.
    """
    classes, rows, paler = {}, [], ""
    unclear: list[str] = []
    codes = scene.voice.codes[scene.picture.level]
    if column >= 0:
        table = column_of(published[1], column)
        beside, unclear, paler = beside_whole(codes, table, place_share(published[0], column))
        told = column_words(table)
        value = np.where(table.few, middle_counts(table) / table.base, table.share)
        keys = np.searchsorted(SHARE_BREAKS, np.nan_to_num(value), side="right").tolist()
    for row, code in enumerate(codes):
        if column < 0 or not table.shown[row]:
            classes[code], said = silent(scene, code)
            rows.append((code, scene.name(code), said, "–", "–", "–", "–"))
            continue
        share = told.shares[row]
        if table.few[row]:
            said = say_it["few"].format(words=share)
        elif table.share[row] == 0:
            said = say_it["none"]
        else:
            people = share_of_people(float(table.share[row]))
            said = say_it["some"].format(share=capital(people))
        classes[code] = str(keys[row])
        figures = share, told.ranges[row], told.bases[row], beside[row]
        rows.append((code, scene.name(code), said, *figures))
    edges = [percent(b) for b in SHARE_BREAKS]
    labels = {
        "0": say_it["least"].format(to=edges[0]),
        **{
            str(i): say("{since} to {to}", since=edges[i - 1], to=percent(SHARE_BREAKS[i] - 0.01))
            for i in (1, 2, 3)
        },
        "4": say("Half or more"),
    }
    if scene.picture.steadied:
        # Never silent: the heading of map, legend and table says that shares were drawn together.
        title = say("{wish} (steadied)", wish=title)
    columns = [*COLUMNS, "Share", "Could be", "People who answered", "Beside the whole place"]
    level = scene.picture.level
    layer = frame_layer("strength", title, level, classes, labels, rows, columns, scene)
    return drawn_paler(layer, unclear, paler)
