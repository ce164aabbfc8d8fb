"""Elimination rounds by commands alone: the break, each draw, its results, the final."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.archive import Round
from tabapp.exchange import write_archive
from tests.e2e.program import call, done, export, refused, written
from tests.services.out_rounds import pairs

Doc = dict[str, Any]
NAMES = ("Partial Quarterfinals", "Semifinals", "Grand Final")
FIRST = 4
"""Number of the first elimination round."""


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """Return a database with three played rounds, a break of twelve to make and its rounds."""
    file = tmp_path / "played.json"
    done("generate", file, "--teams", 24, "--rounds", 3, "--seed", 8)
    document = json.loads(file.read_bytes())
    document["break_categories"][0]["size"] = 12
    slug = document["break_categories"][0]["slug"]
    document["rounds"] += [
        {"seq": FIRST + number, "name": name, "abbreviation": name[:2], "stage": "elimination",
         "draw_type": "elimination", "break_category": slug}
        for number, name in enumerate(NAMES)
    ]
    db = tmp_path / "x.tabapp"
    done("import", db, written(file, document))
    return db


def decide(db: Path, seq: int, drawn: Doc, winners: int) -> None:
    """Confirm ballots on which the first sides go on."""
    ballots = [
        {"round": seq, "debate": one["id"], "status": "confirmed", "sheets": [
            {"adjudicator": None, "winners": [side["side"] for side in one["sides"][:winners]]}]}
        for one in drawn["debates"]
    ]
    done("ballot", db, written(db.with_name("ballots.json"), ballots))


def play(db: Path, seq: int, winners: int) -> Doc:
    drawn: Doc = done("draw", db, seq, "--seed", seq)
    assert len(done("allocate", db, seq, "--seed", seq)["panels"]) == len(drawn["debates"])
    assert len(done("venues", db, seq, "--seed", seq)["placed"]) == len(drawn["debates"])
    decide(db, seq, drawn, winners)
    return drawn


def teams_of(drawn: Doc) -> list[set[str]]:
    return [{side["team"] for side in one["sides"]} for one in drawn["debates"]]


def test_a_break_is_played_to_its_final(ready: Path) -> None:
    tables = [done("standings", ready, "--kind", kind) for kind in ("teams", "speakers")]
    rows = done("break", ready, "--ties", "lot", "--seed", 3)["categories"][0]["rows"]
    seeds = {row["team"]: row["break_rank"] for row in rows if row["break_rank"]}
    assert len(seeds) == 12
    first, second = play(ready, FIRST, 2), play(ready, FIRST + 1, 2)
    assert sorted(seeds[team] for room in teams_of(first) for team in room) == sorted(
        seeds.values())[4:]
    waited = {team for team in seeds if seeds[team] <= 4}
    assert waited < set.union(*teams_of(second))
    final = play(ready, FIRST + 2, 1)
    assert [one["room_rank"] for one in final["debates"]] == [1]
    found = done("check", ready)
    assert found["ok"]
    checked = {one["scope"] for one in found["checks"] if one["name"] == "seeds in their rooms"}
    assert checked == {"round 4", "round 5", "round 6"}
    assert tables == [done("standings", ready, "--kind", kind) for kind in ("teams", "speakers")]


def test_a_dry_run_shows_the_draw_that_will_be_stored(ready: Path) -> None:
    done("break", ready, "--ties", "lot", "--seed", 3)
    shown = done("draw", ready, FIRST, "--dry-run", "--seed", 5)
    assert shown["audit"]["ok"]
    assert {one["status"] for one in shown["audit"]["checks"]} == {"passed"}
    assert shown["rule"]["draw_type"] == "elimination"
    assert all(one["why"] for one in shown["debates"])
    stored = done("draw", ready, FIRST, "--seed", 5)
    other = done("draw", ready, FIRST, "--dry-run", "--seed", 6)
    for one in (shown, stored, other):
        one.pop("seconds")
    assert stored == shown
    assert other["certificate"]["input_sha256"] == shown["certificate"]["input_sha256"]
    assert [one["sides"] for one in other["debates"]] != [one["sides"] for one in shown["debates"]]


def test_the_engine_alone_seats_the_same_teams(ready: Path, tmp_path: Path) -> None:
    rows = done("break", ready, "--ties", "lot", "--seed", 3)["categories"][0]["rows"]
    drawn = done("draw", ready, FIRST, "--seed", 11)
    case = {"format": "elimination", "sides": 4, "break_size": 12, "previous": None, "seed": 11,
            "teams": [{"id": row["team"], "break_rank": row["break_rank"]} for row in rows]}
    alone = json.loads(call("pair", written(tmp_path / "case.json", case)).out)
    assert [one["sides"] for one in alone["debates"]] == [
        [side["team"] for side in one["sides"]] for one in drawn["debates"]]


def test_what_keeps_a_round_from_being_drawn_is_told(ready: Path) -> None:
    assert "The break of Open has not been made" in refused("draw", ready, FIRST)
    done("break", ready, "--ties", "lot", "--seed", 3)
    assert "has no draw yet" in refused("draw", ready, FIRST + 1)
    drawn = done("draw", ready, FIRST, "--seed", 1)
    said = refused("draw", ready, FIRST + 1)
    assert "2 rooms of Partial Quarterfinals have no confirmed ballot" in said
    decide(ready, FIRST, drawn, 2)
    assert "has a draw already" in refused("draw", ready, FIRST, "--seed", 2)
    done("draw", ready, FIRST + 1, "--seed", 1)


def test_the_archive_of_it_all_comes_back_byte_for_byte(ready: Path, tmp_path: Path) -> None:
    done("break", ready, "--ties", "lot", "--seed", 3)
    for number, winners in enumerate((2, 2, 1)):
        play(ready, FIRST + number, winners)
    file, copy = tmp_path / "first.json", tmp_path / "copy.tabapp"
    done("export", ready, "archive", "-o", file)
    done("import", copy, file)
    done("export", copy, "archive", "-o", tmp_path / "second.json")
    assert (tmp_path / "second.json").read_bytes() == file.read_bytes()
    assert done("check", copy)["ok"]
    assert [one["draw_seed"] for one in export(copy)["rounds"]][3:] == [4, 5, 6]


def test_a_break_that_results_have_left_behind_is_warned_of(ready: Path) -> None:
    rows = done("break", ready, "--ties", "lot", "--seed", 3)["categories"][0]["rows"]
    last = max((row for row in rows if row["break_rank"]), key=lambda row: row["rank"])["team"]
    document = export(ready)
    for round_ in document["rounds"][:3]:
        for debate in round_["debates"]:
            place = next((one["side"] for one in debate["sides"] if one["team"] == last), None)
            for side in debate["ballots"][0]["sheets"][0]["sides"] if place else []:
                for number, speech in enumerate(side["speeches"] if side["side"] == place else []):
                    speech["score"] = 50 + number
    worse = ready.with_name("worse.tabapp")
    outcome = call("import", worse, written(ready.with_name("worse.json"), document),
                   "--accept-warnings", "--json")
    assert outcome.code == 0, outcome.err
    drawn = call("draw", worse, FIRST, "--seed", 1, "--json")
    assert drawn.code == 0
    assert len(drawn.json["warnings"]) == 1
    assert "Results changed since the break of Open was made" in drawn.err


def test_rooms_of_two_are_played_to_their_champion(tmp_path: Path) -> None:
    archive = pairs(6, 10)
    archive.rounds += [
        Round(seq=2 + n, name=name, abbreviation=name[:2], stage="elimination",
              draw_type="elimination", break_category="open")
        for n, name in enumerate(("Quarterfinals", "Semifinals", "Grand Final"))
    ]
    file, db = tmp_path / "pairs.json", tmp_path / "pairs.tabapp"
    file.write_bytes(write_archive(archive))
    done("import", db, file)
    done("break", db)
    sizes = []
    for seq in (2, 3, 4):
        drawn = done("draw", db, seq, "--seed", seq)
        assert drawn["audit"]["ok"]
        sizes.append([one["room_rank"] for one in drawn["debates"]])
        decide(db, seq, drawn, 1)
    assert sizes == [[3, 4], [1, 2], [1]]
    assert done("check", db)["ok"]
    stored = export(db)["rounds"][1:]
    assert all(one["sides_confirmed"] for round_ in stored for one in round_["debates"])


def test_the_engine_alone_seats_two_to_a_room(tmp_path: Path) -> None:
    case = {"format": "elimination", "sides": 2, "break_size": 3, "previous": None, "seed": 1,
            "teams": [{"id": f"T{n}", "break_rank": n} for n in (1, 2, 3)]}
    first = json.loads(call("pair", written(tmp_path / "case.json", case)).out)
    assert [(one["room_rank"], sorted(one["sides"])) for one in first["debates"]] == [
        (2, ["T2", "T3"])]
    case["previous"] = [{"room_rank": 2, "teams": ["T2", "T3"], "advancing": []}]
    outcome = call("pair", written(tmp_path / "case.json", case))
    assert outcome.code == 1
    assert json.loads(outcome.out)["error"]["code"] == "draw_result_missing"
    case["previous"] = [{"room_rank": 2, "teams": ["T2", "T3"], "advancing": ["T3"]}]
    final = json.loads(call("pair", written(tmp_path / "case.json", case)).out)
    assert sorted(final["debates"][0]["sides"]) == ["T1", "T3"]
    assert final["audit"]["ok"]
