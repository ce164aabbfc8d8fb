"""Tables by commands: any list of metrics, categories, rounds; and breaks with ties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tests.builders import small_archive
from tests.e2e.program import done, export, written

TEAM_KEYS = (
    "wins", "points", "speaks_sum", "speaks_avg", "speaks_ind_avg", "speaks_stddev", "margin_sum",
    "margin_avg", "draw_strength", "draw_strength_speaks", "num_adjs", "firsts",
    "seconds", "thirds", "npullups", "pullup_debates", "num_iron",
)
SPEAKER_KEYS = (
    "total", "average", "trimmed_mean", "stdev", "count", "srank", "team_points", "team_wins",
    "firsts", "seconds", "thirds", "num_adjs",
)


def rows_of(document: Any) -> list[dict[str, Any]]:
    return list(document["rows"])


def test_metrics_default_to_the_precedence_of_the_tournament(played: Path) -> None:
    document = done("standings", played)
    assert document["metrics"] == [
        "points", "speaks_sum", "firsts", "seconds", "draw_strength"]
    assert done("standings", played, "--kind", "speakers")["metrics"] == ["total"]


def test_an_empty_list_of_metrics_ranks_everybody_first(played: Path) -> None:
    document = done("standings", played, "--metrics", "", "--extra", "")
    assert (document["metrics"], document["extra"]) == ([], [])
    assert {(row["rank"], row["tied"]) for row in rows_of(document)} == {(1, True)}
    names = [row["name"] for row in rows_of(document)]
    assert names == sorted(names)
    assert len(names) == 16


@pytest.mark.parametrize(("kind", "known"), [("teams", TEAM_KEYS), ("speakers", SPEAKER_KEYS)])
def test_every_metric_is_taken_in_every_format(
    kind: str, known: tuple[str, ...], played: Path
) -> None:
    document = done("standings", played, "--kind", kind, "--metrics", ",".join(known))
    assert document["metrics"] == list(known)
    assert all(set(row["values"]) == {*known, *document["extra"]} for row in rows_of(document))
    assert {row["values"].get("margin_sum") for row in rows_of(document)} == {None}


def test_repeated_who_beat_whom_has_numbered_columns(played: Path) -> None:
    document = done("standings", played, "--metrics", "points,wbw,speaks_sum,wbw")
    assert document["metrics"] == ["points", "wbw1", "speaks_sum", "wbw2"]
    for row in rows_of(document):
        assert {"wbw1", "wbw2"} <= set(row["values"])
        assert all(
            one == "n/a" or one >= 0 for one in (row["values"]["wbw1"], row["values"]["wbw2"]))


def test_ranks_within_brackets_and_institutions_are_extra_columns(played: Path) -> None:
    rows = rows_of(done("standings", played, "--extra", "subrank,institution_rank"))
    home = {team["id"]: team["institution"] for team in export(played)["teams"]}
    for row in rows:
        better = [one for one in rows if one["rank"] < row["rank"]]
        level = [one for one in better if one["values"]["points"] == row["values"]["points"]]
        assert row["values"]["subrank"] == 1 + len(level)
        same_home = [one for one in better if home[one["id"]] == home[row["id"]]]
        assert row["values"]["institution_rank"] == 1 + len(same_home)


def test_ranks_count_the_better_rows(played: Path) -> None:
    rows = rows_of(done("standings", played, "--metrics", "points"))
    for row in rows:
        better = [one for one in rows if one["values"]["points"] > row["values"]["points"]]
        level = [one for one in rows if one["values"]["points"] == row["values"]["points"]]
        assert (row["rank"], row["tied"]) == (1 + len(better), len(level) > 1)
    assert [(row["rank"], row["name"]) for row in rows] == sorted(
        (row["rank"], row["name"]) for row in rows)


def test_a_category_is_ranked_among_its_own(played: Path) -> None:
    teams = export(played)
    esl = next(one["id"] for one in teams["break_categories"] if one["slug"] == "esl")
    members = {one["id"] for one in teams["teams"] if esl in one["break_categories"]}
    rows = rows_of(done("standings", played, "--category", "esl"))
    assert {row["id"] for row in rows} == members
    assert rows[0]["rank"] == 1
    novices = teams["speaker_categories"][0]
    speakers = rows_of(
        done("standings", played, "--kind", "speakers", "--category", novices["slug"]))
    assert {row["id"] for row in speakers} == {
        one["id"] for one in teams["speakers"] if novices["id"] in one["categories"]}
    assert speakers[0]["rank"] == 1


def test_a_table_until_a_round_is_that_of_the_day(played: Path) -> None:
    totals = [
        sum(row["values"]["points"] for row in rows_of(done("standings", played, "--until", seq)))
        for seq in (0, 1, 2, 3)
    ]
    assert totals == [0, 24, 48, 72]


def level(tmp_path: Path) -> Path:
    """Return a tournament in which T1 to T8 stand in mirrored rooms, two and two level."""
    document = small_archive(8, 1)
    first, second = document["rounds"][0]["debates"]
    ballots = [one["ballots"][0]["sheets"][0]["sides"] for one in (first, second)]
    for mine, yours in zip(*ballots, strict=True):
        for one, other in zip(mine["speeches"], yours["speeches"], strict=True):
            other["score"] = one["score"]
    document["break_categories"][0]["size"] = 3
    db = tmp_path / "level.tabapp"
    done("import", db, written(tmp_path / "level.json", document), "--accept-warnings")
    return db


def breaking(document: Any) -> dict[str, int]:
    return {
        row["team"]: row["break_rank"] for row in document["categories"][0]["rows"]
        if row["break_rank"] is not None
    }


def test_a_tie_at_the_line_is_asked_about_and_never_picked(tmp_path: Path) -> None:
    db = level(tmp_path)
    document = done("break", db)
    tied = [row["team"] for row in document["categories"][0]["rows"] if row["remark"] == "tied"]
    assert len(breaking(document)) == 2
    assert len(tied) == 2


def test_a_tie_at_the_line_is_decided_by_a_lot_that_repeats_with_its_seed(
    tmp_path: Path,
) -> None:
    db = level(tmp_path)
    words = ("break", db, "--ties", "lot", "--dry-run", "--seed")
    winners = [tuple(sorted(breaking(done(*words, seed)))) for seed in range(12)]
    assert winners == [tuple(sorted(breaking(done(*words, seed)))) for seed in range(12)]
    assert len(set(winners)) == 2
    assert {len(one) for one in winners} == {3}


def test_a_lot_without_a_seed_is_drawn_and_kept(tmp_path: Path) -> None:
    db = level(tmp_path)
    document = done("break", db, "--ties", "lot")
    (kept,) = export(db)["breaks"]
    again = done("break", db, "--ties", "lot", "--dry-run", "--seed", kept["lots"]["seed"])
    assert breaking(document) == breaking(again)
    assert done("check", db)["ok"]


def test_a_rehearsed_break_is_not_kept(played: Path) -> None:
    rehearsed = done("break", played, "--dry-run", "--seed", 1)
    assert export(played)["breaks"] == []
    assert done("break", played, "--seed", 1) == rehearsed
    assert {one["category"] for one in export(played)["breaks"]} == {"open", "esl"}


def test_one_category_can_be_made_alone(played: Path) -> None:
    document = done("break", played, "--category", "esl", "--seed", 1)
    assert [one["slug"] for one in document["categories"]] == ["esl"]
    assert [one["category"] for one in export(played)["breaks"]] == ["esl"]


# Formats, limits, replies, judges

NO_MEANING = {"bp": {"margin_sum", "margin_avg"}, "apda": set(), "wsdc": set()}
COUNTS = ("wins", "firsts", "seconds", "thirds", "npullups", "pullup_debates", "num_iron")


def generated(folder: Path, preset: str, **settings: object) -> Path:
    archive = generate_tournament(preset=preset, teams=12, rounds=3, seed=5, settings=settings)
    db = folder / f"{preset}.tabapp"
    (folder / "x.json").write_bytes(write_archive(archive))
    done("import", db, folder / "x.json")
    return db


@pytest.mark.parametrize("preset", NO_MEANING)
def test_a_key_without_meaning_in_a_format_is_null_and_a_count_is_0(
    preset: str, tmp_path: Path
) -> None:
    db = generated(tmp_path, preset)
    extra = "subrank,institution_rank,draw_strength_rank"
    rows = rows_of(done("standings", db, "--metrics", ",".join(TEAM_KEYS), "--extra", extra))
    for key in TEAM_KEYS:
        assert {row["values"][key] is None for row in rows} == {key in NO_MEANING[preset]}, key
    for key in COUNTS:
        assert all(isinstance(row["values"][key], int) for row in rows), key
    unmet = {"wins"} if preset == "bp" else {"firsts", "seconds"}  # a win is a debate of 1 point
    assert {row["values"][key] for key in unmet for row in rows} == {0}
    people = rows_of(
        done("standings", db, "--kind", "speakers", "--metrics", ",".join(SPEAKER_KEYS)))
    ranked = preset == "apda"
    assert {row["values"]["srank"] is None for row in people} == {not ranked}


def doctored(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    document = small_archive(8, 3)
    change(document)
    db = folder / "d.tabapp"
    done("import", db, written(folder / "d.json", document), "--accept-warnings")
    return db


def speeches_of(document: dict[str, Any], speaker: str) -> list[dict[str, Any]]:
    return [
        one for round_ in document["rounds"] for debate in round_["debates"]
        for side in debate["ballots"][0]["sheets"][0]["sides"] for one in side["speeches"]
        if one["speaker"] == speaker]


def test_who_missed_too_many_rounds_follows_without_a_rank(tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        document["tournament"]["settings"]["standings_missed_debates"] = 0
        speeches_of(document, "S1")[0]["ghost"] = True
        speeches_of(document, "S3")[0]["ghost"] = True

    db = doctored(tmp_path, change)
    rows = rows_of(done("standings", db, "--kind", "speakers", "--extra", "count"))
    *ranked, first, last = rows
    assert [(one["id"], one["rank"], one["tied"]) for one in (first, last)] == [
        ("S1", None, False), ("S3", None, False)]
    assert first["values"]["count"] == 2
    totals = [one["values"]["total"] for one in ranked]
    assert [one["rank"] for one in ranked] == [
        1 + sum(other > total for other in totals) for total in totals]
    assert {one["rank"] is None for one in rows_of(
        done("standings", db, "--kind", "speakers", "--until", 0))} == {False}


def test_values_are_not_rounded_and_compared_to_a_millionth(tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        for speaker, score in (("S1", 80), ("S2", 80.0000001), ("S3", 80.00001)):
            for one in speeches_of(document, speaker):
                one["score"] = score
        speeches_of(document, "S4")[0]["score"] = 74

    rows = rows_of(done(
        "standings", doctored(tmp_path, change), "--kind", "speakers", "--metrics", "average"))
    found = {one["id"]: one for one in rows}
    assert [(found[one]["rank"], found[one]["tied"]) for one in ("S3", "S1", "S2")] == [
        (1, False), (2, True), (2, True)]
    assert found["S2"]["values"]["average"] == pytest.approx(80.0000001, abs=1e-9)
    assert found["S2"]["values"]["average"] != found["S1"]["values"]["average"]
    average = found["S4"]["values"]["average"]
    assert average * 3 == pytest.approx(round(average * 3), abs=1e-9)
    assert average != round(average, 6)


def test_replies_have_a_row_for_each_person_who_gave_one(tmp_path: Path) -> None:
    db = generated(tmp_path, "wsdc")
    given: dict[str, list[float]] = {}
    document = export(db)
    for round_ in document["rounds"]:
        for debate in round_["debates"]:
            marks: dict[str, list[float]] = {}
            voting = [one["adjudicator"] for one in debate["panel"] if one["role"] != "trainee"]
            for sheet in debate["ballots"][0]["sheets"]:
                assert sheet["adjudicator"] in (None, *voting)
                for side in sheet["sides"]:
                    (reply,) = [one for one in side["speeches"] if one["position"] == 4]
                    marks.setdefault(reply["speaker"], []).append(reply["score"])
            if len(debate["ballots"][0]["sheets"]) == 1:
                for speaker, scores in marks.items():
                    given.setdefault(speaker, []).extend(scores)
            else:
                for speaker in marks:
                    given.setdefault(speaker, [])
    table = done("standings", db, "--kind", "replies")
    assert (table["metrics"], table["extra"]) == (["average"], ["stdev", "count", "total"])
    assert {one["id"] for one in table["rows"]} == set(given)
    for one in table["rows"]:
        values = one["values"]
        assert values["total"] == pytest.approx(values["average"] * values["count"])
        if len(given[one["id"]]) == values["count"]:
            assert values["total"] == pytest.approx(sum(given[one["id"]]))


def test_replies_and_judges_are_ranked_by_what_is_asked_for(tmp_path: Path) -> None:
    db = generated(tmp_path, "wsdc")
    replies = done("standings", db, "--kind", "replies", "--metrics", "count,total", "--extra", "")
    assert (replies["metrics"], replies["extra"]) == (["count", "total"], [])
    order = [(-one["values"]["count"], -one["values"]["total"]) for one in replies["rows"]]
    assert order == sorted(order)
    assert {tuple(one["values"]) for one in replies["rows"]} == {("count", "total")}
    judges = done("standings", db, "--kind", "adjudicators", "--metrics", "chaired", "--extra", "")
    assert (judges["metrics"], judges["extra"]) == (["chaired"], [])
    rows = judges["rows"]
    assert [one["rank"] for one in rows] == [
        1 + sum(other["values"]["chaired"] > one["values"]["chaired"] for other in rows)
        for one in rows]
