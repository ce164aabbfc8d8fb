"""Two readings at once, of which the older one ends last: what is shown is that of the newer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tabapp.core.clock import ManualClock
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import door
from tabapp.gui.frame import health_facts
from tabapp.gui.frame.health_facts import HealthFacts
from tabapp.gui.locking import screen
from tabapp.gui.locking.screen import LockScreen
from tabapp.gui.page import Page
from tabapp.gui.pages.ballots import keeper
from tabapp.gui.pages.jobs.schedules import dialog as schedule_dialog
from tabapp.gui.pages.jobs.schedules.dialog import ScheduleDialog
from tabapp.gui.pages.jobs.schedules.page import SchedulesPane
from tabapp.gui.pages.overview import history
from tabapp.gui.pages.overview.history import HistoryDialog
from tabapp.gui.pages.people.paste_dialog import PasteDialog
from tabapp.gui.pages.rounds.draw import manual_rooms
from tabapp.services import bubble_guard, manual_draw, people_paste
from tabapp.store.draw_rows import update_round
from tabapp.store.unit import ReadUnit
from tests.gui.blind_scenes import BP, blind_desk
from tests.gui.desk import Desk, open_desk
from tests.gui.health_desk import open_health
from tests.gui.jobs_desk import open_jobs
from tests.gui.late_answers import Late
from tests.gui.operator_desk import DIRECTOR, VOLUNTEER, register
from tests.gui.people_desk import open_people
from tests.gui.round_desk import open_rounds
from tests.gui.test_break_page import scene
from tests.gui.test_break_page_ahead import open_rooms
from tests.services.out_rounds import played


def name_round(desk: Desk, name: str) -> None:
    first = desk.rounds()[0].id
    with desk.workspace.database.write(
        actor="Ann", verb="name", subject=name, tournament=desk.owner.id
    ) as unit:
        update_round(unit, first, name=name)


class OfRound(Page[int | None]):
    """Shows the round that is looked at by its row id."""

    of_round = acts_on_round = True
    shown: list[int | None]

    def query(self) -> Callable[[ReadUnit], int | None]:
        wanted = self.session.round_id
        return lambda _unit: wanted

    def show_data(self, data: int | None) -> None:
        self.shown = [*getattr(self, "shown", []), data]


def test_a_hidden_page_shows_nothing_of_the_round_before(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        first, second = (one.id for one in desk.rounds()[:2])
        desk.session.set_round(first)
        page = OfRound(desk.session)
        qtbot.addWidget(page)
        page.show()
        desk.settle()
        page.reload()
        page.hide()
        desk.session.set_round(second)
        desk.settle()
        assert page.shown == [first]
        assert not page.is_loading
        page.show()
        desk.settle()
        assert page.shown == [first, second]


def test_a_round_page_that_was_left_takes_nobody_back_to_its_round(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        second = at.round(2).id
        assert at.desk.session.round_id == at.round(1).id
        at.page.reload()
        at.desk.session.go("overview")
        at.desk.session.set_round(second)
        at.desk.settle()
        assert at.desk.session.round_id == second


def test_all_activity_keeps_the_newest_action(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        late = Late(monkeypatch, history, "trail")
        dialog = HistoryDialog(None, desk.session)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(late.is_held)
        name_round(desk, "One")
        qtbot.waitUntil(lambda: "One" in [one.subject for one in dialog.entries.values()])
        late.let_go()
        desk.settle()
        assert "One" in [one.subject for one in dialog.entries.values()]


def test_the_age_of_the_copy_is_that_of_the_last_look(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_health(qtbot, tmp_path, monkeypatch, ManualClock()) as room:
        late = Late(monkeypatch, health_facts, "_newest")
        facts = HealthFacts(room.session)
        qtbot.addWidget(facts)
        qtbot.waitUntil(late.is_held)
        room.snapshots.take("by hand")
        qtbot.waitUntil(lambda: facts.copies.text().startswith("Backup just now"))
        late.let_go()
        room.desk.settle()
        assert facts.copies.text().startswith("Backup just now")


def test_ballots_that_can_flip_the_break_are_those_of_the_last_results(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scene(qtbot, tmp_path, open_rooms(played(16, 40), 3, 4)) as made:
        ahead, seen = made.page.ahead, made.page.ahead.guard
        late = Late(monkeypatch, bubble_guard, "compute")
        name_round(made.desk, "One")
        qtbot.waitUntil(late.is_held)
        name_round(made.desk, "Two")
        qtbot.waitUntil(lambda: ahead.guard is not seen)
        newest = ahead.guard
        late.let_go()
        made.settle()
        assert ahead.guard is newest


def test_the_teams_that_are_left_are_counted_as_of_the_last_room(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = generate_tournament(preset="australs", teams=8, rounds=1, seed=4, play=False)
    archive.rounds[0].draw_type = "manual"
    with open_rounds(qtbot, tmp_path, archive=archive) as at:
        first, database = at.round(1).id, at.desk.workspace.database
        late = Late(monkeypatch, manual_rooms, "read_places")

        def add_room() -> None:
            with database.write(tournament=at.desk.owner.id) as unit:
                places = manual_draw.read_places(unit, first)
                teams = [one.id for one in places.free[:2]]
                manual_draw.add_room(unit, first, dict(zip(places.sides, teams, strict=True)))

        add_room()
        qtbot.waitUntil(late.is_held)
        add_room()
        button = at.stage.by_hand.button
        qtbot.waitUntil(lambda: button.text() == "Add a room… 4 teams left")
        late.let_go()
        at.desk.settle()
        assert button.text() == "Add a room… 4 teams left"


def test_pasted_rows_are_judged_by_the_ticks_as_they_are(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_people(qtbot, tmp_path) as hands:
        QGuiApplication.clipboard().setText("Team\tInstitution\nNew A\tNowhere\n")
        hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        dialog = hands.dialog(PasteDialog)
        late = Late(monkeypatch, people_paste, "preview")
        dialog.make.setChecked(True)
        qtbot.waitUntil(late.is_held)
        seen = dialog.found
        dialog.make.setChecked(False)
        qtbot.waitUntil(lambda: dialog.found is not seen)
        assert not dialog.do.isEnabled()
        late.let_go()
        hands.desk.settle()
        assert not dialog.do.isEnabled()
        dialog.reject()


def test_the_next_times_are_those_of_what_is_typed_now(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_jobs(qtbot, tmp_path) as jobs:
        pane = jobs.show(SchedulesPane(jobs.session))
        pane.table.go_to("test.tidy")
        qtbot.keyClick(pane.table, Qt.Key.Key_Return)
        dialog = jobs.dialog(ScheduleDialog)
        late = Late(monkeypatch, schedule_dialog, "preview")
        dialog.when.time.selectAll()
        qtbot.keyClicks(dialog.when.time, "04:15")
        qtbot.waitUntil(late.is_held)
        dialog.when.time.selectAll()
        qtbot.keyClicks(dialog.when.time, "05:45")
        qtbot.waitUntil(lambda: "05:45" in dialog.coming.text())
        late.let_go()
        jobs.desk.settle()
        assert "05:45" in dialog.coming.text()
        dialog.reject()


def test_nobody_is_let_in_by_a_reading_from_before_there_were_people(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        session, found = at.desk.session, at.window.door
        late = Late(monkeypatch, door, "list_operators")
        found.read()
        qtbot.waitUntil(late.is_held)
        people = register(at.desk.workspace, Ana=DIRECTOR)
        session.who.sign_in(people["Ana"])
        qtbot.waitUntil(lambda: len(found.operators) == 1)
        late.let_go()
        at.desk.settle()
        assert session.who.operator == people["Ana"]
        found.watch.end()


def test_the_lock_screen_offers_everybody_who_was_added(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        people = register(desk.workspace, Ana=DIRECTOR)
        shown = LockScreen(desk.session)
        qtbot.addWidget(shown)
        shown.start(tuple(people.values()))
        late = Late(monkeypatch, screen, "list_operators")
        register(desk.workspace, Wim=VOLUNTEER)
        qtbot.waitUntil(late.is_held)
        register(desk.workspace, Vera=VOLUNTEER)
        qtbot.waitUntil(lambda: offered(shown) == ["Ana", "Vera", "Wim"])
        late.let_go()
        desk.settle()
        assert offered(shown) == ["Ana", "Vera", "Wim"]


def test_who_comes_sees_the_draft_that_was_still_being_written(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        late = Late(monkeypatch, keeper, "keep_draft")
        typist.type("81")
        qtbot.waitUntil(late.is_held)
        typist.desk.session.who.sign_in(typist.people["Ben"])
        qtbot.waitUntil(lambda: not typist.page.is_loading)
        late.let_go()
        typist.desk.settle()
        assert typist.states()["Room 1"] == "draft"


def offered(shown: LockScreen) -> list[str]:
    names = shown.people.list
    return sorted(names.item(row).text() for row in range(names.count()))
