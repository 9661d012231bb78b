"""What must not be lost. The only room that knows SQL."""

from needsmap.store.audit import AuditEntry, audit_entries, audit_is_whole
from needsmap.store.backup import make_backup
from needsmap.store.backup_file import Manifest
from needsmap.store.corrections_file import (
    corrections_as_toml,
    corrections_from_toml,
    grants_as_toml,
    grants_from_toml,
)
from needsmap.store.database import Store, open_store
from needsmap.store.decisions import (
    QuoteApproval,
    approve_quote,
    approved_quotes,
    correct_grants,
    forget_grant,
    grant_corrections,
    note_sign_in,
    withdraw_quote,
)
from needsmap.store.known import Overlap, overlap
from needsmap.store.learned import (
    ThemeCorrection,
    forget_theme,
    recalled_choices,
    remember_choices,
    remember_theme,
    remember_themes,
    theme_corrections,
)
from needsmap.store.releases import (
    Release,
    current_release,
    make_release,
    released_surveys,
    waiting,
)
from needsmap.store.restore import restore_backup
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
    "Manifest",
    "Overlap",
    "QuoteApproval",
    "Receipt",
    "Release",
    "Store",
    "SurveyRecord",
    "ThemeCorrection",
    "Undone",
    "approve_quote",
    "approved_quotes",
    "audit_entries",
    "audit_is_whole",
    "correct_grants",
    "corrections_as_toml",
    "corrections_from_toml",
    "current_release",
    "forget_grant",
    "forget_theme",
    "grant_corrections",
    "grants_as_toml",
    "grants_from_toml",
    "keep_survey",
    "list_surveys",
    "make_backup",
    "make_release",
    "note_sign_in",
    "open_store",
    "overlap",
    "recalled_choices",
    "released_surveys",
    "remember_choices",
    "remember_theme",
    "remember_themes",
    "restore_backup",
    "theme_corrections",
    "undo_survey",
    "waiting",
    "withdraw_quote",
]
