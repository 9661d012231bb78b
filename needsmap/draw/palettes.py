"""Every colour of Needs Map, each with its one meaning. Hex codes stand nowhere else.

The ramps go from light to dark by even steps of lightness, so they keep their order
without colour: for people who see few colours, on a washed-out projector, printed grey.
Those three are tested in tests/draw/test_palettes.py. The style sheet and Streamlit's
configuration repeat some of these codes; a test holds them to this list.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from needsmap.tables import HIDDEN_CLASS, MISSING_CLASS, LayerKind, paler_key

INK = "#1c1b19"
PAPER = "#ffffff"
ACCENT = "#1f5673"
QUIET = "#595959"
RULE = "#c9c4b8"
WASH = "#f5f3ee"
MAP_GROUND = "#fbfaf7"
SWATCH_EDGE = "#77726a"

DARK_INK = "#f2f0eb"
DARK_PAPER = "#15171a"
DARK_ACCENT = "#7fc0e0"
DARK_WASH = "#202429"
DARK_RULE = "#4a5058"
DARK_SIDE = "#1b1e22"
DARK_FIELD = "#2a2f35"

VOICE = ("#fbe9cf", "#f6c183", "#e58a45", "#b8501f", "#6f2409")
"""What residents said: few to many."""

INDEX = ("#e3eef3", "#b0d0de", "#6fa6bf", "#34708f", "#123c55")
"""What the index says: least to most deprived fifth."""

HEARD = ("#efe9f3", "#cdbcd9", "#a383b5", "#744b8b", "#3e2053")
"""How many answered, against how many live there: few to many."""

BESIDE = (
    "#f0eee6", "#9dc3d4", "#3f81a0",
    "#f2b877", "#a29a8b", "#45647a",
    "#c2571c", "#7f4a36", "#2c1f2b",
)  # fmt: skip
"""Voice beside index, row by row: the row is voice from low to high, the column index."""

STRENGTHS = ("#eaf3da", "#c2dd9c", "#8bb559", "#55802b", "#2b4711")
"""What people value: few to many."""

NEAR = ("#e0f2ef", "#a9d8d0", "#64aea5", "#2a766f", "#0d3f3c")
"""How far the nearest service is: near to far."""

MONEYS = ("#faf1cf", "#e9cf7a", "#c9a227", "#8a6a0f", "#4a3604")
"""Grants, in money a head: little to much."""

CHANGE = ("#46307a", "#a498c6", "#f3f0ea", "#efb266", "#a8500c")
"""Since the last survey: fell much, fell, about the same, rose, rose much."""

PALER_VEIL = "#dcdcfa"
PALER_PART = 0.65
"""Classes we are less sure of: their own colour, so much of it, under a cool veil.

Paper as a veil would make a doubtful dark class look like a sure lighter one; a cool veil
takes the warmth away too, so that no paler class is any sure class (tests/draw).
"""
PALER_KINDS: tuple[LayerKind, ...] = ("voice", "strength", "change")
"""Layers drawn paler. Eighteen colours for the nine boxes would not stay apart for every eye:
that map draws what is not clear dotted instead."""

STRENGTH = "#2f7d4f"
MONEY = "#b58900"
SERVICE_DARK = ("#1c1b19", "#4b2e83", "#0b4f4a", "#7a1f3d", "#1d3f8f")

NOT_CLEAR_GROUND = "#f7f4ec"
NOT_CLEAR_INK = "#8d877b"
HIDDEN_GROUND = "#eeeeec"
HIDDEN_INK = "#6b6862"


@dataclass(frozen=True)
class Fill:
    """How one class is filled: plain colour, hatched, dotted, or only its outline."""

    kind: Literal["plain", "hatched", "dotted", "outlined"]
    ground: str
    ink: str

    def as_dict(self) -> dict[str, str]:
        """Return the fill as plain values for the map's script."""
        return asdict(self)


NOT_CLEAR = Fill("dotted", NOT_CLEAR_GROUND, NOT_CLEAR_INK)
HIDDEN = Fill("hatched", HIDDEN_GROUND, HIDDEN_INK)
MISSING = Fill("outlined", PAPER, SWATCH_EDGE)


def ramp(kind: LayerKind) -> tuple[str, ...]:
    """Return the colours of a layer's classes, low first: five, or nine for "beside"."""
    ramps: dict[LayerKind, tuple[str, ...]] = {
        "voice": VOICE, "index": INDEX, "beside": BESIDE, "heard": HEARD,
        "services": NEAR, "money": MONEYS, "strength": STRENGTHS, "change": CHANGE,
    }  # fmt: skip
    return ramps[kind]


def fills(kind: LayerKind) -> dict[str, Fill]:
    """Return class key → fill for a kind of layer.

    Keys are "0" upwards, "A" upwards for the same classes paler. Index layers of tenths are
    grouped in fifths by the brief.
    """
    plain = {str(i): Fill("plain", colour, INK) for i, colour in enumerate(ramp(kind))}
    if kind in PALER_KINDS:
        plain |= {paler_key(key): Fill("plain", veiled(f.ground), INK) for key, f in plain.items()}
    return {**plain, "u": NOT_CLEAR, HIDDEN_CLASS: HIDDEN, MISSING_CLASS: MISSING}


def veiled(colour: str) -> str:
    """Return a colour as it is drawn where we are less sure."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(PALER_VEIL[1:]), strict=True)
    mixed = [round(own * PALER_PART + veil * (1 - PALER_PART)) for own, veil in pairs]
    return f"#{bytes(mixed).hex()}"
