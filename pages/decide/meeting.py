"""Tonight: a few pictures for a hall, in order, with words large enough for the back row."""

from needsmap.ui import arranging, choices, data, hand_on, meeting_view, show
from needsmap.words import say

here = data.here()
brief = data.meeting()
show.notices((*here.notices, *brief.notices))
show.heading(say("What shall we show tonight?"), here.line)
show.finding(brief.sentences)
if brief.empty:
    show.empty(
        say("Add a survey first: a meeting shows what people said."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    meeting_view.offer_start(brief, here.pack)
    show.cautions(
        [
            say(
                "Keys: → next, ← back, B blank, Z closer, T table, Esc out. A presenter’s "
                "remote works too. The link opens at the step it was copied at."
            )
        ]
    )
    with show.fold(say("Choose what to show")):
        arranging.choose_steps(brief.picture, brief.offered, [step.id for step in brief.steps])
        choices.choose_level(brief.picture, here.menu)
    show.section(say("Running order"))
    show.table(
        brief.tables()["running order"], key="running-order", alt=say("What is shown, in order")
    )
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="meeting", title=say("Running order of the meeting"))
show.foot(brief.provenance)
