"""Words that make people a problem to be solved, or a place a rank. None is shown to anybody."""

from __future__ import annotations

import re

WORDS = (
    r"left[- ]behind", r"problem (?:area|estate|famil|ward|place)", r"deprived (?:area|ward|place|"
    r"communit|neighbourhood|estate|people|resident)", r"sink estate", r"no[- ]go area",
    r"hard[- ]to[- ]reach", r"hard to engage", r"the disadvantaged", r"the vulnerable",
    r"the needy", r"the poor(?:est)?\b(?! connection)", r"the deprived", r"underprivileged",
    r"under-privileged", r"poor (?:area|ward|neighbourhood|estate)s?\b", r"rough (?:area|estate)",
    r"failing (?:area|ward|place|communit)", r"broken (?:communit|area|estate|famil)",
    r"troubled famil", r"struggling (?:communit|area|ward|estate|famil)", r"blackspot",
    r"black spot", r"worst (?:area|ward|place|estate|neighbourhood)s?\b", r"bottom of the (?:table|"
    r"league)", r"respondent", r"service users?", r"at[- ]risk (?:people|famil|"
    r"communit)", r"rescue", r"lift(?:ed|ing)? out of poverty", r"give (?:them )?a voice",
    r"voiceless", r"empower(?:ing)? (?:the|them)", r"target(?:ed)? population",
)  # fmt: skip

RESCUE = re.compile("|".join(rf"\b(?:{word})" for word in WORDS), re.IGNORECASE)


def found_in(text: str) -> list[str]:
    """Return every such word in a text; a sentence broken over lines of code is read whole."""
    joined = re.sub(r"[\"']\s*\n\s*f?[\"']", "", text)
    return [match.group() for match in RESCUE.finditer(re.sub(r"\s+", " ", joined))]
