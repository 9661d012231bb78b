"""Passages of a page as one piece of markup each: what was asked, the card, the lists, methods.

Each of Streamlit's elements is a message of its own, made anew for every viewer: twelve of a
change's thirty-nine, a fifth of its cost, held sentences and no control. They are written once
a brief for everybody and travel as one message each. Every text of others is encoded by
`draw.safe.map_text`; the look is that of Streamlit's own elements (`screen.css`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import pandas as pd

from needsmap.briefs.shapes import (
    AreaBrief,
    Box,
    ComparisonBrief,
    Example,
    Method,
    OverviewBrief,
)
from needsmap.draw.safe import map_text
from needsmap.ui import bars
from needsmap.ui.kept import OfShared
from needsmap.ui.plain import visible
from needsmap.ui.tabled import tabled
from needsmap.words import count, say

_WRITTEN = OfShared(most=600)
"""Passages by brief, which all viewers share."""

_LISTS = ("said_measured", "said_not_measured", "measured_not_said", "neither")
_WORDS = {
    "said_measured": "People ask for it more than elsewhere, and the index measures it high.",
    "said_not_measured": "People ask for it more than elsewhere; the index does not.",
    "measured_not_said": "The index measures it high; people ask for it less than elsewhere.",
    "neither": "Neither people nor the index put it first.",
}


def head(brief: OverviewBrief) -> str:
    """Return who was asked, when and what, and under it the finding, as markup.

    The finding keeps its height, so that a map below stays put.
    """
    return _once(brief, "head", lambda: _head(brief))


def panel(brief: OverviewBrief) -> str:
    """Return what stands beside the map of a whole place: what is good, wishes, doubts."""
    return _once(brief, "panel", lambda: _panel(brief))


def area(brief: AreaBrief) -> str:
    """Return what stands beside the map of an area in focus, above its ways on.

    For an area not shown that is its name alone.
    """
    return _once(brief, "area", lambda: _area(brief))


def lists(brief: ComparisonBrief, said: Sequence[str] = ()) -> str:
    """Return the four lists, what is not clear, the wishes nobody measures; "" for none.

    `said`: cautions that stand on the page already.
    """
    return _once(brief, ("lists", tuple(said)), lambda: _four_lists(brief, said))


def method(one: Method) -> str:
    """Return what is folded away of a method: words, formula, examples, source."""
    return _once(one, "method", lambda: _method(one))


def _once(brief: object, what: Hashable, make: Callable[[], str]) -> str:
    return _WRITTEN.get([brief], what, make)


def _head(brief: OverviewBrief) -> str:
    asked = [f"<p>{_text(brief.coverage_line)}</p>"] if brief.coverage_line else []
    if brief.question:
        words = say("They were asked: “{question}”", question=visible(brief.question))
        asked.append(f'<p class="nm-quiet">{_text(words)}</p>')
    lead = "".join(f"<p>{_text(' '.join(brief.lead))}</p>" for _ in brief.lead[:1])
    apart = "" if brief.question else " nm-apart"
    return f'<div class="nm-asked{apart}">{"".join(asked)}</div><div class="nm-lead">{lead}</div>'


def _panel(brief: OverviewBrief) -> str:
    rest = [each for each in brief.sentences if each not in brief.lead]
    good = rest[:1] if brief.strengths else []
    return _passage(
        _sentences(good),
        _wishes(bars.bars(brief.wishes[:6], short=True), say("People asked for"), short=True),
        _sentences(each for each in rest if each not in good),
        _sentences(brief.cautions, quiet=True),
        card=True,
    )


def _area(brief: AreaBrief) -> str:
    parts = [_heading(brief.area.name)]
    if brief.shown:
        named = ", ".join(strength.label for strength in brief.strengths[:3])
        parts += [
            _sentences([say("People are proud of: {named}", named=named)] if named else []),
            _wishes(bars.bars(brief.wishes[:5], further=True), say("They asked for")),
            _sentences((each for each in (brief.heard, brief.missing) if each), quiet=True),
        ]
    return _passage(*parts, card=True)


def _four_lists(brief: ComparisonBrief, said: Sequence[str]) -> str:
    parts: list[str] = []
    if brief.domain:
        by_id = {box.id: box for box in brief.boxes}
        columns = "".join(_list(by_id[box], say(_WORDS[box])) for box in _LISTS)
        others = [box for box in brief.boxes if box.id not in _LISTS and box.areas]
        parts += [
            _heading(say("The same in four lists")),
            f'<div class="nm-columns">{columns}</div>',
            _sentences((f"{box.title}: {_named(box)}." for box in others), quiet=True),
            _sentences((each for each in brief.cautions if each not in said), quiet=True),
            _heading(say("All wishes that have an official measure")),
            tabled(brief.tables()["themes"], alt=say("Areas in each list, wish by wish")),
        ]
    if brief.unmeasured:
        parts += [
            _heading(say("Wishes no official measure looks at")),
            _sentences([say("Only people can say these. They are not smaller for it.")]),
            _wishes(bars.bars(brief.unmeasured, short=True), "", short=True),
        ]
    return _passage(*parts) if parts else ""


def _list(box: Box, words: str) -> str:
    title = f"{box.title} ({count('{n} area', '{n} areas', len(box.areas))})"
    names = "".join(f"<li>{_text(place.name)}</li>" for place in box.areas)
    return (
        f"<div><p><strong>{_text(title)}</strong></p>"
        f'<p><span class="nm-fine">{_text(words)}</span></p>'
        + (f"<ul>{names}</ul>" if names else f"<p>{_text(say('None.'))}</p>")
        + "</div>"
    )


def _method(one: Method) -> str:
    where = f"{one.source} ({one.date})" if one.date else one.source
    source = [say("Where it comes from: {where}", where=where)] if where else []
    return _passage(
        _sentences([one.words]),
        f'<pre class="nm-formula">{_text(one.formula)}</pre>' if one.formula else "",
        *(_example(number, example) for number, example in enumerate(one.examples, 1)),
        _sentences(source, quiet=True),
    )


def _example(number: int, example: Example) -> str:
    rows = [(say("given"), *pair) for pair in example.given]
    rows += [(say("gives"), *pair) for pair in example.result]
    table = pd.DataFrame(rows, columns=["", say("What"), say("Value")])
    worked = [say("Worked out by: {source}", source=example.source)] if example.source else []
    return (
        _sentences([say("Example {number}", number=number)])
        + f"<div>{tabled(table, alt=say('A worked example'))}</div>"
        + _sentences(worked, quiet=True)
    )


def _named(box: Box) -> str:
    return ", ".join(place.name for place in box.areas)


def _passage(*parts: str, card: bool = False) -> str:
    kind = "nm-passage nm-card" if card else "nm-passage"
    return f'<div class="{kind}">{"".join(parts)}</div>'


def _heading(words: str) -> str:
    return f"<h3>{_text(words)}</h3>"


def _sentences(found: Iterable[str], *, quiet: bool = False) -> str:
    kind = ' class="nm-quiet"' if quiet else ""
    return "".join(f"<p{kind}>{_text(each)}</p>" for each in found)


def _wishes(drawn: str, title: str, *, short: bool = False) -> str:
    """Return bars under their heading, with the key to their dots where that is needed."""
    if not drawn:
        return ""
    key = f'<p class="nm-small">{bars.dots_explained()}</p>' if short else ""
    return (_heading(title) if title else "") + f"<div>{drawn}{key}</div>"


def _text(words: str) -> str:
    return map_text(visible(words))
