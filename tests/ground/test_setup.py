"""Setting up says in words what it cannot do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from needsmap import setup


def test_an_old_python_is_named_and_the_needed_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        setup.sys, "version_info", type("v", (tuple,), {"major": 3, "minor": 9})((3, 9))
    )

    with pytest.raises(setup.SetupError, match=r"Python 3\.9.*3\.11 or newer"):
        setup.make_environment()


def test_a_failed_installation_is_said_and_leaves_no_stamp(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    wanted = project / "requirements.txt"
    wanted.write_text("a-package @ file:///does/not/exist\n", encoding="utf-8")
    environment = tmp_path / "environment"
    environment.mkdir()
    monkeypatch.setattr(setup, "PROJECT", project)
    monkeypatch.setattr(setup, "ENVIRONMENT", environment)
    monkeypatch.setattr(setup, "environment_python", lambda: Path(sys.executable))

    with pytest.raises(setup.SetupError, match="could not be installed"):
        setup.install(wanted)
    assert list(environment.iterdir()) == []


def test_a_wrong_word_is_refused_with_the_usage(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "needsmap.setup", "dance"],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "usage" in done.stderr
