"""The only door for text into a map. Everything that passes comes out inert.

folium's text ends in script, in markup, and is compiled a second time as a template on
the server, so `html.escape` is not enough: it leaves { } $ and the backtick. So no text
is ever given to folium's templates: words travel beside them as JSON and are shown with
`textContent` only. `map_text` is for text that becomes markup.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^A-Za-z0-9 .,:;!?()_-]")
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.json")
_CLASSES = re.compile(r"[0-9a-zA-R]*")


def map_text(text: str) -> str:
    """Return `text` with every character outside a small plain set as a numeric entity.

    The plain set is letters and digits of ASCII, space and . , : ; ! ? ( ) - _ ; that
    leaves nothing a browser, a script or a template engine could read as its own.
    Lone surrogates and NUL, which no entity can carry, become U+FFFD.
    """
    return _PLAIN.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    number = ord(found.group())
    if number == 0 or 0xD800 <= number <= 0xDFFF:
        number = 0xFFFD
    return f"&#{number};"


def class_characters(characters: str) -> str:
    """Return class characters as they are, if they are only a-z, A-R and 0-9.

    Raises
    ------
    ValueError
        For any other character: classes are our own codes, never a text of others.
    """
    if not _CLASSES.fullmatch(characters):
        raise ValueError("Class characters may only be a-z, A-R and 0-9.")
    return characters


def file_name(name: str) -> str:
    """Return a published file's name as it is, if it is one of ours (`draw.packed`).

    Raises
    ------
    ValueError
        For any other text.
    """
    if not _FILE_NAME.fullmatch(name):
        raise ValueError("This is not the name of a published file.")
    return name
