"""Random tournaments through a file: imported, their tables cached, read again and compared."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tabapp.app import open_workspace
from tabapp.exchange import read_archive
from tabapp.services import exchange
from tests.random_archives import make
from tests.random_checks import Faults, check_tables


def try_stored(seed: int, preset: str) -> list[str]:
    """Make a tournament, import it into a new file, and return what differs there."""
    made, faults = make(seed, preset), Faults()
    read = read_archive(json.dumps(made.document).encode(), "random")
    if read.archive is None:
        return [problem.message for problem in read.problems if problem.level == "error"]
    with (
        tempfile.TemporaryDirectory(prefix="tabapp-random-") as folder,
        open_workspace(Path(folder) / "random.tabapp", create=True) as work,
    ):
        slug = exchange.add(
            work.database, read.archive, now=work.clock.now(), actor=work.actor)
        owner = work.tournament(slug)
        work.run("standings.recalculate", tournament=owner.id, tournament_id=owner.id)
        check_tables(work, owner, made.document, seed, faults)
    return faults
