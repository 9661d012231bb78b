"""The boundaries between the rooms hold."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

RENDERING = {"streamlit", "streamlit_folium"}


def imported(file: Path) -> set[str]:
    """Return the top-level names of all packages a file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_every_import_contract_is_kept(project: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_page_knows_only_the_screen_room(project: Path) -> None:
    for page in sorted((project / "pages").rglob("*.py")):
        tree = ast.parse(page.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("needsmap"):
                allowed = ("needsmap.ui", "needsmap.words")
                names = [f"{node.module}.{name.name}" for name in node.names]
                for name in names:
                    assert name.startswith(allowed), f"{page.name} imports {name}"
        assert imported(page) <= {"__future__", "needsmap", "streamlit"}, page


def test_no_page_lies_directly_in_pages(project: Path) -> None:
    assert list((project / "pages").glob("*.py")) == []


def test_a_page_is_a_table_of_contents_of_at_most_60_lines(project: Path) -> None:
    for page in sorted((project / "pages").rglob("*.py")):
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 60, page


@pytest.mark.parametrize("folder", ["needsmap", "pages"])
def test_a_file_holds_one_idea_in_at_most_300_lines(project: Path, folder: str) -> None:
    for file in sorted((project / folder).rglob("*.py")):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, file


def test_only_settings_reads_the_environment(project: Path) -> None:
    allowed = {"settings.py", "setup.py", "workbook_child.py"}
    for file in sorted((project / "needsmap").rglob("*.py")):
        if file.name in allowed:
            continue
        text = file.read_text(encoding="utf-8")
        assert "os.environ" not in text and "os.getenv" not in text, file


def test_no_module_has_a_name_that_says_nothing(project: Path) -> None:
    empty_names = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base"}
    for file in (project / "needsmap").rglob("*.py"):
        assert file.stem not in empty_names, file
