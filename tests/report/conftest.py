"""An export with everything in it, made by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import pytest

from needsmap.briefs.provenance import Provenance, SourceNote, SurveyNote
from needsmap.picture import Picture
from needsmap.report.export import Export, make_export

PROVENANCE = Provenance(
    place="testham",
    place_title="Testham",
    invented=True,
    pack_version="abc123",
    release_number=3,
    release_made_at="2026-05-04T10:00:00+00:00",
    mark="7F3A-21",
    link="place=testham&by=ward",
    surveys=(SurveyNote("s1", "Spring <b>survey</b>", date(2026, 4, 1), "120"),),
    sources=(SourceNote("Indices", "OGL v3", "Contains public information.", "2025"),),
    policy=("Counts are rounded to 5.",),
)


PICTURE = Picture(place="testham", level="ward", groups=(("age", "16-24"),))


@dataclass(frozen=True)
class Base:
    words: str = "about 120"


BASE = Base()


@dataclass(frozen=True)
class InventedBrief:
    """A brief of the shape all briefs have."""

    provenance: Provenance = PROVENANCE
    picture: Picture = PICTURE
    sentences: tuple[str, ...] = ("Most people asked for parks.",)
    cautions: tuple[str, ...] = ("Few people answered in the north.",)
    base: Base = BASE
    given: dict[str, pd.DataFrame] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        return self.given or {
            "wishes": pd.DataFrame(
                {
                    "People asked for": ["Parks", "=HYPERLINK(1)", "<img src=x onerror=alert(1)>"],
                    "People": [65, 40, None],
                    "Share": [0.5, 0.25, float("nan")],
                }
            )
        }


@pytest.fixture
def brief() -> InventedBrief:
    return InventedBrief()


@pytest.fixture
def export(brief: InventedBrief) -> Export:
    return make_export(brief, "What matters most", today=date(2026, 5, 5))
