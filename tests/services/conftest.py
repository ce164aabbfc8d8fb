"""What several tests of services begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.services import exchange
from tabapp.services.workspace import Workspace
from tests.builders import Doc
from tests.services.exported import Opened


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    works: list[Workspace] = []

    def make(document: Doc) -> Workspace:
        context = open_workspace(str(tmp_path / f"{len(works)}.tabapp"), create=True)
        work = context.__enter__()
        works.append(work)
        stack.append(context)
        exchange.add(
            work.database, Archive.model_validate(document), now=work.clock.now(), actor="test")
        return work

    stack: list[Any] = []
    yield make
    for one in reversed(stack):
        one.__exit__(None, None, None)
