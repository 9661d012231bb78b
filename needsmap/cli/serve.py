"""`needsmap serve`: open the dashboard on this machine."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import click

from needsmap import settings
from needsmap.errors import NeedsmapError
from needsmap.places.finding import find_pack
from needsmap.words import say

_HERE = "127.0.0.1"


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--place", default="", help="A pack's name or folder; else the one set.")
def command(port: int, place: str) -> None:
    """Open the dashboard in the browser; only this machine can reach it."""
    chosen = settings.load()
    # A place nobody knows is said here, in words, not by a page that will not open.
    find_pack(place or chosen.place, chosen)
    _check_free(port)
    dashboard = settings.PROJECT_FOLDER / "dashboard.py"
    program = [sys.executable, "-m", "streamlit", "run", str(dashboard)]
    program += ["--server.address", _HERE, "--server.port", str(port)]
    if not settings.has_screen():
        # Without a screen Streamlit would look for a browser, and might start one of text.
        program += ["--server.headless", "true"]
    environment = settings.environment_for(place=place)
    address = f"http://{_HERE}:{port}"
    # A browser that does not open by itself, or was closed, needs to know where to go.
    click.echo(say("Needs Map opens at {address} · Ctrl+C ends it.", address=address))
    server = subprocess.Popen(program, cwd=settings.PROJECT_FOLDER, env=environment)
    # Who ends this command ends the server too: nothing stays behind and holds the port.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        sys.exit(server.wait())
    except KeyboardInterrupt:
        # Ctrl+C went to the server as well; it puts its things away first.
        server.wait()
        sys.exit(0)


def _check_free(port: int) -> None:
    with socket.socket() as trial:
        # As servers do: a port is not taken because somebody left it a moment ago.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((_HERE, port))
        except PermissionError as error:
            raise NeedsmapError(
                say("Port {port} may not be used by this account.", port=port),
                say("Choose another with --port, for example --port 8501."),
            ) from error
        except OSError as error:
            raise NeedsmapError(
                say("Port {port} is taken: perhaps Needs Map is open already.", port=port),
                say("Look at http://{here}:{port}, or choose another with --port.",
                    here=_HERE, port=port),
            ) from error  # fmt: skip
