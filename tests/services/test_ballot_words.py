"""What is wrong with a ballot at the desk names the room, the teams and the motions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.services.ballot_bundle import blank_bundle, bundle_problems
from tabapp.services.ballot_sheet import SheetForm
from tabapp.services.ballot_words import at_the_desk, refusal_at_the_desk
from tests.services.form_world import form_for


@pytest.fixture
def form() -> SheetForm:
    return replace(form_for("australs", motions=2), room="Hall 3")


def test_a_person_who_speaks_twice_is_told_with_the_team_and_the_room(form: SheetForm) -> None:
    bundle = blank_bundle(form)
    typed = bundle.sheet("A1")
    typed.scores["aff.1"] = "75"
    typed.speakers["aff.2"] = typed.speakers["aff.1"]
    (found,) = [one for one in bundle_problems(form, bundle) if one.code == "speaker_twice"]
    assert found.message == (
        "Speaker T1 1 gives speeches 1 and 2 of Team T1 in Hall 3 (sheet of Judge 1). Mark the one"
        " that shall not count as a ghost, or change the speaker.")


def test_a_motion_is_told_in_its_words(form: SheetForm) -> None:
    told = Problem.of("error", "", "motion_of_other_round", motion="M2", round=4)
    assert at_the_desk(form, told).message.startswith(
        "The motion “That we do not.” is not one of round 4.")


def test_a_side_beside_its_team_is_told_as_its_chip(form: SheetForm) -> None:
    told = Problem.of(
        "error", "", "forfeit_with_speeches", debate="D1", side="neg", team="Team T2")
    assert at_the_desk(form, told).message.startswith("Team T2 (Neg) forfeited Hall 3")


def test_a_debate_of_another_name_and_one_without_a_room_keep_theirs(form: SheetForm) -> None:
    other = Problem.of("error", "", "winner_missing", debate="D12")
    assert at_the_desk(form, other) is other
    own = Problem.of("error", "", "winner_missing", debate="D1")
    assert at_the_desk(replace(form, room=""), own) is own


def test_what_a_save_is_refused_for_names_the_room(form: SheetForm) -> None:
    gone = refusal_at_the_desk(form, UserError("debate_gone_elsewhere", debate="D1"))
    assert str(gone).startswith("Hall 3 is not in the draw any more.")
    found = refusal_at_the_desk(form, ProblemsFound([
        Problem.of("error", "", "judge_not_on_panel", debate="D1", judge="Judge 3")]))
    assert isinstance(found, ProblemsFound)
    assert found.problems[0].message.startswith("Judge 3 has a sheet in Hall 3 without")
    broken = ValueError("D1")
    assert refusal_at_the_desk(form, broken) is broken
