"""The app as the page tests open it: through the front door, on Testham or Kindleford."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.intake.choices import Choices
from needsmap.intake.survey import inspect, prepare
from needsmap.places.finding import find_pack
from needsmap.places.pack import open_pack
from needsmap.store import keep_survey, open_store

SCRIPTS = {
    "map": "pages/look/map.py",
    "area": "pages/look/area.py",
    "add-a-survey": "pages/listen/add_survey.py",
    "priorities": "pages/listen/priorities.py",
    "who-we-heard": "pages/listen/who_we_heard.py",
    "method": "pages/about/method.py",
    "sources": "pages/about/sources.py",
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Forget what earlier tests kept in Streamlit's shared caches."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def answered_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder whose database holds Kindleford's first sample survey."""
    home = tmp_path_factory.mktemp("answered")
    chosen = settings.load({"NEEDSMAP_HOME": str(home)})
    pack = open_pack(find_pack("kindleford", chosen))
    sample = pack.sample_surveys[0]
    ready = prepare(
        inspect(
            sample.path,
            sample.path.name,
            pack=pack,
            choices=Choices(title=sample.title, asked=sample.asked),
        )
    )
    with open_store(chosen.database_url) as store:
        keep_survey(store, pack.name, ready.survey)
    return home


@pytest.fixture
def with_answers(answered_home: Path, own_home: Path) -> None:
    """Start the test with Kindleford answered."""
    shutil.copytree(answered_home, own_home, dirs_exist_ok=True)


@pytest.fixture
def visit(project: Path) -> Callable[..., AppTest]:
    """Return a function that opens a page by its address with link parameters."""

    def open_page(address: str = "map", **query: str) -> AppTest:
        app = AppTest.from_file(str(project / "dashboard.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if address != "map":
            app.switch_page(str(project / SCRIPTS[address]))
            for name, value in query.items():
                app.query_params[name] = value
            app.run()
        return app

    return open_page
