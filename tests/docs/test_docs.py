"""The documentation cannot go stale: what exists is described, what is described exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from needsmap.cli import needsmap as commands
from needsmap.settings import SETTINGS


def every_command(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield each command's full name and the command itself."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def problem_codes(project: Path) -> set[str]:
    """Return every code that is given to a problem anywhere in the project."""
    found = set()
    for file in (project / "needsmap").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            text = first.value if isinstance(first, ast.Constant) else None
            is_code = isinstance(text, str) and re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", text)
            if name in {"add", "Problem"} and is_code:
                found.add(str(text))
    return found


@pytest.fixture(scope="module")
def docs(project: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in (project / "docs").glob("*.md")}


def test_every_command_is_described_with_all_its_options(docs: dict[str, str]) -> None:
    page = docs["commands.md"]
    for name, command in every_command(commands):
        assert f"needsmap {name}" in page, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(option in page for option in parameter.opts), (name, parameter.opts)


def test_every_setting_is_described_with_its_default(docs: dict[str, str]) -> None:
    page = docs["settings.md"]
    for setting in SETTINGS.values():
        row = next((line for line in page.splitlines() if f"`{setting.variable}`" in line), "")
        assert row, setting.variable
        assert setting.default.rstrip("/") in row, setting.variable


def test_no_setting_is_described_that_does_not_exist(docs: dict[str, str]) -> None:
    known = {setting.variable for setting in SETTINGS.values()}
    for name, page in docs.items():
        for variable in re.findall(r"NEEDSMAP_[A-Z_]+", page):
            assert variable in known, f"{name}: {variable}"


def test_every_page_is_described(project: Path, docs: dict[str, str]) -> None:
    for page in (project / "pages").rglob("*.py"):
        assert f"pages/{page.parent.name}/{page.name}" in docs["screens.md"], page


def test_every_problem_code_is_described(project: Path, docs: dict[str, str]) -> None:
    codes = problem_codes(project)
    assert len(codes) > 20
    missing = sorted(code for code in codes if f"`{code}`" not in docs["problems.md"])
    assert missing == []


def test_every_link_in_the_documentation_leads_somewhere(project: Path) -> None:
    pages = [*project.glob("*.md"), *(project / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_both_commands_of_the_readme_exist(project: Path) -> None:
    readme = (project / "README.md").read_text(encoding="utf-8")
    setup = (project / "needsmap" / "setup.py").read_text(encoding="utf-8")
    for word in ("open", "test"):
        assert f"python3 -m needsmap.setup {word}" in readme
        assert f'add_parser("{word}"' in setup


def test_every_required_package_has_its_reason_and_a_range(project: Path) -> None:
    for file in (
        project / "requirements.txt",
        project / "requirements-closeness.txt",
        project / "tests" / "requirements.txt",
    ):
        for line in file.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith(("#", "-r")):
                continue
            assert re.match(r"[A-Za-z0-9_.\[\]-]+>=", line), line
            assert "  # " in line, line
            assert "://" not in line, line
