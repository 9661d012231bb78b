"""Two maps side by side on a page, moving together; the same as a table below."""

from __future__ import annotations

from needsmap.briefs.side_by_side import TwoBrief, left_of, make_two, right_of
from needsmap.picture import Picture
from needsmap.ui import arranging, choices, data, hand_on, show
from needsmap.ui.map_view import show_two_maps
from needsmap.words import say

_HEIGHT = 540
"""Half as wide as one map alone, so a legend takes more lines and the map needs the room."""


def two_maps(brief: TwoBrief, right: data.Here, *, key: str) -> None:
    """Show both maps under their sentence, then one table of what both show."""
    here = data.here()
    other = None if right.pack.name == here.pack.name else right.pack
    chosen = show_two_maps(
        brief.left, brief.right, pack=here.pack, other_pack=other,
        focus="" if other else here.picture.area, height=max(_HEIGHT, show.map_height()), key=key,
        foot=brief.provenance.under_a_picture,
        picture=f"needs-map-{brief.provenance.mark}",
    )  # fmt: skip
    if brief.same:
        choices.follow(chosen)
    show.section(say("Both maps as a table"))
    for name, table in brief.tables().items():
        show.table(table, key=f"{key}-{name}", alt=say("What both maps show, one row an area"))


def compared() -> None:
    """Show the picture beside what its link puts against it."""
    here = data.here()
    asked = here.asked.but(level=here.picture.level, theme=here.picture.theme)
    right = data.there(right_of(asked))
    left = data.there(left_of(asked))
    names = None
    if right.pack.name != here.pack.name:
        names = (here.pack.title, right.pack.title)
    brief = make_two(left.overview, right.overview, names=names)
    show.notices((*right.notices, *right.overview.notices))
    show.lead(brief.sentences)
    _choose(here)
    two_maps(brief, right, key="against")
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="two-maps", title=say("Two maps side by side"))


def before_and_now(picture: Picture, surveys: tuple[tuple[str, str], tuple[str, str]]) -> None:
    """Show a wish as two surveys found it. `surveys`: (id, title), the earlier first."""
    sides = [
        data.there(picture.but(surveys=(survey,), area="", against=())) for survey, _ in surveys
    ]
    brief = make_two(sides[0].overview, sides[1].overview, names=(surveys[0][1], surveys[1][1]))
    show.section(say("Before and now, side by side"))
    show.sentences(
        [
            say(
                "The colours start at the same shares. A colour may differ by chance: the map "
                "above shows what changed clearly."
            )
        ]
    )
    two_maps(brief, sides[1], key="waves")


def _choose(here: data.Here) -> None:
    with show.fold(say("Choose two maps")):
        choices.choose_show(here.picture, here.menu, heard=not here.overview.empty)
        arranging.choose_against(here.picture, here.menu, data.places())
        choices.choose_level(here.picture, here.menu)
