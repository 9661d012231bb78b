"""Which kind of file this is, decided by its content; its name is only for display."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from needsmap.errors import UnreadableFile
from needsmap.intake.prose import is_prose
from needsmap.words import say

FileType = Literal["text", "xlsx", "ods"]

MOST_FILES_IN_ZIP = 200
MOST_UNPACKED_BYTES = 100 * 1024 * 1024
MOST_RATIO = 100
SMALL_ENOUGH_FOR_ANY_RATIO = 10 * 1024 * 1024

_NOT_TABLES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"RIFF", "a sound or video file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "a Feather file"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"{\\rtf", "a text document"),
)
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\f\v")
_LOOKED_AT = 64 * 1024
_BLANKS = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_FEW = 8
_MIME_BYTES = 200
_MOST_CONTROLS = 0.02
_MOST_NUL = 0.1
SAVE_AS = "Open it in your spreadsheet program and save it as .xlsx or .csv, then try again."
EXPORT_AGAIN = "Export the answers from your form tool as .csv or .xlsx, then try again."


def file_type(data: bytes) -> FileType:
    """Return what the bytes are: text (CSV and its kin), xlsx or ods.

    Raises
    ------
    UnreadableFile
        For an empty file and for every type that is not read, saying what it seems to be
        and what to do.
    """
    # To strip copies what is left, so a large file is only stripped when it begins blank.
    if not data[:_LOOKED_AT].strip(_BLANKS) and not data.strip(_BLANKS):
        raise UnreadableFile(say("This file is empty."), say(EXPORT_AGAIN))
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _workbook_type(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise UnreadableFile(
            say("This is an old Excel file (.xls) or a workbook with a password."), say(SAVE_AS)
        )
    for magic, label in _NOT_TABLES:
        if data.startswith(magic):
            raise UnreadableFile(
                say("This is {label}, not a table of answers.", label=say(label)),
                say(EXPORT_AGAIN),
            )
    if data[:1] == b"\x80" and data[-1:] == b"." and data[1:2] in b"\x02\x03\x04\x05":
        raise UnreadableFile(
            say("This is a Python data file, which is never opened."), say(EXPORT_AGAIN)
        )
    start = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise UnreadableFile(
            say("This is a web page or XML file, even if its name says otherwise."), say(SAVE_AS)
        )
    if start[:1] in b"{[" and b'"' in start[:200] and _is_json(data):
        raise UnreadableFile(say("This is a JSON file, not a table."), say(EXPORT_AGAIN))
    return "text"


def refuse_what_is_no_text(text: bytes) -> None:
    """Refuse what is no text in any characters, of a type we have no name for.

    `text` is UTF-8, however the file was written. Text holds hardly a control character;
    of other bytes one in eight would be one.

    Raises
    ------
    UnreadableFile
        When too many of the first 64 kB are control characters, or when they are a text to
        be read: notes, a letter.
    """
    start = text[:_LOOKED_AT]
    nul = start.count(b"\x00")
    others = len(start) - len(start.translate(None, _CONTROLS)) - nul
    if others > max(_FEW, _MOST_CONTROLS * len(start)) or nul > max(_FEW, _MOST_NUL * len(start)):
        raise UnreadableFile(
            say("This file does not hold text, even if its name says so."), say(EXPORT_AGAIN)
        )
    if is_prose(start.decode("utf-8", errors="ignore")):
        raise UnreadableFile(
            say("This is a text to read, such as notes or a letter, not a table of answers."),
            say("Put the answers in a spreadsheet, a row a person under the questions, or export "
                "them from your form tool as .csv or .xlsx."),
        )  # fmt: skip


def _is_json(data: bytes) -> bool:
    """Tell JSON from a table whose first heading happens to start with a bracket."""
    end = data.rstrip(b"\x00 \t\r\n")[-1:]
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return (start, end) in {(b"{", b"}"), (b"[", b"]")} and b":" in data


def _says_spreadsheet(data: bytes) -> bool:
    """Read the one short line in which OpenDocument says what a file is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            small = archive.getinfo("mimetype").file_size <= _MIME_BYTES
            return small and b"spreadsheet" in archive.read("mimetype")
    except Exception:  # as above: a damaged archive is for the child to refuse
        return True


def _workbook_type(data: bytes) -> FileType:
    """Read a zip's directory, never its contents, and say which workbook it is.

    Limits: files, unpacked bytes and ratio (zip bombs) before anything is unpacked.
    """
    damaged = UnreadableFile(say("This workbook is damaged."), say(SAVE_AS))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except Exception as error:
        # zipfile raises many types on damaged directories; all mean the same to people.
        raise damaged from error
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > MOST_FILES_IN_ZIP
        or unpacked > MOST_UNPACKED_BYTES
        or (unpacked > SMALL_ENOUGH_FOR_ANY_RATIO and unpacked > MOST_RATIO * len(data))
    ):
        raise UnreadableFile(
            say("This file unpacks to far more than a survey holds."),
            say("Save only the sheet with the answers as .csv and try again."),
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            say("This file has a password."), say("Save it without a password and try again.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            say("This workbook holds macros (.xlsm), which are never opened."), say(SAVE_AS)
        )
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        if not _says_spreadsheet(data):
            raise UnreadableFile(say("This is a document, not a workbook."), say(EXPORT_AGAIN))
        return "ods"
    if "xl/workbook.bin" in names:
        raise UnreadableFile(say("This is a binary workbook (.xlsb)."), say(SAVE_AS))
    if "[Content_Types].xml" in names:
        raise UnreadableFile(say("This is a document, not a workbook."), say(EXPORT_AGAIN))
    raise UnreadableFile(
        say("This is a zip file."), say("Unpack it and choose the .csv or .xlsx file inside.")
    )
