"""What a backup file is: a ZIP with two parts that says when anything in it was changed.

`manifest.json` says when it was made, of which shape the store was, how many rows it had,
and the SHA-256 of the other part, `store.sqlite`: an SQLite database, whatever the store
itself is kept in. The last 64 bytes of the file, where a ZIP has its comment, are the
SHA-256 (hex) of all bytes before them, so that no change of a single byte goes unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

from needsmap.errors import NeedsmapError, UnreadableFile
from needsmap.store.upgrade import REVISIONS
from needsmap.words import say

FORMAT = 1
"""Of the backup file itself; raised when its parts change their meaning."""

_STORE, _MANIFEST = "store.sqlite", "manifest.json"
_SEAL = 64
_PIECE = 1 << 20
_LARGEST_MANIFEST = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    format : of the file. made_at : UTC. schema : shape of the store. sha256, size : of the
    database in it. rows : table → rows. surveys, answers : kept ones, of all places.
    audit_digest : seal of the last entry of the record, "" without any; it shows entries
    that were cut off at the end.
    """

    format: int
    made_at: str
    schema: str
    sha256: str
    size: int
    rows: dict[str, int]
    surveys: int
    answers: int
    audit_digest: str


def write_file(made: Path, copy: Path, manifest: Manifest) -> None:
    """Write a backup file `made` from a database file `copy` and its manifest, and seal it."""
    # The answers in the database are compressed already; the rest is small.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as box:
        text = json.dumps(asdict(manifest), indent=2, sort_keys=True)
        box.writestr(_MANIFEST, text)
        box.write(copy, _STORE)
        box.comment = b"0" * _SEAL
    seal = digest_of(made, without_last=_SEAL).encode()
    with made.open("r+b") as opened:
        opened.seek(-_SEAL, os.SEEK_END)
        opened.write(seal)
        opened.flush()
        os.fsync(opened.fileno())


def digest_of(file: Path, *, without_last: int = 0) -> str:
    """Return the SHA-256 (hex) of a file, of all but its last bytes when so asked."""
    left = max(file.stat().st_size - without_last, 0)
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while left and (piece := opened.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def read_manifest(file: Path) -> Manifest:
    """Check a backup file's seal and return what it says of itself.

    Raises
    ------
    UnreadableFile
        When it is not a backup, was altered or cut short, or is of a newer version.
    """
    try:
        if not zipfile.is_zipfile(file):
            raise UnreadableFile(
                say("'{file}' is not a backup of Needs Map, or not a whole one.", file=file),
                say("Choose a file that 'python -m needsmap backup' made."),
            )
        with zipfile.ZipFile(file) as box:
            if sorted(box.namelist()) != [_MANIFEST, _STORE]:
                raise UnreadableFile(
                    say("'{file}' is not a backup of Needs Map.", file=file),
                    say("Choose a file that 'python -m needsmap backup' made."),
                )
            if box.comment != digest_of(file, without_last=_SEAL).encode():
                raise altered(file)
            with box.open(_MANIFEST) as opened:
                given = json.loads(opened.read(_LARGEST_MANIFEST))
        if given["format"] != FORMAT or given["schema"] not in REVISIONS:
            raise UnreadableFile(
                say("The backup '{file}' was made by a newer version of Needs Map.", file=file),
                say("Update Needs Map, then restore it."),
            )
        return Manifest(**given)
    except OSError as error:
        raise UnreadableFile(
            say("'{file}' cannot be read.", file=file), say("Check its name and your rights.")
        ) from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise altered(file) from error


def take_out(file: Path, manifest: Manifest, copy: Path) -> None:
    """Write the database that lies in a backup file to `copy`.

    Raises
    ------
    UnreadableFile
        When that part is damaged.
    NeedsmapError
        When there is no room for it.
    """
    try:
        with zipfile.ZipFile(file) as box, box.open(_STORE) as source, copy.open("wb") as target:
            # Never more than was promised, whatever the file unpacks to.
            left = manifest.size
            while left and (piece := source.read(min(left, _PIECE))):
                target.write(piece)
                left -= len(piece)
    except zipfile.BadZipFile as error:
        raise altered(file) from error
    except OSError as error:
        raise NeedsmapError(
            say("The backup '{file}' could not be unpacked.", file=file),
            say("Make room in the folder for temporary files, then try again."),
        ) from error


def altered(file: Path) -> UnreadableFile:
    """Return the refusal of a backup that is not what was written."""
    return UnreadableFile(
        say("The backup '{file}' was altered or cut short, so it is not used.", file=file),
        say("Take another copy of it, or an earlier backup."),
    )
