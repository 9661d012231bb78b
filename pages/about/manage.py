"""Looking after this place: what stewards decide. Nobody else sees any of it."""

import streamlit as st

from needsmap.ui import data, grant_desk, quote_desk, show, steward, wording_desk
from needsmap.words import say

here = data.here()
show.notices(here.notices)
show.heading(say("Looking after this place"), here.line)
if not steward.possible():
    show.finding([say("Nobody can sign in here yet.")])
    show.sentences(
        [
            say("Whoever runs this server can allow it: the command “python -m needsmap steward” "
                "makes a passphrase and says which setting to make."),
            say("Until then what people wrote stays private, and grants count as their words say."),
        ]
    )  # fmt: skip
elif not steward.signed_in():
    show.finding([say("This page is for those who look after the place.")])
    show.sentences([say("They read what people wrote, choose lines that all may read, and correct "
                        "what grants and answers are counted as.")])  # fmt: skip
    show.way_out("steward/in", say("Sign in"))
else:
    quotes, grants, wording, out = st.tabs(
        [say("Quotes"), say("Grants"), say("Wording"), say("Sign out")]
    )
    with quotes:
        quote_desk.desk()
    with grants:
        grant_desk.desk()
    with wording:
        wording_desk.desk()
    with out:
        st.button(say("Sign out"), on_click=steward.leave)
show.foot(here.overview.provenance)
