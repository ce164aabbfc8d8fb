"""What a correction would change, told before it is saved: against the tournament afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import Standings
from tabapp.services import breaks, draws, exchange
from tabapp.services.ballot_bundle import Bundle, ballot_of_bundle, bundle_of
from tabapp.services.ballot_form import DeskForm
from tabapp.services.impact import Impact, compute, read_impact
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import list_rounds
from tabapp.tasks.play import play_round
from tests.services.desk_scenes import confirm, form_of, save


@pytest.fixture(params=["bp", "australs"])
def work(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """Play three of four rounds."""
    with open_workspace(tmp_path / "t.tabapp", create=True) as found:
        archive = generate_tournament(
            preset=request.param, teams=16, rounds=4, seed=5, play=False,
            settings={"ballots_per_debate_prelim": "per-debate"})
        exchange.add(found.database, archive, now=found.clock.now(), actor="test")
        owner = found.tournament()
        with found.database.read() as unit:
            rounds = list_rounds(unit, owner.id)
        for one in rounds[:3]:
            for _result in play_round(found, owner, one, 1):
                pass
        yield found


def rooms(work: Workspace, seq: int) -> list[str]:
    with work.database.read() as unit:
        return [ref for (ref,) in unit.fetch(
            schema.debate.select().with_only_columns(schema.debate.c.ref)
            .join(schema.round_, schema.round_.c.id == schema.debate.c.round_id)
            .where(schema.round_.c.seq == seq).order_by(schema.debate.c.room_rank))]


def turned(form: DeskForm) -> Bundle:
    """Exchange the marks of the first and the last team of the sheet."""
    assert form.confirmed is not None
    bundle = bundle_of(form.sheet, form.confirmed[1])
    typed = bundle.sheet()
    first, last = form.sheet.seats[0].side.value, form.sheet.seats[-1].side.value
    for at in form.sheet.positions:
        one, other = f"{first}.{at}", f"{last}.{at}"
        typed.scores[one], typed.scores[other] = typed.scores[other], typed.scores[one]
    typed.winners = [last if side == first else first for side in typed.winners]
    bundle.reason = "exchanged"
    return bundle


def preview(work: Workspace, form: DeskForm, bundle: Bundle) -> Impact:
    assert form.confirmed is not None
    ballot = ballot_of_bundle(form.sheet, bundle, form.confirmed[1])
    with work.database.read() as unit:
        found = read_impact(unit, work.tournament().id, form.room.ref, ballot)
    return compute(found)


def tables(work: Workspace) -> tuple[Standings, Standings]:
    owner = work.tournament()
    with work.database.read() as unit:
        data = read_results(unit, owner)
    rules = owner.settings
    return (
        team_standings(data, metrics=rules.team_standings_precedence,
                       extra=rules.team_standings_extra_metrics),
        speaker_standings(data, metrics=rules.speaker_standings_precedence,
                          extra=rules.speaker_standings_extra_metrics,
                          missable=rules.standings_missed_debates))


def test_what_is_told_before_is_what_is_there_afterwards(work: Workspace) -> None:
    form = form_of(work, rooms(work, 1)[0])
    bundle = turned(form)
    told = preview(work, form, bundle)
    before = tables(work)
    save(work, form, bundle)
    confirm(work, form_of(work, form.room.ref))
    after = tables(work)
    for said, old, new in zip((told.teams, told.speakers), before, after, strict=True):
        ranks = {row.id: (row.rank, dict(row.values)) for row in old.rows}
        differs = {
            row.id for row in new.rows if (row.rank, dict(row.values)) != ranks[row.id]}
        assert {one.id for one in said.rows} == differs
        now = {row.id: row for row in new.rows}
        for one in said.rows:
            assert (one.rank_before, one.before) == ranks[one.id]
            assert (one.rank_after, one.after) == (now[one.id].rank, now[one.id].values)
        assert said.moved == sum(
            row.rank != ranks[row.id][0] for row in new.rows)
    assert not told.nothing


def test_nothing_is_stored_by_looking(work: Workspace) -> None:
    form = form_of(work, rooms(work, 1)[0])
    before = tables(work)
    preview(work, form, turned(form))
    assert tables(work) == before
    assert form_of(work, form.room.ref).seen == form.seen


def test_the_break_as_it_would_be_is_told(work: Workspace) -> None:
    owner = work.tournament()
    with work.database.read() as unit:
        before = {one.category: one for one in breaks.compute(
            breaks.read_input(unit, owner), ties="ask")}
    for ref in rooms(work, 3):
        form = form_of(work, ref)
        told = preview(work, form, turned(form))
        if any(one.enters or one.leaves for one in told.breaks):
            break
    else:
        pytest.fail("no correction of the last round changes the break")
    save(work, form, turned(form))
    confirm(work, form_of(work, ref))
    with work.database.read() as unit:
        found = breaks.read_input(unit, owner)
        after = {one.category: one for one in breaks.compute(found, ties="ask")}
    names = {team.id: team.name for team in found.data.teams}
    for slug, made in after.items():
        name = found.category(slug).name
        said = [one for one in told.breaks if one.category == name]
        entered = {names[team] for team in made.breaking - before[slug].breaking}
        left = {names[team] for team in before[slug].breaking - made.breaking}
        assert {team for one in said for team in one.enters} == entered
        assert {team for one in said for team in one.leaves} == left
    assert "the break" in told.summary
    assert "nobody" not in told.summary


def test_later_draws_are_those_that_would_come_out_after_the_correction(work: Workspace) -> None:
    form = form_of(work, rooms(work, 1)[0])
    bundle = turned(form)
    told = preview(work, form, bundle)
    assert [one.name for one in told.rounds] == ["Round 2", "Round 3", "Round 4"]
    assert [one.repair for one in told.rounds] == ["debated", "debated", "not_drawn"]
    second = told.rounds[0]
    assert len(second.brackets) == 2
    assert all("would have been in the" in one for one in second.brackets)
    rounds = [one for one in list_of_rounds(work) if one[1] == 2]
    old = drawn(work, rounds[0][0])
    save(work, form, bundle)
    confirm(work, form_of(work, form.room.ref))
    new = drawn(work, rounds[0][0])
    differ = tuple(rank for rank in sorted(old) if old[rank] != new[rank])
    assert second.rooms == differ
    assert f"Round 2 would have been drawn differently in {len(differ)} rooms" in told.summary or (
        len(differ) < 2)


def list_of_rounds(work: Workspace) -> list[tuple[int, int]]:
    with work.database.read() as unit:
        return [(one.id, one.seq) for one in list_rounds(unit, work.tournament().id)]


def drawn(work: Workspace, round_id: int) -> dict[int, object]:
    """Draw a round again from what is stored now."""
    with work.database.read() as unit:
        found = draws.read_input(unit, round_id, ignore_missing=True)
    made = draws.draw_round(found, seed=found.round.draw_seed or 0)
    return {one.drawn.room_rank: one.drawn.sides if one.drawn.sides_confirmed else (
        sorted(one.drawn.teams)) for one in made.debates}


def test_a_correction_that_changes_no_result_says_so(work: Workspace) -> None:
    form = form_of(work, rooms(work, 2)[0])
    assert form.confirmed is not None
    told = preview(work, form, bundle_of(form.sheet, form.confirmed[1]))
    assert told.nothing
    assert told.summary == "This correction leaves points, scores and places as they are."


def test_one_point_moves_figures_and_perhaps_nobody(work: Workspace) -> None:
    form = form_of(work, rooms(work, 3)[0])
    assert form.confirmed is not None
    bundle = bundle_of(form.sheet, form.confirmed[1])
    typed = bundle.sheet()
    key = form.sheet.keys[0]
    typed.scores[key] = str(float(typed.scores[key]) + 0.01)
    told = preview(work, form, bundle)
    team = form.sheet.seats[0].team
    moved = next(one for one in told.teams.rows if one.id == team)
    assert moved.after != moved.before
    assert told.rounds[0].repair == "not_drawn"


def test_a_ballot_that_decides_nothing_is_refused(work: Workspace) -> None:
    ref = rooms(work, 1)[0]
    with work.database.read() as unit, pytest.raises(UserError, match="cannot be decided yet"):
        read_impact(unit, work.tournament().id, ref, Ballot())
    with work.database.read() as unit, pytest.raises(UserError):
        read_impact(unit, work.tournament().id, "D999", Ballot())


def test_a_round_that_is_drawn_and_not_begun_can_be_drawn_again(work: Workspace) -> None:
    owner = work.tournament()
    last = list_of_rounds(work)[3][0]
    work.run("draw.generate", tournament=owner.id, round_id=last, seed=3)
    form = form_of(work, rooms(work, 3)[0])
    told = preview(work, form, turned(form))
    assert told.rounds[0].repair == "draft"
    assert told.rounds[0].repair_words.startswith("Drawn and not confirmed")
