"""The steps from each released schema to the next, run by Alembic.

One rule: a revision that was released is never changed; a new one is added to ``REVISIONS``.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

REVISIONS: tuple[str, ...] = ("0001", "0002", "0003", "0004", "0005")
"""All schemas that this program knows, oldest first; known without loading Alembic."""

HEAD = REVISIONS[-1]
SCRIPTS = Path(__file__).parent
VERSIONS = SCRIPTS / "versions"


def upgrade(connection: Connection) -> None:
    """Run the missing steps in the transaction of ``connection``.

    On SQLite its foreign keys must be off, and were before the transaction began: batch mode
    rebuilds tables, and a dropped parent would take its children along.
    """
    # Loaded here: it takes 0.3 s and is needed once a release.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("version_locations", str(VERSIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
