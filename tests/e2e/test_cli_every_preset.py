"""A small tournament of every preset by commands alone, from the archive to the final."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import call, done, keys, written

Doc = dict[str, Any]

PRESETS = ("bp", "australs", "easters", "nz-easters", "joynt", "wsdc", "uadc", "ap", "apda", "cp",
           "karl-popper")
LAST = 3
"""The last preliminary round."""
WITH_FINAL = {"bp": 8, "nz-easters": 6}
"""The presets whose break is played out, and how many teams break."""
ROUNDS_OF = {6: ("Partial Quarterfinals", "Semifinals", "Grand Final"),
             8: ("Semifinals", "Grand Final")}


def made(folder: Path, preset: str) -> Path:
    """Write a random tournament with all its results, an elimination still to come."""
    file = folder / "made.json"
    words = ("--preset", preset, "--teams", 12, "--rounds", LAST, "--seed", 5)
    outcome = call("generate", file, *words, "--json")
    assert (outcome.code, outcome.json) == (0, {"file": str(file), "seed": 5})
    assert outcome.err.splitlines()[0] == "The seed is 5."
    done("generate", folder / "again.json", *words)
    assert (folder / "again.json").read_bytes() == file.read_bytes()
    document = json.loads(file.read_bytes())
    size = WITH_FINAL.get(preset, 0)
    if size:
        category = document["break_categories"][0]
        category["size"] = size
        document["rounds"] += [
            {"seq": LAST + number, "name": name, "abbreviation": name[:2], "stage": "elimination",
             "draw_type": "elimination", "break_category": category["slug"]}
            for number, name in enumerate(ROUNDS_OF[size], start=1)
        ]
    return written(file, document)


def drawn_again(db: Path, preset: str) -> None:
    """Draw the last round in the place of its old draw, and play it again."""
    dry = [done("draw", db, LAST, "--dry-run", "--seed", 4) for _ in range(2)]
    stored = done("draw", db, LAST, "--replace", "--seed", 4)
    for one in (*dry, stored):
        keys(one.pop("seconds"), "read solve write")
    assert dry[0] == dry[1] == stored
    well_formed(stored, preset)
    assert done("check", db)["ok"]
    (again,) = done("simulate", db, "--rounds", LAST, "--seed", 2)["rounds"]
    assert (again["seq"], again["ballots"]) == (LAST, len(stored["debates"]))


def well_formed(drawn: Doc, preset: str) -> None:
    """Hold a draw against the keys of the contract and the rules of its format."""
    keys(drawn, "round seed rule debates quality audit certificate warnings")
    keys(drawn["debates"], "id bracket room_rank flags sides why")
    keys([side for one in drawn["debates"] for side in one["sides"]], "side team flags")
    keys(drawn["quality"], "pullups position_cost position_cost_optimum rematches "
         "same_institution side_imbalance pairing_cost pairing_cost_optimum")
    keys(drawn["audit"]["checks"], "name status detail")
    keys(drawn["certificate"], "input_sha256 engine seed cost")
    sides = ["og", "oo", "cg", "co"] if preset == "bp" else ["aff", "neg"]
    assert all([side["side"] for side in one["sides"]] == sides for one in drawn["debates"])
    assert all(one["why"] for one in drawn["debates"])
    teams = [side["team"] for one in drawn["debates"] for side in one["sides"]]
    assert sorted(teams) == sorted(f"T{number}" for number in range(1, 13))
    statuses = {one["status"] for one in drawn["audit"]["checks"]}
    assert drawn["audit"]["ok"]
    assert "passed" in statuses <= {"passed", "skipped"}


def elimination_ballot(seq: int, debate: Doc, panel: Doc, archive: Doc, settings: Doc) -> Doc:
    """Return a ballot on which the first sides go on, as the format of the break wants it."""
    places = [side["side"] for side in debate["sides"]]
    ballot = {"round": seq, "debate": debate["id"], "status": "confirmed"}
    voting = [panel["chair"], *panel["panellists"]]
    if settings["ballots_per_debate_elim"] == "per-debate":
        voting = [None]
    if settings["speakers_in_ballots"] != "always":
        go_on = places[:2 if len(places) == 4 and seq < LAST + 2 else 1]
        return ballot | {
            "sheets": [{"adjudicator": judge, "winners": go_on} for judge in voting]}
    speakers: dict[str, list[str]] = {}
    for one in archive["speakers"]:
        speakers.setdefault(one["team"], []).append(one["id"])
    count = settings["substantive_speakers"]
    middle = (settings["score_min"] + settings["score_max"]) / 2

    def speeches(side: Doc, better: float) -> list[Doc]:
        given = [{"position": place, "speaker": speakers[side["team"]][place - 1],
                  "score": middle + better} for place in range(1, count + 1)]
        reply = {"position": count + 1, "speaker": given[0]["speaker"],
                 "score": (settings["reply_score_min"] + settings["reply_score_max"]) / 2}
        return given + [reply] * settings["reply_scores_enabled"]

    return ballot | {"sheets": [
        {"adjudicator": judge, "sides": [
            {"side": side["side"], "speeches": speeches(side, 1 - place)}
            for place, side in enumerate(debate["sides"])]}
        for judge in voting]}


def play_out(db: Path, preset: str) -> list[int]:
    """Play the elimination rounds; return how many rooms each had."""
    (settings,) = (one["settings"] for one in done("presets") if one["name"] == preset)
    file = db.with_name("now.json")
    sizes = []
    for number, _name in enumerate(ROUNDS_OF[WITH_FINAL[preset]], start=1):
        seq = LAST + number
        drawn = done("draw", db, seq, "--seed", seq)
        assert drawn["audit"]["ok"]
        panels = {one["debate"]: one for one in done("allocate", db, seq, "--seed", 1)["panels"]}
        assert len(done("venues", db, seq, "--seed", 1)["placed"]) == len(drawn["debates"])
        done("export", db, "archive", "-o", file)
        archive = json.loads(file.read_bytes())
        ballots = [
            elimination_ballot(seq, one, panels[one["id"]], archive, settings)
            for one in drawn["debates"]]
        entered = done("ballot", db, written(db.with_name("ballots.json"), ballots))
        assert entered == {"entered": len(ballots), "problems": []}
        sizes.append(len(ballots))
    return sizes


@pytest.mark.parametrize("preset", PRESETS)
def test_a_tournament_is_played_from_its_archive_to_its_archive(
    preset: str, tmp_path: Path
) -> None:
    db, copy = tmp_path / "x.tabapp", tmp_path / "copy.tabapp"
    assert done("import", db, made(tmp_path, preset))["problems"] == []
    assert done("check", db)["ok"]
    keys(done("standings", db)["rows"], "id name rank tied values")
    drawn_again(db, preset)
    rows = done("break", db, "--ties", "lot", "--seed", 3)["categories"][0]["rows"]
    seeds = sorted(row["break_rank"] for row in rows if row["break_rank"])
    assert seeds == list(range(1, len(seeds) + 1))
    if preset in WITH_FINAL:
        assert len(seeds) == WITH_FINAL[preset]
        assert play_out(db, preset)[-1] == 1
    found = done("check", db)
    assert found["ok"]
    assert not [one for one in found["checks"] if one["status"] in ("failed", "unclear")]
    done("export", db, "archive", "-o", tmp_path / "first.json")
    assert done("import", copy, tmp_path / "first.json")["problems"] == []
    done("export", copy, "archive", "-o", tmp_path / "second.json")
    assert (tmp_path / "second.json").read_bytes() == (tmp_path / "first.json").read_bytes()
    assert done("standings", copy) == done("standings", db)


def nine_teams(empty: Doc) -> Doc:
    """Fill an empty tournament with nine teams of two, judges and rooms, and a final."""
    numbers = range(1, 10)
    return empty | {
        "institutions": [{"id": f"I{n}", "name": f"College {n}", "code": f"C{n}"} for n in (1, 2)],
        "teams": [{"id": f"T{n}", "name": f"Team {n}", "institution": f"I{1 + n % 2}",
                   "break_categories": ["BC1"]} for n in numbers],
        "speakers": [{"id": f"S{2 * n + k}", "name": f"Speaker {n} {k}", "team": f"T{n}"}
                     for n in numbers for k in (0, 1)],
        "adjudicators": [{"id": f"A{n}", "name": f"Judge {n}", "base_score": 3} for n in numbers],
        "venues": [{"id": f"V{n}", "name": f"Room {n}"} for n in numbers],
        "rounds": [*empty["rounds"], {
            "seq": LAST + 1, "name": "Final", "abbreviation": "F", "stage": "elimination",
            "draw_type": "elimination", "break_category": "open"}],
    }


def test_an_odd_field_of_apda_is_played_from_an_empty_tournament_to_its_final(
    tmp_path: Path,
) -> None:
    done("new", tmp_path / "empty.tabapp", "--name", "Odd Cup", "--preset", "apda", "--rounds",
         LAST, "--break-size", 2)
    done("export", tmp_path / "empty.tabapp", "archive", "-o", tmp_path / "empty.json")
    db, filled = tmp_path / "x.tabapp", nine_teams(
        json.loads((tmp_path / "empty.json").read_bytes()))
    assert done("import", db, written(tmp_path / "filled.json", filled))["problems"] == []
    resting = []
    for seq in range(1, LAST + 1):
        drawn = done("draw", db, seq, "--seed", seq)
        assert drawn["audit"]["ok"]
        assert drawn["quality"]["pairing_cost"] == drawn["quality"]["pairing_cost_optimum"]
        assert drawn["certificate"]["cost"] == drawn["quality"]["pairing_cost"]
        bye = drawn["debates"][-1]
        assert [side["side"] for side in bye["sides"]] == ["bye"]
        resting.append(bye["sides"][0]["team"])
        (played,) = done("simulate", db, "--rounds", seq, "--seed", 1)["rounds"]
        assert played["ballots"] == 4
    assert len(set(resting)) == LAST
    (category,) = done("break", db, "--ties", "lot", "--seed", 1)["categories"]
    first, second = (row["team"] for row in category["rows"] if row["break_rank"])
    final = done("draw", db, LAST + 1, "--seed", 1)["debates"]
    assert {side["team"] for side in final[0]["sides"]} == {first, second}
    ballot = {"round": LAST + 1, "debate": final[0]["id"], "status": "confirmed",
              "sheets": [{"adjudicator": None, "winners": ["aff"]}]}
    done("ballot", db, written(tmp_path / "ballot.json", [ballot]))
    assert done("check", db)["ok"]
