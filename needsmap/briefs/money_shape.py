"""The shape of the money page's brief: what screen, paper, files and commands may rely on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from needsmap.analysis.disclosure import Count
from needsmap.briefs.menu import Menu
from needsmap.briefs.once import once
from needsmap.briefs.pieces import worded_layer
from needsmap.briefs.provenance import Provenance
from needsmap.picture import Picture
from needsmap.tables import MapLayer
from needsmap.words import say


@dataclass(frozen=True)
class MoneyBrief:
    """Whether money goes where people ask.

    Fields
    ------
    has_grants : False when the place's data holds no grants that can be counted; the
    sentences then say where to get some. currency : code of all amounts; sign : "£".
    total, number : money and grants counted, those for other places left out. per_head :
    total a head, None when people are unknown. years_known : first and last award year in
    the data; (0, 0) unknown. themes : one row a wish the question offered, most asked for
    first: theme, label, asked (words), wishes, wishes_low, wishes_high (share of all wishes),
    money, money_share, per_head, grants, words. apart : part of the money that would have to
    move to match the wishes, 0-1, with limits apart_low, apart_high; None when one side is
    empty. not_compared : what, money, grants, words: money for wishes nobody was offered and
    money whose purpose no word told. by_where : where, label, money, grants, words: for one
    area, several, the whole place, partly elsewhere, elsewhere, not known. layer : kind
    "money", all grants a head by area. theme_layer : the same for the picture's theme.
    by_area : area_code, area_name, people, money, per_head, grants, theme_money. grants : one
    row a grant: identifier, title, recipient, funder, amount, year, themes (ids), purpose,
    why, where. base : people who answered.
    """

    provenance: Provenance
    picture: Picture
    notices: tuple[str, ...]
    has_grants: bool
    currency: str
    sign: str
    total: float
    number: int
    per_head: float | None
    years_known: tuple[int, int]
    themes: pd.DataFrame
    apart: float | None
    apart_low: float | None
    apart_high: float | None
    not_compared: pd.DataFrame
    by_where: pd.DataFrame
    layer: MapLayer
    theme_layer: MapLayer
    by_area: pd.DataFrame
    grants: pd.DataFrame
    base: Count
    menu: Menu
    sentences: tuple[str, ...]
    empty: bool
    cautions: tuple[str, ...] = ()

    @once
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return {"wishes and money", "other money", "where", "map", "grants"}, in words."""
        themes = self.themes.assign(
            wishes=[percent_or_dash(v) for v in self.themes["wishes"]],
            money_share=[percent_or_dash(v) for v in self.themes["money_share"]],
            money=[amount_words(v, self.sign) for v in self.themes["money"]],
            per_head=[head_words(v, self.sign) for v in self.themes["per_head"]],
        )
        money = say("Money")
        return {
            "wishes and money": _headed(
                themes,
                {
                    "label": say("Wish"), "asked": say("People who asked"),
                    "wishes": say("Part of all wishes"), "money_share": say("Part of the money"),
                    "money": money, "per_head": say("A head"), "grants": say("Grants"),
                    "words": say("In words"),
                },
            ),
            "other money": _headed(
                self._worded(self.not_compared),
                {"words": say("What"), "money": money, "grants": say("Grants")},
            ),
            "where": _headed(
                self._worded(self.by_where),
                {
                    "label": say("Where it was for"), "money": money, "grants": say("Grants"),
                    "words": say("In words"),
                },
            ),
            "map": worded_layer(self.layer),
            "grants": _headed(
                self._worded(self.grants.rename(columns={"amount": "money"})),
                {
                    "title": say("Grant"), "recipient": say("Given to"), "funder": say("By"),
                    "money": money, "year": say("Year"), "purpose": say("Counted as"),
                    "why": say("Why"), "where": say("Where it was for"),
                    "identifier": say("Identifier"),
                },
            ),
        }  # fmt: skip

    def _worded(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(money=[amount_words(v, self.sign) for v in table["money"]])


_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
MILLION = 1_000_000


def sign_of(currency: str) -> str:
    """Return what stands before an amount: "£", or the code and a space."""
    return _SIGNS.get(currency, f"{currency} " if currency else "")


def amount_words(amount: float, sign: str) -> str:
    """Return an amount ready to show: "£4,200", "£1.3 million", "–" when unknown."""
    if amount != amount:
        return "–"
    if amount >= MILLION:
        return say("{amount} million", amount=f"{sign}{amount / MILLION:,.1f}")
    return f"{sign}{amount:,.0f}"


def head_words(amount: float, sign: str) -> str:
    """Return money a head: pence below ten, whole above, "–" when unknown."""
    if amount != amount:
        return "–"
    return f"{sign}{amount:,.2f}" if 0 < amount < 10 else f"{sign}{amount:,.0f}"


def percent_or_dash(value: float) -> str:
    """Return a fraction as a whole percentage, "–" when unknown."""
    return "–" if value != value else f"{int(100 * value + 0.5)}%"


def _headed(table: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    return table[list(headings)].rename(columns=headings)
