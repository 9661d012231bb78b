"""What would people change here, and what is good? One area, strengths first."""

from needsmap.ui import cards, choices, data, hand_on, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
show.notices((*here.notices, *here.overview.notices))
if not here.picture.area:
    show.heading(say("What would people change here, and what is good?"), here.line)
    show.finding([say("Choose an area by its name, or click one on the map.")])
    with show.fold(say("Choose an area")):
        choices.choose_level(here.picture, here.menu)
        choices.choose_area(here.picture, here.menu)
    chosen = show_map(here.overview.layer, pack=here.pack, height=show.map_height())
    choices.follow(chosen)
    show.foot(here.overview.provenance)
else:
    brief = data.area()
    show.heading(
        say("What would people change in {area}, and what is good?", area=brief.area.name),
        brief.heard,
    )
    show.finding(brief.sentences[:2])
    with show.fold(say("Choose another area")):
        choices.choose_level(brief.picture, brief.menu)
        choices.choose_area(brief.picture, brief.menu)
    cards.whole(brief)
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="area", title=brief.area.name)
    show.foot(brief.provenance)
