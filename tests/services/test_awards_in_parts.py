"""Awards of a whole tournament are written in parts, between which a ballot can come in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.domain.achievements import Earned
from tabapp.services import awards
from tabapp.services.awards import AwardChanges, after_writing, in_parts
from tabapp.services.workspace import Workspace
from tabapp.store.award_rows import list_awards
from tabapp.store.unit import WriteUnit
from tests.reliability.scenes import add, made_up


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=ManualClock()) as opened:
        add(opened, made_up(7, teams=16, rounds=4, play=True))
        yield opened


def test_what_a_correction_changes_is_one_part_and_more_is_cut() -> None:
    earned = tuple(Earned("first_win", f"T{at}") for at in range(10))
    assert list(in_parts(AwardChanges(earned, {1: {}}, ()), 11)) == [
        AwardChanges(earned, {1: {}}, ())]
    parts = list(in_parts(AwardChanges(earned, {1: {}}, ()), 4))
    assert [len(one.awarded) for one in parts] == [0, 4, 4, 2]
    assert [one for part in parts for one in part.awarded] == list(earned)
    assert [dict(one.changed) for one in parts if one.changed] == [{1: {}}]


def test_parts_give_what_one_unit_gives(
    work: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, sizes = work.tournament(), []

    def note(unit: WriteUnit) -> None:
        sizes.append(len(unit.touched.get("achievement", ())))

    work.database.hooks.append(note)
    monkeypatch.setattr(awards, "in_parts", partial(in_parts, size=20))
    result = work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
    with work.database.read() as unit:
        assert not awards.work_out(awards.read_input(unit, owner.id))
        stored = list_awards(unit, owner.id)
    assert len(stored) == result.stats["awarded"] == sum(sizes)
    assert max(sizes) == 20


def test_what_was_read_holds_after_an_own_part_only(work: Workspace) -> None:
    owner = work.tournament()
    with work.database.read() as unit:
        found = awards.read_input(unit, owner.id)
    parts = list(in_parts(awards.work_out(found), 20))
    with work.database.write(actor="program", expected=found.revision) as unit:
        awards.store(unit, owner, parts[0])
    with work.database.write(
        actor="program", expected=after_writing(found.revision)
    ) as unit:
        awards.store(unit, owner, parts[1])


def test_an_imported_tournament_gets_the_awards_of_its_registration_too(work: Workspace) -> None:
    owner = work.tournament()
    work.run(
        "achievements.check", tournament=owner.id, tournament_id=owner.id,
        event="round.completed")  # which is what an import tells of
    with work.database.read() as unit:
        assert {one.key for one in list_awards(unit, owner.id)} > {"team_complete", "first_win"}
