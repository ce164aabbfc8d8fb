"""Judges moved by hand: who goes where, what needs a reason, and that all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.allocation.board import Board
from tabapp.domain.types import Role
from tabapp.services import panels
from tabapp.services.panels import find_filling, read_board, why_not_allocate
from tabapp.store.unit import WriteUnit
from tests.builders import Doc
from tests.services.board_scene import Scene, document, open_scene

Edit = Callable[[WriteUnit, int], object]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path) as found:
        yield found


def do(scene: Scene, edit: Edit, verb: str = "seat") -> None:
    with scene.work.database.write(
        actor="Ingrid", verb=verb, tournament=scene.owner.id
    ) as unit:
        edit(unit, scene.round.id)


def board_of(scene: Scene) -> Board:
    with scene.work.database.read() as unit:
        return read_board(unit, scene.round.id)


def seat(
    judge: str, debate: str, role: Role, instead_of: str | None = None, reason: str = ""
) -> Edit:
    return lambda unit, round_id: panels.seat_judge(
        unit, round_id, judge, debate, role, instead_of=instead_of, reason=reason)


def test_a_judge_of_the_pool_takes_the_chair_and_the_old_one_goes_to_the_pool(
    scene: Scene,
) -> None:
    do(scene, seat("A7", "D4", Role.CHAIR))
    assert scene.panels()["D4"] == {"chair": ["A7"], "panellist": ["A5", "A6"]}
    assert "A4" in [one.id for one in board_of(scene).pool]


def test_two_chairs_change_places_when_one_is_dropped_on_the_other(scene: Scene) -> None:
    do(scene, seat("A4", "D3", Role.CHAIR))
    assert scene.panels()["D3"]["chair"] == ["A4"]
    assert scene.panels()["D4"]["chair"] == ["A1"]


def test_a_new_chair_of_the_same_panel_leaves_its_role_to_the_old_one(scene: Scene) -> None:
    do(scene, lambda unit, round_id: panels.set_role(unit, round_id, "A3", Role.CHAIR))
    assert scene.panels()["D3"] == {"chair": ["A3"], "panellist": ["A1", "A2"]}


def test_a_panellist_dropped_on_another_takes_its_place_and_gives_its_own(scene: Scene) -> None:
    do(scene, seat("A3", "D4", Role.PANELLIST, instead_of="A6"))
    assert scene.panels()["D4"]["panellist"] == ["A3", "A5"]
    assert scene.panels()["D3"]["panellist"] == ["A2", "A6"]


def test_a_further_place_makes_the_panel_larger(scene: Scene) -> None:
    do(scene, seat("A9", "D3", Role.TRAINEE))
    assert scene.panels()["D3"] == {
        "chair": ["A1"], "panellist": ["A2", "A3"], "trainee": ["A9"]}


def test_judges_are_swapped_and_taken_out(scene: Scene) -> None:
    do(scene, lambda unit, round_id: panels.swap_judges(unit, round_id, "A2", "A6"))
    assert scene.panels()["D3"]["panellist"] == ["A3", "A6"]
    do(scene, lambda unit, round_id: panels.take_out(unit, round_id, "A6"))
    assert scene.panels()["D3"]["panellist"] == ["A3"]


@pytest.mark.parametrize(
    ("edit", "clash"),
    [
        (seat("A7", "D3", Role.CHAIR), "Personal conflict with College 2 A"),
        (seat("A8", "D4", Role.PANELLIST), "Same institution as College 1 B"),
        (seat("A9", "D4", Role.TRAINEE), "Personal conflict with Judge A6"),
        (seat("A2", "D4", Role.PANELLIST, instead_of="A5"), "Conflict with C2, as has"),
    ],
)
def test_a_clash_without_a_reason_is_refused_and_changes_nothing(
    scene: Scene, edit: Edit, clash: str
) -> None:
    before = scene.archive()
    with pytest.raises(UserError) as refused:
        do(scene, edit)
    assert refused.value.code == "panel_clash_needs_reason"
    assert clash in refused.value.message
    assert scene.archive() == before


def test_the_reason_of_a_clash_is_kept_with_who_gave_it(scene: Scene) -> None:
    do(scene, seat("A7", "D3", Role.CHAIR, reason=" Nobody else can chair. "))
    debate = scene.archive().rounds[1].debates[0]
    assert [one.model_dump() for one in debate.overrides] == [{
        "adjudicator": "A7", "team": "T3", "other": None, "reason": "Nobody else can chair.",
        "by": "Ingrid",
    }]
    do(scene, lambda unit, round_id: panels.set_role(unit, round_id, "A7", Role.PANELLIST))
    assert len(scene.archive().rounds[1].debates[0].overrides) == 1  # asked for only once


def test_a_clash_of_two_judges_keeps_both_of_them(scene: Scene) -> None:
    do(scene, seat("A9", "D4", Role.TRAINEE, reason="They agreed."))
    [kept] = scene.archive().rounds[1].debates[1].overrides
    assert (kept.adjudicator, kept.team, kept.other) == ("A9", None, "A6")


def test_who_leaves_a_room_takes_the_reason_along(scene: Scene) -> None:
    do(scene, seat("A7", "D3", Role.CHAIR, reason="Nobody else can chair."))
    do(scene, lambda unit, round_id: panels.take_out(unit, round_id, "A7"))
    assert scene.archive().rounds[1].debates[0].overrides == []


@pytest.mark.parametrize(
    "edit",
    [
        seat("A7", "D3", Role.CHAIR, reason="Nobody else."),
        seat("A4", "D3", Role.CHAIR),
        lambda unit, round_id: panels.take_out(unit, round_id, "A1"),
        lambda unit, round_id: panels.set_importance(unit, round_id, "D3", 2),
        panels.clear_panels,
    ],
)
def test_one_undo_brings_back_what_was_there(scene: Scene, edit: Edit) -> None:
    before = scene.archive()
    do(scene, edit)
    assert scene.archive() != before
    scene.work.database.undo(scene.owner.id, actor="Ingrid")
    assert scene.archive() == before


def test_a_room_that_has_its_result_keeps_its_panel(tmp_path: Path) -> None:
    made = document()
    played = made["rounds"][0]["debates"][0]["ballots"]
    made["rounds"][1]["debates"][1] |= {"status": "confirmed", "ballots": _moved(played)}
    with open_scene(tmp_path, made) as scene:
        for edit in (
            seat("A7", "D4", Role.CHAIR), seat("A4", "D3", Role.PANELLIST),
            panels.clear_panels,
        ):
            with pytest.raises(UserError) as refused:
                do(scene, edit)
            assert refused.value.code == "panel_has_result"


def _moved(ballots: list[Doc]) -> list[Doc]:
    """Return the ballot of T2, T4, T6, T8 for the debate in which T6 opens."""
    sheet = ballots[0]["sheets"][0]
    by_team = {side["speeches"][0]["speaker"]: side["speeches"] for side in sheet["sides"]}
    order = {"og": "S11", "oo": "S7", "cg": "S3", "co": "S15"}
    return [{
        "version": 1, "status": "confirmed", "motion": "M2",
        "sheets": [{"adjudicator": None, "sides": [
            {"side": side, "speeches": by_team[first]} for side, first in order.items()]}],
    }]


def test_what_is_not_there_is_named(scene: Scene) -> None:
    for edit, code in (
        (seat("A99", "D3", Role.CHAIR), "panel_judge_unknown"),
        (seat("A7", "D99", Role.CHAIR), "panel_debate_unknown"),
        (lambda unit, round_id: panels.set_importance(unit, round_id, "D3", 3),
         "panel_importance"),
    ):
        with pytest.raises(UserError) as refused:
            do(scene, edit)
        assert refused.value.code == code


def test_gaps_are_filled_from_the_pool_and_everybody_else_stays(scene: Scene) -> None:
    do(scene, lambda unit, round_id: panels.take_out(unit, round_id, "A2"))
    do(scene, lambda unit, round_id: panels.take_out(unit, round_id, "A4"))
    with scene.work.database.read() as unit:
        found = find_filling(unit, scene.round.id, 1)
    do(scene, lambda unit, round_id: panels.seat_all(unit, round_id, found.places))
    after = scene.panels()
    assert after["D4"]["chair"] in (["A2"], ["A4"], ["A7"])
    assert {"A1", "A3"} <= {one for who in after["D3"].values() for one in who}
    assert {"A5", "A6"} <= set(after["D4"]["panellist"])
    seated = {one for debate in after.values() for who in debate.values() for one in who}
    assert seated.isdisjoint({"A9", "A10"})
    assert "A7" not in {one for who in after["D3"].values() for one in who}


def test_the_program_allocates_only_a_confirmed_draw_without_results() -> None:
    def why(status: str, *, debates: int = 2, has_results: bool = False) -> str:
        return why_not_allocate("Round 2", status, debates=debates, has_results=has_results)

    assert why("confirmed") == ""
    assert "not confirmed" in why("draft")
    assert "released" in why("released")
    assert "no draw" in why("none", debates=0)
    assert "results" in why("confirmed", has_results=True)
