"""Each module of the reading room can be imported alone, first of all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOM = Path(__file__).resolve().parents[2] / "needsmap" / "intake"
NAMES = sorted(
    ".".join(("needsmap.intake", *path.relative_to(ROOM).with_suffix("").parts))
    for path in ROOM.rglob("*.py")
    if path.name != "__init__.py"
)
# A fresh start without starting Python anew for each: every module of ours is forgotten.
_ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for known in [m for m in sys.modules if m.split(".")[0] == "needsmap"]:
        del sys.modules[known]
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(name, error)
"""


def test_every_module_is_imported_alone():
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, *NAMES],
        capture_output=True, text=True, cwd=ROOM.parents[1], check=False,
    )  # fmt: skip

    assert len(NAMES) > 30
    assert (done.returncode, done.stdout) == (0, ""), done.stderr[-500:]


@pytest.mark.parametrize("name", ["needsmap.intake.survey", "needsmap.intake.tools"])
def test_what_others_import_starts_python_alone(name):
    command = [sys.executable, "-c", f"import {name}"]
    done = subprocess.run(command, cwd=ROOM.parents[1], check=False)

    assert done.returncode == 0
