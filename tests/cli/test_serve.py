"""`needsmap serve`: the dashboard answers, ends with its command, and says a taken port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import needsmap

_COMMAND = [sys.executable, "-m", "needsmap", "serve"]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(port: int, project: Path, own_home: Path) -> Iterator[subprocess.Popen]:
    """Start the command without a display, on a free port."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [*_COMMAND, "--port", str(port), "--place", "testham"]
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    yield process
    process.kill()
    process.communicate()


def _health(port: int) -> dict:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
        return json.load(answer)


def _wait(port: int, served: subprocess.Popen) -> dict:
    for _ in range(300):
        assert served.poll() is None, served.communicate()[0]
        try:
            return _health(port)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("The dashboard did not answer within a minute.")


def test_it_answers_without_a_display_and_leaves_nothing_running(
    served: subprocess.Popen, port: int
) -> None:
    assert _wait(port, served) == {"status": "ok", "version": needsmap.__version__}
    assert served.stdout is not None
    assert f"http://127.0.0.1:{port}" in served.stdout.readline().decode()

    served.send_signal(signal.SIGTERM)
    served.wait(timeout=20)

    with pytest.raises(urllib.error.URLError):
        _health(port)


def test_a_port_that_is_taken_is_said_in_one_sentence(port: int, project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = subprocess.run(
            [*_COMMAND, "--port", str(port), "--place", "testham"],
            cwd=project, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"Port {port} is taken: perhaps Needs Map is open already.",
        f"Look at http://127.0.0.1:{port}, or choose another with --port.",
    ]
