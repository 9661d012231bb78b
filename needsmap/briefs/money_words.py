"""What the money page says in words: its sentences, its notices, where money was for."""

from __future__ import annotations

from needsmap.analysis.disclosure import percent
from needsmap.briefs.grants import Grants
from needsmap.briefs.money_shape import MoneyBrief, amount_words, head_words
from needsmap.briefs.saying import listed, quoted
from needsmap.briefs.scene import Scene
from needsmap.words import count as plural
from needsmap.words import say

WHERE_WORDS = {
    "area": ("For one area", "Counted there."),
    "several": (
        "For several areas",
        "Split by how many people live in each: the funder did not say how it was shared.",
    ),
    "whole": ("For the whole place", "Not on the map: nobody said which areas it reached."),
    "partly": ("For areas here and elsewhere", "Not added in: the part for here is not known."),
    "elsewhere": ("For other places", "Not added in."),
    "unknown": (
        "The funder named no area",
        "Not added in: where an organisation has its office is not where the money went.",
    ),
}
"""Where a grant was for (see `grants.WHERE`) → its label, and how it is counted."""


def left_out(found: Grants, years: tuple[int, ...]) -> tuple[str, ...]:
    """Return one notice for each kind of grant that was not added in."""
    told = []
    for currency, number in found.other_currencies.items():
        told.append(
            plural(
                "{n} grant in {currency} is not added in: currencies are not mixed.",
                "{n} grants in {currency} are not added in: currencies are not mixed.",
                number, currency=currency or say("an unnamed currency"),
            )
        )  # fmt: skip
    if found.no_amount:
        told.append(
            plural(
                "{n} grant names no amount and is not added in.",
                "{n} grants name no amount and are not added in.",
                found.no_amount,
            )
        )
    if found.repeated:
        told.append(
            plural(
                "{n} grant stood in the list twice and is counted once.",
                "{n} grants stood in the list twice and are counted once.",
                found.repeated,
            )
        )
    if years and found.outside_years:
        told.append(
            plural(
                "{n} grant of other years is left out.", "{n} grants of other years are left out.",
                found.outside_years,
            )
        )  # fmt: skip
    return tuple(told)


def money_sentences(scene: Scene, brief: MoneyBrief) -> tuple[str, ...]:
    """Return what the brief says, in two to four sentences with their doubt."""
    if not brief.has_grants:
        if brief.picture.years and scene.pack.grants.shape[0]:
            return (say("No grants of these years are known."), say("Choose other years."))
        return (
            say("No grants are in this place's data yet."),
            say(
                "Many funders publish theirs at grantnav.threesixtygiving.org: look for this "
                "place there, download the grants and add the file to the place's folder."
            ),
        )
    first, last = brief.picture.years or brief.years_known
    when = say("in {year}", year=first) if first == last else ""
    if first and not when:
        when = say("from {first} to {last}", first=first, last=last)
    told = [
        plural(
            "{n} grant for people here adds up to {money} {when}{head}.",
            "{n} grants for people here add up to {money} {when}{head}.",
            brief.number,
            money=amount_words(brief.total, brief.sign),
            when=when,
            head=""
            if brief.per_head is None
            else say(": {money} a head", money=head_words(brief.per_head, brief.sign)),
        ).replace(" .", ".").replace(" :", ":")
    ]  # fmt: skip
    told += _beside_sentences(scene, brief)
    whole = brief.by_where.set_index("where")["money"].get("whole", 0.0)
    if whole and whole == brief.total:
        told.append(say("All of it was for the whole place, so it stands on no area of the map."))
    elif whole and brief.total:
        told.append(
            say(
                "{part} of it was for the whole place, so it stands on no area of the map.",
                part=percent(whole / brief.total),
            )
        )
    return tuple(told[:4])


def _beside_sentences(scene: Scene, brief: MoneyBrief) -> list[str]:
    if scene.empty:
        return [say("Nobody has answered yet, so nothing can be set beside it.")]
    if brief.apart is None or brief.apart_low is None or brief.apart_high is None:
        return [say("Too little is known of wishes or grants to set one beside the other.")]
    table = brief.themes
    less = table[table["money_share"] < table["wishes_low"]]
    told = [
        say(
            "To match what people ask for, {part} of the money would have to go elsewhere "
            "(from these answers it could be {low} to {high}).",
            part=percent(brief.apart), low=percent(brief.apart_low), high=percent(brief.apart_high),
        )
    ]  # fmt: skip
    if len(less):
        most = less.assign(gap=less["wishes"] - less["money_share"]).nlargest(2, "gap")
        names = listed([quoted(label) for label in most["label"]])
        told.append(say("People ask more than money goes for {names}.", names=names))
    return told


def money_cautions(scene: Scene, found: Grants, brief: MoneyBrief) -> tuple[str, ...]:
    """Return what to keep in mind beside these figures."""
    told = list(scene.cautions)
    if not brief.has_grants:
        return tuple(told)
    told += [
        say("Only grants that funders publish are known; councils' own spending is mostly not."),
        say(
            "What a grant is for is read from its words: look at the list, and correct it where "
            "it is wrong."
        ),
        say("A grant for several wishes counts for each with the same part."),
    ]
    if (found.table["where"] == "unknown").any():
        told.append(
            say(
                "Grants that name no area are not added in: where an organisation has its office "
                "is not where the money went."
            )
        )
    return tuple(told)
