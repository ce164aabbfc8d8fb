"""Codes on paper that was printed before a copy was restored: none passes for another room's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.services.barcodes import find_code, give_codes, lacking_codes
from tests.e2e.program import done


def give(db: Path) -> dict[int, str]:
    """Give codes to all debates that have none, as printing does; return those."""
    with open_workspace(db) as work:
        owner = work.tournament().id
        with work.database.write(
            actor="Ann", tournament=owner, trail=False, undoable=False
        ) as unit:
            lacking = lacking_codes(unit, owner, "debate")
            given = give_codes(unit, owner, "debate")
            return {one: given[one] for one in lacking}


def finds(db: Path, code: str) -> str:
    """Return the code of the refusal, "" where something has the code."""
    with open_workspace(db) as work, work.database.read() as unit:
        try:
            find_code(unit, work.tournament().id, code)
        except UserError as error:
            return error.code
    return ""


@pytest.mark.parametrize("lost", [False, True])
def test_a_restored_file_gives_no_code_that_was_on_paper_before(drawn: Path, lost: bool) -> None:
    with open_workspace(drawn) as work:
        owner = work.tournament().id
        with work.database.write(
            actor="Ann", tournament=owner, trail=False, undoable=False
        ) as unit:
            give_codes(unit, owner, "venue")
    copy = done("snapshot", drawn)["file"]
    printed = give(drawn)
    assert len(set(printed.values())) == 4
    if lost:
        drawn.unlink()
    done("restore", drawn, copy)
    done("restore", drawn, copy)  # whatever copy comes, and however often
    assert {finds(drawn, one) for one in printed.values()} == {"code_unknown"}
    again = give(drawn)
    assert again.keys() == printed.keys()
    assert not set(again.values()) & set(printed.values())
    assert {finds(drawn, one) for one in printed.values()} == {"code_unknown"}
    assert {finds(drawn, one) for one in again.values()} == {""}
