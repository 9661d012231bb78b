"""The four steps in order, with the way back, and what stands in their place."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from needsmap import settings
from needsmap.errors import NeedsmapError
from needsmap.ui import data, show, upload, upload_checks, upload_columns, upload_file
from needsmap.ui.plain import plain
from needsmap.words import say

_SHOWN = (
    upload_file.step,
    upload_columns.step,
    upload_checks.themes_step,
    upload_checks.problems_step,
)


def run() -> None:
    """Show where the volunteer is: no file yet, one of the steps, or the receipt."""
    if not settings.load().uploads:
        show.empty(
            say(
                "Files are not taken on this page here. Whoever looks after this place can add "
                "one with the command: python -m needsmap survey import FILE --place PLACE"
            )
        )
        return
    now = upload.draft()
    if now is None:
        upload_file.choose_file(data.here().pack)
        now = upload.draft()
        if now is None:
            st.caption(plain(say("Nothing is stored until you press Keep, in the last step.")))
            return
    if now.keeping and now.receipt is None:
        now.keeping = False
        with st.spinner(say("Keeping the answers …")):
            upload.keep(now)
        st.rerun()
    if now.receipt is not None:
        upload_checks.receipt(now)
        return
    with suppress(NeedsmapError):  # step 1 says what is wrong with the file
        upload.inspection(now)
    _steps(now)
    _SHOWN[now.step - 1](now)
    _ways(now)


def _steps(now: upload.Draft) -> None:
    """Show the steps; each can be gone to, forwards only once the file could be read."""
    readable = now.read is not None
    with st.container(horizontal=True, gap="small", key="steps"):
        for number, name in enumerate(upload.STEPS, 1):
            st.button(
                f"{number} {say(name)}",
                key=f"step-{number}",
                type="primary" if number == now.step else "secondary",
                on_click=upload.go,
                args=(number,),
                disabled=number > 1 and not readable,
            )


def _ways(now: upload.Draft) -> None:
    """Offer the next step and the way out."""
    if now.read is None:
        return
    with st.container(horizontal=True, gap="small"):
        if now.step < len(upload.STEPS):
            following = say(upload.STEPS[now.step])
            st.button(
                say("Next: {step}", step=following),
                type="primary",
                on_click=upload.go,
                args=(now.step + 1,),
                key="next",
            )
        st.button(say("Put the file away"), on_click=upload.forget, key="away")
