"""The four steps in order, with the way back, and what stands in their place."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from needsmap import settings
from needsmap.errors import NeedsmapError
from needsmap.ui import data, show, upload, upload_checks, upload_columns, upload_file, upload_keep
from needsmap.ui.plain import plain
from needsmap.words import say

_SHOWN = (
    upload_file.step,
    upload_columns.step,
    upload_checks.step,
    upload_keep.step,
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
        _no_file_yet()
        return
    if now.keeping and now.receipt is None:
        # A press on something else while the bar is shown begins this page anew: then the
        # answers, none of which is kept so far, are kept from the start.
        try:
            upload.keep(now)
        except Exception:
            now.keeping = False
            raise
        now.keeping = False
        st.rerun()
    if now.receipt is not None:
        upload_keep.receipt(now)
        return
    with suppress(NeedsmapError):  # step 1 says what is wrong with the file
        found = upload.inspection(now)
        if not now.met and found.recalled:
            now.step = len(upload.STEPS)  # a form we know needs no more than a look and a click
        now.met = True
    _bar(now)
    _SHOWN[now.step - 1](now)


def _no_file_yet() -> None:
    show.finding(
        [
            say(
                "Take the file your form gave you. You see what leaves it and how it is "
                "understood before anything is kept."
            )
        ]
    )
    upload_file.choose_file(data.here().pack)
    if upload.draft() is not None:
        st.rerun()
    st.caption(plain(say("Nothing is stored until you press Keep, in the last step.")))


def _bar(now: upload.Draft) -> None:
    """Show the steps, the next one and the way out, all above what a step shows.

    Standing at the top, a press leaves the reader at the top of the next step. Steps after
    the first open once the file could be read.
    """
    readable = now.read is not None
    with st.container(horizontal=True, gap="small", key="steps", vertical_alignment="center"):
        for number, name in enumerate(upload.STEPS, 1):
            st.button(
                f"{number} {say(name)}",
                key=f"step-{number}",
                type="primary" if number == now.step else "secondary",
                on_click=upload.go,
                args=(number,),
                disabled=number > 1 and not readable,
            )
        if not readable:
            return
        st.space("stretch")
        if now.step < len(upload.STEPS):
            st.button(
                say("Next: {step}", step=say(upload.STEPS[now.step])),
                type="primary",
                on_click=upload.go,
                args=(now.step + 1,),
                key="next",
            )
        st.button(say("Put the file away"), on_click=upload.forget, key="away")
