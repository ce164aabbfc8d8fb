"""Make room for the cached forecast of who breaks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing that was there changes."""
    op.create_table(
        "forecast",
        sa.Column("tournament_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False, server_default=""),
        sa.Column("made_from", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tournament_id", name=op.f("pk_forecast")),
    )
