"""What stewards decided: lines that may be read by all, and what a grant is for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "quote_approval",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("quote", sa.String(32), primary_key=True),
        sa.Column("survey", sa.String(16), nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "grant_correction",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
