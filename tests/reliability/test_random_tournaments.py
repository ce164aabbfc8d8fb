"""Random tournaments through the whole program, and proof that the comparison can fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from tabapp.app import open_workspace
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tests.random_tournaments import (
    Faults,
    Shape,
    check_everything,
    export,
    import_played,
    main,
    run,
)
from tests.reliability.scenes import THOROUGH

COUNT = 200 if THOROUGH else 5
SHAPE = Shape(seed=3, teams=16, rounds=3, chaos=1.0)


def test_random_tournaments_go_through_the_whole_program_without_a_fault() -> None:
    said: list[str] = []
    assert run(COUNT, teams_max=32, seed=1, say=said.append) == {}, "\n".join(said)
    assert len(said) == COUNT


def test_the_shapes_of_random_tournaments_cover_what_they_promise() -> None:
    shapes = [Shape.of(seed, 96) for seed in range(400)]
    assert {shape.teams for shape in shapes} == set(range(8, 97, 4))
    assert {shape.rounds for shape in shapes} == set(range(2, 8))
    assert min(shape.chaos for shape in shapes) == 0.0
    assert max(shape.chaos for shape in shapes) == 1.0


def spoil_a_cached_row(work: Workspace) -> None:
    with work.database.write() as unit:
        table = schema.standing
        unit.execute(update(table).where(table.c.place == 2).values(rank=1))


def spoil_a_derived_result(work: Workspace) -> None:
    with work.database.write() as unit:
        table = schema.result_team
        unit.execute(update(table).where(table.c.points == 3.0).values(points=2.0))


def spoil_a_derived_speech(work: Workspace) -> None:
    with work.database.write() as unit:
        table = schema.result_speech
        unit.execute(
            update(table).where(table.c.position == 1).values(score=table.c.score + 1e-3))


def swap_two_sides(work: Workspace) -> None:
    """Put the best placed debate's teams of round 2 on other sides than they were drawn for."""
    with work.database.write() as unit:
        table = schema.debate_side
        rows = unit.rows(table.select().order_by(table.c.round_id.desc(), table.c.debate_id))
        first = [row for row in rows if row.debate_id == rows[0].debate_id]
        old = [
            {name: value for name, value in row._mapping.items() if name != "id"}
            for row in first
        ]
        unit.delete(table, [row.id for row in first])
        teams = [row["team_id"] for row in old]
        unit.insert(table, [
            row | {"team_id": team}
            for row, team in zip(old, [*teams[1:], teams[0]], strict=True)
        ])


@pytest.mark.parametrize(("spoil", "told"), [
    (spoil_a_cached_row, "the stored teams table is not the recomputed one"),
    (spoil_a_derived_result, "teams: points of"),
    (spoil_a_derived_result, "check failed: results follow from the ballots"),
    (spoil_a_derived_speech, "speakers: total of"),
    (swap_two_sides, "above the optimum of"),
])
def test_a_planted_fault_is_told(
    tmp_path: Path, spoil: Callable[[Workspace], None], told: str
) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        faults = Faults()
        owner, _document = import_played(work, SHAPE, faults)
        assert faults == []
        spoil(work)
        check_everything(work, owner, document_of(work, owner), SHAPE.seed, faults)
    assert any(told in fault for fault in faults), faults


def document_of(work: Workspace, owner: TournamentRow) -> dict[str, object]:
    return dict(json.loads(export(work, owner)))


def test_the_command_ends_with_1_and_names_the_seed_of_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def faulty(shape: Shape, folder: Path) -> Faults:
        return Faults(["something is wrong"] if shape.seed == 8 else [])

    monkeypatch.setattr("tests.random_tournaments.try_tournament", faulty)
    assert main(["--count", "3", "--seed", "7"]) == 1
    said = capsys.readouterr().out
    assert "  something is wrong" in said
    assert said.endswith("seeds with faults: 8\n")
    assert main(["--count", "1", "--seed", "7"]) == 0
