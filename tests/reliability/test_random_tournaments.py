"""Random tournaments of every format, and proof that the comparison can fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import derive_rng
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tests.random_checks import Faults, check_everything
from tests.random_pure import check_archive
from tests.random_shapes import Shape, is_possible, vary
from tests.random_tournaments import (
    PRESETS,
    Outcome,
    export,
    import_played,
    main,
    run,
    shapes,
)
from tests.reliability.scenes import THOROUGH

PURE = 1000 if THOROUGH else 200
STORED = 25 if THOROUGH else 5
SHAPE = Shape(seed=3, teams=16, rounds=3, chaos=1.0)
TWO_TEAM = Shape(seed=5, teams=16, rounds=4, chaos=1.0, preset="australs")


def test_random_tournaments_go_through_the_domain_without_a_fault() -> None:
    said: list[str] = []
    found = run(shapes(PURE, teams_max=16, seed=1), say=said.append, pure=True)
    assert found == Outcome(), "\n".join(said)


def test_random_tournaments_go_through_the_whole_program_without_a_fault() -> None:
    said: list[str] = []
    found = run(shapes(STORED, teams_max=16, seed=1), say=said.append)
    assert found == Outcome(), "\n".join(said)
    assert len(said) == STORED


def test_the_shapes_of_random_tournaments_cover_what_they_promise() -> None:
    wanted = [Shape.of(seed, 96) for seed in range(400)]
    full = {shape.teams for shape in wanted if shape.rules.bye_team_selection == "off"}
    assert full == set(range(8, 97, 4))
    assert {shape.rounds for shape in wanted} == set(range(2, 8))
    assert min(shape.chaos for shape in wanted) == 0.0
    assert max(shape.chaos for shape in wanted) == 1.0


def test_every_format_every_rule_and_every_draw_type_has_its_turn() -> None:
    wanted = shapes(600, teams_max=32, seed=1)
    assert {shape.preset for shape in wanted} == set(PRESETS)
    assert {kind for shape in wanted for kind in shape.draw_types or ()} == {
        "random", "power", "round-robin", "seeded"}
    for name, most in (
        ("draw_odd_bracket", 9), ("draw_pairing_method", 5), ("draw_side_allocations", 4),
        ("draw_avoid_conflicts", 3), ("draw_pullup_restriction", 4), ("draw_matching_scope", 2),
        ("bye_team_selection", 3), ("bp_secondary_preferences", 2),
    ):
        assert len({getattr(shape.rules, name) for shape in wanted}) == most, name
    assert any(shape.teams % 2 for shape in wanted)


def test_rules_that_vary_are_possible_together() -> None:
    for number in range(40):
        assert is_possible("wsdc", vary("wsdc", derive_rng(number)))
    assert not is_possible("wsdc", {"draw_odd_bracket": "intermediate1"})


def spoil_a_bracket(archive: Archive) -> None:
    archive.rounds[1].debates[0].bracket = 99.0


def spoil_a_side(archive: Archive) -> None:
    first, second = archive.rounds[1].debates[0].sides
    first.team, second.team = second.team, first.team


def spoil_a_pair(archive: Archive) -> None:
    one, other = archive.rounds[2].debates[:2]
    one.sides[1].team, other.sides[1].team = other.sides[1].team, one.sides[1].team


@pytest.mark.parametrize("spoil", [spoil_a_bracket, spoil_a_side, spoil_a_pair])
def test_another_draw_than_the_stored_one_is_told(spoil: Callable[[Archive], None]) -> None:
    faults = Faults()
    archive = TWO_TEAM.make(play=True)
    document = json.loads(archive.model_dump_json())
    check_archive(archive, document, TWO_TEAM.rules, TWO_TEAM.seed, faults)
    assert faults == []
    spoil(archive)
    check_archive(archive, document, TWO_TEAM.rules, TWO_TEAM.seed, faults)
    assert any("it is another draw" in fault for fault in faults), faults


@pytest.mark.parametrize("shape", [SHAPE, TWO_TEAM], ids=["bp", "australs"])
def test_another_mark_than_the_stored_one_is_told(shape: Shape) -> None:
    faults = Faults()
    archive = shape.make(play=True)
    document = json.loads(archive.model_dump_json())
    ballot = document["rounds"][0]["debates"][0]["ballots"][-1]
    for sheet in ballot["sheets"]:
        for part in sheet["sides"]:
            part["speeches"][0]["score"] += 0.25
    check_archive(archive, document, shape.rules, shape.seed, faults)
    assert any("teams: speaks_sum of" in fault for fault in faults), faults
    assert any("speakers: total of" in fault for fault in faults), faults


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
    assert any(told in finding for finding in (*faults, *faults.unclear)), faults


def document_of(work: Workspace, owner: TournamentRow) -> dict[str, object]:
    return dict(json.loads(export(work, owner)))


@pytest.mark.parametrize("words", [[], ["--pure"]])
def test_the_command_ends_with_1_and_names_the_seed_of_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    def faulty(shape: Shape) -> Faults:
        return Faults(["something is wrong"] if shape.seed == 8 else [])

    monkeypatch.setattr("tests.random_tournaments.try_tournament", faulty)
    monkeypatch.setattr("tests.random_tournaments.try_pure", faulty)
    assert main([*words, "--count", "3", "--seed", "7", "--preset", "wsdc"]) == 1
    said = capsys.readouterr().out
    assert "  something is wrong" in said
    assert "\nfaulty: seed 8: wsdc, " in said
    assert main([*words, "--count", "1", "--seed", "7"]) == 0


def test_what_is_unclear_is_counted_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unclear(shape: Shape) -> Faults:
        found = Faults()
        found.unclear.append("nobody can tell")
        return found

    monkeypatch.setattr("tests.random_tournaments.try_pure", unclear)
    assert main(["--pure", "--count", "2"]) == 1
    said = capsys.readouterr().out
    assert said.count("  nobody can tell") == 2
    assert "2 tournaments, 0 faulty, 2 unclear" in said
