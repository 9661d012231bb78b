"""Settings are read from the environment, and bad ones are refused in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from needsmap.errors import NeedsmapError
from needsmap.settings import PROJECT_FOLDER, SETTINGS, environment_for, load, use_small_pages


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load({})

    assert settings.place == "kindleford"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.release == "automatic"
    assert settings.smallest_base == 10
    assert settings.uploads


def test_the_database_lies_in_the_home_folder() -> None:
    settings = load({"NEEDSMAP_HOME": "/some/where"})

    assert settings.home == Path("/some/where")
    assert settings.database_url == "sqlite:////some/where/needsmap.sqlite"


def test_a_postgresql_address_is_taken_as_it_is() -> None:
    address = "postgresql+psycopg://forum@localhost/needs"

    assert load({"NEEDSMAP_DATABASE_URL": address}).database_url == address


def test_the_smallest_base_may_be_raised() -> None:
    assert load({"NEEDSMAP_SMALLEST_BASE": "20"}).smallest_base == 20


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NEEDSMAP_SMALLEST_BASE", "9"),
        ("NEEDSMAP_SMALLEST_BASE", "-1"),
        ("NEEDSMAP_SMALLEST_BASE", "ten"),
        ("NEEDSMAP_RELEASE", "sometimes"),
        ("NEEDSMAP_UPLOADS", "yes"),
    ],
)
def test_a_value_that_is_not_allowed_is_named_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(NeedsmapError, match=variable) as refusal:
        load({variable: value})

    assert refusal.value.fix


def test_every_setting_starts_with_the_same_word() -> None:
    assert all(setting.variable.startswith("NEEDSMAP_") for setting in SETTINGS.values())


def test_memory_is_asked_for_in_small_pages_unless_somebody_set_it_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NUMPY_MADVISE_HUGEPAGE", raising=False)
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "mimalloc")
    use_small_pages()
    environment = environment_for()
    assert environment["NUMPY_MADVISE_HUGEPAGE"] == "0"
    assert environment["ARROW_DEFAULT_MEMORY_POOL"] == "mimalloc"


def test_the_package_says_so_before_arrow_is_there() -> None:
    asked = "import needsmap, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    environment = environment_for()
    environment.pop("ARROW_DEFAULT_MEMORY_POOL", None)
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True,
        cwd=PROJECT_FOLDER,
    )  # fmt: skip
    assert told.stdout.strip() == "system"
