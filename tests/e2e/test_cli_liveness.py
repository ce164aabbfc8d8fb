"""The check values of the rules, section 10, as files and calls of the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import done, written

Doc = dict[str, Any]
CALLS = [
    ("apda", 64, 6, 16, 5, (5, 1)), ("apda", 64, 6, 16, 6, (5, 2)), ("apda", 24, 5, 8, 5, (4, 1)),
    ("apda", 100, 8, 32, 8, (6, 3)), ("apda", 40, 5, 8, 4, (5, 0)), ("bp", 88, 5, 16, 4, (11, 3)),
    ("bp", 88, 5, 16, 5, (11, 6)), ("bp", 200, 9, 48, 8, (17, 9)), ("bp", 200, 9, 48, 9, (17, 12)),
]


def made(preset: str, teams: int, rounds: int, size: int) -> Doc:
    """Return a tournament of which nothing was drawn; who can break does not follow from it."""
    return {
        "format": "tabapp-archive", "version": 1,
        "tournament": {"name": "Live", "slug": "live", "preset": preset},
        "break_categories": [
            {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": size,
             "general": True}],
        "teams": [{"id": f"T{n}", "name": f"Team {n}", "break_categories": ["BC1"]}
                  for n in range(1, teams + 1)],
        "rounds": [{"seq": seq, "name": f"Round {seq}", "stage": "preliminary",
                    "draw_type": "power"} for seq in range(1, rounds + 1)],
    }


def asked(folder: Path, document: Doc, seq: int) -> Any:
    db = folder / "x.tabapp"
    done("import", db, written(folder / "x.json", document), "--accept-warnings")
    (found,) = done("liveness", db, seq)["categories"]
    return found


@pytest.mark.parametrize(("preset", "teams", "rounds", "size", "seq", "values"), CALLS)
def test_the_thresholds_are_those_of_the_rules(
    preset: str, teams: int, rounds: int, size: int, seq: int, values: tuple[int, int],
    tmp_path: Path,
) -> None:
    found = asked(tmp_path, made(preset, teams, rounds, size), seq)
    assert (found["slug"], found["safe"], found["dead"]) == ("open", *values)
    assert len(found["teams"]) == teams


def test_a_category_that_is_not_general_goes_by_the_points_of_its_teams(tmp_path: Path) -> None:
    document = made("apda", 64, 5, 4)
    document["break_categories"][0]["general"] = False
    document["break_categories"].append(
        {"id": "BC2", "name": "All", "slug": "all", "seq": 2, "size": 4})
    wins = [4, 4, 3, 3, 3, 2, 1, 0]
    for number, team in enumerate(document["teams"]):
        team["break_categories"] = ["BC1", "BC2"] if number < len(wins) else ["BC2"]
    document["speakers"] = [
        {"id": f"S{team}{turn}", "name": f"S{team}{turn}", "team": f"T{team}"}
        for team in range(1, 65) for turn in (1, 2)]
    for seq in range(1, 5):
        document["rounds"][seq - 1] |= {"status": "released", "completed": True, "debates": [
            room(seq, team, 8 + team, won=seq <= wins[team - 1]) for team in range(1, 9)]}
    db = tmp_path / "x.tabapp"
    done("import", db, written(tmp_path / "x.json", document), "--accept-warnings")
    found, _all = done("liveness", db, 5)["categories"]
    assert (found["safe"], found["dead"]) == (5, 1)
    assert [(one["points"], one["state"]) for one in found["teams"]] == [
        (n, "live" if n > 1 else "dead") for n in wins]
    before, _all = done("liveness", db, 1)["categories"]
    assert {one["points"] for one in before["teams"]} == {0}


def room(seq: int, team: int, other: int, *, won: bool) -> Doc:
    return {
        "id": f"D{8 * (seq - 1) + team}", "room_rank": team, "status": "confirmed",
        "sides": [{"side": "aff", "team": f"T{team}"}, {"side": "neg", "team": f"T{other}"}],
        "ballots": [{"version": 1, "status": "confirmed", "sheets": [{
            "adjudicator": None, "winners": ["aff" if won else "neg"], "sides": [
                {"side": side, "speeches": [
                    {"position": turn, "speaker": f"S{number}{turn}", "score": score}
                    for turn in (1, 2)]}
                for side, number, score in (
                    ("aff", team, 27 if won else 24), ("neg", other, 24 if won else 27))]}]}]}
