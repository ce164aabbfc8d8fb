"""Ballots that name people, motions and rounds that are not there, wherever they do it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.workspace import Workspace
from tests.services.desk_scenes import write
from tests.services.double_scene import Room

Doc = dict[str, Any]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as found:
        yield found


def refusal(room: Room, *given: Doc) -> set[str]:
    """Return the codes of what keeps ballots of D1 out."""
    entries = [Entry(1, "D1", Ballot.model_validate(one)) for one in given]
    with pytest.raises(ProblemsFound) as caught:
        write(room.work, "Ann", lambda unit: enter_ballots(
            unit, room.work.tournament(), entries))
    return {one.code for one in caught.value.problems if one.level == "error"}


@pytest.mark.parametrize("status", ["draft", "confirmed", "discarded"])
@pytest.mark.parametrize("speech", [
    {"speaker": "S777"}, {"speaker": "S1a", "substitute_for": "S777"}, {"speaker": ""}])
def test_a_stranger_where_votes_alone_are_looked_at_is_told(
    speech: Doc, status: str, work: Workspace
) -> None:
    """Sheets without marks say nothing of who spoke, so that their rules look at nobody."""
    room = Room(work, "votes")
    given = copy.deepcopy(room.right) | {"status": status}
    given["sheets"][1]["sides"] = [{"side": "aff", "speeches": [{"position": 1, **speech}]}]
    assert refusal(room, given) & {"record_unknown", "speaker_unknown"}


@pytest.mark.parametrize("more", [{"motion": ""}, {"vetoes": {"aff": ""}}, {"motion": "M9"}])
def test_a_motion_that_nobody_knows_is_told(more: Doc, work: Workspace) -> None:
    room = Room(work, "panel")
    assert refusal(room, room.right | more) == {"motion_unknown"}


def test_a_list_says_of_each_repetition_which_version_it_repeats(work: Workspace) -> None:
    room = Room(work, "bp")
    right, wrong = (one | {"status": "draft"} for one in (room.right, room.wrong))
    entries = [Entry(1, "D1", Ballot.model_validate(one)) for one in (
        right, wrong, right, wrong, wrong | {"entered_by": "Ben"})]
    found: list[Any] = []
    write(work, "Ann", lambda unit: found.append(enter_ballots(unit, work.tournament(), entries)))
    entered, problems = found[0]
    assert entered == 3
    assert [one.code for one in problems] == ["ballot_same"] * 2
    assert ["version 1" in problems[0].message, "version 2" in problems[1].message] == [True] * 2
