"""The bivariate palettes of the notes on methods (METHODS §4.5), beside ours by one measure.

Stevens' colours as in R's pals (github.com/kwstat/pals, R/bivariate.R), row by row from low y,
each row from low x. The measure is that of `test_palettes`, whose sources stand there.
"""

from __future__ import annotations

import itertools

import pytest

from needsmap.draw import palettes
from tests.draw.test_palettes import APART_ON_SCREEN, DEUTERANOPIA, FULL, PROTANOPIA, apart

STEVENS = {
    "bluered": "e8e8e8 e4acac c85a5a b0d5df ad9ea5 985356 64acbe 627f8c 574249",
    "pinkblue": "e8e8e8 ace4e4 5ac8c8 dfb0d6 a5add3 5698b9 be64ac 8c62aa 3b4994",
    "purplegold": "e8e8e8 e4d9ac c8b35a cbb8d7 c8ada0 af8e53 9972af 976b82 804d36",
}


def closest(nine: tuple[str, ...]) -> float:
    """Return the least difference any two boxes have for any eye."""
    return min(
        apart(one, other, eye)
        for one, other in itertools.combinations(nine, 2)
        for eye in (FULL, PROTANOPIA, DEUTERANOPIA)
    )


def of(name: str) -> tuple[str, ...]:
    return tuple(f"#{code}" for code in STEVENS[name].split())


def test_two_boxes_of_pinkblue_run_together_for_an_eye_and_none_of_ours_do() -> None:
    assert closest(of("pinkblue")) < APART_ON_SCREEN <= closest(palettes.BESIDE)


@pytest.mark.parametrize("name", STEVENS)
def test_nine_boxes_and_the_lowest_is_the_grey_that_must_not_stand_for_nothing_known(
    name: str,
) -> None:
    nine = of(name)

    assert len(set(nine)) == 9
    assert nine[0] == "#e8e8e8"
    # So what is hidden is hatched and what is missing is outlined, neither filled in that grey.
    assert (palettes.HIDDEN.kind, palettes.MISSING.kind) == ("hatched", "outlined")
    assert "#e8e8e8" not in {palettes.HIDDEN.ground, palettes.MISSING.ground}
