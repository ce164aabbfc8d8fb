"""The auditor of results finds nothing in what the program computes, and every planted fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.archive import Archive
from tabapp.domain.audit.results import audit_break, audit_results, audit_standings
from tabapp.domain.ballots import DebateContext, decide
from tabapp.domain.breaks import BreakCategory, BreakList, qualify
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.formats.values import SHOWN_TEAM_METRICS, TEAM_METRICS
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import Check, Side, Stage, Standings

SEED = 11
seeds = st.integers(0, 2**32 - 1)


def stored_results(archive: Archive, rules: Settings) -> dict[str, dict[str, Any]]:
    stored = {}
    for rnd in archive.rounds:
        for debate in rnd.debates:
            ballot = next((b for b in debate.ballots if b.status == "confirmed"), None)
            if ballot is None or debate.status == "postponed":
                continue
            context = DebateContext(
                debate.id, rnd.seq, Stage(rnd.stage),
                tuple((Side(s.side), s.team) for s in debate.sides), {},
            )  # fmt: skip
            result = decide(ballot, context, rules)
            stored[debate.id] = {t.team: (t.points, t.score) for t in result.teams}
    return stored


def made_breaks(archive: Archive, data: Any, rules: Settings, **more: Any) -> tuple[BreakList, ...]:
    categories = [
        BreakCategory(c.slug, c.name, c.size, c.reserve_size, c.rule, c.priority, c.general)
        for c in archive.break_categories
    ]
    more = {"ties": "lot", "seed": 3, **more}
    return qualify(data, categories, metrics=rules.team_standings_precedence, **more)


def failed(checks: tuple[Check, ...]) -> list[str]:
    return [check.name for check in checks if check.status == "failed"]


@given(seed=seeds, ties=st.sampled_from(["ask", "lot"]))
@settings(max_examples=100, deadline=None)
def test_nothing_is_found_in_what_the_program_computes(
    seed: int, ties: str, random_tournament: Any, load: Any
) -> None:
    archive, rules, data = load(random_tournament(seed))
    checks = [
        *audit_results(archive, stored_results(archive, rules)),
        *audit_standings(
            archive,
            team_standings(
                data,
                metrics=[*rules.team_standings_precedence, "wbw", "wbw"],
                extra=SHOWN_TEAM_METRICS,
            ),
            rules,
        ),
        *audit_standings(
            archive,
            speaker_standings(data, metrics=["total", "stdev"], extra=["count", "average"]),
            rules,
        ),
        *audit_break(archive, made_breaks(archive, data, rules, ties=ties), rules),
    ]
    assert [check for check in checks if check.status != "passed"] == []


@pytest.mark.parametrize("part", [0, 1])
def test_a_changed_result_is_found(part: int, random_tournament: Any, load: Any) -> None:
    archive, rules, _data = load(random_tournament(SEED))
    stored = stored_results(archive, rules)
    debate = archive.rounds[0].debates[0].id
    team, pair = next(iter(stored[debate].items()))
    changed = tuple((v or 0) + 1 if n == part else v for n, v in enumerate(pair))
    stored[debate] = {**stored[debate], team: changed}
    found = [c for c in audit_results(archive, stored) if c.status == "failed"]
    assert [check.scope for check in found] == ["round 1"]
    assert team in found[0].detail


def test_a_missing_result_is_found(random_tournament: Any, load: Any) -> None:
    archive, rules, _data = load(random_tournament(SEED))
    stored = stored_results(archive, rules)
    stored.popitem()
    assert failed(audit_results(archive, stored)) == ["results follow from the ballots"]


def test_a_result_without_a_confirmed_ballot_is_found(random_tournament: Any, load: Any) -> None:
    archive, rules, _data = load(random_tournament(SEED))
    stored = stored_results(archive, rules)
    for ballot in archive.rounds[0].debates[0].ballots:
        ballot.status = "draft"
    assert "no confirmed ballot" in next(
        c.detail for c in audit_results(archive, stored) if c.status == "failed"
    )


def spoiled(table: Standings, row: int, **changes: Any) -> Standings:
    rows = list(table.rows)
    rows[row] = replace(rows[row], **changes)
    return replace(table, rows=tuple(rows))


@pytest.mark.parametrize("key", [one for one in SHOWN_TEAM_METRICS if one != "wbw"])
def test_a_changed_value_of_a_team_is_found(key: str, random_tournament: Any, load: Any) -> None:
    archive, rules, data = load(random_tournament(SEED))
    table = team_standings(data, metrics=["points"], extra=SHOWN_TEAM_METRICS)
    value = table.rows[-1].values[key]
    values = {**table.rows[-1].values, key: value + 1 if isinstance(value, int | float) else 1}
    assert "values follow from the ballots" in failed(
        audit_standings(archive, spoiled(table, -1, values=values), rules)
    )


@pytest.mark.parametrize("key", ["total", "average", "count"])
def test_a_changed_value_of_a_speaker_is_found(key: str, random_tournament: Any, load: Any) -> None:
    archive, rules, data = load(random_tournament(SEED))
    table = speaker_standings(data, metrics=["total"], extra=["average", "count"])
    values = {**table.rows[0].values, key: table.rows[0].values[key] + 1}
    assert "values follow from the ballots" in failed(
        audit_standings(archive, spoiled(table, 0, values=values), rules)
    )


@pytest.mark.parametrize("changes", [{"rank": 2}, {"tied": True}, {"id": "T99"}])
def test_a_wrong_row_is_found(changes: Any, random_tournament: Any, load: Any) -> None:
    archive, rules, data = load(random_tournament(SEED))
    table = team_standings(data, metrics=["points", "speaks_sum"])
    assert not failed(audit_standings(archive, table, rules))
    assert failed(audit_standings(archive, spoiled(table, 0, **changes), rules))


@pytest.fixture
def broken(columns: Any, load: Any) -> Any:
    """Six teams on 3, 2, 2, 1, 0 and 0 points; three break, one is a swing team."""
    ranks = [("T0 T1 T3 T4", (1, 2, 3, 4)), ("T2 T5 T6 T7", (2, 1, 3, 4))]
    debates = []
    for n, (teams, places) in enumerate(ranks):
        sides = ("og", "oo", "cg", "co")
        debates.append({
            "id": f"D{n}", "status": "confirmed",
            "sides": [{"side": s, "team": t} for s, t in zip(sides, teams.split(), strict=True)],
            "ballots": [{"status": "confirmed", "sheets": [
                {"ranks": dict(zip(sides, places, strict=True)), "sides": []}]}],
        })  # fmt: skip
    doc = {
        "tournament": {"name": "B", "slug": "b", "preset": "bp"},
        "break_categories": [
            {"id": "B1", "slug": "open", "size": 3, "reserve_size": 1, "priority": 2,
             "general": True},
            {"id": "B2", "slug": "esl", "size": 2, "priority": 1},
        ],
        "teams": [
            {"id": f"T{n}", "name": f"T{n}", "type": "swing" if n == 5 else "normal",
             "break_categories": ["B1"] if n < 6 else ["B1", "B2"]}
            for n in range(8)
        ],
        "rounds": [{"seq": 1, "stage": "preliminary", "status": "released", "debates": debates}],
    }  # fmt: skip
    archive, rules, data = load(doc)
    lists = made_breaks(archive, data, rules)
    assert [row.break_rank for row in lists[0].rows] == [1, None, 2, 2, None]
    return archive, lists, rules


def change(lists: Any, row: int, **changes: Any) -> Any:
    rows = list(lists[0].rows)
    rows[row] = replace(rows[row], **changes)
    return (replace(lists[0], rows=tuple(rows)), *lists[1:])


@pytest.mark.parametrize(
    ("row", "changes", "name"),
    [
        (1, {"break_rank": 4, "remark": None}, "breaking teams may break"),
        (0, {"break_rank": None, "remark": "reserve"}, "nobody better was passed over"),
        (4, {"break_rank": 4, "remark": None}, "the break is full and not too large"),
        (3, {"break_rank": None, "remark": "withdrawn"}, "the break is full and not too large"),
        (3, {"break_rank": None, "remark": "reserve"}, "ties at the line are told"),
        (3, {"break_rank": 3}, "break ranks follow from the records"),
    ],
)
def test_a_wrong_break_is_found(row: int, changes: Any, name: str, broken: Any) -> None:
    archive, lists, rules = broken
    assert not failed(audit_break(archive, lists, rules))
    assert name in failed(audit_break(archive, change(lists, row, **changes), rules))


def test_a_team_that_breaks_twice_is_found(broken: Any) -> None:
    archive, lists, rules = broken
    twice = (lists[0], replace(lists[1], rows=(*lists[1].rows, lists[0].rows[0])))
    assert "a team breaks once" in failed(audit_break(archive, twice, rules))


def test_an_unfounded_different_break_is_found(broken: Any) -> None:
    archive, lists, rules = broken
    wrong = change(lists, 2, break_rank=None, remark="different_break")
    assert "a team breaks once" in failed(audit_break(archive, wrong, rules))


def test_a_place_in_reserve_excuses_nobody(broken: Any) -> None:
    archive, lists, rules = broken
    wrong = change(lists, 0, break_rank=None, remark="reserve")
    told = {"open": {"T0": "reserve"}}
    assert "nobody better was passed over" in failed(
        audit_break(archive, wrong, rules, remarks=told))


def test_what_hangs_on_a_break_that_is_not_there_is_unclear(broken: Any) -> None:
    archive, lists, rules = broken
    row = replace(lists[0].rows[0], team="T6", break_rank=None, remark="different_break")
    alone = [replace(lists[1], rows=(row,))]
    checks = audit_break(archive, alone, rules)
    unclear = {check.name for check in checks if check.status == "unclear"}
    assert unclear == {"a team breaks once", "the break is full and not too large"}
    assert failed(checks) == []


@pytest.mark.parametrize("metric", [one for one in TEAM_METRICS if one != "points"])
def test_ties_on_any_metric_are_judged(metric: str, broken: Any) -> None:
    archive, _lists, rules = broken
    other = rules.model_copy(update={"team_standings_precedence": ("points", metric)})
    data = result_data(archive, other)
    for ties in ("ask", "lot"):
        lists = made_breaks(archive, data, other, ties=ties)
        assert {c.status for c in audit_break(archive, lists, other)} == {"passed"}


@pytest.mark.parametrize("preset", ["uadc", "joynt", "apda", "wsdc", "bp"])
def test_the_tables_and_breaks_of_every_format_are_recounted(preset: str) -> None:
    archive = generate_tournament(
        preset=preset, teams=12, rounds=4, seed=SEED, chaos=1.0,
        settings={"bye_team_results": "points", "bye_speaks": "average"}, play=True)
    rules = resolve(preset, archive.tournament.settings)
    data = result_data(archive, rules)
    table = team_standings(
        data, metrics=rules.team_standings_precedence, extra=SHOWN_TEAM_METRICS)
    checks = [
        *audit_standings(archive, table, rules),
        *audit_break(archive, made_breaks(archive, data, rules), rules),
    ]
    assert [check for check in checks if check.status != "passed"] == []
