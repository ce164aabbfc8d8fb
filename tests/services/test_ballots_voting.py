"""Ballots of single judges on a real file: entered, stored, derived anew, exported and audited."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive, Ballot
from tabapp.exchange import canonical, check_archive
from tabapp.services import checks, recovery
from tabapp.services.ballot_bundle import (
    ballot_of_bundle,
    blank_bundle,
    bundle_of,
    bundle_problems,
)
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.ballot_rows import delete_ballots
from tabapp.store.standing_rows import read_cached
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.reliability.scenes import add, assert_results_are_derived
from tests.services.desk_scenes import confirm, save
from tests.voting import flat, sheet, sheets, two_to_one, voting_archive


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "votes.tabapp", create=True) as opened:
        yield opened


def store(work: Workspace, document: dict[str, Any]) -> None:
    archive = Archive.model_validate(document)
    assert [one for one in check_archive(archive) if one.level == "error"] == []
    add(work, archive)


def enter(
    work: Workspace, debate: str, given: list[Any], round_: int = 1, **more: Any
) -> list[Any]:
    owner = work.tournament()
    entry = Entry(round_, debate, Ballot.model_validate(
        {"status": "confirmed", "sheets": given, **more}))
    with work.database.write(actor="Ann", verb="enter", tournament=owner.id) as unit:
        return [one.code for one in enter_ballots(unit, owner, [entry])[1]]


def codes(work: Workspace, debate: str, given: list[Any], **more: Any) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        enter(work, debate, given, **more)
    return [one.code for one in caught.value.problems]


def results(work: Workspace, debate: str = "D1") -> list[tuple[Any, ...]]:
    table = schema.result_team
    with work.database.read() as unit:
        return [tuple(row) for row in unit.fetch(
            select(
                table.c.side, table.c.win, table.c.score, table.c.votes_given,
                table.c.votes_possible)
            .join(schema.debate, schema.debate.c.id == table.c.debate_id)
            .where(schema.debate.c.ref == debate).order_by(table.c.side))]


def change(work: Workspace, do: Callable[[WriteUnit], object]) -> None:
    with work.database.write(actor="Ann", verb="do", tournament=work.tournament().id) as unit:
        do(unit)


def failed(work: Workspace) -> list[str]:
    with work.database.read() as unit:
        stored = checks.read_input(unit, work.tournament())
    return [one.name for one in checks.check_tournament(stored) if one.status == "failed"]


TWO_TO_ONE = [("aff", 1, 264.25, 2, 3), ("neg", 0, 260.5, 1, 3)]


def test_votes_that_are_entered_count_at_once(work: Workspace) -> None:
    store(work, voting_archive(results=False))
    for debate, given in sheets().items():
        assert enter(work, debate, given, 1 if debate in ("D1", "D2") else 2) == []
    assert results(work) == TWO_TO_ONE
    assert results(work, "D4") == [("aff", 1, 262.5, 1, 2), ("neg", 0, 259, 1, 2)]
    assert_results_are_derived(work.database)
    assert failed(work) == []


def test_an_import_with_votes_counts_them_and_comes_out_as_it_went_in(work: Workspace) -> None:
    store(work, voting_archive())
    assert results(work) == TWO_TO_ONE
    with work.database.read() as unit:
        found = read_archive(unit, work.tournament().id)
    (ballot,) = found.rounds[0].debates[0].ballots
    assert ballot.sheets == Archive.model_validate(
        voting_archive()).rounds[0].debates[0].ballots[0].sheets
    assert_results_are_derived(work.database)


def test_the_same_sheets_in_another_order_are_not_entered_again(work: Workspace) -> None:
    store(work, voting_archive())
    assert enter(work, "D1", sheets()["D1"][::-1]) == ["ballot_same"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda s: s.pop(), "judge_sheet_missing"),
        (lambda s: s.append(sheet("A9", flat(75), flat(74))), "sheet_of_trainee"),
        (lambda s: s.append(sheet("A8", flat(75), flat(74))), "judge_not_on_panel"),
        (lambda s: s.append(sheet("A99", flat(75), flat(74))), "judge_unknown"),
        (lambda s: s.append(s[0]), "judge_sheet_twice"),
        (lambda s: s[0].update(adjudicator=None), "sheet_without_judge"),
        (lambda s: s[1]["sides"][0]["speeches"][0].update(speaker="S1b"),
         "sheets_differ_in_speakers"),
    ],
)
def test_what_is_wrong_keeps_a_ballot_out(
    work: Workspace, spoil: Callable[[list[Any]], object], code: str
) -> None:
    store(work, voting_archive(results=False))
    given = copy.deepcopy(sheets()["D1"])
    spoil(given)
    assert code in codes(work, "D1", given)
    assert results(work) == []


def test_problems_call_judges_by_their_names(work: Workspace) -> None:
    store(work, voting_archive(results=False))
    with pytest.raises(ProblemsFound, match="The sheet of Judge 3 in D1 is missing"):
        enter(work, "D1", sheets()["D1"][:2])


def test_another_chair_changes_a_split_vote_and_undo_brings_it_back(work: Workspace) -> None:
    store(work, voting_archive())
    before = results(work, "D4")
    member = schema.panel_member
    with work.database.read() as unit:
        seats = {role: row for row, role in unit.fetch(
            select(member.c.id, member.c.role)
            .join(schema.debate, schema.debate.c.id == member.c.debate_id)
            .where(schema.debate.c.ref == "D4"))}

    def swap(unit: WriteUnit) -> None:
        unit.update(member, {seats["chair"]: {"role": "panellist"}})
        unit.update(member, {seats["panellist"]: {"role": "chair"}})

    change(work, swap)
    assert results(work, "D4") == [("aff", 0, 255.5, 1, 2), ("neg", 1, 276.5, 1, 2)]
    assert_results_are_derived(work.database)
    work.database.undo(work.tournament().id, actor="Ann")
    assert results(work, "D4") == before
    assert_results_are_derived(work.database)


def test_a_rule_for_dissenters_changes_all_results(work: Workspace) -> None:
    store(work, voting_archive())
    owner = work.tournament()
    change(work, lambda unit: unit.update(
        schema.tournament, {owner.id: {"settings": {"margin_includes_dissenters": True}}}))
    assert results(work)[0][2] == pytest.approx(791.5 / 3)
    assert_results_are_derived(work.database)


def test_the_program_finds_results_that_are_not_those_of_the_votes(work: Workspace) -> None:
    store(work, voting_archive())
    with work.database.write() as unit:
        unit.execute(update(schema.result_team).values(points=1.0, score=1.0))
    assert set(failed(work)) == {
        "results follow from the ballots", "values follow from the ballots"}


def test_whatever_reads_results_reads_those_of_panels(work: Workspace) -> None:
    store(work, voting_archive())
    owner = work.tournament().id
    for job in ("standings.recalculate", "achievements.check_all", "recommendations.refresh"):
        assert isinstance(work.run(job, tournament=owner, tournament_id=owner).value, dict), job
    with work.database.read() as unit:
        cached = read_cached(unit, owner).rows["teams"]
    assert sorted(row.values["wins"] for row in cached.values()) == [0, 1, 1, 2]


def test_lost_votes_are_recovered_from_another_file(work: Workspace, tmp_path: Path) -> None:
    store(work, voting_archive())
    owner = work.tournament()
    with work.database.read() as unit:
        before = canonical(read_archive(unit, owner.id))
        lost = [row for (row,) in unit.fetch(select(schema.ballot.c.id))]
    change(work, lambda unit: delete_ballots(unit, lost))
    assert results(work) == []
    with work.database.read() as unit:
        found = recovery.read_here(unit, owner.id)
    decided = recovery.decide(found, before, take_different=True)
    change(work, lambda unit: recovery.store(unit, found, decided))
    assert results(work) == TWO_TO_ONE
    assert_results_are_derived(work.database)


def read(work: Workspace, debate: str = "D1") -> DeskForm:
    with work.database.read() as unit:
        return read_form(unit, work.tournament().id, debate, "Ann")


def test_the_form_has_a_sheet_of_each_judge_who_votes_the_chair_first(work: Workspace) -> None:
    store(work, voting_archive())
    form = read(work)
    assert form.refused == ""
    assert [(one.ref, one.name, one.role.value) for one in form.sheet.judges] == [
        ("A1", "Judge 1", "chair"), ("A2", "Judge 2", "panellist"),
        ("A3", "Judge 3", "panellist")]
    assert form.confirmed is not None
    ballot = form.confirmed[1]
    assert ballot_of_bundle(form.sheet, bundle_of(form.sheet, ballot), ballot) == ballot


def test_sheets_that_are_typed_are_stored_corrected_and_counted(work: Workspace) -> None:
    store(work, voting_archive(results=False))
    form = read(work)
    bundle = blank_bundle(form.sheet)
    for given in two_to_one():
        typed = bundle.sheet(given["adjudicator"])
        for part in given["sides"]:
            typed.scores |= {
                f"{part['side']}.{one['position']}": str(one["score"])
                for one in part["speeches"]}
    assert bundle_problems(form.sheet, bundle, complete=True) == []
    save(work, form, bundle)
    confirm(work, read(work))
    assert results(work) == TWO_TO_ONE
    form = read(work)
    assert form.confirmed is not None
    again = bundle_of(form.sheet, form.confirmed[1])
    again.sheet("A3").scores["neg.1"], again.reason = "80", "misread"
    save(work, form, again)
    confirm(work, read(work))
    assert [row[3] for row in results(work)] == [1, 2]  # another judge for the other side
    assert_results_are_derived(work.database)
    assert failed(work) == []


def test_a_ballot_of_other_rules_is_only_looked_at(work: Workspace) -> None:
    store(work, voting_archive())
    owner = work.tournament()
    change(work, lambda unit: unit.update(
        schema.tournament, {owner.id: {"settings": {"ballots_per_debate_prelim": "per-debate"}}}))
    assert results(work) == TWO_TO_ONE
    form = read(work)
    assert form.refused.startswith(
        "The ballot of D1 has a sheet of each judge, but the settings ask for one sheet of the"
        " whole room by now.")
    assert form.confirmed is not None
    shown = bundle_of(form.sheet, form.confirmed[1])
    assert [one.scores["aff.1"] for one in shown.sheets.values()] == ["75", "76", "77"]


@pytest.mark.parametrize(("which", "sentence"), [
    (schema.panel_member.c.role == "chair", "Nobody chairs D1"),
    (schema.panel_member.c.role != "trainee", "Nobody judges D1"),
])
def test_a_panel_that_cannot_vote_is_refused_in_words(
    which: Any, sentence: str, work: Workspace
) -> None:
    store(work, voting_archive(results=False))
    member = schema.panel_member
    with work.database.read() as unit:
        rows = [row for (row,) in unit.fetch(
            select(member.c.id).join(schema.debate, schema.debate.c.id == member.c.debate_id)
            .where(schema.debate.c.ref == "D1", which))]
    change(work, lambda unit: unit.delete(member, rows))
    assert read(work).refused.startswith(sentence)


def test_mere_votes_in_rooms_of_four_are_refused_once_and_in_words() -> None:
    document = small_archive(8, 1)
    document["tournament"]["settings"] = {
        "ballots_per_debate_prelim": "per-adj", "margin_includes_dissenters": True,
        "speakers_in_ballots": "never"}
    found = [one for one in check_archive(Archive.model_validate(document))
             if one.code == "result_type_not_available"]
    assert [one.message for one in found] == [
        "D1 has 4 teams and a ballot of each judge (votes of each judge), which is counted only"
        " between two teams. Set one ballot per debate in the tournament's settings, or marks on"
        " every ballot."]
