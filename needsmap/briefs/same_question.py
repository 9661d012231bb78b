"""Whether two surveys asked the same: wording and options beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from needsmap.analysis.change import same_question
from needsmap.analysis.disclosure import publish_counts
from needsmap.analysis.priorities import Chosen
from needsmap.analysis.voice import ThemeQuestion, VoiceSurvey
from needsmap.briefs.saying import listed
from needsmap.tables import Option
from needsmap.words import say


def _question(survey: VoiceSurvey, chosen: Chosen) -> ThemeQuestion:
    return next(q for q in survey.questions if q.id == chosen.parts[0][1])


def wording_differences(
    first: VoiceSurvey, asked_first: Chosen, last: VoiceSurvey, asked_last: Chosen
) -> tuple[bool, tuple[str, ...]]:
    """Return whether both asked the same, and what differs, in sentences."""
    before, after = _question(first, asked_first), _question(last, asked_last)
    texts = [[o.text for o in q.options if o.offered] for q in (before, after)]
    # What only a few people chose may be somebody's own words, so it is not repeated (D7).
    known = [[t for t, o in zip(all_, _offered(q), strict=True) if _often(o)]
             for all_, q in zip(texts, (before, after), strict=True)]  # fmt: skip
    alike, gone, _ = same_question(before.text, after.text, known[0], texts[1])
    new = same_question(before.text, after.text, texts[0], known[1])[2]
    told = []
    if not alike:
        told.append(
            say(
                "The question was put differently: first “{before}”, then “{after}”. A change may "
                "come from that.",
                before=before.text, after=after.text,
            )
        )  # fmt: skip
    for options, words in (
        (gone, say("Only the first survey offered: {list}.", list=_options(gone))),
        (new, say("Only the later survey offered: {list}.", list=_options(new))),
    ):
        if options:
            told.append(words)
    return alike and not gone and not new, tuple(told)


def _offered(question: ThemeQuestion) -> list[Option]:
    return [o for o in question.options if o.offered]


def _often(option: Option) -> bool:
    return bool(np.nan_to_num(publish_counts(option.count)) > 0)


def _options(options: Sequence[str]) -> str:
    return listed([f"“{o}”" for o in options], most=4)
