"""What docs/ says of settings and tables is what the code has."""

from __future__ import annotations

from pathlib import Path

from needsmap.settings import SETTINGS
from needsmap.store.schema import metadata


def test_every_setting_is_described_with_its_default_and_meaning(project: Path) -> None:
    text = (project / "docs" / "settings.md").read_text(encoding="utf-8")

    for setting in SETTINGS.values():
        [line] = [line for line in text.splitlines() if f"`{setting.variable}`" in line]
        assert setting.default in line
        assert setting.meaning in line


def test_every_table_of_the_store_is_described(project: Path) -> None:
    text = (project / "docs" / "store.md").read_text(encoding="utf-8")

    assert [table for table in metadata.tables if f"`{table}`" not in text] == []
