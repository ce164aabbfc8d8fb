"""Tournaments to be exported, and what goes into their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.exchange.tables import SUFFIXES, Document, render
from tabapp.services import exports
from tabapp.services.exports import ExportRequest
from tabapp.services.workspace import Workspace
from tests.builders import Doc, small_archive

OPEN = {
    "team_tab_released": True, "speaker_tab_released": True, "public_results": True,
    "adjudicators_tab_released": True, "public_participants": True, "public_draw": "all-released",
    "show_team_institutions": True,
}
Opened = Callable[[Doc], Workspace]


def built(work: Workspace, request: ExportRequest) -> Document:
    with work.database.read() as unit:
        return exports.build(unit, work.tournament().id, request)


def refused(work: Workspace, request: ExportRequest) -> UserError:
    with pytest.raises(UserError) as caught:
        built(work, request)
    return caught.value


def everything(made: Document) -> str:
    """Return all that the files of text say."""
    return "".join(render(made, one).content.decode() for one in SUFFIXES if one in (
        ".csv", ".json", ".html"))


def tournament(rounds: int = 3, **settings: Any) -> Doc:
    made = small_archive(8, rounds)
    made["tournament"]["settings"] = settings
    return made
