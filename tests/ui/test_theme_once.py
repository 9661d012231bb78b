"""The theme sent is Streamlit's own: its function is the source of what is expected."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from needsmap.settings import PROJECT_FOLDER
from needsmap.ui import theme_once

SECTIONS = ["theme", *(f"theme.{part.value}" for part in config.CustomThemeCategories)]


@pytest.fixture
def own():
    """Return Streamlit's function as it is without us."""
    fill = app_session._populate_theme_msg
    return getattr(fill, "streamlits", fill)


@pytest.fixture(autouse=True)
def our_theme(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(PROJECT_FOLDER)
    config.get_config_options(force_reparse=True)


def sent(fill) -> NewSession:
    """Fill all sections as a run does."""
    message = NewSession()
    for section in SECTIONS:
        part = message.custom_theme
        for step in section.split(".")[1:]:
            part = getattr(part, step)
        fill(part, section)
    return message


def test_what_is_sent_is_what_streamlit_sends_the_first_time_and_every_time(own):
    ours = theme_once.remembered(own)

    first, second, expected = sent(ours), sent(ours), sent(own)

    assert expected.custom_theme.primary_color  # there is a theme to compare
    assert first == second == expected


def test_streamlit_still_has_the_function_and_it_is_wrapped_once(monkeypatch):
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)

    assert theme_once.install()
    wrapped = app_session._populate_theme_msg
    assert theme_once.install()

    assert app_session._populate_theme_msg is wrapped
