"""Team and speaker tables of a tournament with voting panels, by hand and by the auditor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.archive import Archive
from tabapp.domain.audit.results import audit_break, audit_results, audit_standings
from tabapp.domain.breaks import BreakCategory, qualify
from tabapp.domain.formats import resolve
from tabapp.domain.snapshots import debate_result, result_data
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import Standings
from tabapp.exchange import read_debatexml
from tests.exchange.debatexml_samples import two_team_file, two_team_side
from tests.voting import voting_archive

EXTRA = ["points", "speaks_sum", "margin_sum", "draw_strength"]


def played(**settings: Any) -> Any:
    archive = Archive.model_validate(voting_archive(**settings))
    rules = resolve("australs", archive.tournament.settings)
    return archive, rules, result_data(archive, rules)


def values(table: Standings, key: str) -> dict[str, Any]:
    return {row.id: row.values[key] for row in table.rows}


def tables(data: Any) -> tuple[Standings, Standings]:
    return (
        team_standings(data, metrics=["wins", "num_adjs"], extra=EXTRA),
        speaker_standings(data, metrics=["total"], extra=["average", "count"]),
    )


def test_the_team_table_follows_from_the_votes() -> None:
    teams, _speakers = tables(played()[2])
    assert [row.id for row in teams.rows] == ["T3", "T2", "T1", "T4"]
    assert values(teams, "wins") == {"T1": 1, "T2": 1, "T3": 2, "T4": 0}
    # two to one and no vote; one to two and half; three of five and all; two of five and half
    assert values(teams, "num_adjs") == pytest.approx(
        {"T1": 2.0, "T2": 1.0 + 1.5, "T3": 1.8 + 3.0, "T4": 1.2 + 1.5})
    assert values(teams, "speaks_sum") == {"T1": 523.25, "T2": 523, "T3": 535.5, "T4": 518}
    assert values(teams, "margin_sum") == {"T1": -10.25, "T2": -0.25, "T3": 17.5, "T4": -7}


def test_the_speaker_table_has_means_of_relevant_judges() -> None:
    _teams, speakers = tables(played()[2])
    totals = values(speakers, "total")
    assert (totals["S1a"], totals["S1b"], totals["S3c"], totals["S4a"]) == (150, 149.5, 153, 148)
    assert set(values(speakers, "count").values()) == {2}


@pytest.mark.parametrize("everyone", [False, True])
def test_the_auditor_counts_the_same(everyone: bool) -> None:
    archive, rules, data = played(margin_includes_dissenters=everyone)
    stored = {}
    for round_ in archive.rounds:
        for debate in round_.debates:
            result = debate_result(round_, debate, rules)
            assert result is not None
            stored[debate.id] = {one.team: (one.points, one.score) for one in result.teams}
    checks = list(audit_results(archive, stored))
    for table in tables(data):
        checks += audit_standings(archive, table, rules)
    assert {check.status for check in checks} == {"passed"}


@pytest.mark.parametrize("key", ["wins", "num_adjs", "margin_sum"])
def test_the_auditor_finds_a_changed_figure(key: str) -> None:
    archive, rules, data = played()
    table = tables(data)[0]
    last = table.rows[-1]
    wrong: dict[str, Any] = dict(last.values)
    wrong[key] -= 0.5
    changed = replace(last, values=wrong)
    checks = audit_standings(archive, replace(table, rows=(*table.rows[:-1], changed)), rules)
    assert [check.name for check in checks if check.status == "failed"] == [
        "values follow from the ballots"]


def test_a_break_on_wins_and_votes_is_audited_to_the_end() -> None:
    archive, rules, data = played(team_standings_precedence=["wins", "num_adjs"])
    document = archive.model_dump()
    document["break_categories"] = [
        {"id": "B1", "slug": "open", "size": 2, "general": True, "priority": 1}]
    for team in document["teams"]:
        team["break_categories"] = ["B1"]
    archive = Archive.model_validate(document)
    data = result_data(archive, rules)
    made = qualify(
        data, [BreakCategory("open", "Open", 2, 0, "standard", 1, True)],
        metrics=rules.team_standings_precedence, ties="ask", seed=1)
    assert [row.team for row in made[0].rows if row.break_rank] == ["T3", "T2"]
    assert {check.status for check in audit_break(archive, made, rules)} == {"passed"}


def test_votes_in_a_debatexml_file_are_stored_and_counted() -> None:
    marks = {"A1": (76.0, 75.0, 74.0), "A2": (75.0, 75.0, 74.0), "A3": (70.0, 71.0, 72.0)}
    other = {"A1": (74.0, 74.0, 74.0), "A2": (74.0, 74.0, 74.0), "A3": (75.0, 75.0, 75.0)}
    sides = two_team_side(1, marks, ("A1", "A2")) + two_team_side(2, other, ("A3",))
    imported = read_debatexml(two_team_file(sides, 'style="australs"'), "f")
    assert imported.archive is not None
    assert imported.storable
    assert {one.level for one in imported.problems} == {"warning"}  # replies were not given
    round_ = imported.archive.rounds[0]
    found = debate_result(round_, round_.debates[0], resolve("australs", {}))
    assert found is not None
    assert [(one.win, one.score, one.votes_given, one.votes_possible) for one in found.teams] == [
        (True, 224.5, 2, 3), (False, 222, 1, 3)]
