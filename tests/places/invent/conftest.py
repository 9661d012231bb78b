"""The invented places, made afresh once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from needsmap.places.invent.kindleford import make_kindleford
from needsmap.places.invent.testham import make_testham


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with both places made with the seed they are shipped with."""
    folder = tmp_path_factory.mktemp("invented")
    make_kindleford(folder / "kindleford")
    make_testham(folder / "testham")
    return folder
