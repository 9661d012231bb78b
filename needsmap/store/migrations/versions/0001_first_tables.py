"""The first tables: surveys as blocks of columns, releases, tombstones, the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. Written out here, so later changes of the schema leave it alone."""
    op.create_table(
        "survey",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(16), nullable=False, unique=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("asked", sa.String(10), nullable=False),
        sa.Column("tool", sa.String(80), nullable=False),
        sa.Column("file_digest", sa.String(128), nullable=False),
        sa.Column("heading_fingerprint", sa.String(128), nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.String(40), nullable=False),
    )
    op.create_index("survey_by_place", "survey", ["place", "state"])
    op.create_table(
        "question",
        sa.Column("survey", sa.Integer, sa.ForeignKey("survey.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("group", sa.String(80), nullable=False),
        sa.Column("separator", sa.Text),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("options", sa.Text, nullable=False),
    )
    op.create_table(
        "cell_dictionary",
        sa.Column("survey", sa.Integer, sa.ForeignKey("survey.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "answer_block",
        sa.Column("survey", sa.Integer, sa.ForeignKey("survey.number"), primary_key=True),
        sa.Column("block", sa.Integer, primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("row_keys", sa.LargeBinary, nullable=False),
        sa.Column("row_prints", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "release",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
    )
    op.create_table(
        "release_survey",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("release", sa.Integer, primary_key=True),
        sa.Column("survey", sa.String(16), primary_key=True),
    )
    op.create_table(
        "tombstone",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("survey", sa.String(16), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("file_digest", sa.String(128), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("kept_at", sa.String(40), nullable=False),
        sa.Column("undone_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("former", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
    )
