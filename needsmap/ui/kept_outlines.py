"""Outlines of a whole country, kept on the disk between starts of the server.

Making them takes 20 s of one core for 33,755 areas; reading them again a third of one.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import zlib
from collections.abc import Callable
from pathlib import Path

from needsmap.draw.outlines import FORM, Outlines
from needsmap.draw.packed import Packed, digest_of

_LOG = logging.getLogger(__name__)
FEWEST = 2000
"""Outlines of fewer areas are made anew: that takes less than a second."""


def kept_outlines(
    folder: Path, place: str, version: str, level: str, make: Callable[[], Outlines]
) -> Outlines:
    """Return the outlines of a level, from `folder` where they lie there, else made and kept.

    `version` is the pack's: other content has another. A file that is damaged, or a folder
    that cannot be written, only costs time.
    """
    stem = f"{place}-{version}-{level}-{FORM}"
    found = _read(folder / f"{stem}.gz", folder / f"{stem}.br")
    if found is not None:
        return found
    made = make()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, body in (
            (folder / f"{stem}.br", made.packed.brotlied),
            (folder / f"{stem}.gz", made.packed.gzipped),
        ):
            if body is not None:
                part = file.with_suffix(f"{file.suffix}.{os.getpid()}")
                part.write_bytes(body)
                part.replace(file)
    except OSError as fault:
        _LOG.warning("Outlines could not be kept: %s", fault)
    return made


def _read(gzipped: Path, brotlied: Path) -> Outlines | None:
    try:
        body = gzipped.read_bytes()
        plain = gzip.decompress(body)
        content = json.loads(plain)
        smaller = brotlied.read_bytes() if brotlied.is_file() else None
        codes, box = tuple(content["codes"]), tuple(content["box"])
    except (OSError, EOFError, ValueError, KeyError, zlib.error):
        return None
    packed = Packed(plain, body, smaller, "application/json", digest_of(plain))
    return Outlines(codes=codes, box=box, packed=packed)
