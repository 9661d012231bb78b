"""What do people ask for, and where? The map, the same as a table, and who was heard."""

import streamlit as st

from needsmap.ui import data, hand_on, map_screen, show
from needsmap.words import say

here = data.here()
show.title(say("What do people ask for, and where?"))
seen = {}
above, actions, below = st.container(), st.container(), st.container()
with above:
    map_screen.picture(here.key, below, seen)
with actions:
    hand_on.offer_seen(seen, name="map", pack=here.pack)
