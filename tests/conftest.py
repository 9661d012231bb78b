"""Fixtures every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parent.parent

# How long an example takes depends on what else the machine does: no test fails by the clock.
settings.register_profile("by the answer alone", deadline=None)
settings.load_profile("by the answer alone")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so no test sees or changes a real database."""
    home = tmp_path / "home"
    for name in (
        "DATABASE_URL",
        "PLACE",
        "PLACES",
        "RELEASE",
        "SMALLEST_BASE",
        "TILES",
        "UPLOADS",
        "CLOSENESS",
        "STEWARD",
    ):
        monkeypatch.delenv(f"NEEDSMAP_{name}", raising=False)
    monkeypatch.setenv("NEEDSMAP_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def shelf() -> Path:
    """Return the folder of real data beside the checkout; skip where it is absent."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data that is not part of the project is not on this machine")
    return folder


@pytest.fixture(scope="session")
def places(project: Path) -> Path:
    """Return the folder of the packs shipped with the project."""
    return project / "data" / "places"
