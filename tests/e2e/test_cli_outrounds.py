"""``demo --outrounds``: every bracket is played to its final, and stands up to the checker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.services import elimination, exchange
from tabapp.tasks.play import play_break, play_outrounds
from tests.e2e.program import call, done, export


def winners(debate: dict[str, Any]) -> set[str]:
    """Return the teams that most sheets of the confirmed ballot let through."""
    ballot = next(one for one in debate["ballots"] if one["status"] == "confirmed")
    teams = {one["side"]: one["team"] for one in debate["sides"]}
    named = [sheet["winners"] for sheet in ballot["sheets"] if sheet.get("winners")]
    if not named:  # the marks decide
        return set()
    most = max(named, key=named.count)
    return {teams[side] for side in most}


@pytest.mark.parametrize(
    ("preset", "teams", "rounds"),
    [("bp", 24, 3), ("bp", 16, 2), ("australs", 24, 4), ("apda", 12, 3), ("wsdc", 20, 3)])
def test_every_bracket_is_played_to_its_final(
    preset: str, teams: int, rounds: int, tmp_path: Path
) -> None:
    db = tmp_path / "demo.tabapp"
    played = done(
        "demo", "--preset", preset, "--teams", teams, "--rounds", rounds, "--outrounds",
        "--keep", db)
    assert done("check", db)["ok"]
    document = export(db)
    assert played["champions"]
    for slug, champion in played["champions"].items():
        out = [one for one in document["rounds"] if one.get("break_category") == slug]
        if champion is None:
            assert not out
            continue
        assert [one["completed"] for one in out] == [True] * len(out)
        (final,) = out[-1]["debates"]
        assert champion in {one["team"] for one in final["sides"]}
        assert winners(final) in ({champion}, set())  # none is named where the marks decide
        broke = next(one for one in document["breaks"] if one["category"] == slug)
        seeds = {one["team"] for one in broke["teams"] if one["break_rank"] is not None}
        stood = {one["team"] for round_ in out for room in round_["debates"]
                 for one in room["sides"]}
        assert stood == seeds


def test_a_break_of_six_sends_two_teams_on_from_its_only_first_room(tmp_path: Path) -> None:
    archive = generate_tournament(preset="bp", teams=16, rounds=2, seed=3, break_size=6)
    with open_workspace(tmp_path / "six.tabapp", create=True) as work:
        slug = exchange.add(work.database, archive, now=work.clock.now(), actor="Ann")
        owner = work.tournament(slug)
        play_break(work, owner, 1)
        assert {job.status for job in play_outrounds(work, owner, 1)} == {"success"}
        with work.database.read() as unit:
            assert elimination.champion(unit, owner.id, "open") is not None
    rooms = [
        (len(one["debates"]), len(winners(one["debates"][0])))
        for one in export(tmp_path / "six.tabapp")["rounds"]
        if one.get("break_category") == "open"
    ]
    assert rooms == [(1, 2), (1, 1)]


def test_a_bracket_that_is_short_of_teams_is_left_alone_and_told(tmp_path: Path) -> None:
    words = ("demo", "--teams", 8, "--rounds", 2, "--outrounds", "--headless")
    outcome = call(*words, "--keep", tmp_path / "demo.tabapp")
    assert outcome.code == 0
    assert "open: " in outcome.out
    assert "esl: too few teams break for elimination rounds." in outcome.out
