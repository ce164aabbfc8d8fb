"""The ballot desk by keyboard alone: rounds of ballots, second looks, corrections, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.domain.operators import OperatorRole
from tabapp.gui.dialogs.base import Question
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tabapp.services import ballots, double_entry
from tabapp.services.ballot_bundle import ballot_of_bundle
from tabapp.services.ballot_form import read_form
from tabapp.services.drafts import who_is_typing
from tabapp.store import schema
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, at_the_desk, document, sit_down
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path) as someone:
        yield someone


def points(typist: Typist) -> dict[str, float]:
    """Return side -> points of Room 1 as they are stored."""
    table = schema.result_team
    with typist.desk.workspace.database.read() as unit:
        first = unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == "D1"))
        return dict(unit.fetch(
            select(table.c.side, table.c.points).where(table.c.debate_id == first)))


def drafts(typist: Typist) -> dict[int, list[str]]:
    with typist.desk.workspace.database.read() as unit:
        return who_is_typing(unit, typist.desk.owner.id)


def entered_elsewhere(typist: Typist, *, confirm: bool) -> None:
    """Enter and confirm the ballot of Room 1 as another window does."""
    work, owner = typist.desk.workspace, typist.desk.owner
    with work.database.read() as unit:
        form = read_form(unit, owner.id, "D1", "Ben")
    bundle = typist.page.form.bundle.copy()
    bundle.sheet().scores = {key: str(70 + i) for i, key in enumerate(form.sheet.keys)}
    entry = ballots.Entry(1, "D1", ballot_of_bundle(form.sheet, bundle))
    with work.database.write(actor="Ben", verb="enter", tournament=owner.id) as unit:
        ballots.save_ballot(unit, owner, entry, seen=form.seen)
    if confirm:
        with work.database.read() as unit:
            form = read_form(unit, owner.id, "D1", "Ben")
        assert form.waiting is not None
        with work.database.write(actor="Cy", verb="confirm", tournament=owner.id) as unit:
            double_entry.confirm(
                unit, owner, "D1", form.waiting[0], seen=form.seen,
                role=OperatorRole.TAB_DIRECTOR)


def test_a_whole_round_is_typed_and_confirmed_by_keyboard_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path, teams=16) as typist:
        typist.press(Qt.Key.Key_Return)
        for number in range(1, 5):
            assert typist.room == f"Room {number}"
            typist.sheet()
            typist.save()
        assert typist.room == ""
        assert set(typist.states().values()) == {"check"}
        assert typist.page.list.counted.text() == "4 of 4 in"
        typist.press(Qt.Key.Key_Return)
        for _room in range(4):
            assert typist.page.form.mode is Mode.CHECK
            typist.save()
        assert set(typist.states().values()) == {"confirmed"}
        assert typist.told[-1].sentence == "Room 4 confirmed. 0 to come."
        assert points(typist) == {"og": 3, "oo": 2, "cg": 1, "co": 0}
        assert drafts(typist) == {}


def test_ctrl_enter_goes_on_also_where_no_ballot_is_open(typist: Typist) -> None:
    went: list[tuple[str, object]] = []
    typist.desk.session.went.connect(lambda place, target: went.append((place, target)))
    for room in ("Room 1", "Room 2"):
        typist.save()
        assert typist.room == room
        typist.sheet()
        typist.save()
    typist.page.close_form()
    typist.page.list.give_keys()
    typist.save()
    assert typist.here.accessibleName() == "Confirm"
    typist.press(Qt.Key.Key_Enter)  # what has the keys is pressed by Enter as well
    typist.save()
    assert set(typist.states().values()) == {"confirmed"}
    typist.save()
    assert went == [("rounds/complete", None)]


def test_who_confirms_the_own_entry_is_told(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    assert "entered this ballot yourself" in typist.page.form.top.sentence
    values = [line.value.text() for line in typist.page.form.quarters["og"].lines.values()]
    assert values == ["80", "80"]
    typist.save()
    assert typist.states()["Room 1"] == "confirmed"


def test_a_second_look_can_send_a_ballot_back_to_correction(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    typist.press(Qt.Key.Key_F2)
    assert typist.page.form.mode is Mode.CORRECT
    panel = typist.page.form.panel
    assert panel is not None
    assert not panel.reason.isVisible()
    typist.type("79")
    typist.save()
    typist.open("Room 1")
    form = typist.page.open_form
    assert form is not None
    assert [one.status for one in form.room.versions] == ["discarded", "draft"]


def test_a_confirmed_ballot_is_corrected_with_a_reason(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    typist.save()
    typist.open("Room 1")
    assert typist.page.form.mode is Mode.LOOK
    typist.press(Qt.Key.Key_F2)
    assert typist.key_here == "og.1"
    typist.type("70")
    typist.save()
    panel = typist.page.form.panel
    assert panel is not None
    assert typist.here is panel.reason
    assert panel.reason_problem.text() == "A correction needs a reason. Say why the ballot changes."
    typist.type("70 was read as 80")
    typist.save()
    assert (typist.states()["Room 1"], points(typist)["og"]) == ("check", 3)
    typist.open("Room 1")
    typist.save()
    assert points(typist) == {"oo": 3, "cg": 2, "co": 1, "og": 0}
    typist.open("Room 1")
    typist.press(Qt.Key.Key_V, CTRL | SHIFT)
    dialog = typist.page.findChild(VersionsDialog)
    assert dialog is not None
    assert dialog.rows.rowCount() == 2
    assert dialog.rows.data(dialog.rows.index(0, 5)) == "70 was read as 80"
    dialog.accept()


def test_undo_takes_a_confirmation_back(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    typist.save()
    assert points(typist)["og"] == 3
    typist.desk.session.undo()
    typist.desk.settle()
    assert (typist.states()["Room 1"], points(typist)) == ("check", {})


def test_a_tie_is_told_at_once_and_not_saved(typist: Typist) -> None:
    typist.open("Room 1")
    typist.type("7876" "7777" "7575" "7474")
    panel = typist.page.form.panel
    assert panel is not None
    assert panel.tie.text() == "OG and OO both have 154. BP has no ties: check the four scores."
    typist.save()
    assert (typist.room, typist.states()["Room 1"]) == ("Room 1", "out")
    typist.page.form.fields["oo.2"].setFocus(Qt.FocusReason.TabFocusReason)
    typist.type("76")
    assert not panel.tie.isVisible()
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_a_draft_survives_reopening(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, archive=document()) as desk:
        typist = sit_down(desk)
        typist.open("Room 1")
        typist.type("7877")
        typist.press(Qt.Key.Key_Escape)
        assert drafts(typist) == {1: [desk.session.actor]}
        typist.page.close()
        again = sit_down(desk)
        assert again.states()["Room 1"] == "draft"
        again.open("Room 1")
        assert again.page.form.top.sentence.startswith("Your draft of ")
        assert again.page.form.typed.scores == {"og.1": "78", "og.2": "77"}
        assert again.key_here == "oo.1"
        again.type("7675" "7473" "7271")
        assert again.page.form.top.sentence == ""
        again.save()
        assert (again.states()["Room 1"], drafts(again)) == ("check", {})


def test_a_change_is_kept_within_a_moment_though_nobody_leaves_the_field(typist: Typist) -> None:
    typist.open("Room 1")
    typist.type("7")
    typist.desk.qtbot.waitUntil(lambda: bool(drafts(typist)), timeout=2000)


def test_switching_rooms_loses_nothing(typist: Typist) -> None:
    typist.open("Room 1")
    typist.type("7877")
    typist.open("Room 2")
    assert typist.page.form.typed.scores == {}
    typist.open("Room 1")
    assert typist.page.form.typed.scores == {"og.1": "78", "og.2": "77"}


def test_a_change_from_elsewhere_shows_a_banner_and_leaves_the_form_alone(
    typist: Typist,
) -> None:
    typist.open("Room 1")
    typist.type("7877")
    entered_elsewhere(typist, confirm=True)
    typist.desk.settle()
    assert typist.page.form.top.sentence.startswith("This ballot was changed elsewhere at ")
    assert typist.page.form.typed.scores == {"og.1": "78", "og.2": "77"}
    assert typist.key_here == "oo.1"
    typist.type("7675" "7473" "7271")
    typist.save()
    sentence = typist.page.form.top.sentence
    assert sentence.startswith("Another window confirmed this ballot at ")
    assert sentence.endswith("Yours is kept as a draft.")
    assert drafts(typist) == {1: [typist.desk.session.actor]}
    assert typist.page.form.top.answer()
    typist.desk.settle()
    assert (typist.mode, typist.page.form.typed.scores["og.1"]) == (Mode.LOOK, "70")
    assert typist.page.form.top.answer()  # the own draft, now as a correction
    typist.desk.settle()
    assert (typist.mode, typist.page.form.typed.scores["og.1"]) == (Mode.CORRECT, "78")


def test_the_finder_knows_rooms_teams_and_judges(typist: Typist) -> None:
    for text, room in (("room 2", "Room 2"), ("judge 3", "Room 2"), ("D1", "Room 1")):
        typist.open(text)
        assert typist.room == room
    typist.press(Qt.Key.Key_F3)
    typist.type("romo 2")
    typist.press(Qt.Key.Key_Return)
    assert typist.told[-1].sentence == 'No room is called "romo 2". Room 2?'


def test_open_at_opens_the_ballot_of_a_debate(typist: Typist) -> None:
    typist.page.open_at("D2")
    typist.desk.settle()
    assert typist.room == "Room 2"
    typist.page.open_at(1)
    typist.desk.settle()
    assert typist.room == "Room 1"
    assert typist.page.list.view.currentIndex().data() == "Room 1"


def test_an_entry_can_be_discarded(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    typist.press(Qt.Key.Key_Delete, CTRL)
    question = typist.page.findChild(Question)
    assert question is not None
    QTest.keyClick(question, Qt.Key.Key_Return, CTRL)
    typist.desk.settle()
    assert typist.states()["Room 1"] == "out"
    assert typist.page.form.mode is Mode.ENTER


def test_a_postponed_room_says_why_it_takes_no_ballot(typist: Typist) -> None:
    work, owner = typist.desk.workspace, typist.desk.owner
    with work.database.write(actor="Ann", verb="postpone", tournament=owner.id) as unit:
        unit.update(schema.debate, {1: {"status": "postponed"}})
    typist.desk.settle()
    assert typist.states()["Room 1"] == "postponed"
    typist.open("Room 1")
    assert "postponed" in typist.page.form.top.sentence
    assert "postponed" in (typist.page.why_not("ballots.save") or "")
    assert typist.page.form.is_fixed


def test_the_setting_saves_and_confirms_in_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(qtbot, tmp_path, disable_ballot_confirms=True) as typist:
        typist.open("Room 1")
        assert typist.page.form.save_button.text() == "Save and confirm"
        typist.sheet()
        typist.save()
        assert typist.states()["Room 1"] == "confirmed"
        assert typist.room == "Room 2"


def test_the_list_is_a_sound_model_through_every_change(typist: Typist) -> None:
    QAbstractItemModelTester(
        typist.page.list.rooms, QAbstractItemModelTester.FailureReportingMode.Warning)
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.page.run("ballots.order")
    names = [one.name for one in typist.page.list.rooms.rooms]
    assert names == ["Room 1", "Room 2"]
    typist.press(Qt.Key.Key_F3)
    typist.type("room 2")
    assert [one.name for one in typist.page.list.rooms.rooms] == ["Room 2"]


def test_the_desk_fits_a_small_screen(typist: Typist) -> None:
    typist.open("Room 1")
    typist.type("9696")
    typist.save()
    assert typist.page.minimumSizeHint().height() <= 690
    assert typist.page.minimumSizeHint().width() <= 1310
    assert typist.page.list.width() == 320
    assert all(one.height() >= 212 for one in typist.page.form.quarters.values())
