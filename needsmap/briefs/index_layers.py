"""Map layers of the official index, alone and beside what people said."""

from __future__ import annotations

import numpy as np

from needsmap.analysis import comparison
from needsmap.analysis.columns import column_of, column_words
from needsmap.analysis.disclosure import percent
from needsmap.analysis.priorities import ThemeShares, theme_shares
from needsmap.briefs.certain import said_classes
from needsmap.briefs.layers import COLUMNS, frame_layer, silent, voice_layer
from needsmap.briefs.saying import quoted
from needsmap.briefs.scene import Scene
from needsmap.briefs.standing import (
    Standing,
    country_words,
    fifth,
    fifth_words,
    indicator_title,
    measured_thirds,
    newest_indicators,
    standing,
)
from needsmap.tables import HIDDEN_CLASS, MISSING_CLASS, MapLayer
from needsmap.words import say

BOX_WORDS = {
    "said_measured": "Said and measured",
    "said_not_measured": "Said, not measured",
    "measured_not_said": "Measured, not said",
    "neither": "Neither said nor measured",
    "between": "Said about as often as elsewhere",
    "not_clear": "Not clear yet",
    "hidden": "Too few answers to show",
}


def index_layer(scene: Scene, indicator: str) -> MapLayer:
    """Return where areas stand on an official measure."""
    pack, level = scene.pack, scene.picture.level
    stood = standing(pack, indicator, level)
    country = country_words(pack)
    classes, rows = {}, []
    fifths = [w[:1].upper() + w[1:] for w in fifth_words(national=stood.national, country=country)]
    position = stood.position.to_dict()
    for code in pack.names[level]:
        where = position.get(code, np.nan)
        if np.isnan(where):
            classes[code] = MISSING_CLASS
            rows.append((code, scene.name(code), say("No figure is published."), "–", "–"))
            continue
        classes[code] = str(fifth(where))
        figure = _figure(stood, code, where)
        rows.append((code, scene.name(code), fifths[fifth(where)], figure, stood.how))
    title = indicator_title(stood.indicator)
    labels = _fifths(stood, country)
    columns = [*COLUMNS, _figure_heading(stood), "How"]
    based = stood.indicator.source or stood.indicator.vintage
    return frame_layer("index", title, level, classes, labels, rows, columns, scene, based)


def beside_layer(scene: Scene, theme: str) -> tuple[MapLayer, dict[str, str]]:
    """Return what people said beside the matching measure, and area code → plain list id.

    Without a matching domain the layer is the voice layer and every area is in no list.
    """
    laid = _lay(scene, theme)
    if laid is None:
        return voice_layer(scene, theme), {}
    shares, column, stood, said, place_share, measured = laid
    keys = comparison.beside_classes(said, measured)
    lists = dict(zip(shares.codes, comparison.boxes(said, measured), strict=True))
    country = country_words(scene.pack)
    column_told = column_words(column_of(shares.by_area, column))
    boxes = {box: say(words) for box, words in BOX_WORDS.items()}
    rows = []
    where = stood.position.reindex(list(shares.codes)).tolist()
    fifths = fifth_words(national=stood.national, country=country)
    for row, code in enumerate(shares.codes):
        text = boxes[lists[code]]
        if keys[row] == HIDDEN_CLASS:
            keys[row], text = silent(scene, code)
        rows.append(
            (code, scene.name(code), text, column_told.shares[row], column_told.ranges[row],
             "–" if where[row] != where[row] else fifths[fifth(where[row])])
        )  # fmt: skip
    classes = dict(zip(shares.codes, keys, strict=True))
    title = say(
        "{wish} beside {domain}",
        wish=scene.label(theme), domain=quoted(indicator_title(stood.indicator)),
    )  # fmt: skip
    labels = _nine(say("unknown") if np.isnan(place_share) else percent(place_share))
    columns = [*COLUMNS, "Share", "Could be", "The index"]
    level = scene.picture.level
    based = " · ".join(each for each in (scene.who_and_when, stood.indicator.source) if each)
    layer = frame_layer("beside", title, level, classes, labels, rows, columns, scene, based)
    return layer, {str(k): str(v) for k, v in lists.items()}


def areas_in_lists(scene: Scene, theme: str) -> dict[str, int]:
    """Return plain list id → how many areas are in it, as `beside_layer` puts them."""
    laid = _lay(scene, theme)
    if laid is None:
        return {}
    _, _, _, said, _, measured = laid
    numbers = np.bincount(comparison.box_numbers(said, measured), minlength=len(comparison.BOXES))
    return dict(zip(comparison.BOXES, numbers.tolist(), strict=True))


_Laid = tuple[ThemeShares, int, Standing, np.ndarray, float, np.ndarray]


def _lay(scene: Scene, theme: str) -> _Laid | None:
    """Return a theme's 80 % shares, its column, the measure, and both classes of each area."""
    entry = scene.themes.get(theme)
    indicator = newest_indicators(scene.pack).get(entry.domain) if entry else None
    shares = theme_shares(
        scene.voice, scene.need, scene.picture.level, scene.picture.groups,
        confidence=comparison.CONFIDENCE,
    )  # fmt: skip
    column = shares.column(theme)
    if indicator is None or column < 0:
        return None
    stood = standing(scene.pack, indicator, scene.picture.level)
    said, place_share = said_classes(shares, column)
    measured = measured_thirds(scene.pack, indicator, scene.picture.level, shares.codes)
    return shares, column, stood, said, place_share, measured


def _figure(stood: Standing, code: str, where: float) -> str:
    decile = stood.deciles.get(code, np.nan)
    if not np.isnan(decile):
        return say("tenth {decile} of 10", decile=int(decile))
    value = stood.figures.get(code, np.nan)
    if not stood.national and not np.isnan(value):
        return f"{value:,.4g} {stood.indicator.unit}".strip()
    return say("{part} of 100", part=round(100 * where))


def _figure_heading(stood: Standing) -> str:
    if not stood.deciles.isna().all():
        return say("Tenth (1 = most deprived)")
    if stood.figures.isna().all():
        return say("How far up (100 = most deprived)")
    return stood.indicator.label


def _fifths(stood: Standing, country: str) -> dict[str, str]:
    if stood.national:
        place = country or say("the country")
        return {
            "0": say("Least deprived fifth in {place}", place=place),
            "1": say("Second least deprived fifth"),
            "2": say("Middle fifth"),
            "3": say("Second most deprived fifth"),
            "4": say("Most deprived fifth in {place}", place=place),
        }
    groups: dict[int, list[float]] = {}
    for code, where in stood.position.dropna().items():
        groups.setdefault(fifth(float(where)), []).append(stood.figures.get(code, np.nan))
    words = ("Lowest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Highest fifth")
    labels = {}
    for number, word in enumerate(words):
        values = [v for v in groups.get(number, []) if not np.isnan(v)]
        numbers = (
            f" ({min(values):,.4g} – {max(values):,.4g} {stood.indicator.unit})" if values else ""
        )
        labels[str(number)] = say(word) + numbers.replace(" )", ")")
    return labels


def _nine(place_share: str) -> dict[str, str]:
    said = (
        say("Asked for less than in the whole place ({share})", share=place_share),
        say("Asked for about as often"),
        say("Asked for more than in the whole place ({share})", share=place_share),
    )
    measured = (
        say("least deprived third"),
        say("middle third"),
        say("most deprived third"),
    )
    labels = {str(3 * v + i): f"{said[v]} · {measured[i]}" for v in range(3) for i in range(3)}
    labels[comparison.UNCLEAR] = say("Not clear yet")
    return labels
