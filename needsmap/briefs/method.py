"""How we worked it out: every formula with its source and worked examples.

The examples come from data/method/*.toml; the same files are run as tests.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from needsmap.analysis.disclosure import policy_sentences
from needsmap.analysis.voice import Voice
from needsmap.briefs.scene import set_scene
from needsmap.briefs.shapes import Example, Method, MethodBrief
from needsmap.picture import Picture
from needsmap.settings import DATA_FOLDER
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack
    from needsmap.store import Release

METHOD_FOLDER = DATA_FOLDER / "method"


def make_method(picture: Picture, pack: Pack, voice: Voice, release: Release | None) -> MethodBrief:
    """Return the rules, formulas, sources and worked examples behind every picture."""
    scene = set_scene(picture, pack, voice, release)
    return MethodBrief(
        provenance=scene.provenance,
        picture=scene.picture,
        notices=scene.notices,
        rules=policy_sentences(voice.smallest_base),
        methods=load_methods(),
        sentences=(
            say("Every number here can be worked out again: the steps and sources are below."),
            say("Numbers of people are rounded first, and everything else comes from those."),
        ),
        cautions=scene.cautions,
    )


@lru_cache(maxsize=1)
def load_methods(folder: Path = METHOD_FOLDER) -> tuple[Method, ...]:
    """Return the methods described in a folder of TOML files, in order of file name."""
    return tuple(_method(path) for path in sorted(folder.glob("*.toml")))


def _method(path: Path) -> Method:
    text = tomllib.loads(path.read_text("utf-8"))
    return Method(
        id=path.stem.split("_", 1)[-1],
        title=text["title"],
        words=text["words"],
        formula=text["formula"],
        source=text["source"],
        date=str(text["date"]),
        examples=tuple(
            Example(_pairs(e["given"]), _pairs(e["result"]), e["source"])
            for e in text.get("example", [])
        ),
    )


def _pairs(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", " "), _text(value)) for name, value in values.items())


def _text(value: object) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)
