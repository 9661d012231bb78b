"""What must not be in the tree is not in it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

SOURCES = {".py", ".toml", ".md", ".css", ".js", ".html", ".txt", ".json", ".csv"}


@pytest.fixture(scope="module")
def files(project: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=project, capture_output=True, text=True, check=True
    )
    paths = [project / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.suffix in SOURCES and path.is_file()]


def test_nothing_is_fetched_from_another_host_at_run_time(files: list[Path]) -> None:
    hosts = re.compile(r"(cdn\.|unpkg\.com|jsdelivr|cdnjs|googleapis|gstatic|code\.jquery)")
    for file in files:
        if file.parts[-2:] == ("house", "test_contents.py") or file.suffix == ".md":
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not hosts.search(line), f"{file}:{number}"


def test_nothing_is_left_open_in_the_code(files: list[Path]) -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|assert True\b|pytest\.skip\(\)")
    for file in files:
        if file.suffix != ".py" or file.name == "test_contents.py":
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not left.search(line), f"{file}:{number}: {line}"


def test_the_project_speaks_of_itself_alone(files: list[Path]) -> None:
    foreign = re.compile(r"/work/|/tmp/|/root/|\bsubagent|\bCEO\b")
    for file in files:
        if file.name == "test_contents.py":
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not foreign.search(line), f"{file}:{number}: {line}"
