"""A store on each database: SQLite in a temporary file, and a real PostgreSQL server."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import psycopg
import psycopg.sql
import pytest

from needsmap.store import Store, open_store


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    """Start a PostgreSQL server of our own in a temporary folder; return its port."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not on this machine")
    folder = Path(tempfile.mkdtemp(prefix="needsmap-postgres-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root and there is no user 'postgres'")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    initdb = [*as_user, str(programs / "initdb"), "-D", str(data), "-U", "postgres"]
    subprocess.run(
        [*initdb, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder,
        "fsync": "off", "max_connections": 60,
    }  # fmt: skip
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [*as_user, str(programs / "postgres"), "-D", str(data), *given],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield port
    finally:
        # runuser hands the signal on to the server it started.
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            psycopg.connect(_address(port, "postgres"), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start")


def _address(port: int, database: str) -> str:
    return f"postgresql://postgres@127.0.0.1:{port}/{database}"


@pytest.fixture
def new_postgres(postgres_port: int) -> str:
    """Return the address of a new, empty PostgreSQL database."""
    return _new_database(postgres_port)


@pytest.fixture
def another_postgres(postgres_port: int) -> str:
    """Return the address of a second one."""
    return _new_database(postgres_port)


def _new_database(postgres_port: int) -> str:
    name = f"needsmap_{uuid.uuid4().hex}"
    server = _address(postgres_port, "postgres")
    create = psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(create)
    return _address(postgres_port, name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store: the same tests run on both databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'needsmap.sqlite'}"
    return request.getfixturevalue("new_postgres")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return an open, empty store."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def writers() -> ModuleType:
    """Return the module of writers.py, which also runs as a program."""
    place = Path(__file__).with_name("writers.py")
    spec = importlib.util.spec_from_file_location("writers", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def make_survey(writers: ModuleType) -> Callable:
    """Return the function that makes an invented survey."""
    return writers.make_survey
