"""The app as the page tests open it: through the front door, on Testham or Kindleford."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.intake.choices import Choices
from needsmap.intake.survey import inspect, prepare
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.store import keep_survey, open_store
from needsmap.ui import data

SCRIPTS = {
    "map": "pages/look/map.py",
    "area": "pages/look/area.py",
    "compare": "pages/look/compare.py",
    "change": "pages/look/change.py",
    "services": "pages/look/services.py",
    "add-a-survey": "pages/listen/add_survey.py",
    "priorities": "pages/listen/priorities.py",
    "who-we-heard": "pages/listen/who_we_heard.py",
    "strengths": "pages/listen/strengths.py",
    "quotes": "pages/listen/quotes.py",
    "money": "pages/decide/money.py",
    "meeting": "pages/decide/meeting.py",
    "manage": "pages/about/manage.py",
    "method": "pages/about/method.py",
    "sources": "pages/about/sources.py",
}


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Forget which place and release earlier tests were at.

    What is kept by place and release may stay: the same ones are the same.
    """
    data._version.clear()
    data._places.clear()
    data._PLACES.clear()


@pytest.fixture(scope="session")
def answered_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home folder whose database holds both of Kindleford's sample surveys."""
    home = tmp_path_factory.mktemp("answered")
    chosen = settings.load({"NEEDSMAP_HOME": str(home)})
    pack = open_pack(find_pack("kindleford", chosen))
    for sample in reversed(pack.sample_surveys):
        keep_file(chosen, pack, sample.path.read_bytes(), sample.title, sample.asked)
    return home


def keep_file(
    chosen: settings.Settings, pack: Pack, content: bytes, title: str, asked: date | None
) -> None:
    """Keep a file’s answers; they become public when there are enough of them."""
    choices = Choices(title=title, asked=asked)
    ready = prepare(inspect(content, f"{title}.csv", pack=pack, choices=choices))
    with open_store(chosen.database_url) as store:
        keep_survey(store, pack.name, ready.survey)


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
