"""The invented places, made afresh once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from needsmap.places.invent.__main__ import invent


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with both places, made by the command with the seed they ship with."""
    folder = tmp_path_factory.mktemp("invented")
    result = CliRunner().invoke(invent, ["--seed", "2026", "--out", str(folder)])
    assert result.exit_code == 0, result.output
    assert {line.partition(":")[0] for line in result.output.splitlines()} == {
        "kindleford", "testham",
    }  # fmt: skip
    return folder
