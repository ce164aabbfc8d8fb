"""Breaks by commands: rules that cannot work, lots that are shown, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.builders import small_archive
from tests.e2e.program import done, refused, written


def stored(folder: Path, **rules: str) -> Path:
    """Import eight teams that are level and may break in the categories of these rules."""
    doc = small_archive(8, 1, results=False)
    doc["break_categories"] = [
        {"id": f"BC{n}", "name": slug.title(), "slug": slug, "seq": n, "size": 4,
         "priority": 10 - n, "rule": rule}
        for n, (slug, rule) in enumerate(rules.items(), 1)]
    for team in doc["teams"]:
        team["break_categories"] = [one["id"] for one in doc["break_categories"]]
    db = folder / "t.tabapp"
    done("import", db, written(folder / "t.json", doc), "--accept-warnings")
    return db


def test_a_rule_that_cannot_work_is_told_and_the_others_are_made(tmp_path: Path) -> None:
    db = stored(tmp_path, masters="aida-2016-easters", other="standard")
    for options in ((), ("--dry-run",)):
        masters, other = done("break", db, "--ties", "lot", "--seed", 2, *options)["categories"]
        assert (masters["rows"], masters["lots"]) == ([], None)
        assert masters["problem"]["code"] == "break_rule_needs_two_teams"
        assert masters["problem"]["message"] in masters["note"]
        assert other["problem"] is None
        assert other["lots"]["seed"] == 2
        assert len(other["lots"]["order"]) == 8
        assert sum(row["break_rank"] is not None for row in other["rows"]) == 4


def test_a_rule_that_cannot_work_fails_where_nothing_else_was_asked_for(tmp_path: Path) -> None:
    db = stored(tmp_path, masters="aida-2016-easters", other="standard")
    assert "only debates of two teams" in refused("break", db, "--category", "masters")
    assert "only debates of two teams" in refused("break", db, "--category", "masters", "--dry-run")


def test_without_results_the_break_says_so(tmp_path: Path) -> None:
    (made,) = done("break", stored(tmp_path, other="standard"))["categories"]
    assert "No result is confirmed yet" in made["note"]
    assert {row["remark"] for row in made["rows"]} == {"tied"}
    assert made["cut_off"] is None


def resized(folder: Path, size: int) -> Path:
    """Make the breaks of two categories, then import the whole with another size of the higher."""
    doc = small_archive(8, 3)
    doc["break_categories"] = [
        {"id": f"BC{n}", "name": slug.upper(), "slug": slug, "seq": n, "size": 4 // n,
         "priority": 10 - n} for n, slug in enumerate(("open", "esl"), 1)]
    for team in doc["teams"]:
        team["break_categories"] = ["BC1", "BC2"]
    first = folder / "first.tabapp"
    done("import", first, written(folder / "t.json", doc), "--accept-warnings")
    done("break", first, "--ties", "lot", "--seed", 2)
    kept = folder / "kept.json"
    done("export", first, "archive", "--output", kept)
    made = json.loads(kept.read_text(encoding="utf-8"))
    made["break_categories"][0]["size"] = size
    db = folder / "t.tabapp"
    done("import", db, written(folder / "again.json", made), "--accept-warnings")
    return db


def breaking(answer: Any) -> dict[str, set[str]]:
    return {
        one["slug"]: {row["team"] for row in one["rows"] if row["break_rank"] is not None}
        for one in answer["categories"]}


def test_the_breaks_below_follow_only_when_told(tmp_path: Path) -> None:
    db = resized(tmp_path, 2)
    alone = ("break", db, "--category", "open", "--ties", "lot", "--seed", 2)
    seen = breaking(done(*alone, "--cascade", "--dry-run"))
    made = breaking(done(*alone))
    assert {slug: len(teams) for slug, teams in made.items()} == {"open": 2}
    followed = breaking(done(*alone, "--cascade"))
    assert {slug: len(teams) for slug, teams in followed.items()} == {"open": 2, "esl": 2}
    assert seen == followed
    assert not followed["esl"] & followed["open"]
    assert done("check", db)["ok"]


def test_where_all_breaks_are_made_none_is_left_to_follow(tmp_path: Path) -> None:
    db = resized(tmp_path, 2)
    whole = ("break", db, "--ties", "lot", "--seed", 2, "--dry-run")
    assert breaking(done(*whole, "--cascade")) == breaking(done(*whole))
