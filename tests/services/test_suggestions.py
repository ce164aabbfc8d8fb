"""Suggestions: worked out, read in words, accepted, dismissed, undone, and never said twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.core.messages import MESSAGES
from tabapp.services import exchange, panels, people
from tabapp.services.overview import read_overview
from tabapp.services.suggestions import count_open, read_suggestions
from tabapp.store import schema
from tabapp.store.refs import Refs
from tests.services.suggestion_scene import (
    SuggestionScene,
    open_suggestions,
    with_a_slip,
)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[SuggestionScene]:
    with open_suggestions(tmp_path) as made:
        made.refresh()
        yield made


def base_score(scene: SuggestionScene, judge: str) -> float:
    return next(one.base_score for one in scene.archive().adjudicators if one.id == judge)


def refused(scene: SuggestionScene, kind: str) -> str:
    before = scene.archive()
    with pytest.raises(UserError) as error:
        scene.accept(scene.one(kind))
    assert "(" not in error.value.message
    assert scene.archive() == before
    return error.value.code


def test_each_kind_is_found_and_said_with_its_numbers(scene: SuggestionScene) -> None:
    said = {one.kind: one for one in scene.view().items}
    assert set(said) == {"ballot", "panel_swap", "judge_score", "registration"}
    assert "has 52 in Round 1" in said["ballot"].sentence
    assert "deviations lower" in said["ballot"].reason
    assert (said["ballot"].place, said["ballot"].target) == (
        "ballots", said["ballot"].facts["debate"])
    assert said["judge_score"].sentence == "Judge A1 has 9, the feedback says 5.02."
    assert said["judge_score"].would.startswith("Sets the score of Judge A1 from 9 to ")
    assert said["panel_swap"].sentence == "Seat Judge A7 for Judge A6 in Round 2."
    assert said["panel_swap"].round_id == scene.round.id
    assert said["registration"].sentence == (
        "Katarina Novak and Katarina Novák may be one speaker.")
    assert said["registration"].target == ("speaker", "S3")
    for one in scene.view().items:
        assert "{" not in one.sentence + one.reason + one.would
        assert "()" not in one.sentence + one.reason


def test_looking_again_at_the_same_changes_nothing(scene: SuggestionScene) -> None:
    before = scene.view()
    assert scene.refresh() == {"open": len(before.items), "added": 0, "removed": 0}
    assert scene.view() == before


def test_what_is_not_so_any_more_goes(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        speaker = Refs.load(unit, scene.owner.id, "speaker").id("speaker", "S3")
        people.edit(unit, scene.owner.id, "speaker", speaker, {"name": "Lena Baum"})
    scene.refresh()
    assert "registration" not in scene.view().counts


def test_one_persons_suggestions_are_replaced_and_the_others_stay(
    scene: SuggestionScene,
) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        refs = Refs.load(unit, scene.owner.id, "speaker", "adjudicator")
        people.edit(unit, scene.owner.id, "speaker", refs.id("speaker", "S3"), {"name": "Lena"})
        people.edit(
            unit, scene.owner.id, "adjudicator", refs.id("adjudicator", "A1"), {"base_score": 5.0})
    scene.refresh(subject="A1")
    assert {"judge_score"} == {"judge_score", "registration"} - set(scene.view().counts)
    scene.refresh(subject="S5")
    assert "registration" not in scene.view().counts


# --- accepting ---------------------------------------------------------------------------------


def test_accepting_a_judges_score_sets_it_with_its_history_and_undo_brings_all_back(
    scene: SuggestionScene,
) -> None:
    before, one = scene.archive(), scene.one("judge_score")
    scene.accept(one)
    judge = next(each for each in scene.archive().adjudicators if each.id == "A1")
    assert judge.base_score == one.facts["proposed"]
    assert [entry.score for entry in judge.base_score_history] == [9.0, one.facts["proposed"]]
    assert "judge_score" not in scene.view().counts
    scene.undo()
    assert scene.archive() == before
    assert scene.one("judge_score") == one


def test_accepting_a_swap_moves_the_judges_and_undo_brings_them_back(
    scene: SuggestionScene,
) -> None:
    before = scene.panels()
    scene.accept(scene.one("panel_swap"))
    assert sorted(scene.panels()["D4"]["panellist"]) == ["A5", "A7"]
    scene.undo()
    assert scene.panels() == before
    assert scene.view().counts["panel_swap"] == 1


def test_accepting_a_ballot_only_keeps_that_somebody_looked(scene: SuggestionScene) -> None:
    before = scene.archive()
    scene.accept(scene.one("ballot"))
    assert scene.archive() == before
    assert "ballot" not in scene.view().counts
    action = scene.work.database.history(scene.owner.id, limit=1)[0]
    assert action.verb == "accept"
    assert action.subject.startswith('"')
    assert "has 52 in Round 1" in action.subject


def test_a_score_that_was_changed_meanwhile_is_not_overwritten(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        row = Refs.load(unit, scene.owner.id, "adjudicator").id("adjudicator", "A1")
        people.edit(unit, scene.owner.id, "adjudicator", row, {"base_score": 6.0})
    assert refused(scene, "judge_score") == "suggestion_score_moved"
    assert base_score(scene, "A1") == 6.0


def test_a_swap_of_judges_who_moved_is_refused(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        panels.take_out(unit, scene.round.id, "A6")
    assert refused(scene, "panel_swap") == "suggestion_swap_moved"


def test_a_swap_that_came_to_clash_is_refused(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        refs = Refs.load(unit, scene.owner.id, "adjudicator", "team")
        unit.insert(schema.adjudicator_team_conflict, [{
            "adjudicator_id": refs.id("adjudicator", "A7"), "team_id": refs.id("team", "T2")}])
    assert refused(scene, "panel_swap") == "suggestion_swap_barred"


def test_a_swap_that_saves_little_by_now_is_refused(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        row = Refs.load(unit, scene.owner.id, "adjudicator").id("adjudicator", "A7")
        people.edit(unit, scene.owner.id, "adjudicator", row, {"base_score": 5.1})
    assert refused(scene, "panel_swap") == "suggestion_swap_dear"


def test_panels_of_a_released_round_stay(scene: SuggestionScene) -> None:
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        unit.update(schema.round_, {scene.round.id: {"status": "released"}})
    assert refused(scene, "panel_swap") == "suggestion_round_moved"
    scene.refresh()
    assert "panel_swap" not in scene.view().counts


def test_what_is_gone_or_answered_cannot_be_answered(scene: SuggestionScene) -> None:
    one = scene.one("ballot")
    scene.dismiss(one)
    for answer in (scene.accept, scene.dismiss):
        with pytest.raises(UserError) as error:
            answer(one)
        assert error.value.code == "suggestion_answered"
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        unit.replace_derived(
            schema.recommendation, schema.recommendation.c.tournament_id == scene.owner.id, [])
    with pytest.raises(UserError) as error:
        scene.accept(one)
    assert error.value.code == "suggestion_gone"


# --- dismissing --------------------------------------------------------------------------------


def test_what_was_dismissed_is_not_said_again_and_undo_brings_it_back(
    scene: SuggestionScene,
) -> None:
    for kind in ("ballot", "panel_swap", "judge_score", "registration"):
        scene.dismiss(scene.one(kind), "we know")
    scene.refresh()
    assert scene.view().items == ()
    with scene.work.database.read() as unit:
        reasons = [row for (row,) in unit.fetch(
            schema.recommendation_answer.select().with_only_columns(
                schema.recommendation_answer.c.reason))]
    assert reasons == ["we know"] * 4
    scene.undo()
    assert [one.kind for one in scene.view().items] == ["registration"]


def test_a_dismissed_score_comes_back_with_much_more_feedback(scene: SuggestionScene) -> None:
    scene.dismiss(scene.one("judge_score"))
    scene.tell("A1", 5.0)
    scene.refresh()
    assert "judge_score" not in scene.view().counts
    scene.tell("A1", 4.0, 4.2, 4.1)
    scene.refresh()
    again = scene.one("judge_score")
    scene.dismiss(again)
    assert "judge_score" not in scene.view().counts


def test_a_corrected_ballot_that_is_still_odd_is_said_again(scene: SuggestionScene) -> None:
    scene.dismiss(scene.one("ballot"))
    table = schema.ballot
    with scene.work.database.write(actor="x", tournament=scene.owner.id) as unit:
        unit.update(table, {row: {"version": 2} for (row,) in unit.fetch(
            table.select().with_only_columns(table.c.id))})
    scene.refresh()
    assert scene.view().counts["ballot"] == 1


# --- around ------------------------------------------------------------------------------------


def test_the_first_page_counts_what_waits(scene: SuggestionScene) -> None:
    with scene.work.database.read() as unit:
        found = read_overview(unit, scene.owner.id, scene.work.clock.now())
        assert found.suggestions == count_open(unit, scene.owner.id) == 4
    alert = next(one for one in found.alerts if one.key == "suggestions")
    assert (alert.count, alert.place) == (4, "overview/suggestions")


def test_a_slip_in_a_whole_tournament_stands_first(tmp_path: Path) -> None:
    document, speaker = with_a_slip()
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = work.tournament(
            exchange.add(work.database, document, now=work.clock.now(), actor="x"))
        work.run("recommendations.refresh", tournament=owner.id, tournament_id=owner.id)
        with work.database.read() as unit:
            first = read_suggestions(unit, owner.id).items[0]
    assert first.kind == "ballot"
    assert speaker in first.facts["about"]
    assert "has 56 in Round 3" in first.sentence


def test_whatever_is_found_has_a_sentence_and_a_reason() -> None:
    titles, reasons = (
        {code.removeprefix(start) for code in MESSAGES if code.startswith(start)}
        for start in ("suggestion_title_", "suggestion_why_"))
    assert titles == reasons
