"""The two commands of the README: set everything up, then open the dashboard or test it.

Only the standard library is used here, because nothing else is installed yet.

    python3 -m needsmap.setup open
    python3 -m needsmap.setup test
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
OLDEST_PYTHON = (3, 11)


class SetupError(Exception):
    """Setting up cannot go on; the text says why and what to do."""


def environment_python() -> Path:
    """Return the path of Python inside the project's own environment."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return ENVIRONMENT / folder / name


def make_environment() -> None:
    """Make the project's environment with pip in it, unless it is there already.

    Raises
    ------
    SetupError
        When Python is too old, or its `venv` part is missing and cannot be installed.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            f"This is Python {sys.version_info.major}.{sys.version_info.minor}. "
            "Needs Map needs Python 3.11 or newer: install it, then run this again."
        )
    if environment_python().exists() and _has_pip():
        return
    print("Making an environment in .venv …", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, ImportError, OSError):
        _environment_without_ensurepip()
    if not _has_pip():
        raise SetupError(
            "Python's 'venv' part is missing. On Debian or Ubuntu run "
            "'sudo apt-get install python3-venv', then run this again."
        )


def _has_pip() -> bool:
    command = [str(environment_python()), "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _environment_without_ensurepip() -> None:
    # Debian ships Python without ensurepip; as root we can add it ourselves.
    if _apt_install("python3-venv", f"python3.{sys.version_info.minor}-venv"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=False)


def install(requirements: Path) -> None:
    """Install a requirements file into the environment, once for each version of it.

    Raises
    ------
    SetupError
        When pip fails, for instance without a network.
    """
    files = [PROJECT / "requirements.txt", requirements]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    stamp = ENVIRONMENT / f"installed-{requirements.parent.name}-{digest[:16]}"
    if stamp.exists():
        return
    print(f"Installing what {requirements.relative_to(PROJECT)} lists …", flush=True)
    command = [str(environment_python()), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "-r", str(requirements)]
    if subprocess.run(command, check=False, cwd=PROJECT).returncode:
        raise SetupError(
            "Some packages could not be installed. Check the network connection, "
            "then run this again: what is there already is kept."
        )
    stamp.touch()


def install_browser() -> None:
    """Have a Chromium: one that is here, Debian's, or the one Playwright brings.

    Raises
    ------
    SetupError
        When none of the three can be had.
    """
    if shutil.which("chromium") or _apt_install("chromium"):
        return
    command = [str(environment_python()), "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode:
        raise SetupError(
            "No Chromium could be installed. Install Chromium yourself so that the command "
            "'chromium' starts it, then run this again."
        )


def install_postgresql() -> None:
    """Have PostgreSQL's programs where Debian has them; tests of it skip where absent."""
    if not shutil.which("initdb") and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        _apt_install("postgresql")


def _apt_install(*packages: str) -> bool:
    apt = shutil.which("apt-get")
    if apt is None or (hasattr(os, "geteuid") and os.geteuid() != 0):
        return False
    print(f"Installing {', '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def call(*arguments: str) -> bool:
        command = [apt, *arguments]
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        return done.returncode == 0

    call("update", "-qq")
    return any(call("install", "-y", "-qq", package) for package in packages)


def add_sample_surveys(place: str) -> None:
    """Bring in the surveys shipped with a place, when nobody has answered there yet."""
    python = str(environment_python())
    listed = subprocess.run(
        [python, "-m", "needsmap", "survey", "list", "--place", place, "--json"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode or json.loads(listed.stdout).get("surveys"):
        return
    folder = PROJECT / "data" / "places" / place
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for survey in package.get("needsmap", {}).get("surveys", []):
        print(f"Adding the sample survey '{survey['title']}' …", flush=True)
        command = [python, "-m", "needsmap", "survey", "import", str(folder / survey["path"])]
        command += ["--place", place, "--title", survey["title"], "--asked", survey["asked"]]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SetupError(f"The sample survey could not be added. {done.stderr.strip()}")


def open_dashboard(place: str, port: int | None) -> int:
    """Set up, add the sample survey and open the dashboard. Returns its exit code."""
    make_environment()
    install(PROJECT / "requirements.txt")
    if (PROJECT / "data" / "places" / place).is_dir():
        add_sample_surveys(place)
    command = [str(environment_python()), "-m", "needsmap", "serve", "--place", place]
    if port is not None:
        command += ["--port", str(port)]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def run_tests(arguments: list[str]) -> int:
    """Set up for tests and run all of them. Returns the first exit code that is not 0."""
    make_environment()
    install(PROJECT / "tests" / "requirements.txt")
    install_browser()
    install_postgresql()
    pytest = [str(environment_python()), "-m", "pytest"]
    if arguments:
        return subprocess.run([*pytest, *arguments], cwd=PROJECT, check=False).returncode
    # The browser's after the others, a file at a time: two browsers and two apps are enough.
    for part in (["-m", "not browser"], ["-m", "browser", "--dist", "loadfile"]):
        code = subprocess.run([*pytest, *part, "-n", "2"], cwd=PROJECT, check=False).returncode
        if code:
            return code
    return 0


def main() -> None:
    """Read the command line, do it, and say in words what went wrong."""
    parser = argparse.ArgumentParser(prog="python3 -m needsmap.setup", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    opening = commands.add_parser("open", help="open the dashboard on Kindleford")
    opening.add_argument("--place", default="kindleford")
    opening.add_argument("--port", type=int)
    testing = commands.add_parser("test", help="run all tests")
    testing.add_argument("arguments", nargs="*", help="passed on to pytest")
    given = parser.parse_args()
    try:
        if given.command == "open":
            sys.exit(open_dashboard(given.place, given.port))
        sys.exit(run_tests(given.arguments))
    except SetupError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
