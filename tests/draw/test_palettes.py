"""Colours keep apart for people who see few of them, on a bad projector, and in grey.

Formulas from outside the code under test: sRGB and CIE L*a*b* (IEC 61966-2-1, CIE 15);
the 1976 difference is the distance in L*a*b*, where about 2.3 is just noticeable (Mahy
and others 1994, Color Research and Application 19:105). Missing cone types are simulated
by the matrices of Machado, Oliveira and Fernandes (2009, IEEE TVCG 15:1291), severity 1.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from needsmap.draw import palettes

PROTANOPIA = [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
]
DEUTERANOPIA = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.011820, 0.042940, 0.968881],
]
FULL = np.eye(3)
RAMPS = {
    "voice": palettes.VOICE, "index": palettes.INDEX, "heard": palettes.HEARD,
    "services": palettes.NEAR, "money": palettes.MONEYS, "strength": palettes.STRENGTHS,
}  # fmt: skip

# Four times just noticeable: neighbours on a map touch, but the legend is elsewhere.
APART_ON_SCREEN = 9.0
# A lit hall adds light everywhere: a quarter of white is what remains of a 4:1 picture.
WASHED_OUT = 0.25
APART_WASHED_OUT = 5.0


def linear(code: str) -> np.ndarray:
    value = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(x > (6 / 29) ** 3, np.cbrt(x), x / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, eye=FULL, light: float = 0.0) -> float:
    def seen(code: str) -> np.ndarray:
        return lab((1 - light) * (np.array(eye) @ linear(code)) + light)

    return float(np.linalg.norm(seen(one) - seen(other)))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    a, b = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (one, other))
    return (b + 0.05) / (a + 0.05)


def test_the_formulas_agree_with_published_values():
    # Lindbloom's calculator: sRGB red is L*a*b* 53.24, 80.09, 67.20; WCAG: black on white 21.
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", RAMPS)
@pytest.mark.parametrize("eye", [FULL, PROTANOPIA, DEUTERANOPIA], ids=["all", "protan", "deutan"])
def test_neighbours_of_a_ramp_are_apart_for_every_eye(name, eye):
    for one, other in itertools.pairwise(RAMPS[name]):
        assert apart(one, other, eye) >= APART_ON_SCREEN


@pytest.mark.parametrize("name", RAMPS)
def test_neighbours_of_a_ramp_are_apart_on_a_washed_out_projector(name):
    for one, other in itertools.pairwise(RAMPS[name]):
        assert apart(one, other, light=WASHED_OUT) >= APART_WASHED_OUT


@pytest.mark.parametrize("name", RAMPS)
def test_a_ramp_darkens_by_clear_steps_so_it_works_in_grey(name):
    lightness = [lab(linear(code))[0] for code in RAMPS[name]]

    assert all(light - dark >= 9 for light, dark in itertools.pairwise(lightness))


@pytest.mark.parametrize("eye", [FULL, PROTANOPIA, DEUTERANOPIA], ids=["all", "protan", "deutan"])
@pytest.mark.parametrize("light", [0.0, WASHED_OUT], ids=["screen", "washed out"])
def test_all_classes_of_change_are_apart_for_every_eye_and_in_a_lit_hall(eye, light):
    least = APART_WASHED_OUT if light else APART_ON_SCREEN
    for one, other in itertools.combinations(palettes.CHANGE, 2):
        assert apart(one, other, eye, light) >= least


def test_change_darkens_to_both_ends_and_no_two_classes_are_the_same_grey():
    grey = [lab(linear(code))[0] for code in palettes.CHANGE]

    assert grey[0] + 9 <= grey[1] <= grey[2] - 9
    assert grey[4] + 9 <= grey[3] <= grey[2] - 9
    assert min(abs(a - b) for a, b in itertools.combinations(grey, 2)) >= 5


@pytest.mark.parametrize("eye", [FULL, PROTANOPIA, DEUTERANOPIA], ids=["all", "protan", "deutan"])
def test_all_nine_boxes_of_voice_beside_index_are_apart_for_every_eye(eye):
    closest = min(apart(a, b, eye) for a, b in itertools.combinations(palettes.BESIDE, 2))

    assert closest >= APART_ON_SCREEN


def test_all_nine_boxes_are_apart_on_a_washed_out_projector():
    closest = min(
        apart(a, b, light=WASHED_OUT) for a, b in itertools.combinations(palettes.BESIDE, 2)
    )

    assert closest >= APART_WASHED_OUT


def test_voice_and_index_are_not_mistaken_for_one_another():
    for warm, cool in zip(palettes.VOICE[1:4], palettes.INDEX[1:4], strict=True):
        for eye in (FULL, PROTANOPIA, DEUTERANOPIA):
            assert apart(warm, cool, eye) >= APART_ON_SCREEN


EYES = pytest.mark.parametrize(
    "eye", [FULL, PROTANOPIA, DEUTERANOPIA], ids=["all", "protan", "deutan"]
)
LIGHTS = pytest.mark.parametrize("light", [0.0, WASHED_OUT], ids=["screen", "washed out"])


def shown(kind: str) -> tuple[list[str], list[str]]:
    """The sure and the paler colours of a kind of layer, low first."""
    drawn = palettes.fills(kind)
    return [drawn[k].ground for k in "01234"], [drawn[k].ground for k in "ABCDE"]


@LIGHTS
@EYES
@pytest.mark.parametrize("kind", palettes.PALER_KINDS)
def test_neighbours_of_the_paler_classes_are_apart_for_every_eye_and_in_a_lit_hall(
    kind, eye, light
):
    least = APART_WASHED_OUT if light else APART_ON_SCREEN
    for one, other in itertools.pairwise(shown(kind)[1]):
        assert apart(one, other, eye, light) >= least


@LIGHTS
@EYES
@pytest.mark.parametrize("kind", palettes.PALER_KINDS)
def test_no_paler_class_is_taken_for_a_sure_one(kind, eye, light):
    sure, paler = shown(kind)
    least = APART_WASHED_OUT if light else 2.3 * 3
    # The middle of change is "about the same": never drawn paler.
    mine = [c for i, c in enumerate(paler) if not (kind == "change" and i == 2)]
    for one, other in itertools.product(mine, sure):
        assert apart(one, other, eye, light) >= least


@pytest.mark.parametrize("kind", ["voice", "strength"])
def test_paler_classes_keep_their_order_in_grey_and_are_paler_where_it_matters(kind):
    sure, paler = ([lab(linear(c))[0] for c in each] for each in shown(kind))

    assert all(light - dark >= 5 for light, dark in itertools.pairwise(paler))
    assert all(own < veiled for own, veiled in zip(sure[2:], paler[2:], strict=True))


def test_words_and_marks_reach_the_contrast_wcag_asks():
    assert contrast(palettes.INK, palettes.PAPER) >= 7
    assert contrast(palettes.INK, palettes.WASH) >= 7
    assert contrast(palettes.QUIET, palettes.PAPER) >= 4.5
    assert contrast(palettes.ACCENT, palettes.PAPER) >= 4.5
    assert contrast(palettes.DARK_ACCENT, palettes.DARK_PAPER) >= 4.5
    assert contrast(palettes.DARK_INK, palettes.DARK_WASH) >= 7
    for colour in palettes.SERVICE_DARK:
        assert contrast(colour, palettes.PAPER) >= 7
    assert contrast(palettes.STRENGTH, palettes.PAPER) >= 4.5
    assert contrast(palettes.MONEY, palettes.PAPER) >= 3
    assert contrast(palettes.SWATCH_EDGE, palettes.PAPER) >= 3
    assert contrast(palettes.HIDDEN_INK, palettes.HIDDEN_GROUND) >= 3


def test_hidden_missing_and_unclear_differ_by_pattern_not_by_colour_alone():
    drawn = palettes.fills("voice")

    assert [drawn[key].kind for key in "hmu"] == ["hatched", "outlined", "dotted"]
    assert all(drawn[str(i)].kind == "plain" for i in range(5))
    assert len(palettes.fills("beside")) == 9 + 3


def test_no_colour_is_written_anywhere_else():
    project = Path(palettes.__file__).parents[2]
    known = {
        code.lower()
        for code in re.findall(r"#[0-9a-fA-F]{6}\b", Path(palettes.__file__).read_text())
    }
    for file in [*project.glob("needsmap/**/*.py"), *project.glob("pages/**/*.py")]:
        if file != Path(palettes.__file__):
            found = re.findall(r"['\"]#(?:[0-9a-fA-F]{3}){1,2}['\"]", file.read_text("utf-8"))
            assert not found, f"{file.name} writes {found}"
    sheets = [*project.glob("needsmap/**/*.css"), project / ".streamlit" / "config.toml"]
    for file in sheets:
        for code in re.findall(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8")):
            assert code.lower() in known, f"{file.name} writes {code}"
