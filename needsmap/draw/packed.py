"""Bytes made ready to be sent many times: compressed once, named by their content."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from threading import Lock

try:
    import brotli
except ModuleNotFoundError:  # an extra: gzip serves every browser
    brotli = None

FOR_EVER = "public, max-age=31536000, immutable"
"""How long a browser may keep a file whose name is its content."""

_LARGE = 1_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,120}\.json")


@dataclass(frozen=True)
class Packed:
    """A file as it is sent: plain, by gzip and (where installed) by brotli.

    `digest` is 12 hex digits of the SHA-256 of the plain bytes: same content, same digest.
    """

    plain: bytes
    gzipped: bytes
    brotlied: bytes | None
    media_type: str
    digest: str

    def best_for(self, accepted: set[str]) -> tuple[str, bytes]:
        """Return (content encoding or "", bytes), the smallest of those accepted."""
        if self.brotlied is not None and "br" in accepted:
            return "br", self.brotlied
        if "gzip" in accepted and len(self.gzipped) < len(self.plain):
            return "gzip", self.gzipped
        return "", self.plain


def pack(plain: bytes, media_type: str) -> Packed:
    """Compress bytes once for all who will ask. Deterministic: no time stamp inside."""
    # Above a megabyte brotli's last two steps cost ten seconds for three per cent.
    effort = 11 if len(plain) < _LARGE else 9
    return Packed(
        plain=plain,
        gzipped=gzip.compress(plain, 9, mtime=0),
        brotlied=None if brotli is None else brotli.compress(plain, quality=effort),
        media_type=media_type,
        digest=digest_of(plain),
    )


def pack_quickly(plain: bytes, media_type: str, *, effort: int = 5) -> Packed:
    """Compress bytes while somebody waits: a twentieth of the work for a tenth more bytes.

    `effort` is brotli's quality: 9 gives four per cent less than 5 for four times the work.
    """
    return Packed(
        plain=plain,
        gzipped=gzip.compress(plain, 6, mtime=0),
        brotlied=None if brotli is None else brotli.compress(plain, quality=effort),
        media_type=media_type,
        digest=digest_of(plain),
    )


def digest_of(plain: bytes) -> str:
    """Return the name of some content: 12 hex digits of its SHA-256."""
    return hashlib.sha256(plain).hexdigest()[:12]


def accepted(header: str) -> set[str]:
    """Return the content encodings of an Accept-Encoding header; `br;q=0` means not br."""
    parts = [part.replace(" ", "").split(";") for part in header.split(",")]
    return {name for name, *rest in parts if name and "q=0" not in rest}


class Published:
    """The files a running app has put at its own addresses. Shared by all its viewers."""

    def __init__(self) -> None:
        self._files: dict[str, Packed] = {}
        self._lock = Lock()

    def put(self, stem: str, packed: Packed) -> str:
        """Publish a file as `<stem>-<digest>.json` and return that name.

        `stem` keeps only letters, digits and hyphens. Putting the same again is free.
        """
        clean = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:80] or "file"
        name = f"{clean}-{packed.digest}.json"
        with self._lock:
            self._files[name] = packed
        return name

    def drop(self, name: str) -> None:
        """Serve a file no longer; nothing happens when it is not there."""
        with self._lock:
            self._files.pop(name, None)

    def get(self, name: str) -> Packed | None:
        """Return the file published under exactly that name, else None."""
        return self._files.get(name) if _NAME.fullmatch(name) else None


PUBLISHED = Published()
"""What this process serves at /outlines/…"""
