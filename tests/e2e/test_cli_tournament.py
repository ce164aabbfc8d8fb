"""A whole tournament by commands alone, with a corrected ballot and a draw that was replaced."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import call, done, export, refused, written

Doc = dict[str, Any]
ROUNDS, TEAMS, CORRECTED = 4, 24, "corrected"


def registrations(folder: Path) -> Path:
    """Write a random tournament before its first round."""
    file = folder / "registrations.json"
    done("generate", file, "--teams", TEAMS, "--rounds", ROUNDS, "--seed", 12, "--chaos", 0)
    document = json.loads(file.read_bytes())
    for one in document["rounds"]:
        one |= {"debates": [], "status": "none", "completed": False, "draw_seed": None,
                "draw_record": None}
    return written(file, document)


def number(ref: str) -> int:
    return int(ref[1:])


def ballot(seq: int, debate: Doc, speakers: dict[str, list[str]], shift: int = 0) -> Doc:
    """Return the ballot on which low team numbers do well, each total another one."""
    best = sorted((side["team"] for side in debate["sides"]), key=number)
    best = best[shift:] + best[:shift]
    return {
        "round": seq, "debate": debate["id"], "status": "confirmed",
        "sheets": [{"adjudicator": None, "sides": [
            {"side": side["side"], "speeches": [
                {"position": place, "speaker": speaker,
                 "score": 80 - 3 * best.index(side["team"]) + place % 2}
                for place, speaker in enumerate(speakers[side["team"]], start=1)
            ]}
            for side in debate["sides"]
        ]}],
    }


def play(folder: Path) -> Path:
    """Play the tournament; a mistake in round 2 is corrected, the draw of round 3 replaced."""
    db = folder / "x.tabapp"
    people = json.loads(registrations(folder).read_bytes())
    speakers: dict[str, list[str]] = defaultdict(list)
    for one in people["speakers"]:
        speakers[one["team"]].append(one["id"])
    done("import", db, folder / "registrations.json")
    for seq in range(1, ROUNDS + 1):
        if seq == 3:
            done("draw", db, seq, "--seed", 99)
            done("allocate", db, seq, "--seed", 99)
        drawn = done("draw", db, seq, "--seed", seq, *(["--replace"] if seq == 3 else []))
        assert drawn["audit"]["ok"]
        assert done("allocate", db, seq, "--seed", seq)["panels"]
        assert len(done("venues", db, seq, "--seed", seq)["placed"]) == TEAMS // 4
        given = [ballot(seq, debate, speakers) for debate in drawn["debates"]]
        done("ballot", db, written(folder / "ballots.json", given))
        if seq == 2:
            wrong = ballot(seq, drawn["debates"][0], speakers, shift=1)
            done("ballot", db, written(folder / "ballots.json", [wrong]))
            right = given[0] | {"reason": CORRECTED}
            done("ballot", db, written(folder / "ballots.json", [right]))
    done("break", db, "--ties", "lot", "--seed", 7)
    return db


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return play(tmp_path_factory.mktemp("first"))


def counted(archive: Doc) -> tuple[dict[str, int], dict[str, float], dict[str, float]]:
    """Add up points, team scores and speaker scores from the confirmed ballots alone."""
    points: dict[str, int] = defaultdict(int)
    scores: dict[str, float] = defaultdict(float)
    speakers: dict[str, float] = defaultdict(float)
    for one in (debate for round_ in archive["rounds"] for debate in round_["debates"]):
        team = {side["side"]: side["team"] for side in one["sides"]}
        (kept,) = [given for given in one["ballots"] if given["status"] == "confirmed"]
        totals = {}
        for side in kept["sheets"][0]["sides"]:
            totals[team[side["side"]]] = sum(speech["score"] for speech in side["speeches"])
            for speech in side["speeches"]:
                speakers[speech["speaker"]] += speech["score"]
        for place, name in enumerate(sorted(totals, key=lambda t: -totals[t])):
            points[name] += 3 - place
            scores[name] += totals[name]
    return points, scores, speakers


def test_the_tables_are_what_the_ballots_add_up_to(finished: Path) -> None:
    points, scores, speakers = counted(export(finished))
    teams = done("standings", finished)["rows"]
    assert len(teams) == TEAMS
    for row in teams:
        assert row["values"]["points"] == points[row["id"]]
        assert row["values"]["speaks_sum"] == scores[row["id"]]
    people = done("standings", finished, "--kind", "speakers")["rows"]
    assert {row["id"]: row["values"]["total"] for row in people} == dict(speakers)
    assert sum(points.values()) == 6 * ROUNDS * TEAMS // 4


def test_every_draw_stands_at_its_optimum_and_brackets_hold(finished: Path) -> None:
    for seq in range(1, ROUNDS + 1):
        shown = done("draw", finished, seq, "--dry-run", "--seed", 1)
        quality = shown["quality"]
        if seq > 1:
            assert quality["position_cost"] == pytest.approx(
                quality["position_cost_optimum"], abs=1e-9)
    assert done("check", finished)["ok"]


def test_no_judge_sits_twice_in_a_round_or_with_a_conflict(finished: Path) -> None:
    archive = export(finished)
    teams = {one["id"]: one for one in archive["teams"]}
    judges = {one["id"]: one for one in archive["adjudicators"]}
    for round_ in archive["rounds"]:
        seats = [seat["adjudicator"] for one in round_["debates"] for seat in one["panel"]]
        assert len(seats) == len(set(seats))
        rooms = [one["venue"] for one in round_["debates"]]
        assert len(set(rooms)) == len(rooms) == TEAMS // 4
        for one in round_["debates"]:
            assert [seat["role"] for seat in one["panel"]].count("chair") == 1
            homes = {teams[side["team"]]["institution"] for side in one["sides"]} - {None}
            for seat in one["panel"]:
                assert not homes & set(judges[seat["adjudicator"]]["institution_conflicts"])


def test_the_corrections_are_kept_as_versions(finished: Path) -> None:
    versions = [
        [(given["version"], given["status"], given["reason"]) for given in one["ballots"]]
        for one in export(finished)["rounds"][1]["debates"] if len(one["ballots"]) > 1
    ]
    assert versions == [
        [(1, "discarded", ""), (2, "discarded", ""), (3, "confirmed", CORRECTED)]]


def test_a_replaced_draw_leaves_no_trace_in_the_round(finished: Path) -> None:
    archive = export(finished)
    third = archive["rounds"][2]
    assert third["draw_seed"] == 3
    assert len(third["debates"]) == TEAMS // 4
    ids = [one["id"] for round_ in archive["rounds"] for one in round_["debates"]]
    assert len(ids) == len(set(ids))


def test_the_best_break_and_nobody_breaks_twice(finished: Path) -> None:
    breaks = export(finished)["breaks"]
    table = [row["id"] for row in done("standings", finished)["rows"]]
    in_open = [row["team"] for row in next(
        one for one in breaks if one["category"] == "open")["teams"] if row["break_rank"]]
    assert sorted(in_open, key=table.index) == in_open
    assert in_open[0] == table[0]
    everybody = [row["team"] for one in breaks for row in one["teams"] if row["break_rank"]]
    assert len(everybody) == len(set(everybody))


def test_the_same_commands_and_seeds_give_the_same_tournament(
    finished: Path, tmp_path: Path
) -> None:
    first, second = export(finished), export(play(tmp_path))
    assert first.pop("activity")
    assert second.pop("activity")
    assert json.dumps(first) == json.dumps(second)


def test_the_archive_of_it_all_is_imported_without_a_word(
    finished: Path, tmp_path: Path
) -> None:
    db, file = tmp_path / "copy.tabapp", tmp_path / "first.json"
    done("export", finished, "archive", "-o", file)
    outcome = call("import", db, file, "--json")
    assert (outcome.code, outcome.json["problems"]) == (0, [])
    done("export", db, "archive", "-o", tmp_path / "second.json")
    assert (tmp_path / "second.json").read_bytes() == file.read_bytes()
    for kind in ("teams", "speakers", "adjudicators"):
        assert done("standings", db, "--kind", kind) == done(
            "standings", finished, "--kind", kind)
    assert done("check", db)["ok"]


def test_a_tournament_made_empty_has_the_rounds_that_were_asked_for(tmp_path: Path) -> None:
    db = tmp_path / "x.tabapp"
    done("new", db, "--name", "Empty Cup", "--rounds", 3, "--break-size", 8, "--preset", "bp")
    archive = export(db)
    assert [one["draw_type"] for one in archive["rounds"]] == ["random", "power", "power"]
    assert archive["break_categories"][0]["size"] == 8
    assert archive["tournament"]["preset"] == "bp"
    assert done("standings", db)["rows"] == []
    assert done("check", db)["ok"]
    assert "too few" in refused("draw", db, 1)
