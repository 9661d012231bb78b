"""Word lists are read as Python's own TOML reader reads them, or refused as it refuses them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from needsmap.intake import word_files
from needsmap.intake.word_files import read_words
from needsmap.settings import DATA_FOLDER

LISTS = sorted(
    path
    for folder in ("forms", "intake", "themes", "offers", "recipes", "method")
    for path in (DATA_FOLDER / folder).glob("*.toml")
)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_our_files_are_read_as_python_reads_them(path: Path) -> None:
    text = path.read_text("utf-8")
    assert read_words(text) == tomllib.loads(text)


@pytest.mark.parametrize("folder", ["forms", "intake", "themes"])
def test_lists_needed_for_every_file_never_ask_python(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_files.tomllib, "loads", lambda _: pytest.fail("not a plain list"))
    assert all(read_words(path.read_text("utf-8")) for path in LISTS if path.parent.name == folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a note",
        "a = 1\nb = 'x' # note\n",
        'a = ["x", "y",]\n[t]\na = []\n[t.u]\nb = [["x"], []]\n',
        'a = "\\n\\t\\"\\\\"\nb = \'\\n\'\n',
        "[[q]]\na = 1\n[[q]]\na = 2\n[other]\na = 3\n",
        "[a.b]\nc = 1\n[a]\nd = 2\n",
        '[[q]]\na = 1\n[q.r]\nb = "belongs to the last q"\n',
        'a = """x\ny"""\n',
        'a.b = "x"\n"c d" = 1\n',
        'a = [\n  "x", # note\n  "y",\n]\n',
        'a = "\\u00e9"\nb = -1\nc = 1.5\nd = true\ne = 2025-01-01\nf = 1_000\ng = {x = 1}\n',
        "a = 0\r\nb = 1\r\n",
        "a = [1, 2]\nb = ['x', 1]\n",
        "   a   =   'x'   \n\t[t]\t\n",
    ],
)
def test_what_is_toml_is_read_alike(text: str) -> None:
    assert read_words(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a = ",
        "a = x",
        "a = 'x' b = 'y'",
        "a = 1\na = 2",
        "[t]\n[t]",
        "a = 1\n[a]",
        "a = 1\n[a.b]",
        "[[q]]\n[q]",
        "a = []\n[[a]]",
        "[a]\n[[a]]",
        'a = ["x" "y"]',
        'a = ["x",,"y"]',
        'a = ["x"',
        "a = 'x\x00'",
        "a = 'x\ny'",
        'a = "\\q"',
        "a = 01",
        "# \x07",
        "[t\n]",
        "a\n= 1",
    ],
)
def test_what_is_no_toml_is_refused_alike(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as python:
        tomllib.loads(text)
    with pytest.raises(tomllib.TOMLDecodeError) as ours:
        read_words(text)
    assert str(ours.value) == str(python.value)
