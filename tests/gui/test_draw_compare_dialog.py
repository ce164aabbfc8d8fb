"""Ways to draw side by side in the window: compared, taken, cancelled; and the draw replayed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tabapp.domain.draw.alternatives import Figures
from tabapp.domain.formats import DRAW_OPTIONS, setting_infos
from tabapp.gui.pages.rounds.draw.compare import CompareDialog
from tabapp.gui.pages.rounds.draw.compare_rows import RULES, meaning, rule_words
from tabapp.gui.pages.rounds.draw.replaying import replay_words
from tabapp.gui.tables.cells import Cell
from tabapp.jobs.events import JobFinished
from tabapp.services import draw_compare, rounds
from tabapp.services.draw_compare import ComparedDraw, ComparedDraws
from tabapp.services.draw_replay import Replayed
from tabapp.store import schema
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds


def at_last(at: Rounds, played: int) -> Rounds:
    """Look at the round after the played ones."""
    at.desk.play(played)
    at.desk.session.set_round(at.desk.rounds()[played].id)
    at.desk.settle()
    return at


@pytest.fixture
def bp(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path) as found:
        yield at_last(found, 2)


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path, preset="australs") as found:
        yield at_last(found, 2)


def compare(at: Rounds) -> CompareDialog:
    at.press(Qt.Key.Key_K, CTRL | SHIFT)
    found = at.dialog()
    assert isinstance(found, CompareDialog)
    return found


def words_of(widget: Any) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def cells(dialog: CompareDialog, column: str) -> list[Cell]:
    at = [one.key for one in dialog.model.columns].index(column)
    found = [row.cells[at] for row in dialog.model.shown]
    assert all(isinstance(one, Cell) for one in found)
    return [one for one in found if isinstance(one, Cell)]


def shown(dialog: CompareDialog) -> list[str]:
    return [one.text for one in cells(dialog, "rule")]


def settings_of(at: Rounds) -> dict[str, Any]:
    with at.desk.workspace.database.read() as unit:
        found = unit.scalar(schema.tournament.select().with_only_columns(
            schema.tournament.c.settings))
    assert isinstance(found, dict)
    return found


def test_a_round_is_compared_before_it_is_drawn_and_the_second_seed_taken(bp: Rounds) -> None:
    at = bp
    dialog = compare(at)
    assert shown(dialog) == [
        "The rule in force", "The rule in force", "Pull-ups: All in one room",
        "Secondary preferences: On"]
    assert dialog.table.hasFocus()
    assert not dialog.more.isVisible()
    assert at.round(3).status == "none"
    at.press(Qt.Key.Key_Down)
    chosen = dialog.chosen
    assert chosen is not None
    assert f"seed {chosen.seed}" in words_of(dialog)
    at.press(Qt.Key.Key_Return, CTRL)
    row = at.round(3)
    assert (row.status, row.draw_seed) == ("draft", chosen.seed)
    assert chosen.figures is not None
    assert at.stage.sheet.quality.rematches == chosen.figures.rematches
    assert at.boards.isAncestorOf(at.window.focusWidget())


def test_the_button_stands_beside_the_one_that_draws_and_in_the_head(bp: Rounds) -> None:
    at = bp
    assert at.stage.making.beside.isVisible()
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.stage.compare.isVisible()
    at.stage.compare.click()
    at.desk.settle()
    assert isinstance(at.dialog(), CompareDialog)
    at.press(Qt.Key.Key_Escape)
    at.give("draw.confirm")
    assert at.stage.compare.isVisible()
    with at.desk.workspace.database.write(
            actor="x", verb="release", tournament=at.desk.owner.id) as unit:
        rounds.release_draw(unit, at.round(3).id, reason="all is well")
    at.desk.settle()
    assert not at.stage.compare.isVisible()
    assert at.stage.why_not("draw.compare") == "The draw is released. Take it back first."


def test_another_rule_is_taken_with_its_setting_and_both_are_undone(two: Rounds) -> None:
    at = two
    at.press(Qt.Key.Key_Return, CTRL)
    before, settings = at.stage.sheet, settings_of(at)
    dialog = compare(at)
    row = shown(dialog).index("Pairing: Fold")
    at.press(Qt.Key.Key_Down, times=row)
    assert "Taking it sets Pairing to Fold (now: Slide) for the whole tournament" in (
        words_of(dialog))
    assert "The best team of a bracket meets the last." in words_of(dialog)
    at.press(Qt.Key.Key_Return)
    question = words_of(at.dialog())
    assert "8 rooms go with the present draw." in question
    assert "1 setting of the tournament changes." in question
    at.press(Qt.Key.Key_Return, CTRL)
    assert settings_of(at) == {**settings, "draw_pairing_method": "fold"}
    after = at.stage.sheet
    assert after.certificate.seed == before.certificate.seed
    assert after.certificate.input_sha256 != before.certificate.input_sha256
    assert at.banner() == ""
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.stage.sheet.certificate == before.certificate
    assert settings_of(at)["draw_pairing_method"] == "fold"
    at.press(Qt.Key.Key_Z, CTRL)
    assert settings_of(at) == settings
    assert at.stage.sheet.rooms == before.rooms


def test_a_question_that_is_left_leaves_all_as_it_was(two: Rounds) -> None:
    at = two
    at.press(Qt.Key.Key_Return, CTRL)
    seed = at.round(3).draw_seed
    dialog = compare(at)
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    at.press(Qt.Key.Key_Escape)
    assert at.dialog() is dialog
    at.press(Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    assert at.round(3).draw_seed == seed


def test_the_present_draw_is_named_and_cannot_be_taken(two: Rounds) -> None:
    at = two
    at.press(Qt.Key.Key_Return, CTRL)
    dialog = compare(at)
    assert cells(dialog, "rule")[0].aside == "the present draw"
    assert cells(dialog, "rule")[1].aside == "another seed"
    assert not dialog.do.isEnabled()
    assert "This is the present draw." in words_of(dialog)
    at.press(Qt.Key.Key_Return)
    assert at.dialog() is dialog
    at.press(Qt.Key.Key_Down)
    assert dialog.do.isEnabled()


def test_more_ways_come_below_and_the_cursor_goes_to_them(two: Rounds) -> None:
    at = two
    dialog = compare(at)
    first = shown(dialog)
    assert len(first) == 6
    at.press(Qt.Key.Key_F3)
    assert shown(dialog)[:6] == first
    assert dialog.found is not None
    assert len(shown(dialog)) == dialog.found.total > 6
    assert dialog.table.current_key() == 6
    assert not dialog.more.isVisible()
    at.press(Qt.Key.Key_F3)
    assert len(shown(dialog)) == dialog.found.total


def drawn_with(seed: int, **figures: Any) -> ComparedDraw:
    blank = {"pullups": 1, "rematches": 2, "same_institution": 3, "side_imbalance": 4}
    return ComparedDraw(seed, {}, {}, Figures(**blank | {"other_rooms": 5} | figures))


def test_the_best_figures_are_marked_and_what_failed_says_why(two: Rounds) -> None:
    dialog = compare(two)
    failed = ComparedDraw(3, {"draw_pairing_method": "fold"}, {"draw_pairing_method": "slide"},
                          None, "No way to pair the teams.")
    dialog.show_draws(ComparedDraws(
        (drawn_with(1, pullups=0, cost=7.5, optimum=7.5, measure="pairs"), drawn_with(2), failed),
        0, 3, True))
    def texts(column: str) -> list[str]:
        return [one.text for one in cells(dialog, column)]

    assert texts("pullups") == ["✓ 0", "1", "–"]
    assert [one.tone for one in cells(dialog, "pullups")] == ["done", "", ""]
    assert texts("rematches") == ["2", "2", "–"]
    assert texts("cost") == ["7.5", "–", "–"]
    assert texts("other_rooms") == ["5", "5", "–"]
    assert [one.icon for one in cells(dialog, "rule")] == [None, None, "triangle-alert"]
    assert "5 rooms differ from the present draw." in words_of(dialog)
    two.press(Qt.Key.Key_End, CTRL)
    assert "No way to pair the teams." in words_of(dialog)
    assert not dialog.do.isEnabled()


def test_esc_cancels_what_is_being_drawn(
    two: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = two
    def endless(*_given: Any, tick: Any, **_named: Any) -> Any:
        while not threading.Event().wait(0.01):
            tick(1, 2)

    monkeypatch.setattr(draw_compare, "compare_draws", endless)
    ended: list[str] = []
    at.desk.session.job_event.connect(
        lambda event: ended.append(event.result.status)
        if isinstance(event, JobFinished) else None)
    at.stage.run("draw.compare")
    dialog = at.top()
    assert isinstance(dialog, CompareDialog)
    at.desk.qtbot.waitUntil(lambda: at.stage.comparing.runs)
    assert dialog.bar.isVisible()
    assert not dialog.do.isEnabled()
    at.press(Qt.Key.Key_Escape)
    assert ended == ["cancelled"]
    assert not at.stage.comparing.runs
    assert at.told == []
    at.stage.run("draw.compare")
    at.dialog().reject()  # before the run has its number
    at.desk.settle()
    assert ended == ["cancelled", "cancelled"]


def test_missing_results_can_be_left_out_of_the_comparison(bp: Rounds) -> None:
    at = bp
    second = at.round(2).id
    at.desk.workspace.run(
        "draw.generate", tournament=at.desk.owner.id, round_id=second, seed=3, replace=True,
        released=True)
    at.desk.settle()
    dialog = compare(at)
    assert "Compare without them" in [
        one.text() for one in dialog.findChildren(type(dialog.do))]
    assert not dialog.do.isEnabled()
    at.press(Qt.Key.Key_Space)
    assert len(shown(dialog)) == 4
    at.press(Qt.Key.Key_Return)
    assert at.round(3).status == "draft"


def test_what_changed_meanwhile_is_said_and_compared_again(two: Rounds) -> None:
    at = two
    at.press(Qt.Key.Key_Return, CTRL)
    dialog = compare(at)
    at.press(Qt.Key.Key_Down)
    assert dialog.do.isEnabled()
    at.desk.workspace.run(
        "draw.generate", tournament=at.desk.owner.id, round_id=at.round(3).id, seed=77,
        replace=True)
    at.desk.settle()
    assert "have changed since these were drawn" in words_of(dialog)
    assert not dialog.do.isEnabled()
    at.press(Qt.Key.Key_Space)
    assert "have changed since" not in words_of(dialog)
    assert dialog.found is not None
    assert dialog.found.draws[0].seed == 77
    dialog_seed = dialog.found.draws[1].seed
    assert cells(dialog, "rule")[0].aside == "the present draw"
    assert dialog.table.current_key() == 1  # where it was
    at.press(Qt.Key.Key_Return)
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round(3).draw_seed == dialog_seed


def test_every_rule_that_can_be_offered_has_its_words() -> None:
    infos = {one.name: one for one in setting_infos()}
    for name in RULES:
        assert name in DRAW_OPTIONS
        for value in infos[name].choices or (True, False):
            assert meaning({name: value})
            said = rule_words({name: value})
            assert said.split(": ")[-1] != str(value)
    both = {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round"}
    assert rule_words(both) == "Conflicts: One matching over all brackets"
    assert "all brackets" in meaning(both)
    back = {"draw_avoid_conflicts": "off", "draw_matching_scope": "bracket"}
    assert rule_words(back) == "Conflicts: Off"


def replayed(at: Rounds) -> str:
    return words_of(at.stage.why)


def test_the_panel_says_that_the_draw_comes_out_the_same(bp: Rounds) -> None:
    at = bp
    assert at.stage.why_not("draw.replay") == "Nothing is drawn yet."
    at.press(Qt.Key.Key_Return, CTRL)
    assert "Replayed" not in replayed(at)
    at.press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert at.stage.why.isVisible()
    assert "Replayed the same to the byte" in replayed(at)
    assert not at.stage.replaying.runs
    rooms = at.stage.sheet.rooms
    at.boards.go_to(rooms[1].id)
    at.desk.settle()
    assert "Replayed the same to the byte" in replayed(at)
    at.boards.go_to(rooms[0].teams[0].id)
    at.press(Qt.Key.Key_Space)
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert "Replayed" not in replayed(at)
    at.press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert "Replayed the same but for 2 rooms" in replayed(at)
    assert "Edited by hand and declared: debate 1, debate 2." in replayed(at)


@pytest.mark.parametrize(("found", "value", "sentence"), [
    (Replayed("same", changed_rule=("side_penalty",)), "the same to the byte", "by those of then"),
    (Replayed("sides", (1,)), "the same but for 1 room", "Sides were decided"),
    (Replayed("input", moved=("results", "settings", "availability:3")), "not possible",
     "Changed since the draw: results, settings and availability."),
    (Replayed("input", moved=("people",)), "not possible", "since the draw: people."),
    (Replayed("input"), "not possible", "is otherwise now"),
    (Replayed("engine", (1, 2)), "2 rooms differ", "Another version"),
    (Replayed("unknown"), "nothing to replay", "imported or made by hand"),
    (Replayed("differs", tuple(range(1, 9))), "8 rooms differ",
     "debate 6 and others). Report it"),
])
def test_what_came_of_a_replay_is_said(found: Replayed, value: str, sentence: str) -> None:
    words, more = replay_words(found)
    assert words == value
    assert sentence in more
    assert replay_words(replace(found, rooms=()))[1]
