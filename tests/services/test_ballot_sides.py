"""Sides decided in the room: the form asks for them, and whoever enters the ballot says them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.archive import Archive
from tabapp.services.ballot_bundle import blank_bundle
from tabapp.services.sides import decide_sides
from tabapp.services.workspace import Workspace
from tests.reliability.scenes import add, assert_results_are_derived
from tests.services.desk_scenes import confirm, form_of, save, states, write
from tests.services.form_world import fill
from tests.voting import voting_archive

AS_DRAWN, SWAPPED = (("aff", "T1"), ("neg", "T2")), (("aff", "T2"), ("neg", "T1"))


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    document = voting_archive(
        results=False, draw_side_allocations="manual-ballot", enable_motions=False)
    document["rounds"][0]["debates"][0]["sides_confirmed"] = False
    with open_workspace(tmp_path / "sides.tabapp", create=True) as opened:
        add(opened, Archive.model_validate(document))
        yield opened


def decide(work: Workspace, *, swapped: bool) -> None:
    round_id = form_of(work).round.id
    write(work, "Ann", lambda unit: decide_sides(unit, round_id, "D1", swapped=swapped))


def test_the_form_asks_for_the_sides_and_nothing_is_saved_before(work: Workspace) -> None:
    form = form_of(work)
    assert (form.refused, form.sheet.asks_sides) == ("", True)
    bundle = blank_bundle(form.sheet)
    fill(form.sheet, bundle, random.Random(1))
    with pytest.raises(ProblemsFound, match="not confirmed"):
        save(work, form, bundle)
    assert states(form_of(work)) == []


@pytest.mark.parametrize(("swapped", "stood"), [(False, AS_DRAWN), (True, SWAPPED)])
def test_the_sheet_is_typed_on_the_sides_on_which_they_stood(
    swapped: bool, stood: tuple[tuple[str, str], ...], work: Workspace
) -> None:
    decide(work, swapped=swapped)
    form = form_of(work)
    assert (form.seen.sides, form.sheet.asks_sides) == (stood, False)
    bundle = blank_bundle(form.sheet)
    fill(form.sheet, bundle, random.Random(1))
    save(work, form, bundle)
    confirm(work, form_of(work))
    assert_results_are_derived(work.database)
    assert [seat.speakers[0][0] for seat in form.sheet.seats] == [
        f"S{team[1:]}a" for _side, team in stood]


def test_undo_asks_for_the_sides_again(work: Workspace) -> None:
    decide(work, swapped=True)
    work.database.undo(work.tournament().id, actor="Ann")
    form = form_of(work)
    assert (form.seen.sides, form.sheet.asks_sides) == (AS_DRAWN, True)


def test_a_draft_of_the_sides_as_they_were_drawn_is_not_of_the_same_room(work: Workspace) -> None:
    form = form_of(work)
    decide(work, swapped=True)
    with pytest.raises(UserError) as refused:
        save(work, form, blank_bundle(form.sheet))
    assert refused.value.code == "debate_changed_elsewhere"
