"""Bring in what people told you: file, columns, themes, problems, keep."""

from needsmap.ui import data, show, upload_flow
from needsmap.words import say

here = data.here()
show.notices(here.notices)
show.heading(say("Bring in what people told you"))
upload_flow.run()
show.foot(here.overview.provenance)
