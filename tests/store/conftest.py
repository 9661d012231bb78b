"""A store on each database: SQLite in a temporary file, and a real PostgreSQL server."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
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


class Server:
    """A PostgreSQL server of our own in a temporary folder."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="needsmap-postgres-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            try:
                owner = pwd.getpwnam("postgres")
            except KeyError:
                pytest.skip("PostgreSQL does not run as root and there is no user 'postgres'")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self._as_user = ["runuser", "-u", "postgres", "--"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._control = str(programs / "pg_ctl")
        initdb = [str(programs / "initdb"), "-D", self._data, "-U", "postgres"]
        self._run(*initdb, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        settings = {
            "port": self.port, "listen_addresses": "127.0.0.1", "fsync": "off",
            "unix_socket_directories": self.folder, "max_connections": 60,
        }  # fmt: skip
        given = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.folder / "log")
        self._run(self._control, "start", "-w", "-D", self._data, "-l", log, "-o", given)

    def stop(self) -> None:
        """Stop at once: who is connected is cut off."""
        self._run(self._control, "stop", "-w", "-m", "fast", "-D", self._data)

    def restart(self) -> None:
        self.stop()
        self.start()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, *command: str) -> None:
        # Its output would be held open by the server itself, so it is not waited for.
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*self._as_user, *command], check=True, cwd=self.folder, **quiet)


def _server() -> Server:
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are not on this machine")
    server = Server(programs)
    server.start()
    return server


@pytest.fixture(scope="session")
def postgres_port() -> Iterator[int]:
    """Start a PostgreSQL server for all tests; return its port."""
    server = _server()
    yield server.port
    server.remove()


@pytest.fixture
def own_postgres() -> Iterator[Server]:
    """Return a PostgreSQL server of this test's own, which it may stop."""
    server = _server()
    yield server
    server.remove()


@pytest.fixture
def own_postgres_url(own_postgres: Server) -> str:
    """Return the address of a new database on the test's own server."""
    return _new_database(own_postgres.port)


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
