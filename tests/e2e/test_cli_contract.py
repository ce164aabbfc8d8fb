"""Every command: its exit code, its JSON keys, and nothing but JSON on standard output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program, call, done, export, keys, refused

PRESETS = {
    "bp", "australs", "easters", "nz-easters", "joynt", "wsdc", "uadc", "ap", "apda", "cp",
    "karl-popper", "public-speaking",
}
DEBATE_ID, TEAM_ID, JUDGE_ID = r"D\d+", r"T\d+", r"A\d+"


def all_match(pattern: str, ids: list[str]) -> bool:
    return bool(ids) and all(re.fullmatch(pattern, one) for one in ids)


def test_new_makes_a_tournament_and_tells_its_short_name(tmp_path: Path) -> None:
    assert done("new", tmp_path / "x.tabapp", "--name", "Zürich Öpen") == {
        "tournament": "zurich-open"}


def test_the_presets_of_the_field_are_there_with_all_their_settings() -> None:
    rows = done("presets")
    keys(rows, "name title settings")
    assert {row["name"] for row in rows} >= PRESETS
    assert len({frozenset(row["settings"]) for row in rows}) == 1


def test_generate_tells_its_seed_before_anything_else_and_repeats_its_bytes(
    tmp_path: Path,
) -> None:
    words = ("--preset", "bp", "--teams", 8, "--rounds", 2, "--chaos", 0.5)
    outcome = call("generate", tmp_path / "a.json", *words, "--json")
    seed = outcome.json["seed"]
    assert outcome.json["file"] == str(tmp_path / "a.json")
    assert str(seed) in outcome.err.splitlines()[0]
    done("generate", tmp_path / "b.json", *words, "--seed", seed)
    done("generate", tmp_path / "c.json", *words, "--seed", seed + 1)
    first, again, other = (tmp_path.joinpath(f"{n}.json").read_bytes() for n in "abc")
    assert first == again != other


def test_an_import_tells_what_it_made_and_can_be_rehearsed(
    archive_file: Path, tmp_path: Path
) -> None:
    db = tmp_path / "x.tabapp"
    rehearsed = done("import", db, archive_file, "--dry-run")
    assert not db.exists()
    document = done("import", db, archive_file)
    keys(document, "tournament created problems")
    assert rehearsed == document
    assert document["tournament"] == "random-5"
    created = document["created"]
    assert (created["teams"], created["rounds"], created["debates"]) == (16, 3, 12)


def test_an_export_is_the_archive_that_was_imported(
    played: Path, archive_file: Path, tmp_path: Path
) -> None:
    document = done("export", played, "archive", "-o", tmp_path / "out.json")
    keys(document, "file rows")
    assert (tmp_path / "out.json").read_bytes() == archive_file.read_bytes()


def test_an_export_until_a_round_holds_no_later_one(played: Path) -> None:
    assert [one["seq"] for one in export(played, "--until", 2)["rounds"]] == [1, 2]


def test_a_draw_has_every_key_and_archive_ids(played: Path) -> None:
    document = done("draw", played, 3, "--replace", "--seed", 17)
    keys(document, "round seed rule debates quality audit certificate seconds")
    keys(document["debates"], "id bracket room_rank flags sides why")
    keys(document["quality"], "pullups position_cost position_cost_optimum rematches "
         "same_institution side_imbalance")
    keys(document["audit"]["checks"], "name status detail")
    keys(document["certificate"], "input_sha256 engine seed cost")
    keys(document["seconds"], "read solve write")
    assert (document["round"], document["seed"], document["audit"]["ok"]) == (3, 17, True)
    assert all_match(DEBATE_ID, [one["id"] for one in document["debates"]])
    teams = [side["team"] for one in document["debates"] for side in one["sides"]]
    assert all_match(TEAM_ID, teams)
    assert len(set(teams)) == len(teams) == 16
    stored = export(played)["rounds"][2]
    assert {one["id"] for one in stored["debates"]} == {one["id"] for one in document["debates"]}


def without_seconds(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "seconds"}


@pytest.mark.parametrize("command", ["draw", "allocate"])
def test_two_dry_runs_of_one_seed_differ_in_seconds_only(command: str, played: Path) -> None:
    before = played.read_bytes()
    first, again = (done(command, played, 3, "--dry-run", "--seed", 4) for _ in range(2))
    assert without_seconds(first) == without_seconds(again)
    if command == "draw":
        assert played.read_bytes() == before


def test_a_dry_run_numbers_its_debates_as_the_draw_does(played: Path) -> None:
    shown = done("draw", played, 3, "--dry-run", "--seed", 4)
    stored = done("draw", played, 3, "--replace", "--seed", 4)
    assert without_seconds(shown) == without_seconds(stored)


def test_judges_and_rooms_have_every_key_and_archive_ids(drawn: Path) -> None:
    document = done("allocate", drawn, 1, "--seconds", 1, "--seed", 3)
    keys(document, "cost parts panels problems seconds")
    keys(document["panels"], "debate chair panellists trainees")
    assert {one["debate"] for one in document["panels"]} == {"D1", "D2"}
    assert all_match(JUDGE_ID, [one["chair"] for one in document["panels"]])
    rooms = done("venues", drawn, 1)
    keys(rooms, "placed unmet")
    assert set(rooms["placed"]) == {"D1", "D2"}
    assert set(rooms["placed"].values()) == {"V1", "V2"}


@pytest.mark.parametrize("kind", ["teams", "speakers", "replies", "adjudicators"])
def test_every_table_has_every_key(kind: str, played: Path) -> None:
    document = done("standings", played, "--kind", kind)
    keys(document, "metrics extra rows")
    keys(document["rows"], "id name rank tied values")
    for row in document["rows"]:
        assert set(row["values"]) == {*document["metrics"], *document["extra"]}


def test_a_break_has_every_key(played: Path) -> None:
    document = done("break", played, "--ties", "lot", "--seed", 1)
    keys(document["categories"], "slug rule size rows")
    rows = document["categories"][0]["rows"]
    keys(rows, "team rank break_rank remark")
    assert all_match(TEAM_ID, [row["team"] for row in rows])
    assert {one["slug"] for one in document["categories"]} == {"open", "esl"}


def test_a_check_has_every_key_and_its_verdict(played: Path) -> None:
    document = done("check", played)
    keys(document, "ok checks")
    keys(document["checks"], "name scope status detail")
    assert document["ok"] is True
    assert {one["status"] for one in document["checks"]} <= {
        "passed", "failed", "unclear", "skipped"}


def test_simulated_rounds_are_told_one_by_one(played: Path) -> None:
    done("draw", played, 3, "--replace", "--seed", 1)
    document = done("simulate", played, "--rounds", "2-3", "--seed", 1)
    assert [one["seq"] for one in document["rounds"]] == [2, 3]


def test_the_demo_plays_a_tournament_and_keeps_it(tmp_path: Path) -> None:
    db = tmp_path / "demo.tabapp"
    document = done("demo", "--teams", 8, "--rounds", 2, "--headless", "--keep", db)
    keys(document, "db tournament rounds jobs")
    keys(document["jobs"], "name status seconds")
    assert (document["db"], document["rounds"]) == (str(db), 2)
    assert {one["status"] for one in document["jobs"]} == {"success"}
    assert done("check", db)["ok"]
    assert {one["name"] for one in document["jobs"]} == {
        one["name"] for one in done("job", "history", db)}


def test_the_demo_without_a_place_never_plays_over_an_earlier_one() -> None:
    words = ("demo", "--teams", 4, "--rounds", 1)
    assert done(*words)["db"] != done(*words)["db"]


def test_a_job_run_is_told_as_a_result_and_found_again(played: Path) -> None:
    shape = "id name status value stats seconds attempts error"
    result = done("job", "run", played, "standings.recalculate")
    keys(result, shape)
    assert (result["status"], result["error"]) == ("success", None)
    (row,) = done("job", "history", played)
    shown = done("job", "show", played, result["id"])
    for found in (row, shown):
        assert {name: found[name] for name in shape.split()} == result
    keys(shown, "log")


def test_a_failed_job_is_told_as_a_result_with_its_error(played: Path) -> None:
    outcome = call("job", "run", played, "draw.generate", "round=1", "--json")
    assert outcome.code == 1
    assert outcome.json["status"] == "failed"
    assert outcome.json["error"]["code"] == "round_drawn"
    keys(outcome.json["error"], "code message details")
    assert outcome.err.strip() == outcome.json["error"]["message"]


def test_the_jobs_are_listed_with_their_parameters() -> None:
    rows = {row["name"]: row for row in done("job", "list")}
    assert set(rows) >= {
        "break.generate", "demo.simulate", "draw.allocate_adjudicators", "draw.allocate_venues",
        "draw.generate", "standings.recalculate",
    }
    assert "seed" in rows["draw.generate"]["parameters"]


Make = Callable[[Path], list[Any]]
FOR_PEOPLE: dict[str, Make] = {
    "presets": lambda db: ["presets"],
    "generate": lambda db: ["generate", db.with_name("g.json"), "--teams", 4, "--rounds", 1],
    "import": lambda db: ["import", db.with_name("i.tabapp"), db.with_name("out.json")],
    "draw": lambda db: ["draw", db, 3, "--replace"],
    "dry draw": lambda db: ["draw", db, 3, "--dry-run"],
    "allocate": lambda db: ["allocate", db, 3, "--dry-run"],
    "standings": lambda db: ["standings", db, "--extra", "subrank"],
    "speakers": lambda db: ["standings", db, "--kind", "speakers"],
    "break": lambda db: ["break", db, "--dry-run"],
    "check": lambda db: ["check", db],
    "simulate": lambda db: ["simulate", db, "--rounds", 3],
    "demo": lambda db: ["demo", "--teams", 4, "--rounds", 1],
    "job list": lambda db: ["job", "list"],
    "job history": lambda db: ["job", "history", db],
    "job run": lambda db: ["job", "run", db, "standings.recalculate"],
}


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_without_json_a_command_speaks_to_people(name: str, played: Path) -> None:
    export(played)
    played.with_suffix(".export.json").rename(played.with_name("out.json"))
    outcome = call(*FOR_PEOPLE[name](played))
    assert outcome.code == 0, outcome.err
    assert outcome.out.strip()


def test_a_long_name_is_not_cut_in_a_table_that_goes_to_a_file(played: Path) -> None:
    name = "The Worshipful Society of Very Long Names " * 5
    archive = export(played)
    archive["teams"][0]["name"] = name.strip()
    file = played.with_name("long.json")
    file.write_text(json.dumps(archive))
    done("import", played.with_name("long.tabapp"), file)
    assert name.strip() in call("standings", played.with_name("long.tabapp")).out


COMMANDS = (
    "new", "presets", "import", "export", "draw", "allocate", "venues", "standings", "break",
    "ballot", "pair", "check", "simulate", "generate", "demo", "job", "operator", "print",
)


def test_every_command_explains_itself() -> None:
    overview = call("--help").out
    for command in COMMANDS:
        outcome = call(command, "--help")
        assert outcome.code == 0
        assert "Usage" in outcome.out
        assert command in overview


@pytest.mark.parametrize("words", [
    ["nosuch"], ["nosuch", "x.tabapp"], ["--nosuch"], ["standings"], ["standings", "x", "--nosuch"],
    ["draw", "x"], ["draw", "x", "two"], ["draw", "x", "-1"], ["new", "x"], ["import", "x"],
    ["export", "x", "archive"], ["job", "nosuch"], ["standings", "x", "--kind", "horses"],
    ["break", "x", "--ties", "maybe"], ["import", "x", "y", "--as", "horses"],
    ["draw", "x", "1", "--seed", "-1"], ["draw", "x", "1", "--seed", str(2**63)],
    ["generate", "x", "--chaos", "2"], ["new", "x", "--name", "N", "--rounds", "0"],
    ["new", "x", "--name", "N", "--rounds", "31"], ["new", "x", "--name", "N", "--rounds", "x"],
    ["new", "x", "--name", "N", "--break-size", "-1"],
    ["new", "x", "--name", "N", "--break-size", str(10**30)],
    ["new", "x", "--name", "N", "--slug", "a b"], ["new", "x", "--name", "N", "--slug", "../x"],
    ["new", "x", "--name", "N", "--slug", ""], ["job", "show", "x", str(10**30)],
    ["job", "history", "x", "--limit", "-1"], ["allocate", "x", "1", "--seconds", "-1"],
    ["new", "x", "--name", "\udcff"],
])
def test_a_wrong_call_is_told_apart_from_work_that_failed(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(*words, code=2)
    assert list(tmp_path.iterdir()) == []


def test_the_window_is_announced_where_a_file_or_nothing_is_named(played: Path) -> None:
    for words in ([], [played], ["open", played]):
        assert "window" in refused(*words)


def test_a_real_process_keeps_its_promises(program: Program, played: Path) -> None:
    version = program("--version")
    assert (version.code, version.err) == (0, "")
    assert re.fullmatch(r"tabapp \d+\.\d+\.\d+\n", version.out)
    table = program("standings", played, "--json")
    assert (table.code, table.err) == (0, "")
    assert len(table.json["rows"]) == 16
    missing = program("standings", "nosuch.tabapp", "--json")
    assert (missing.code, missing.out) == (1, "")
    assert len(missing.err.splitlines()) == 1


def test_no_command_loads_qt(program: Program, played: Path) -> None:
    table = program("standings", played, PYTHONPROFILEIMPORTTIME="1")
    assert "tabapp.services.standings" in table.err
    assert "PySide6" not in table.err
    assert "scipy" not in table.err


def test_debug_shows_the_trace_of_a_failure(program: Program) -> None:
    debug = program("check", "nosuch.tabapp", "--debug")
    assert debug.code == 1
    assert "Traceback" in debug.err
    assert "no database" in debug.err.splitlines()[-1]
