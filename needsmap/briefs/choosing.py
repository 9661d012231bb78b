"""The menu of a scene: what may be chosen, in the order to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from needsmap.analysis.priorities import order_themes
from needsmap.briefs.catalogue import points_of, service_label
from needsmap.briefs.menu import Entry, Menu
from needsmap.briefs.settle import as_in_link
from needsmap.briefs.standing import indicator_title, newest_indicators
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.briefs.scene import Scene


def make_menu(scene: Scene) -> Menu:
    """Return the permitted choices for a scene; ids are as a link writes them."""
    pack = scene.pack
    ordered = list(order_themes(scene.shares.themes, scene.shares.whole)["theme"])
    asked = ordered or list(scene.shares.themes) or list(scene.themes)
    newest = newest_indicators(pack)
    speaking = set(newest.values())
    others = [i for i in pack.indicator_info.values() if not i.domain]
    indicators = [
        Entry(pack.indicator_info[i].id, indicator_title(pack.indicator_info[i]), say("The index"))
        for i in newest.values()
        if i in speaking
    ] + [Entry(i.id, i.label, say("Other figures")) for i in others]
    groups = {
        group: (label, tuple(Entry(as_in_link(group, b)[1], b) for b in bands))
        for group, (label, bands) in scene.bands.items()
    }
    names = pack.names.get(scene.picture.level, {})
    return Menu(
        themes=tuple(Entry(t, scene.label(t)) for t in asked),
        levels=tuple(Entry(level.id, level.label) for level in pack.levels),
        indicators=tuple(indicators),
        groups=groups,
        surveys=tuple(Entry(s.id, s.title) for s in reversed(scene.voice.surveys)),
        services=tuple(Entry(k, service_label(k)) for k in points_of(pack)),
        areas=tuple(Entry(c, n) for c, n in sorted(names.items(), key=lambda pair: pair[1])),
    )
