"""Grants by area: money a head, as a table and as a map layer."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from needsmap.analysis.money import per_head, round_breaks
from needsmap.briefs.grants import Grants
from needsmap.briefs.layers import COLUMNS, frame_layer
from needsmap.briefs.money_shape import amount_words, head_words, sign_of
from needsmap.briefs.rows import each_row
from needsmap.briefs.scene import Scene
from needsmap.tables import MISSING_CLASS, MapLayer
from needsmap.words import count as plural
from needsmap.words import say


def area_money(scene: Scene, found: Grants, theme: str) -> pd.DataFrame:
    """Return grants for here added up by area of the picture's level; kept with the grants.

    Out, one row an area: area_code, area_name, people, money, per_head, grants, split (grants
    shared between areas), theme_money, theme_per_head. A grant for a larger area than the
    level's is on no row.
    """
    key = ("area money", scene.picture.level, theme)
    return found.once(key, lambda: _area_money(scene, found.counted, theme))


def _area_money(scene: Scene, counted: pd.DataFrame, theme: str) -> pd.DataFrame:
    level = scene.picture.level
    names = scene.pack.names[level]
    table = pd.DataFrame({"area_code": list(names), "area_name": list(names.values())})
    table["people"] = scene.pack.people(level).reindex(table["area_code"]).to_numpy(dtype=float)
    row_of = {code: row for row, code in enumerate(names)}
    money, of_theme = np.zeros(len(names)), np.zeros(len(names))
    number, split = np.zeros(len(names), dtype=int), np.zeros(len(names), dtype=int)
    parents = _parents(scene)
    for grant in each_row(counted):
        part_of_theme = (theme in grant.match.ids) / max(len(grant.match.ids), 1)
        reached = set()
        for piece in grant.pieces:
            code = parents.get((piece.level, piece.code))
            if code is None:
                continue
            row = row_of[code]
            money[row] += grant.amount * piece.part
            of_theme[row] += grant.amount * piece.part * part_of_theme
            reached.add(row)
        for row in reached:
            number[row] += 1
            split[row] += grant.where == "several"
    return table.assign(
        money=money, per_head=per_head(money, table["people"]), grants=number, split=split,
        theme_money=of_theme, theme_per_head=per_head(of_theme, table["people"]),
    )  # fmt: skip


def money_layer(scene: Scene, found: Grants, *, theme: str = "") -> MapLayer:
    """Return grants a head by area: all of them, or those for one theme; kept with the grants.

    Classes start at round numbers that part the areas with grants into about equal groups.
    """
    areas = area_money(scene, found, scene.picture.theme)
    key = ("layer", scene.picture.level, theme)
    number = plural("{n} grant", "{n} grants", len(found.counted))
    years = sorted({int(year) for year in found.counted["year"] if year})
    when = "–".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))
    based = " · ".join(part for part in (number, when) if part)
    sign = sign_of(found.currency)
    return found.once(key, lambda: _money_layer(scene, areas, sign, theme, based))


def _money_layer(scene: Scene, areas: pd.DataFrame, sign: str, theme: str, based: str) -> MapLayer:
    of = "theme_" if theme else ""
    heads = areas[f"{of}per_head"].to_numpy(dtype=float)
    breaks = round_breaks(heads)
    classes, rows = {}, []
    for row, head in zip(each_row(areas), heads, strict=True):
        money = getattr(row, f"{of}money")
        if money <= 0:
            key, said = MISSING_CLASS, say("No grant is known for here alone.")
        elif np.isnan(head):
            key = MISSING_CLASS
            said = say(
                "{money} in grants; how many live here is not known.",
                money=amount_words(money, sign),
            )
        else:
            key = str(int(np.searchsorted(breaks, head, side="right")))
            said = say("{money} a head in grants.", money=head_words(head, sign))
            if not theme:
                said += " " + plural("{n} grant.", "{n} grants.", int(row.grants))
                if row.split:
                    said += " " + say("Some were shared between areas by people.")
        classes[row.area_code] = key
        living = "–" if np.isnan(row.people) else f"{int(row.people):,}"
        rows.append(
            (row.area_code, row.area_name, said, head_words(head, sign) if money > 0 else "–",
             amount_words(money, sign), living)
        )  # fmt: skip
    title = say("Grants a head: {wish}", wish=scene.label(theme)) if theme else say("Grants a head")
    labels = {**_labels(breaks, sign), MISSING_CLASS: say("No grant known for here alone")}
    columns = [*COLUMNS, say("A head"), say("Money"), say("People who live here")]
    level = scene.picture.level
    return frame_layer("money", title, level, classes, labels, rows, columns, scene, based)


def _parents(scene: Scene) -> dict[tuple[str, str], str]:
    """Return (level, code) → the one area of the picture's level it lies wholly in.

    Areas of larger levels are in none; of levels that do not nest, those in several are in none.
    """
    membership, wanted = scene.pack.membership, scene.picture.level
    levels = [level.id for level in scene.pack.levels]
    found: dict[tuple[str, str], str] = {}
    for level in levels[: levels.index(wanted) + 1]:
        pairs = set(zip(membership[level], membership[wanted], strict=True))
        number = Counter(code for code, _ in pairs)
        found |= {(level, str(code)): str(up) for code, up in pairs if number[code] == 1}
    return found


def _labels(breaks: tuple[float, ...], sign: str) -> dict[str, str]:
    if not breaks:
        return {"0": say("Some money")}
    edges = [head_words(edge, sign) for edge in breaks]
    labels = {"0": say("Under {to}", to=edges[0])}
    for number in range(1, len(edges)):
        labels[str(number)] = say("{since} to {to}", since=edges[number - 1], to=edges[number])
    labels[str(len(edges))] = say("{since} or more", since=edges[-1])
    return labels
