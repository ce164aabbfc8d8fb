"""Make room for what PINs need, and for who fetches the ballots of a room."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = {"operator": ("wait_until", "pin_set_at", "pin_set_by"), "venue": ("runner",)}


def upgrade() -> None:
    """Add the columns; nothing that was there changes."""
    rebuild: Literal["always", "never"] = (
        "always" if op.get_bind().dialect.name == "sqlite" else "never"
    )
    for table, names in _TEXTS.items():
        with op.batch_alter_table(table, recreate=rebuild) as batch:
            if table == "operator":
                batch.add_column(
                    sa.Column("wrong_pins", sa.Integer(), nullable=False, server_default="0"))
            for name in names:
                batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
