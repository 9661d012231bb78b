"""The record of personal details that were kept on purpose, with the reason given."""

from __future__ import annotations

from collections.abc import Iterable

from needsmap.errors import NeedsmapError
from needsmap.store.audit import write_entry
from needsmap.store.database import Store
from needsmap.words import say


def note_kept_details(
    store: Store,
    place: str,
    file_digest: str,
    details: Iterable[tuple[int, str, str]],
    *,
    who: str = "command",
) -> None:
    """Note in the audit log which columns keep personal details, and why.

    To be called before `keep_survey`: details without a record are not kept.

    Parameters
    ----------
    file_digest
        SHA-256 of the file, which the audit entry of keeping names too.
    details
        (column, kind of detail, reason), the reason scrubbed by the caller.

    Raises
    ------
    NeedsmapError
        When a reason is blank.
    StoreUnavailable
        When the store cannot be written.
    """
    given = [{"column": column, "kind": kind, "why": why} for column, kind, why in details]
    if any(not str(detail["why"]).strip() for detail in given):
        raise NeedsmapError(
            say("Personal details are kept only for a reason."), say("Write why they are needed.")
        )
    if not given:
        return
    with store.writing() as connection:
        facts = {"file": file_digest, "details": given}
        write_entry(connection, what="personal_kept", place=place, who=who, facts=facts)
