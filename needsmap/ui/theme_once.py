"""The theme, worked out once instead of at every run of every viewer.

Streamlit tells the browser the whole theme at the start of each run, and reads it anew from
some six hundred options each time, six times over: an eighth of a run's work here. The theme
does not change while the app runs (`fileWatcherType = "none"`). Streamlit has no setting for
this, so one private function is wrapped; where a later Streamlit has no such function,
nothing is done and only time is lost. A test holds what is sent to what Streamlit sends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_NAME = "_populate_theme_msg"


def install() -> bool:
    """Wrap Streamlit's function; return whether it is wrapped. Doing it twice does no harm."""
    own = getattr(app_session, _NAME, None)
    if own is None:
        return False
    if not hasattr(own, "streamlits"):
        setattr(app_session, _NAME, remembered(own))
    return True


def remembered(fill: Callable[..., None]) -> Callable[..., None]:
    """Return a function that does what `fill(message, section)` does, worked out once a section."""

    @cache
    def filled(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        fill(message, section)
        return message

    def copy_theme(message: Any, section: str = "theme") -> None:
        theme = filled(section)
        if theme.ByteSize():  # an empty section stays unset, as Streamlit leaves it
            message.MergeFrom(theme)

    copy_theme.streamlits = fill  # type: ignore[attr-defined]
    return copy_theme
