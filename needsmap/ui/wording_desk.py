"""The steward's desk for wording: which themes people's words name, as settled by hand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from needsmap import settings
from needsmap.briefs.catalogue import theme_label, themes_of
from needsmap.store import (
    ThemeCorrection,
    corrections_as_toml,
    forget_theme,
    open_store,
    theme_corrections,
)
from needsmap.ui import data, show, steward
from needsmap.ui.plain import visible
from needsmap.words import count, say


def desk() -> None:
    """Show what was settled while surveys were added, to download or to take back."""
    known = corrections()
    show.sentences(
        [
            say("Settled on the page Add a survey, step Themes. It is used for the next survey; "
                "surveys that are kept already stay as they are."),
        ]
    )  # fmt: skip
    if not known:
        show.sentences([say("No wording was set by hand yet.")])
        return
    show.section(count("{n} wording set by hand", "{n} wordings set by hand", len(known)))
    themes = themes_of(data.here().pack.folder)
    show.table(
        pd.DataFrame(
            {
                say("Words"): [one.wording for one in known],
                say("Counted as"): [
                    ", ".join(theme_label(themes, theme) for theme in one.themes)
                    or say("no theme of the list")
                    for one in known
                ],
                say("Language"): [one.language for one in known],
            }
        ),
        key="wording-table",
        alt=say("Wording set by hand"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("Take one back"), known, format_func=lambda one: visible(one.wording),
            key="wording-one",
        )  # fmt: skip
        st.button(say("Take back"), key="wording-back", on_click=forget, args=(chosen,))
    st.download_button(
        say("Download these corrections"),
        corrections_as_toml(known),
        f"{data.here().pack.name}-wording.toml",
        "application/toml",
        on_click="ignore",
    )


def corrections() -> list[ThemeCorrection]:
    """Return what stewards of the place settled.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    with open_store(settings.load().database_url) as store:
        return theme_corrections(store, data.here().pack.name)


def forget(one: ThemeCorrection) -> None:
    """Let a wording be matched by the theme list again.

    Raises
    ------
    Refused
        When the reader is not signed in as steward.
    """
    steward.require()
    with open_store(settings.load().database_url) as store:
        forget_theme(store, data.here().pack.name, one.wording, one.language, who="page")
