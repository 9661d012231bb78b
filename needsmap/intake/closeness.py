"""Themes by closeness in meaning, for wording in which the theme list finds nothing.

An extra (requirements-closeness.txt), off unless `NEEDSMAP_CLOSENESS` says otherwise: the
package WordLlama brings a table of 32,000 pieces of words with 256 numbers each, learned so
that texts of like meaning point the same way. A text is the mean of its pieces, a theme the
mean of its label and words; closeness is the cosine between them. No network is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from needsmap.errors import NeedsmapError
from needsmap.intake.matching import Match
from needsmap.intake.themes import ThemeList
from needsmap.intake.tokens import normalise
from needsmap.words import say

Vectors = npt.NDArray[np.float32]
Model = Callable[[Sequence[str]], Vectors]
"""Texts to vectors: a row a text, of length 1, or 0 where nothing of the text is known."""

CLOSE_ENOUGH = 0.30
"""Cosine from which on a theme is named, as tuned on texts of its own (docs/surveys.md)."""
_LANGUAGE = "en"
_WEIGHTS = ("weights", "l2_supercat_256.safetensors")
_PIECES = ("tokenizers", "l2_supercat_tokenizer_config.json")


class Closeness:
    """Names the theme whose words are closest in meaning, or none that is not close.

    `model`: see `Model`. `theme_list`: in English, the language the model was learned in.
    `enough`: the cosine from which on a theme is named.
    """

    def __init__(self, model: Model, theme_list: ThemeList, enough: float = CLOSE_ENOUGH) -> None:
        self._model = model
        self._themes = theme_list.themes
        self._enough = enough
        self._skip = tuple(f" {' '.join(normalise(wording))} " for wording in theme_list.skip)
        middles = [
            model([theme.label, *(word.replace("*", "") for word in theme.words)]).mean(axis=0)
            for theme in theme_list.themes
        ]
        self._middles = _of_length_one(np.array(middles, np.float32))

    def match(self, text: str) -> Match:
        """Return the closest theme and that it is, or no theme where none is close."""
        return self.match_many([text])[0]

    def match_many(self, texts: Sequence[str]) -> list[Match]:
        """Return what `match` gives for each text."""
        if not len(texts) or not self._themes:
            return [Match()] * len(texts)
        words = [" ".join(normalise(text)) for text in texts]
        cosines = self._model([text.lower() for text in texts]) @ self._middles.T
        found = []
        for wording, row in zip(words, cosines, strict=True):
            best = int(row.argmax())
            # What looks like a need and is none does not become one here either.
            if row[best] < self._enough or any(skip in f" {wording} " for skip in self._skip):
                found.append(Match())
                continue
            theme = self._themes[best]
            found.append(
                Match((theme.id,), say("closest in meaning to “{theme}”", theme=theme.label))
            )
        return found


def closeness_for(theme_list: ThemeList, model: Model | None) -> Closeness | None:
    """Return the closeness to a list, worked out once.

    None without a model, or for a list in another language than the model's.
    """
    if model is None or theme_list.language != _LANGUAGE:
        return None
    return _made(theme_list, model)


@lru_cache(maxsize=8)
def _made(theme_list: ThemeList, model: Model) -> Closeness:
    return Closeness(model, theme_list)


def model_if(wanted: bool) -> Model | None:
    """Return the model where it is `wanted`, else None. It is opened once, here and not before.

    Raises
    ------
    NeedsmapError
        When it is wanted and its package is not installed, or lacks its files.
    """
    return _opened() if wanted else None


@lru_cache(maxsize=1)
def _opened() -> Model:
    found = find_spec("wordllama")
    folders = [Path(folder) for folder in (found.submodule_search_locations or ())] if found else []
    try:
        # Only the files are used: the package's own loader looks for the pieces in a folder
        # of another name, and would then fetch them from the network.
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = next(folder for folder in folders if folder.joinpath(*_WEIGHTS).is_file())
        table = load_file(folder.joinpath(*_WEIGHTS))["embedding.weight"]
        pieces = Tokenizer.from_file(str(folder.joinpath(*_PIECES)))
    except Exception as error:  # what a tokenizer raises has no narrower type
        raise NeedsmapError(
            say("NEEDSMAP_CLOSENESS is 'on', but the word model it needs is not installed."),
            say("Run 'pip install -r requirements-closeness.txt', or set it to 'off'."),
        ) from error

    def model(texts: Sequence[str]) -> Vectors:
        read = pieces.encode_batch(list(texts), add_special_tokens=False)
        vectors = np.zeros((len(read), table.shape[1]), np.float32)
        for place, text in enumerate(read):
            if text.ids:
                vectors[place] = table[text.ids].astype(np.float32).mean(axis=0)
        return _of_length_one(vectors)

    return model


def _of_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
