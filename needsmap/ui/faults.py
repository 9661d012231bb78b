"""What a reader sees when something cannot be done: a calm sentence, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from needsmap.errors import NeedsmapError
from needsmap.ui.plain import plain
from needsmap.words import say

_log = logging.getLogger("needsmap.ui")


@contextmanager
def calmly() -> Iterator[None]:
    """Run a part of a page; when it fails, say so in words and go on with the rest.

    A `NeedsmapError` is shown as its sentence and what to do. Anything else is logged in
    full and shown as one sentence without details: details may hold somebody's data.
    Streamlit's own signals (rerun, stop) are not errors and pass through.
    """
    try:
        yield
    except NeedsmapError as error:
        show_error(error)
    except Exception:
        _log.exception("A page could not be shown.")
        st.error(
            say(
                "Something went wrong on our side, so this part cannot be shown. Nothing you "
                "kept was lost. Load the page again; if it happens again, tell whoever looks "
                "after this place. The details are in the log."
            )
        )


def show_error(error: NeedsmapError) -> None:
    """Show what is wrong as one sentence and, under it, what to do."""
    st.error("  \n".join(plain(part) for part in (error.what, error.fix) if part))
