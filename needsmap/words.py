"""Sentences people read, ready to be translated.

`say` marks a sentence for translation (gettext); `count` chooses the plural form. The
catalogues lie in data/words. Under ten a number is said, above it too, but shares are
said in words only by `draw.sentences`.
"""

from __future__ import annotations

import gettext

from needsmap.settings import DATA_FOLDER

_catalogue = gettext.translation("needsmap", DATA_FOLDER / "words", fallback=True)


def say(sentence: str, /, **values: object) -> str:
    """Return `sentence` in the reader's language, its `{names}` filled from `values`."""
    translated = _catalogue.gettext(sentence)
    return translated.format(**values) if values else translated


def count(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the right plural of a sentence about `n` things; `{n}` is filled in."""
    return _catalogue.ngettext(one, many, n).format(n=f"{n:,}", **values)
