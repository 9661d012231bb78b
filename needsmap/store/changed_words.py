"""Quotes whose writers took their words back: they lose their approval at once."""

from __future__ import annotations

from sqlalchemy import Connection, select

from needsmap.store.decisions import withdraw_changed
from needsmap.store.releases import read_survey
from needsmap.store.schema import quote_approval, survey
from needsmap.tables import SurveyAnswers


def withdraw_changed_lines(
    connection: Connection, place: str, given: SurveyAnswers, *, who: str
) -> int:
    """Take back approved lines that somebody's answer held before and holds no longer.

    `given`: answers handed in, some of them known already. Only surveys of the same form that
    have a line approved are looked at, inside the caller's transaction. Returns how many went.
    """
    rows = connection.execute(
        select(survey, quote_approval.c.quote, quote_approval.c.line)
        .join(quote_approval, quote_approval.c.survey == survey.c.id)
        .where(
            quote_approval.c.place == place,
            survey.c.state == "kept",
            survey.c.heading_fingerprint == given.heading_fingerprint,
        )
    ).all()
    if not rows:
        return 0
    position = {key: at for at, key in enumerate(given.answers["key"])}
    former = {row.id: read_survey(connection, row) for row in {r.id: r for r in rows}.values()}
    gone: dict[str, set[str]] = {}
    for row in rows:
        if _taken_back(former[row.id], given, position, row.line):
            gone.setdefault(row.id, set()).add(row.quote)
    return sum(
        withdraw_changed(connection, place, id_, quotes, who=who) for id_, quotes in gone.items()
    )


def _taken_back(
    former: SurveyAnswers, given: SurveyAnswers, position: dict[str, int], line: str
) -> bool:
    """Return whether anybody who wrote a line hands in an answer to that question without it."""
    keys = former.answers["key"].to_numpy()
    for name, column in former.columns.items():
        holding = [code for code, cell in enumerate(column.cells) if line in cell]
        now = given.columns.get(name)
        if not holding or now is None:
            continue
        wrote = (column.codes[:, None] == holding).any(axis=1)
        for key in keys[wrote]:
            at = position.get(key)
            if at is None:
                continue
            code = int(now.codes[at])
            if line not in (now.cells[code] if code >= 0 else ""):
                return True
    return False
