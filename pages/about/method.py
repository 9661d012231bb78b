"""How do we know? Every number: in words, as a formula, its source, worked examples."""

from needsmap.ui import data, hand_on, methods, show
from needsmap.words import say

brief = data.method()
show.notices((*data.here().notices, *brief.notices))
show.heading(say("How do we know?"), data.here().line)
show.finding(brief.sentences)
show.section(say("How people are protected"))
show.bullets(brief.rules)
show.section(say("How each number is worked out"))
for one in brief.methods:
    methods.method(one)
show.cautions(brief.cautions)
hand_on.offer(brief, name="method", title=say("How we worked it out"))
show.foot(brief.provenance)
