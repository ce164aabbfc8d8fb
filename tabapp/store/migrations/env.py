"""What Alembic runs: it is handed a connection whose transaction somebody else ends."""

from __future__ import annotations

from alembic import context

from tabapp.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
