"""Which characters the bytes of a text file stand for."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from needsmap.errors import Problems, UnreadableFile
from needsmap.words import count, say

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED_FROM_BYTES = 200_000


def as_utf8(data: bytes, encoding: str | None = None) -> tuple[bytes, str]:
    """Return the text as UTF-8 bytes without a byte-order mark, and the encoding used.

    Order: byte-order mark; strict UTF-8; UTF-16 without a mark (every second byte zero);
    Windows-1252 when no undefined byte occurs; charset-normalizer's guess.

    Raises
    ------
    UnreadableFile
        When `encoding` is unknown or does not fit, or nothing fits.
    """
    if encoding is not None:
        return _decode_as_told(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _recode(data, name), name
    if half := _utf16_without_mark(data):
        return _recode(data, half), half
    if data.isascii():
        return data, "utf-8"
    try:
        data.decode("utf-8")
        return data, "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252").encode("utf-8"), "cp1252"
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:_GUESSED_FROM_BYTES]).best()
    name = best.encoding if best is not None else "cp1252"
    return _recode(data, name), name


def _recode(data: bytes, name: str) -> bytes:
    """Decode with a mark's or guessed encoding; single broken characters become U+FFFD."""
    return data.decode(name, errors="replace").encode("utf-8", errors="replace")


def _decode_as_told(data: bytes, encoding: str) -> tuple[bytes, str]:
    try:
        known = codecs.lookup(encoding)
        if not getattr(known, "_is_text_encoding", True):
            raise LookupError(encoding)
        name = "utf-8-sig" if known.name == "utf-8" else encoding
        return data.decode(name).encode("utf-8"), encoding
    except LookupError as error:
        raise UnreadableFile(
            say("'{encoding}' is not an encoding we know.", encoding=encoding[:40]),
            say("Choose another, such as utf-8 or cp1252."),
        ) from error
    except (UnicodeError, ValueError) as error:
        raise UnreadableFile(
            say("The file is not written in the encoding '{encoding}'.", encoding=encoding[:40]),
            say("Choose another encoding, or let it be found."),
        ) from error


def _utf16_without_mark(data: bytes) -> str:
    """Return the byte order when nearly every second byte is zero, else ""."""
    start = data[:4096]
    if len(start) < 8:
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def say_nul_removed(found: int, problems: Problems) -> None:
    """Add the problem that so many NUL characters were taken out; none adds nothing."""
    if found:
        problems.add(
            "nul_removed",
            count(
                "One invisible NUL character was removed.",
                "{n} invisible NUL characters were removed.",
                found,
            ),
        )
