"""`needsmap serve`: open the dashboard on this machine."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from needsmap import settings
from needsmap.places.finding import find_pack


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--place", default="", help="A pack's name or folder; else the one set.")
def command(port: int, place: str) -> None:
    """Open the dashboard in the browser; only this machine can reach it."""
    chosen = settings.load()
    # A place nobody knows is said here, in words, not by a page that will not open.
    find_pack(place or chosen.place, chosen)
    environment = dict(os.environ)
    if place:
        environment[settings.SETTINGS["place"].variable] = place
    dashboard = settings.PROJECT_FOLDER / "dashboard.py"
    program = [sys.executable, "-m", "streamlit", "run", str(dashboard)]
    bound = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    try:
        done = subprocess.run(
            [*program, *bound], cwd=settings.PROJECT_FOLDER, env=environment, check=False
        )
    except KeyboardInterrupt:
        sys.exit(0)
    sys.exit(done.returncode)
