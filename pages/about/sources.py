"""Where is it from? Surveys and official files behind everything shown here."""

from needsmap.ui import data, hand_on, parts, show
from needsmap.words import say

brief = data.method()
tables = brief.tables()
show.notices((*data.here().notices, *brief.notices))
show.heading(say("Where is it from?"), data.here().line)
show.finding(
    [say("These are the surveys and official files behind every number, with their dates.")]
)
show.section(say("What people were asked"))
show.table_or(tables["surveys"], key="surveys", alt=say("Surveys"), words=say("No survey yet."))
more = [entry.label for entry in data.here().menu.surveys]
if len(more) > len(tables["surveys"]):
    show.sentences([say("Surveys that can be chosen at the side: {names}.", names=", ".join(more))])
show.section(say("Official and other files"))
show.table_or(tables["sources"], key="sources", alt=say("Sources"), words=say("None listed."))
parts.missing_parts(data.here().pack.missing)
hand_on.offer(brief, name="sources", title=say("Where it is from"))
show.foot(brief.provenance)
