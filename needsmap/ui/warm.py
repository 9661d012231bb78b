"""Makes ready what the first visitor needs, while the server starts.

Modules, the usual place, its brief and its outlines are loaded in the background: the
first visitor after a start waited for all of that (4 s of one core, 11 s on a busy
machine). Whoever comes earlier simply waits for the same work.
"""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

import needsmap.ui
from needsmap.draw import assets
from needsmap.ui import theme_once

_LOG = logging.getLogger(__name__)
_ABOUT_NO_VIEWER = (
    "streamlit.runtime.scriptrunner_utils.script_run_context",
    "streamlit.runtime.state.session_state_proxy",
)
"""Loggers that would say, rightly, that no viewer asked for this work."""


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Start the work when the server starts; the server does not wait for it."""
    theme_once.install()
    threading.Thread(target=make_ready, name="make ready", daemon=True).start()
    yield


def make_ready() -> None:
    """Load modules, files, the usual place and its first picture. Never raises.

    A fault here is only noted: the page itself says it in words to whoever meets it.
    """
    levels = {name: logging.getLogger(name).level for name in _ABOUT_NO_VIEWER}
    for name in levels:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        for module in pkgutil.iter_modules(needsmap.ui.__path__):
            if module.name != "home":  # the frame is a script: it is run, not loaded
                importlib.import_module(f"needsmap.ui.{module.name}")
        _first_picture()
        for name in assets.names():
            assets.find(name)
        _look_for_garbage_less()
    except Exception as fault:
        _LOG.warning("The first page could not be made ready: %s", fault)
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _look_for_garbage_less() -> None:
    """Leave what lives as long as the server out of every look for garbage.

    Python looks after each 700 things made, and from time to time through all there is:
    modules, the place, its brief. With a hundred viewers that was a seventh of the work.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def _first_picture() -> None:
    from needsmap.ui import data, map_view

    here = data.here()
    map_view.publish_grounds(here.pack, here.overview.layer.level)
    if here.overview.near is not None:
        map_view.publish_grounds(here.pack, here.overview.near.level)
