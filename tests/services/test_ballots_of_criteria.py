"""Marks by criterion and public speaking on a real file: entered, derived, undone and audited."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive, Ballot
from tabapp.exchange import check_archive, write_archive
from tabapp.services import checks
from tabapp.services.ballot_bundle import (
    ballot_of_bundle,
    blank_bundle,
    bundle_of,
    bundle_problems,
    questions,
)
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.stages import round_states
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tests.builders import small_archive
from tests.reliability.scenes import add, assert_results_are_derived
from tests.services.desk_scenes import codes, confirm, filled, form_of, save

Doc = dict[str, Any]
CRITERIA = [
    {"id": "C1", "name": "Content", "weight": 2, "min": 10, "max": 25, "step": 0.5},
    {"id": "C2", "name": "Style", "weight": 1, "min": 20, "max": 40},
]
PUBLIC = {"ballots_per_debate_prelim": "per-adj", "margin_includes_dissenters": True}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "criteria.tabapp", create=True) as opened:
        yield opened


def store(work: Workspace, *, judges: int = 1, **settings: Any) -> None:
    """A drawn round of two rooms of four; team 1 and others stand there by side."""
    document = small_archive(8, 1, results=False, judges_per_room=judges)
    document["tournament"] |= {"criteria": copy.deepcopy(CRITERIA), "settings": settings}
    archive = Archive.model_validate(document)
    assert [one for one in check_archive(archive) if one.level == "error"] == []
    add(work, archive)


def sheet(work: Workspace, content: float, judge: str | None = None) -> Doc:
    """Speeches of D1 with ``content`` and 30 for style, one half less from side to side."""
    debate = archive_of(work).rounds[0].debates[0]
    return {"adjudicator": judge, "sides": [
        {"side": side.side, "speeches": [
            {"position": k, "speaker": f"S{2 * int(side.team[1:]) - 2 + k}",
             "criteria": {"C1": content - n / 2, "C2": 30}}
            for k in (1, 2)
        ]}
        for n, side in enumerate(debate.sides)
    ]}  # fmt: skip


def archive_of(work: Workspace) -> Archive:
    with work.database.read() as unit:
        return read_archive(unit, work.tournament().id)


def enter(work: Workspace, *sheets: Doc, **more: Any) -> list[str]:
    owner = work.tournament()
    entry = Entry(1, "D1", Ballot.model_validate(
        {"status": "confirmed", "motion": "M1", "sheets": sheets, **more}))
    with work.database.write(actor="Ann", verb="enter", tournament=owner.id) as unit:
        return [one.code for one in enter_ballots(unit, owner, [entry])[1]]


def results(work: Workspace) -> list[tuple[Any, ...]]:
    table = schema.result_team.c
    with work.database.read() as unit:
        rows = unit.fetch(select(table.side, table.points, table.score))
    order = ["og", "oo", "cg", "co"]
    return sorted((tuple(row) for row in rows), key=lambda row: order.index(row[0]))


def failed(work: Workspace) -> list[str]:
    with work.database.read() as unit:
        stored = checks.read_input(unit, work.tournament())
    return [one.detail for one in checks.check_tournament(stored) if one.status == "failed"]


def test_what_criteria_make_is_stored_as_the_score_and_counted(work: Workspace) -> None:
    store(work)
    assert enter(work, sheet(work, 22)) == []
    assert results(work) == [("og", 3, 148), ("oo", 2, 146), ("cg", 1, 144), ("co", 0, 142)]
    speech = archive_of(work).rounds[0].debates[0].ballots[0].sheets[0].sides[0].speeches[0]
    assert (speech.score, speech.criteria) == (74, {"C1": 22, "C2": 30})
    assert failed(work) == []
    assert_results_are_derived(work.database)


def test_the_same_marks_are_not_entered_again(work: Workspace) -> None:
    store(work)
    enter(work, sheet(work, 22))
    assert enter(work, sheet(work, 22)) == ["ballot_same"]


def test_a_score_that_contradicts_its_criteria_is_refused_and_leaves_no_trace(
    work: Workspace,
) -> None:
    store(work)
    given = sheet(work, 22)
    given["sides"][0]["speeches"][0]["score"] = 80
    with pytest.raises(ProblemsFound) as caught:
        enter(work, given)
    assert [one.code for one in caught.value.problems] == ["score_against_criteria"]
    assert results(work) == []


def test_another_weight_gives_other_results_and_undo_the_old_ones(work: Workspace) -> None:
    store(work)
    # the entered score is empty in the document, so that the criteria alone speak
    document = json.loads(write_archive(archive_of(work)))
    debate = document["rounds"][0]["debates"][0]
    debate["status"] = "confirmed"
    debate["ballots"] = [{"version": 1, "status": "confirmed", "sheets": [sheet(work, 22)]}]
    document["tournament"]["slug"] = "second"
    archive = Archive.model_validate(document)
    assert [one.code for one in check_archive(archive)] == []
    owner = add(work, archive).id
    with work.database.read() as unit:
        ids = [row for (row,) in unit.fetch(select(schema.criterion.c.id).where(
            schema.criterion.c.tournament_id == owner, schema.criterion.c.ref == "C1"))]
    before = results(work)
    assert before[0] == ("og", 3, 148)
    with work.database.write(actor="Ann", verb="weigh", tournament=owner) as unit:
        unit.update(schema.criterion, {ids[0]: {"weight": 1}})
    assert [score for _side, _points, score in results(work)] == [104, 103, 102, 101]
    assert_results_are_derived(work.database)
    work.database.undo(owner, actor="Ann")
    assert results(work) == before


def test_marks_by_criterion_are_typed_stored_and_corrected(work: Workspace) -> None:
    store(work)
    form = form_of(work)
    assert [one.id for one in form.sheet.criteria] == ["C1", "C2"]
    bundle = blank_bundle(form.sheet)
    for n, seat in enumerate(form.sheet.seats):
        for k in (1, 2):
            bundle.sheet().criteria |= {
                f"{seat.side}.{k}.C1": f"{22 - n / 2:g}", f"{seat.side}.{k}.C2": "30"}
    assert bundle_problems(form.sheet, bundle, complete=True) == []
    save(work, form, bundle)
    confirm(work, form_of(work))
    assert results(work) == [("og", 3, 148), ("oo", 2, 146), ("cg", 1, 144), ("co", 0, 142)]
    form = form_of(work)
    assert form.refused == ""
    assert form.confirmed is not None
    again = bundle_of(form.sheet, form.confirmed[1])
    assert ballot_of_bundle(form.sheet, again, form.confirmed[1]) == form.confirmed[1]
    again.sheet().criteria["co.1.C1"], again.reason = "25", "misread"
    save(work, form, again)
    confirm(work, form_of(work))
    assert results(work)[3] == ("co", 3, 151)
    assert failed(work) == []
    assert_results_are_derived(work.database)


def test_public_speaking_is_entered_counted_and_checked(work: Workspace) -> None:
    store(work, judges=2, **PUBLIC)
    panel = [seat.adjudicator for seat in archive_of(work).rounds[0].debates[0].panel]
    assert len(panel) == 2
    both = [sheet(work, 22, panel[0]), sheet(work, 24, panel[1])]
    form = form_of(work)
    assert (form.refused, form.sheet.is_contest, len(form.sheet.judges)) == ("", False, 2)
    with pytest.raises(ProblemsFound) as caught:
        enter(work, both[0])
    assert [one.code for one in caught.value.problems] == ["judge_sheet_missing"]
    assert enter(work, *both) == []
    assert results(work) == [
        ("og", None, 152), ("oo", None, 150), ("cg", None, 148), ("co", None, 146)]
    done = form_of(work)
    assert done.confirmed is not None
    ballot = done.confirmed[1]
    assert ballot_of_bundle(done.sheet, bundle_of(done.sheet, ballot), ballot) == ballot
    assert failed(work) == []
    assert_results_are_derived(work.database)


def test_two_judges_of_public_speaking_are_no_even_panel(work: Workspace) -> None:
    store(work, judges=2, **PUBLIC)
    assert check_archive(archive_of(work)) == []
    with work.database.read() as unit:
        (state,) = round_states(unit, work.tournament().id)
    assert next(one.status for one in state.stages if one.key == "judges") == "done"


def test_the_desk_asks_about_ranks_of_speeches_only_when_all_is_typed(work: Workspace) -> None:
    store(work, speaker_ranks="any")
    form = form_of(work)
    bundle = filled(form)
    assert codes(form, bundle) == set()
    asked = [one.code for one in questions(form.sheet, bundle)]
    assert asked == ["ranks_not_typed"]
    bundle.sheet().scores.popitem()
    assert questions(form.sheet, bundle) == []


def test_a_team_that_a_swing_team_stands_in_for_has_nothing_in_that_round(
    work: Workspace,
) -> None:
    document = small_archive(8, 1)
    away = document["rounds"][0]["debates"][0]["sides"][0]["team"]
    document["teams"].append({"id": "T9", "name": "Swing", "type": "swing"})
    document["speakers"] += [
        {"id": f"S{n}", "name": f"Swing {n}", "team": "T9"} for n in (17, 18)]
    text = json.dumps(document["rounds"]).replace(f'"{away}"', '"T9"')
    for k in (1, 2):
        gone = f'"S{2 * int(away[1:]) - 2 + k}"'
        text = text.replace(gone, f'"S{16 + k}"')
    document["rounds"] = json.loads(text)
    document["rounds"][0]["absent_teams"] = [away]
    archive = Archive.model_validate(document)
    assert [one for one in check_archive(archive) if one.level == "error"] == []
    add(work, archive)
    with work.database.read() as unit:
        team, result = schema.team.c, schema.result_team.c
        rows = {ref for (ref,) in unit.fetch(
            select(team.ref).join(schema.result_team, result.team_id == team.id))}
    assert away not in rows
    assert "T9" in rows
    assert failed(work) == []
