"""The rows of a break as the contract of the commands has them, key by key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabapp.domain.breaks import PERSONAL_REMARKS
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tests.builders import small_archive
from tests.e2e.program import done, export, keys, written

REMARKS = {
    None, "capped", "ineligible", "different_break", "disqualified", "lost_coin_toss", "withdrawn",
    "absent", "reserve", "tied"}
RULES = (
    "standard", "aida-1996", "aida-2016-easters", "aida-2016-australs", "aida-2019-australs-open")


def ranked(folder: Path) -> Path:
    """Import 16 teams of whom no two are level: T5 may not break in open, T3 has withdrawn."""
    doc = small_archive(16, 3)
    for round_ in doc["rounds"]:
        for debate in round_["debates"]:
            for side in debate["ballots"][0]["sheets"][0]["sides"]:
                for one in side["speeches"]:
                    one["score"] -= int(one["speaker"][1:]) / 1000
    doc["break_categories"] = [
        {"id": "BC1", "name": "Open", "slug": "open", "seq": 1, "size": 6, "reserve_size": 2,
         "priority": 5, "general": True},
        {"id": "BC2", "name": "ESL", "slug": "esl", "seq": 2, "size": 4, "reserve_size": 1,
         "priority": 9}]
    for number, team in enumerate(doc["teams"], 1):
        team["break_categories"] = [*["BC1"] * (number != 5), *["BC2"] * (number % 3 == 0)]
    doc["breaks"] = [
        {"category": "open", "teams": [
            {"team": "T3", "rank": 1, "break_rank": None, "remark": "withdrawn"}]}]
    db = folder / "t.tabapp"
    done("import", db, written(folder / "t.json", doc), "--accept-warnings")
    return db


def test_rows_are_the_breaking_the_reserves_and_who_was_passed_over_above_the_line(
    tmp_path: Path,
) -> None:
    db = ranked(tmp_path)
    esl, open_ = done("break", db)["categories"]
    assert [one["slug"] for one in (esl, open_)] == ["esl", "open"]
    members = [row["id"] for row in done("standings", db, "--category", "esl")["rows"]]
    assert [row["team"] for row in esl["rows"]] == members[:5]
    assert [(row["rank"], row["break_rank"], row["remark"]) for row in esl["rows"]] == [
        (1, 1, None), (2, 2, None), (3, 3, None), (4, 4, None), (5, None, "reserve")]
    wanted: list[tuple[str, int, int | None, str | None]] = []
    kept = {"T3": "withdrawn", "T5": "ineligible"}
    taken, reserves = 0, 0
    for row in done("standings", db)["rows"]:
        team = row["id"]
        out = kept.get(team) or ("different_break" if team in members[:4] else None)
        if taken < 6:
            taken += out is None
            wanted.append((team, row["rank"], None if out else taken, out))
        elif reserves < 2 and out is None:
            reserves += 1
            wanted.append((team, row["rank"], None, "reserve"))
    assert wanted == [
        (row["team"], row["rank"], row["break_rank"], row["remark"]) for row in open_["rows"]]
    assert {"withdrawn", "ineligible", "different_break", "reserve"} <= {one[3] for one in wanted}


def test_a_dry_run_stores_nothing_and_two_with_one_seed_are_equal(tmp_path: Path) -> None:
    doc = small_archive(8, 1, results=False)
    db = tmp_path / "t.tabapp"
    done("import", db, written(tmp_path / "t.json", doc), "--accept-warnings")
    before = db.read_bytes()
    words = ("break", db, "--dry-run", "--ties", "lot", "--seed")
    first, again, other = (done(*words, seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other
    assert db.read_bytes() == before
    assert done("break", db, "--ties", "lot", "--seed", 3) == first


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_makes_a_break_whose_places_are_its_own(rule: str, tmp_path: Path) -> None:
    archive = generate_tournament(preset="australs", teams=16, rounds=4, seed=2)
    doc = json.loads(write_archive(archive))
    doc["breaks"] = []
    for category in doc["break_categories"]:
        category |= {"rule": rule, "size": 8, "reserve_size": 2}
    for number, team in enumerate(doc["teams"]):
        team["institution"] = doc["institutions"][number // 8]["id"]
    db = tmp_path / "t.tabapp"
    done("import", db, written(tmp_path / "t.json", doc), "--accept-warnings")
    for made in done("break", db, "--ties", "lot", "--seed", 1)["categories"]:
        keys(made, "slug rule size rows")
        keys(made["rows"], "team rank break_rank remark")
        assert (made["rule"], made["size"], made["problem"]) == (rule, 8, None)
        assert {row["remark"] for row in made["rows"]} <= REMARKS
        places = [row["break_rank"] for row in made["rows"] if row["break_rank"] is not None]
        assert places == [1 + sum(one < place for one in places) for place in places]
        assert all(row["remark"] is None for row in made["rows"] if row["break_rank"] is not None)
        assert len(places) <= (6 if rule == "aida-1996" else 8)
    assert done("check", db)["ok"]


@pytest.mark.parametrize("remark", sorted(one for one in REMARKS if one))
def test_a_remark_of_the_archive_stays_if_a_person_gave_it(remark: str, tmp_path: Path) -> None:
    db = ranked(tmp_path)
    doc = export(db)
    doc["breaks"] = [{"category": "open", "teams": [
        {"team": "T1", "rank": 1, "break_rank": None, "remark": remark}]}]
    doc["teams"][0]["break_categories"] = ["BC1"]
    other = tmp_path / "other.tabapp"
    done("import", other, written(tmp_path / "o.json", doc), "--accept-warnings")
    rows = done("break", other, "--category", "open", "--ties", "lot", "--seed", 1)
    (row,) = [one for one in rows["categories"][0]["rows"] if one["team"] == "T1"]
    kept = remark if remark in PERSONAL_REMARKS else None
    assert (row["remark"], row["break_rank"] is None) == (kept, kept is not None)
