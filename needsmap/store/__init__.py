"""What must not be lost. The only room that knows SQL."""

from needsmap.store.audit import AuditEntry, audit_entries, audit_is_whole
from needsmap.store.database import Store, open_store
from needsmap.store.known import Overlap, overlap
from needsmap.store.releases import (
    Release,
    current_release,
    make_release,
    released_surveys,
    waiting,
)
from needsmap.store.surveys import (
    Receipt,
    SurveyRecord,
    Undone,
    keep_survey,
    list_surveys,
    undo_survey,
)

__all__ = [
    "AuditEntry",
    "Overlap",
    "Receipt",
    "Release",
    "Store",
    "SurveyRecord",
    "Undone",
    "audit_entries",
    "audit_is_whole",
    "current_release",
    "keep_survey",
    "list_surveys",
    "make_release",
    "open_store",
    "overlap",
    "released_surveys",
    "undo_survey",
    "waiting",
]
