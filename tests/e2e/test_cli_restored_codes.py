"""Codes on paper that was printed before a copy was restored: none passes for another room's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.barcodes import LOWEST
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


def lines(codes: Iterable[str]) -> set[int]:
    """Return of which lines of the file's life codes are: no two lines share one."""
    numbers = [int(one) - LOWEST for one in codes]
    return {(one & -one).bit_length() - 1 for one in numbers}


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
    assert not lines(again.values()) & lines(printed.values())
    assert {finds(drawn, one) for one in printed.values()} == {"code_unknown"}
    assert {finds(drawn, one) for one in again.values()} == {""}


def test_the_same_copy_restored_again_and_again_never_gives_a_code_that_was_on_paper(
    drawn: Path,
) -> None:
    with open_workspace(drawn) as work:
        owner = work.tournament().id
        with work.database.write(
            actor="Ann", tournament=owner, trail=False, undoable=False
        ) as unit:
            give_codes(unit, owner, "venue")
    copy = done("snapshot", drawn)["file"]
    packs = [give(drawn)]
    for _ in range(3):
        done("restore", drawn, copy)
        packs.append(give(drawn))
    assert [lines(one.values()) for one in packs] == [{0}, {1}, {2}, {3}]
