"""Starts an app and a real Chromium; every request that leaves this machine is refused."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")

PROJECT = Path(__file__).resolve().parents[2]
HARNESS = Path(__file__).parent / "apps" / "map_front.py"
CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_LOCAL = {"127.0.0.1", "localhost", "::1"}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Give a function that starts an app script and returns its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(script: Path, **extra: str) -> str:
        home = tmp_path_factory.mktemp("home")
        base = extra.pop("base", "")
        port = free_port()
        environment = {
            **os.environ, "NEEDSMAP_HOME": str(home), "PYTHONPATH": str(PROJECT), **extra,
        }  # fmt: skip
        command = [
            sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true",
            f"--server.port={port}", f"--server.baseUrlPath={base}",
        ]  # fmt: skip
        with (home / "log.txt").open("wb") as log:
            running.append(
                subprocess.Popen(
                    command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT
                )
            )
        address = f"http://127.0.0.1:{port}/{base}{'/' if base else ''}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(address + "health", timeout=2):
                    return address
            except OSError:
                if running[-1].poll() is not None:
                    break
                time.sleep(0.25)
        pytest.fail("The app did not start:\n" + (home / "log.txt").read_text()[-3000:])

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def app_address(start_app: Callable[..., str]) -> str:
    """Return the address of the real app, on a new and empty store."""
    return start_app(PROJECT / "dashboard.py")


@pytest.fixture(scope="session")
def two_waves(start_app: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the real app on Kindleford with both its surveys kept."""
    home = tmp_path_factory.mktemp("waves")
    for name, title, asked in (
        ("autumn_2025", "Autumn 2025", "2025-10-06"), ("spring_2026", "Spring 2026", "2026-03-02"),
    ):  # fmt: skip
        survey = PROJECT / f"data/places/kindleford/surveys/kindleford_{name}.csv"
        subprocess.run(
            [sys.executable, "-m", "needsmap", "survey", "import", str(survey), "--place",
             "kindleford", "--title", title, "--asked", asked],
            cwd=PROJECT, env={**os.environ, "NEEDSMAP_HOME": str(home)}, check=True,
            capture_output=True,
        )  # fmt: skip
    return start_app(PROJECT / "dashboard.py", NEEDSMAP_HOME=str(home))


@pytest.fixture(scope="session")
def harness_address(start_app: Callable[..., str]) -> str:
    """Return the address of the tiny app around one map."""
    return start_app(HARNESS, MAP_APP_AREAS="139")


@pytest.fixture(scope="session")
def chromium() -> Iterator[playwright_api.Browser]:
    """Give one Chromium for all tests: Debian's where it is installed, else Playwright's."""
    with playwright_api.sync_playwright() as playwright:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page and what went wrong in it."""

    page: playwright_api.Page
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def map_shown(self) -> playwright_api.Page:
        """Return the page once the map has drawn a layer in it."""
        try:
            self.page.wait_for_selector(".needs-map[data-shown]", timeout=60_000)
        except playwright_api.TimeoutError:
            pytest.fail(f"no map was drawn; errors: {self.errors + self.failed}")
        return self.page


@pytest.fixture
def visit(chromium: playwright_api.Browser) -> Iterator[Callable[..., Watched]]:
    """Give a function that opens an address in a browser context of its own."""
    contexts: list[playwright_api.BrowserContext] = []

    def open_page(address: str, *, width: int = 1280, height: int = 900) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        watched = Watched(context.new_page())

        def guard(route: playwright_api.Route) -> None:
            if urlsplit(route.request.url).hostname in _LOCAL:
                route.continue_()
            else:
                watched.refused.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        page = watched.page
        page.on("requestfailed", lambda request: watched.failed.append(request.url))
        page.on(
            "console",
            lambda message: (
                watched.errors.append(message.text) if message.type == "error" else None
            ),
        )
        page.on("pageerror", lambda fault: watched.errors.append(str(fault)))
        page.on("dialog", lambda d: (watched.dialogs.append(d.message), d.dismiss()))
        page.goto(address)
        return watched

    yield open_page
    for context in contexts:
        context.close()
