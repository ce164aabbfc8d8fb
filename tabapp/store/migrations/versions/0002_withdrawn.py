"""Let teams, adjudicators and rooms be withdrawn."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the flag; SQLite rebuilds each table, so that it reads as if it had been made so."""
    rebuild: Literal["always", "never"] = (
        "always" if op.get_bind().dialect.name == "sqlite" else "never"
    )
    for table in ("team", "adjudicator", "venue"):
        with op.batch_alter_table(table, recreate=rebuild) as batch:
            batch.add_column(
                sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
            )
