"""Each kind of bad input to results is refused or told in plain words, and the rest goes on."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tests.builders import small_archive
from tests.e2e.program import call, done, export, refused, written

Doc = dict[str, Any]
KINDS = {"teams": "points", "speakers": "total", "replies": "average", "adjudicators": "score"}


def stored(folder: Path, document: Doc) -> Path:
    db = folder / "x.tabapp"
    done("import", db, written(folder / "x.json", document), "--accept-warnings")
    return db


def category(number: int, slug: str, **more: Any) -> Doc:
    return {"id": f"BC{number}", "name": slug.title(), "slug": slug, "seq": number, "size": 4,
            "priority": 10 - number, **more}


def with_categories(document: Doc, *made: Doc, nobody_in: str = "") -> Doc:
    """Give a tournament these categories, and its teams all of them but one."""
    document["break_categories"] = list(made)
    for team in document["teams"]:
        team["break_categories"] = [one["id"] for one in made if one["slug"] != nobody_in]
    return document


def is_refused(db: Path, *words: str | int, named: str) -> None:
    """Refuse with the same words as text and with ``--json``; nothing is stored."""
    before = export(db)
    assert named in refused(words[0], db, *words[1:])
    assert named in refused(words[0], db, *words[1:], "--json")
    assert export(db) == before


def everything_else_works(db: Path, folder: Path) -> None:
    """Ask for all that the results have, in the face of what is wrong with one part of them."""
    for kind in KINDS:
        done("standings", db, "--kind", kind)
        done("export", db, kind, "-o", folder / "o.csv")
    for what in ("results", "break"):
        done("export", db, what, "-o", folder / "o.csv")
    done("liveness", db, 1)
    done("forecast", db, "--runs", 20)
    assert done("check", db)["ok"]


# Metrics


@pytest.mark.parametrize(("kind", "key"), KINDS.items())
@pytest.mark.parametrize("option", ["--metrics", "--extra"])
def test_a_metric_twice_or_unknown_in_any_table(
    option: str, kind: str, key: str, played: Path
) -> None:
    before = played.read_bytes()
    words = ("standings", played, "--kind", kind, option)
    twice = refused(*words, f"{key},{key}")
    assert f"The metric {key} stands in the list twice. Remove one of them." in twice
    unknown = refused(*words, f"{key},goals")
    assert "no metric goals. Choose from:" in unknown
    assert key in unknown.partition("Choose from:")[2]
    assert played.read_bytes() == before


def test_judges_have_no_categories(played: Path) -> None:
    is_refused(played, "standings", "--kind", "adjudicators", "--category", "open",
               named="no table of open alone")


@pytest.mark.parametrize("setting", [
    "team_standings_precedence", "team_standings_extra_metrics", "speaker_standings_precedence",
    "speaker_standings_extra_metrics",
])
@pytest.mark.parametrize(("keys", "said"), [
    (["count", "count"], "twice"), (["goals"], "no metric"), ([None], "no metric"),
    ("points", "must be a list of metrics"),
])
def test_a_tournament_whose_settings_name_no_metric(
    setting: str, keys: object, said: str, tmp_path: Path
) -> None:
    document = small_archive(8, 1)
    if keys == ["count", "count"] and setting.startswith("team"):
        keys = ["points", "points"]
    document["tournament"]["settings"] = {setting: keys}
    file, db = written(tmp_path / "x.json", document), tmp_path / "x.tabapp"
    told = refused("import", db, file, "--accept-warnings", code=3)
    assert setting in told
    assert said in told
    assert not db.exists()


@pytest.mark.parametrize(("value", "said"), [
    ("1e999", "too large"), ("NaN", "NaN"), ("-Infinity", "Infinity"), ("1" * 400, "too large"),
])
def test_a_score_that_is_no_number(value: str, said: str, tmp_path: Path) -> None:
    document = small_archive(8, 1)
    sheet = document["rounds"][0]["debates"][0]["ballots"][0]["sheets"][0]
    sheet["sides"][0]["speeches"][0]["score"] = "HERE"
    file, db = tmp_path / "x.json", tmp_path / "x.tabapp"
    file.write_text(json.dumps(document).replace('"HERE"', value))
    assert said in refused("import", db, file, "--accept-warnings", code=3)
    assert not db.exists()


@pytest.mark.parametrize("weight", [-1, 101, 2**31 - 1])
def test_a_weight_that_no_round_has(weight: int, tmp_path: Path) -> None:
    document = small_archive(8, 2)
    document["rounds"][0]["weight"] = weight
    file, db = written(tmp_path / "x.json", document), tmp_path / "x.tabapp"
    told = refused("import", db, file, "--accept-warnings", code=3)
    assert f"round 1 has the weight {weight}. Give it a weight from 0 to 100." in told
    assert not db.exists()


def test_a_round_of_no_weight_gives_no_points(tmp_path: Path) -> None:
    document = small_archive(8, 2)
    document["rounds"][0]["weight"] = 0
    db = stored(tmp_path, document)
    assert sum(one["values"]["points"] for one in done("standings", db)["rows"]) == 12
    (made,) = done("liveness", db, 2)["categories"]
    assert {one["points"] for one in made["teams"]} == {0}
    everything_else_works(db, tmp_path)


# Rules and categories


def by_speaks() -> Doc:
    """Return a played tournament of two-team rooms that is ranked by speaks alone."""
    archive = generate_tournament(
        preset="apda", teams=8, rounds=2, seed=3,
        settings={"team_standings_precedence": ["speaks_sum"]})
    document: Doc = json.loads(write_archive(archive))
    document["breaks"] = []
    return document


@pytest.mark.parametrize(
    "rule", ["aida-2016-australs", "aida-2016-easters", "aida-2019-australs-open"])
def test_a_rule_whose_metric_is_not_in_the_precedence(rule: str, tmp_path: Path) -> None:
    db = stored(tmp_path, with_categories(
        by_speaks(), category(1, "open", rule=rule), category(2, "esl")))
    for more in ([], ["--dry-run"]):
        first, other = done("break", db, "--seed", 1, *more)["categories"]
        assert (first["rows"], first["problem"]["code"]) == ([], "break_rule_needs_metric")
        for word in ("Open", "wins", "speaks_sum", "choose one of"):
            assert word in first["problem"]["message"]
        assert sum(one["break_rank"] is not None for one in other["rows"]) == 4
        assert other["problem"] is None
    assert [one["category"] for one in export(db)["breaks"]] == ["esl"]
    is_refused(db, "break", "--category", "open", named="needs wins")
    is_refused(db, "break", "--category", "open", "--dry-run", named="needs wins")
    assert [one["slug"] for one in done("break", db, "--category", "esl")["categories"]] == ["esl"]
    everything_else_works(db, tmp_path)


def test_a_category_for_which_nobody_is_eligible(tmp_path: Path) -> None:
    document = with_categories(
        small_archive(8, 2), category(1, "esl", reserve_size=2), category(2, "open"),
        nobody_in="esl")
    db = stored(tmp_path, document)
    for more in (["--dry-run"], []):
        empty, other = done("break", db, *more)["categories"]
        assert empty["rows"] == []
        assert "Nobody can break in Esl. Make teams eligible" in empty["note"]
        assert sum(one["break_rank"] is not None for one in other["rows"]) == 4
    alone = call("break", db, "--category", "esl")
    assert (alone.code, "Nobody can break in Esl" in alone.out + alone.err) == (0, True)
    safe = done("liveness", db, 2)["categories"][0]
    assert (safe["safe"], safe["dead"], safe["teams"]) == (0, -1, [])
    first = done("forecast", db, "--runs", 20)["categories"][0]
    assert (first["slug"], first["threshold"], first["teams"]) == ("esl", None, [])
    assert done("standings", db, "--category", "esl")["rows"] == []
    everything_else_works(db, tmp_path)


def test_a_category_larger_than_the_field(tmp_path: Path) -> None:
    document = with_categories(
        small_archive(8, 2), category(1, "open", size=64, reserve_size=10**6),
        category(2, "esl", priority=9))
    file, db = written(tmp_path / "x.json", document), tmp_path / "x.tabapp"
    assert "has the size 64, but only 8 teams can break" in refused("import", db, file, code=3)
    assert not db.exists()
    done("import", db, file, "--accept-warnings")
    first, other = done("break", db, "--seed", 1)["categories"]
    assert [one["break_rank"] for one in first["rows"]] == [1, 1, 3, 3, 5, 5, 7, 7]
    assert "8 teams break for the 64 places of Open" in first["note"]
    assert sum(one["break_rank"] is not None for one in other["rows"]) == 4
    safe = done("liveness", db, 2)["categories"][0]
    assert (safe["safe"], safe["dead"]) == (0, -1)
    likely = done("forecast", db, "--runs", 20)["categories"][0]
    assert {one["p"] for one in likely["teams"]} == {1}
    everything_else_works(db, tmp_path)


@pytest.mark.parametrize("size", [2**20, 2**13])
def test_a_category_as_large_as_nothing_on_earth(size: int, tmp_path: Path) -> None:
    document = with_categories(small_archive(8, 2), category(1, "open", size=size))
    document["tournament"]["preset"] = "apda"
    db = stored(tmp_path, document | {"rounds": []})
    file = tmp_path / "break.json"
    assert done("export", db, "break", "-o", file)["rows"] == 8
    done("break", db, "--ties", "lot", "--seed", 1)
    assert done("export", db, "break", "-o", file)["rows"] == 8


@pytest.mark.parametrize("size", [0, 1])
def test_a_category_of_nobody_or_one(size: int, tmp_path: Path) -> None:
    db = stored(tmp_path, with_categories(small_archive(8, 2), category(1, "open", size=size)))
    (made,) = done("break", db, "--ties", "lot", "--seed", 1)["categories"]
    assert sum(one["break_rank"] is not None for one in made["rows"]) == size
    (likely,) = done("forecast", db, "--runs", 20)["categories"]
    assert sum(one["p"] for one in likely["teams"]) == pytest.approx(size)
    everything_else_works(db, tmp_path)


@pytest.mark.parametrize("words", [["break"], ["break", "--dry-run"]])
def test_a_tournament_without_categories(words: list[str], tmp_path: Path) -> None:
    db = stored(tmp_path, with_categories(small_archive(8, 2)))
    is_refused(db, *words, named="break categor")
    assert done("liveness", db, 1)["categories"] == []
    assert done("forecast", db, "--runs", 20)["categories"] == []


def test_no_team_at_all(tmp_path: Path) -> None:
    document = small_archive(8, 2, results=False)
    document |= {"teams": [], "speakers": []}
    for one in document["rounds"]:
        one |= {"debates": [], "status": "none"}
    db = stored(tmp_path, document)
    assert done("break", db)["categories"][0]["rows"] == []
    everything_else_works(db, tmp_path)


# Ballots


def test_without_a_confirmed_ballot_everybody_is_level(drawn: Path, tmp_path: Path) -> None:
    rows = done("standings", drawn)["rows"]
    assert {(one["rank"], one["tied"]) for one in rows} == {(1, True)}
    assert {one["values"]["points"] for one in rows} == {0}
    told = call("break", drawn, "--dry-run")
    assert (told.code, "No result is confirmed yet" in told.out + told.err) == (0, True)
    (live,) = done("liveness", drawn, 1)["categories"]
    assert {one["state"] for one in live["teams"]} == {"live"}
    (likely,) = done("forecast", drawn, "--runs", 400)["categories"]
    assert all(0.2 < one["p"] < 0.8 for one in likely["teams"])
    everything_else_works(drawn, tmp_path)


def pair_room(preset: str) -> Doc:
    """Return a drawn round of two-team rooms without results."""
    archive = generate_tournament(preset=preset, teams=4, rounds=1, seed=3)
    document: Doc = json.loads(write_archive(archive))
    document["breaks"] = []
    return document


def winners(*sides: str) -> Callable[[Doc], object]:
    def declare(ballot: Doc) -> None:
        for sheet in ballot["sheets"]:
            sheet["winners"] = [*sides]

    return declare


def loser_wins(ballot: Doc) -> None:
    totals = {
        side["side"]: sum(one["score"] for one in side["speeches"])
        for side in ballot["sheets"][0]["sides"]}
    winners(min(totals, key=lambda side: totals[side]))(ballot)


def sheet_twice(ballot: Doc) -> None:
    ballot["sheets"].append(copy.deepcopy(ballot["sheets"][0]))


def side_twice(ballot: Doc) -> None:
    ballot["sheets"][0]["sides"].append(copy.deepcopy(ballot["sheets"][0]["sides"][0]))


@pytest.mark.parametrize(("preset", "spoil"), [
    ("wsdc", winners("aff", "neg")), ("wsdc", winners("og")), ("wsdc", loser_wins),
    ("wsdc", sheet_twice), ("apda", winners("aff", "neg")), ("apda", side_twice),
    ("apda", sheet_twice), ("apda", winners("bye")), ("australs", sheet_twice),
    ("australs", loser_wins),
])
def test_a_ballot_that_contradicts_itself(
    preset: str, spoil: Callable[[Doc], object], tmp_path: Path
) -> None:
    document = pair_room(preset)
    debates = document["rounds"][0]["debates"]
    given = []
    for debate in debates:
        given.append(debate["ballots"].pop() | {"round": 1, "debate": debate["id"]})
        debate |= {"ballots": [], "status": "none"}
    document["rounds"][0]["completed"] = False
    db = stored(tmp_path, document)
    for one in given:
        one.pop("version")
    spoil(given[0])
    before = export(db)
    outcome = call("ballot", db, written(tmp_path / "b.json", given), "--json")
    assert (outcome.code, outcome.json["entered"]) == (3, 0)
    errors = [one for one in outcome.json["problems"] if one["level"] == "error"]
    assert errors
    assert all(one["message"] in outcome.err and "{" not in one["message"] for one in errors)
    assert any(debates[0]["id"] in one["where"] for one in errors)
    assert export(db) == before
    assert done("ballot", db, written(tmp_path / "b.json", given[1:]))["entered"] == len(given) - 1


def test_an_imported_ballot_of_equal_totals_is_told_and_shares_the_best_place(
    tmp_path: Path
) -> None:
    document = small_archive(8, 2)
    sheet = document["rounds"][0]["debates"][0]["ballots"][0]["sheets"][0]
    for side in sheet["sides"]:
        side["speeches"] = [one | {"score": 75} for one in side["speeches"]]
    file, db = written(tmp_path / "x.json", document), tmp_path / "x.tabapp"
    told = refused("import", db, file, code=3)
    assert "D1" in told
    assert not db.exists()
    done("import", db, file, "--accept-warnings")
    level = {one["team"] for one in document["rounds"][0]["debates"][0]["sides"]}
    assert {one["values"]["points"] for one in done("standings", db, "--until", 1)["rows"]
            if one["id"] in level} == {3}
    everything_else_works(db, tmp_path)
