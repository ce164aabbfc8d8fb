"""Each kind of bad input to a draw is refused by name, with what to do, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tests.e2e.program import call, done, export, refused, written
from tests.services.out_rounds import pairs, played

Doc = dict[str, Any]
ALLOCATED: Doc = {"draw_side_allocations": "preallocated", "draw_odd_bracket": "intermediate1"}


def made(preset: str, teams: int, rounds: int = 2, **settings: Any) -> Doc:
    """Make a tournament of which nothing is drawn; ``settings`` are those of the preset or not."""
    archive = generate_tournament(
        preset=preset, teams=teams // 4 * 4, rounds=rounds, seed=3, play=False, settings=settings)
    document: Doc = json.loads(write_archive(archive))
    first = document["teams"][0]
    for number in range(len(document["teams"]) + 1, teams + 1):
        document["teams"].append({**first, "id": f"T{number}", "name": f"Late {number}"})
    for one in document["teams"]:
        one.pop("long_name", None)
    return document


def stored(folder: Path, document: Doc) -> Path:
    db = folder / "x.tabapp"
    done("import", db, written(folder / "x.json", document), "--accept-warnings")
    return db


def names(document: Doc, *refs: str) -> list[str]:
    return [one["name"] for one in document["teams"] if one["id"] in refs]


def is_refused(db: Path, seq: int, *named: str) -> None:
    """Draw, dry and in earnest: both say the same words, and everything stays as it was."""
    before = export(db)
    said = [refused("draw", db, seq, "--seed", 1, *more) for more in ([], ["--dry-run"])]
    for words in said:
        assert all(one in words for one in named), words
        assert "{" not in words
    assert export(db) == before


# Counts


@pytest.mark.parametrize(("preset", "teams", "add", "remove"), [
    ("australs", 13, 1, 1), ("bp", 14, 2, 2), ("bp", 13, 3, 1),
])
def test_teams_that_do_not_fill_the_rooms(
    tmp_path: Path, preset: str, teams: int, add: int, remove: int
) -> None:
    db = stored(tmp_path, made(preset, teams))
    is_refused(
        db, 1, f"{teams} teams do not fill rooms", f"missing: {add}", f"too many: {remove}",
        "bye_team_selection")


# Sides


def allocate(document: Doc, sides: dict[str, str]) -> Doc:
    document["rounds"][0]["side_allocations"] = sides
    return document


def test_teams_without_a_preallocated_side(tmp_path: Path) -> None:
    document = made("australs", 8, **ALLOCATED)
    sides = {one["id"]: ("aff", "neg")[n % 2] for n, one in enumerate(document["teams"])}
    gone = [sides.popitem()[0] for _two in range(2)]
    db = stored(tmp_path, allocate(document, sides))
    is_refused(db, 1, *names(document, *gone), "aff or neg", "draw_side_allocations")


def test_preallocated_sides_that_are_not_equal(tmp_path: Path) -> None:
    document = made("australs", 8, **ALLOCATED)
    sides = {one["id"]: "aff" if n < 5 else "neg" for n, one in enumerate(document["teams"])}
    db = stored(tmp_path, allocate(document, sides))
    is_refused(db, 1, "5 aff and 3 neg", "draw_side_allocations")


# Rules


def test_whole_points_for_rooms_between_brackets(tmp_path: Path) -> None:
    document = made(
        "australs", 8, draw_odd_bracket="intermediate",
        team_standings_precedence=["speaks_avg", "wins"])
    document["rounds"][1]["draw_type"] = "power"
    db = stored(tmp_path, document)
    done("simulate", db, "--rounds", "1", "--seed", 1)
    is_refused(
        db, 2, "intermediate need whole points", document["teams"][0]["name"],
        "draw_odd_bracket", "pullup_top")


@pytest.mark.parametrize(("name", "value"), [
    ("bp_renyi_order", -1), ("bp_position_cost_exponent", -0.5), ("pullup_penalty", -1),
    ("bp_position_cost_exponent", "high"), ("round_robin_legs", 0),
])
def test_a_number_that_no_rule_has(tmp_path: Path, name: str, value: object) -> None:
    document = made("bp", 8)
    document["tournament"]["settings"][name] = value
    db = tmp_path / "x.tabapp"
    words = refused(
        "import", db, written(tmp_path / "x.json", document), "--accept-warnings", code=3)
    assert name in words
    assert not db.exists()


def test_a_draw_by_seeds_that_nobody_has(tmp_path: Path) -> None:
    document = made("australs", 8)
    document["rounds"][0]["draw_type"] = "seeded"
    for number, one in enumerate(document["teams"]):
        one["seed"] = None if number < 2 else float(number)
    db = stored(tmp_path, document)
    blank = [one["name"] for one in document["teams"][:2]]
    is_refused(db, 1, *blank, "0 for unseeded", "another draw type")


# Elimination rounds


def broken(folder: Path, document: Doc, size: int, rounds: int) -> tuple[Path, list[int]]:
    """Store a tournament whose break is made, with elimination rounds of the first category."""
    category = document["break_categories"][0]
    category["size"] = size
    last = len(document["rounds"])
    document["rounds"] += [
        {"seq": last + number, "name": f"Out {number}", "abbreviation": f"O{number}",
         "stage": "elimination", "draw_type": "elimination", "break_category": category["slug"]}
        for number in range(1, rounds + 1)]
    db = stored(folder, document)
    done("break", db, "--ties", "lot", "--seed", 1)
    return db, [last + number for number in range(1, rounds + 1)]


def of_pairs(size: int, teams: int) -> Doc:
    return dict(json.loads(write_archive(pairs(size, teams))))


def of_fours(size: int, teams: int = 0) -> Doc:
    return dict(json.loads(write_archive(played(size, teams))))


def hand_in(
    db: Path, seq: int, drawn: Doc, winners: Callable[[int], list[str]], *forfeit: str
) -> int:
    """Confirm ballots with these winners; return the exit code."""
    ballots = [
        {"round": seq, "debate": one["id"], "status": "confirmed", "forfeit": [*forfeit],
         "sheets": [{"adjudicator": None, "winners": winners(number)}]}
        for number, one in enumerate(drawn["debates"]) if winners(number)]
    return call("ballot", db, written(db.with_name("ballots.json"), ballots)).code


def test_a_bracket_that_cannot_be_filled(tmp_path: Path) -> None:
    document = of_fours(8, 16)
    for one in document["teams"][5:]:
        one["break_categories"] = []
    document["break_categories"] = document["break_categories"][:1]
    document["break_categories"][0]["general"] = False
    for one in document["teams"][:5]:
        one["break_categories"] = [document["break_categories"][0]["id"]]
    db, (first, _second) = broken(tmp_path, document, 8, 2)
    is_refused(db, first, "5 teams", "8 places", "change its size")


def test_a_break_of_one_team(tmp_path: Path) -> None:
    document = of_pairs(4, 8)
    for one in document["teams"][1:]:
        one["break_categories"] = []
    document["break_categories"][0]["general"] = False
    db, (first, _second) = broken(tmp_path, document, 4, 2)
    is_refused(db, first, "1 teams break in Open", "Make teams eligible")


@pytest.mark.parametrize("size", [5, 7, 10, 20])
def test_a_category_whose_size_has_no_bracket(tmp_path: Path, size: int) -> None:
    document = of_fours(8, 24)
    category = document["break_categories"][0]
    category["size"] = size
    document["rounds"].append({
        "seq": 4, "name": "Out 1", "abbreviation": "O1", "stage": "elimination",
        "draw_type": "elimination", "break_category": category["slug"]})
    db = stored(tmp_path, document)
    done("break", db, "--ties", "lot", "--seed", 1)
    is_refused(db, 4, f"A break of {size} teams has no bracket", "4, 8, 16", "6, 12, 24")


@pytest.mark.parametrize("of", [of_pairs, of_fours])
def test_an_elimination_round_without_results(
    tmp_path: Path, of: Callable[[int, int], Doc]
) -> None:
    db, (first, second) = broken(tmp_path, of(8, 16), 8, 2)
    is_refused(db, second, "Out 1")
    drawn = done("draw", db, first, "--seed", 1)
    teams = {one["id"]: one["name"] for one in export(db)["teams"]}
    waits = [teams[side["team"]] for side in drawn["debates"][-1]["sides"]]
    sides = [side["side"] for side in drawn["debates"][0]["sides"]]
    last = len(drawn["debates"]) - 1
    assert hand_in(
        db, first, drawn, lambda n: sides[:len(sides) // 2] if n < last else []) == 0
    is_refused(db, second, "1 rooms of Out 1", *waits, "Enter them before Out 2 is drawn")


@pytest.mark.parametrize(("of", "winners", "forfeit"), [
    (of_pairs, ["aff", "neg"], []), (of_fours, ["og"], []), (of_fours, ["og", "oo", "cg"], []),
    (of_pairs, ["og"], []), (of_pairs, ["aff"], ["aff"]), (of_fours, ["og", "oo"], ["og", "co"]),
])
def test_an_elimination_ballot_that_contradicts_itself(
    tmp_path: Path, of: Callable[[int, int], Doc], winners: list[str], forfeit: list[str]
) -> None:
    db, (first, second) = broken(tmp_path, of(8, 16), 8, 2)
    drawn = done("draw", db, first, "--seed", 1)
    before = export(db)
    assert hand_in(db, first, drawn, lambda _number: winners, *forfeit) == 3
    assert export(db) == before
    is_refused(db, second, "no confirmed ballot")


def test_an_imported_elimination_round_with_contradictory_results(tmp_path: Path) -> None:
    db, (first, second) = broken(tmp_path, of_fours(8, 16), 8, 2)
    drawn = done("draw", db, first, "--seed", 1)
    assert hand_in(db, first, drawn, lambda _number: ["og", "cg"]) == 0
    document = export(db)
    room = document["rounds"][first - 1]["debates"][0]
    room["ballots"][0]["sheets"][0]["winners"] = ["og"]
    other = tmp_path / "other.tabapp"
    file = written(tmp_path / "other.json", document)
    assert "1 teams are ticked" in refused("import", other, file, code=3)
    assert not other.exists()
    done("import", other, file, "--accept-warnings")
    is_refused(other, second, "Exactly 2 must advance", "1 advance", "Correct their ballots")


def test_a_round_whose_rooms_are_put_together_by_hand(tmp_path: Path) -> None:
    document = made("australs", 8)
    document["rounds"][0]["draw_type"] = "manual"
    db = stored(tmp_path, document)
    is_refused(db, 1, "Round 1", "by hand", "another draw type")
