"""What a person can ask in vain: one sentence that names it, and everything stays as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tests.builders import small_archive
from tests.e2e.program import Word, call, done, export, keys, refused, written


@pytest.fixture
def two(played: Path, archive_file: Path) -> Path:
    """Return a database that holds two tournaments."""
    done("import", played, archive_file, "--slug", "other")
    return played


@pytest.mark.parametrize(("words", "named"), [
    (["draw", "DB", 9], "9"),
    (["draw", "DB", 10**30], str(10**30)),
    (["draw", "DB", 1], "--replace"),
    (["draw", "DB", 1, "--tournament", "nope"], "nope"),
    (["allocate", "DB", 9], "9"),
    (["allocate", "DB", 1], "results"),
    (["venues", "DB", 9], "9"),
    (["venues", "DB", 1], "results"),
    (["standings", "DB", "--until", 9], "9"),
    (["standings", "DB", "--metrics", "goals"], "goals"),
    (["standings", "DB", "--extra", "goals"], "goals"),
    (["standings", "DB", "--metrics", "points,points"], "points"),
    (["standings", "DB", "--metrics", "subrank"], "subrank"),
    (["standings", "DB", "--kind", "speakers", "--metrics", "points"], "points"),
    (["standings", "DB", "--category", "u12"], "u12"),
    (["standings", "DB", "--kind", "speakers", "--category", "open"], "open"),
    (["break", "DB", "--category", "u12"], "u12"),
    (["break", "DB", "--ties", "all"], "four teams"),
    (["export", "DB", "archive", "-o", "x.xlsx"], ".xlsx"),
    (["export", "DB", "archive", "-o", "no/such/folder.json"], "no/such/folder.json"),
    (["export", "DB", "archive", "-o", "x.json", "--until", 9], "9"),
    (["export", "DB", "gossip", "-o", "x.json"], "gossip"),
    (["simulate", "DB", "--rounds", "3-1"], "3-1"),
    (["simulate", "DB", "--rounds", "2-7"], "2-7"),
    (["simulate", "DB", "--rounds", "all"], "all"),
    (["simulate", "DB", "--rounds", "-1"], "-1"),
    (["job", "run", "DB", "draw.everything"], "draw.everything"),
    (["job", "run", "DB", "draw.generate", "seed"], "seed"),
    (["job", "run", "DB", "draw.generate", "round=9"], "9"),
    (["job", "run", "DB", "draw.generate", "round=1", "colour=red"], "colour"),
    (["job", "run", "DB", "draw.generate", "round=1", "replace=perhaps"], "perhaps"),
    (["job", "show", "DB", 77], "77"),
    (["ballot", "DB", "no-such.json"], "no-such.json"),
    (["demo", "--keep", "DB"], "there already"),
    (["demo", "--teams", 15], "15"),
    (["demo", "--teams", 0], "0"),
    (["demo", "--preset", "chess"], "chess"),
    (["generate", "x.json", "--teams", 15], "15"),
    (["generate", "x.json", "--rounds", 0], "0"),
    (["generate", "x.json", "--preset", "chess"], "chess"),
    (["generate", "no/such/x.json", "--teams", 4], "no/such/x.json"),
    (["generate", "."], "folder"),
    (["new", "x.tabapp", "--name", " "], "name"),
    (["new", "x.tabapp", "--name", "X", "--preset", "chess"], "chess"),
    (["new", "no/such/x.tabapp", "--name", "X"], "no/such/x.tabapp"),
    (["new", "x" * 300, "--name", "X"], "too long"),
    (["pair", "no-such.json"], "no-such.json"),
])
def test_a_vain_wish_is_refused_by_name_and_changes_nothing(
    words: list[str | int], named: str, played: Path, archive_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    outcome = call(*(played if word == "DB" else word for word in words))
    assert outcome.code == 1
    assert named in outcome.err
    assert words[0] == "pair" or outcome.out == ""
    assert list(folder.iterdir()) == []
    assert export(played) == json.loads(archive_file.read_bytes())


def test_with_several_tournaments_one_must_be_named(two: Path) -> None:
    message = refused("standings", two)
    assert "--tournament" in message
    assert "random-5" in message
    assert "other" in message
    table = done("standings", two, "--tournament", "other")
    assert table == done("standings", two, "--tournament", "random-5")
    calls: list[list[Word]] = [
        ["draw", two, 1], ["check", two], ["break", two], ["allocate", two, 1],
        ["venues", two, 1], ["simulate", two, "--rounds", 1],
        ["export", two, "archive", "-o", "x.json"],
    ]
    for words in calls:
        assert "--tournament" in refused(*words)
    assert done("check", two, "--tournament", "other")["ok"]


def test_work_on_one_tournament_leaves_the_other_alone(two: Path) -> None:
    before = export(two, "--tournament", "random-5")
    done("draw", two, 3, "--replace", "--seed", 1, "--tournament", "other")
    done("simulate", two, "--rounds", 3, "--seed", 1, "--tournament", "other")
    done("break", two, "--ties", "lot", "--seed", 1, "--tournament", "other")
    assert export(two, "--tournament", "random-5") == before
    assert export(two, "--tournament", "other")["breaks"]


def test_a_short_name_that_is_taken_is_refused(two: Path, archive_file: Path) -> None:
    for more in ([], ["--slug", "other"], ["--dry-run"]):
        outcome = call("import", two, archive_file, *more, "--json")
        assert outcome.code == 3
        assert [one["code"] for one in outcome.json["problems"]] == ["slug_taken"]
    assert "--slug" in refused("new", two, "--name", "Other")
    assert done("new", two, "--name", "Other", "--slug", "third") == {"tournament": "third"}


def test_a_database_without_a_tournament_says_how_to_make_one(tmp_path: Path) -> None:
    db = tmp_path / "x.tabapp"
    with open_workspace(db, create=True):
        pass
    calls: list[list[Word]] = [["check", db], ["standings", db], ["draw", db, 1]]
    for words in calls:
        assert "tabapp new" in refused(*words)


@pytest.mark.parametrize("count", [1, 6, 7, 9])
def test_teams_that_do_not_fill_rooms_of_four_are_not_drawn(count: int, tmp_path: Path) -> None:
    document = small_archive(12, 1, results=False)
    document["rounds"][0] |= {"debates": [], "status": "none", "completed": False}
    document["teams"] = document["teams"][:count]
    document["speakers"] = document["speakers"][:2 * count]
    db = tmp_path / "x.tabapp"
    done("import", db, written(tmp_path / "a.json", document), "--accept-warnings")
    for more in ([], ["--dry-run"]):
        assert f"{count} teams" in refused("draw", db, 1, *more)
    assert export(db)["rounds"][0]["debates"] == []


def test_a_draw_that_is_refused_leaves_the_old_one_with_its_results(played: Path) -> None:
    before = export(played)
    refused("draw", played, 2, "--seed", 3)
    document = export(played)
    document["rounds"][1]["debates"][0]["ballots"][0]["status"] = "discarded"
    document["rounds"][1]["debates"][0]["status"] = "none"
    missing = played.with_name("missing.tabapp")
    done("import", missing, written(played.with_name("m.json"), document), "--accept-warnings")
    message = refused("draw", missing, 3, "--replace", "--seed", 3)
    assert document["rounds"][1]["debates"][0]["id"] in message
    assert "--ignore-missing" in message
    assert done("draw", missing, 3, "--replace", "--seed", 3, "--ignore-missing")["audit"]["ok"]
    assert export(played) == before


def test_a_round_is_not_drawn_before_the_one_before_it(tmp_path: Path) -> None:
    db = tmp_path / "x.tabapp"
    done("new", db, "--name", "X", "--rounds", 3)
    assert "Round 1" in refused("draw", db, 2)
    assert "too few" in refused("draw", db, 1)
    for command in ("allocate", "venues"):
        assert "no draw" in refused(command, db, 1)


def test_the_break_of_a_tournament_without_results_or_category_is_told(tmp_path: Path) -> None:
    db = tmp_path / "x.tabapp"
    done("new", db, "--name", "X")
    (category,) = done("break", db)["categories"]
    assert (category["slug"], category["rows"]) == ("open", [])
    done("new", db, "--name", "Y", "--break-size", 0)
    assert "category" in refused("break", db, "--tournament", "y")


def test_a_draw_repeated_with_its_seed_is_the_same_draw_and_not_refused(played: Path) -> None:
    first = done("draw", played, 3, "--replace", "--seed", 8)
    again = done("draw", played, 3, "--seed", 8)
    assert {key: value for key, value in first.items() if key != "seconds"} == {
        key: value for key, value in again.items() if key != "seconds"}
    refused("draw", played, 3, "--seed", 9)


def test_a_draw_of_changed_results_is_told_apart_by_the_check(played: Path) -> None:
    document = export(played)
    sides = document["rounds"][0]["debates"][0]["sides"]
    sides[0]["team"], sides[1]["team"] = sides[1]["team"], sides[0]["team"]
    document["breaks"] = [{"category": "open", "lots": None, "teams": [
        {"team": team["id"], "rank": 1, "break_rank": n, "remark": None}
        for n, team in enumerate(document["teams"][:4], start=1)]}]
    db = played.with_name("wrong.tabapp")
    source = written(played.with_name("w.json"), document)
    assert call("import", db, source, "--accept-warnings").code == 0
    outcome = call("check", db, "--json")
    assert outcome.code == 3
    assert outcome.json["ok"] is False
    failed = [one for one in outcome.json["checks"] if one["status"] == "failed"]
    assert failed
    keys(failed, "name scope status detail")
    assert "failed" in call("check", db).out


def test_the_last_ballots_of_an_export_until_a_round_are_those_of_that_round(
    played: Path,
) -> None:
    cut = export(played, "--until", 1)
    db = played.with_name("cut.tabapp")
    done("import", db, written(played.with_name("cut.json"), cut))
    assert done("standings", db) == done("standings", played, "--until", 1)
    assert json.dumps(export(db)) == json.dumps(cut)
