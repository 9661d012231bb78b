"""What a place learned: how its forms are read, and what its stewards corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "remembered_choices",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(128), primary_key=True),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_table(
        "theme_correction",
        sa.Column("place", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
