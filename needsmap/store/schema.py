"""The tables of the store.

Answers are kept as columns in blocks, not as a row a cell: a survey of a million answers
is then some twenty rows here. No heading of anybody's file ever becomes a name in SQL.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

survey = Table(
    "survey",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("place", String(200), nullable=False),
    Column("state", String(10), nullable=False),  # kept | withdrawn
    Column("title", Text, nullable=False),
    Column("asked", String(10), nullable=False),  # ISO date or ""
    Column("tool", String(80), nullable=False),
    Column("file_digest", String(128), nullable=False),
    Column("heading_fingerprint", String(128), nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("answers", Integer, nullable=False),
    Column("kept_at", String(40), nullable=False),  # UTC, ISO
    Index("survey_by_place", "place", "state"),
)
"""One kept import. `content_digest` is the same wherever the same answers are kept."""

question = Table(
    "question",
    metadata,
    Column("survey", Integer, ForeignKey("survey.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("group", String(80), nullable=False),
    Column("separator", Text),
    Column("answered", Integer, nullable=False),
    Column("columns", Text, nullable=False),  # JSON: positions in the file
    Column("options", Text, nullable=False),  # JSON: the options as they were understood
)

cell_dictionary = Table(
    "cell_dictionary",
    metadata,
    Column("survey", Integer, ForeignKey("survey.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("question", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The distinct cells of a question with their choices and themes (Arrow, zstd)."""

answer_block = Table(
    "answer_block",
    metadata,
    Column("survey", Integer, ForeignKey("survey.number"), primary_key=True),
    Column("block", Integer, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("row_keys", LargeBinary, nullable=False),  # 16 bytes an answer
    Column("row_prints", LargeBinary, nullable=False),  # 16 bytes an answer
    Column("body", LargeBinary, nullable=False),
)
"""At most 50,000 answers: their keys, their prints (`prints.py`), their columns."""

release = Table(
    "release",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_at", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("answers", Integer, nullable=False),
)

release_survey = Table(
    "release_survey",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("release", Integer, primary_key=True),
    Column("survey", String(16), primary_key=True),
)
"""What a release was made of, by public survey id; outlives the survey's answers."""

tombstone = Table(
    "tombstone",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("survey", String(16), nullable=False),
    Column("place", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("file_digest", String(128), nullable=False),
    Column("answers", Integer, nullable=False),
    Column("kept_at", String(40), nullable=False),
    Column("undone_at", String(40), nullable=False),
)
"""That a survey was here and was taken back. Holds none of its answers."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("place", String(200), nullable=False),
    Column("facts", Text, nullable=False),  # JSON: ids, digests and counts only
    Column("former", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("digest"),
)
"""What was done, each entry sealed with the one before it."""

remembered_choices = Table(
    "remembered_choices",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("fingerprint", String(128), primary_key=True),  # of the form's headings
    Column("choices", Text, nullable=False),  # JSON
    Column("at", String(40), nullable=False),
)
"""How a form is to be read when it comes again. Nothing personal in it."""

theme_correction = Table(
    "theme_correction",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),  # of language and wording
    Column("language", String(20), nullable=False),
    Column("wording", Text, nullable=False),
    Column("themes", Text, nullable=False),  # JSON: theme ids
    Column("at", String(40), nullable=False),
)
"""Which themes a wording names, as stewards settled it. Wording comes scrubbed."""

quote_approval = Table(
    "quote_approval",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("quote", String(32), primary_key=True),  # id of the text: every letter of it
    Column("survey", String(16), nullable=False),  # public id
    Column("line", Text, nullable=False),  # the words that may be read by all
    Column("who", String(80), nullable=False),  # by which door
    Column("at", String(40), nullable=False),
)
"""Lines a steward approved. A line that was taken back is gone; the audit log keeps that."""

grant_correction = Table(
    "grant_correction",
    metadata,
    Column("place", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),  # of the grant's identifier
    Column("identifier", Text, nullable=False),
    Column("themes", Text, nullable=False),  # JSON: theme ids
    Column("at", String(40), nullable=False),
)
"""What grants are for, as stewards settled it against the match by words."""
