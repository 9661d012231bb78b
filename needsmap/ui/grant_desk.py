"""The steward's desk for grants: what each is counted as and why, and a way to set it right."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from needsmap import settings
from needsmap.analysis.quote_search import holding
from needsmap.briefs.catalogue import themes_of
from needsmap.briefs.money_shape import amount_words
from needsmap.briefs.rows import each_row
from needsmap.store import correct_grants, forget_grant, grants_as_toml, open_store
from needsmap.ui import data, show, steward
from needsmap.ui.plain import visible
from needsmap.words import count, say

_MOST = 200
"""Grants to pick from at once: words narrow them down."""
_TOP = "grant-desk"


def desk() -> None:
    """Show the grants, what each is counted as, and the corrections there are."""
    steward.require()
    brief = data.money()
    if not brief.has_grants:
        show.sentences([say("No grants are in this place's data yet.")])
        return
    words = st.text_input(say("Find grants with these words"), key="grant-words", max_chars=80)
    told = brief.grants["title"] + " " + brief.grants["recipient"] + " " + brief.grants["purpose"]
    found = brief.grants[holding(told.tolist(), words)]
    show.sentences([count("{n} grant fits.", "{n} grants fit.", len(found))])
    if len(found):
        _one(found.head(_MOST), brief.sign)
    _settled(brief.grants)


def correct(identifier: str, themes: Iterable[str]) -> None:
    """Settle what a grant is for.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    known = themes_of(data.here().pack.folder)
    with open_store(settings.load().database_url) as store:
        kept = {identifier: [theme for theme in themes if theme in known]}
        correct_grants(store, data.here().pack.name, kept, who="page")
    data.look_again()


def forget(identifier: str) -> None:
    """Let a grant be matched by its words again.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    with open_store(settings.load().database_url) as store:
        forget_grant(store, data.here().pack.name, identifier, who="page")
    data.look_again()


def _one(found: pd.DataFrame, sign: str) -> None:
    by_id = {row.identifier: row for row in each_row(found)}
    chosen = st.selectbox(
        say("Grant"),
        list(by_id),
        format_func=lambda one: visible(
            f"{by_id[one].title} · {by_id[one].recipient} · {amount_words(by_id[one].amount, sign)}"
        ),
        key=f"{_TOP}-grant",
    )
    grant = by_id[chosen]
    show.sentences(
        [say("Counted as: {purpose}. Why: {why}.", purpose=grant.purpose, why=grant.why)]
    )
    labels = {theme: entry.label for theme, entry in themes_of(data.here().pack.folder).items()}
    key = f"{_TOP}-themes-{chosen}"
    st.multiselect(
        say("It is for (leave empty when it is for none of these)"),
        list(labels),
        default=[theme for theme in grant.themes if theme in labels],
        format_func=lambda theme: visible(labels[theme]),
        key=key,
    )
    with st.container(horizontal=True):
        st.button(
            say("Keep this"),
            key=f"{_TOP}-keep",
            on_click=lambda: correct(chosen, st.session_state[key]),
        )
        if chosen in data.decided().corrections:
            st.button(
                say("Back to what its words say"),
                key=f"{_TOP}-back",
                on_click=forget,
                args=(chosen,),
            )


def _settled(grants: pd.DataFrame) -> None:
    corrections = data.decided().corrections
    if not corrections:
        show.sentences([say("No grant was set by hand yet.")])
        return
    show.section(count("{n} grant set by hand", "{n} grants set by hand", len(corrections)))
    titles = dict(zip(grants["identifier"], grants["title"], strict=True))
    themes = themes_of(data.here().pack.folder)
    show.table(
        pd.DataFrame(
            {
                say("Grant"): [titles.get(name, name) for name in corrections],
                say("Counted as"): [
                    ", ".join(themes[t].label if t in themes else t for t in named)
                    or say("none of the list")
                    for named in corrections.values()
                ],
                say("Identifier"): list(corrections),
            }
        ),
        key=f"{_TOP}-table",
        alt=say("Grants set by hand"),
    )
    st.download_button(
        say("Download these corrections"),
        grants_as_toml(corrections),
        f"{data.here().pack.name}-grants.toml",
        "application/toml",
        on_click="ignore",
    )
