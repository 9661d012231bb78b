"""What stewards of a place decided, as briefs take it. Screen and command take the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from needsmap.analysis.quotes import Approval
from needsmap.settings import Settings
from needsmap.store import approved_quotes, grant_corrections, open_store


@dataclass(frozen=True)
class Decided:
    """What stewards decided.

    approvals : lines that may be read by all. corrections : grant identifier → theme ids.
    """

    approvals: tuple[Approval, ...] = ()
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, subject: str) -> dict[str, Any]:
        """Return what `make_<subject>` is to be given beside picture and place."""
        if subject in {"quotes", "area"}:
            return {"approvals": self.approvals}
        if subject == "money":
            return {"corrections": self.corrections}
        return {}

    def key(self, subject: str) -> str:
        """Return what a cache of a subject may hang on: "" when nothing touches it."""
        told = {name: given for name, given in self.of(subject).items() if given}
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if told else ""


def read_decided(settings: Settings, place: str) -> Decided:
    """Return what stewards decided for a place, by its pack's name.

    Raises
    ------
    StoreUnavailable
        When the store cannot be read.
    """
    with open_store(settings.database_url) as store:
        approvals = tuple(
            Approval(one.quote, one.line, one.who, one.at.isoformat())
            for one in approved_quotes(store, place)
        )
        return Decided(approvals, grant_corrections(store, place))
