"""The panel, the motions or the rules change while somebody types: it is said, and led out of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.domain.types import Role
from tabapp.gui.frame.panes import answer_banner
from tabapp.services import panels
from tabapp.services.ballot_form import read_form
from tabapp.services.tournament_settings import change_settings
from tabapp.store.schema import motion, panel_member, round_motion
from tabapp.store.unit import WriteUnit
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
SHEET = "757473" "747372"
BP = ("og", "oo", "cg", "co")
FULL = "8079787776757473"


@contextmanager
def _desk(qtbot: QtBot, folder: Path, document: dict[str, Any]) -> Iterator[Typist]:
    with at_rooms(qtbot, folder, document) as at:
        shortcut = QShortcut(QKeySequence("F7"), at.page)  # as in the window
        shortcut.activated.connect(lambda: answer_banner(at.page))
        yield at


def _three_judges(**settings: Any) -> dict[str, Any]:
    return rooms_of(judges=3, reply_scores_enabled=False, **settings)


def _elsewhere(at: Typist, change: Callable[[WriteUnit], object]) -> None:
    with at.desk.workspace.database.write(
        actor="Other", verb="change", tournament=at.desk.owner.id
    ) as unit:
        change(unit)
    at.desk.settle()


def _type_sheets(at: Typist, judges: int) -> None:
    for _judge in range(judges):
        at.type(SHEET)
        at.press(Qt.Key.Key_PageDown, CTRL)
    at.desk.settle()


def _seat(at: Typist, judge: str) -> None:
    round_id = at.desk.rounds()[0].id
    _elsewhere(
        at, lambda unit: panels.seat_judge(unit, round_id, judge, "D1", Role.PANELLIST))


def _take_out(at: Typist, judge: str) -> None:
    round_id = at.desk.rounds()[0].id
    _elsewhere(at, lambda unit: panels.take_out(unit, round_id, judge))


def _sheets(at: Typist) -> dict[str, str]:
    form = at.page.form
    assert form.desk is not None
    keys = form.desk.sheet.keys
    return {
        ref: "".join(one.scores.get(key, "") for key in keys)
        for ref, one in form.bundle.sheets.items()}


def _motion(at: Typist) -> str | None:
    return at.page.form.typed.motion


def test_a_judge_who_is_taken_out_leaves_a_form_that_can_be_saved(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with _desk(qtbot, tmp_path, _three_judges()) as at:
        _type_sheets(at, 3)
        _take_out(at, "A3")
        assert at.banner() == "The panel of this room changed. What you typed is kept."
        at.press(Qt.Key.Key_F7)
        assert _sheets(at) == {"A1": SHEET, "A2": SHEET}


def test_a_save_that_is_refused_for_the_panel_offers_the_form_of_now(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with _desk(qtbot, tmp_path, _three_judges()) as at:
        _type_sheets(at, 3)
        _take_out(at, "A3")
        _seat(at, "A6")
        at.save()
        assert at.banner().startswith("The panel of this room changed.")
        assert at.states()["Room 1"] == "draft"
        at.press(Qt.Key.Key_F7)
        assert _sheets(at) == {"A1": SHEET, "A2": SHEET, "A6": ""}
        at.type(SHEET)
        at.save()
        assert at.states()["Room 1"] == "check"


def test_a_judge_who_is_seated_has_a_sheet_as_soon_as_somebody_looks(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with _desk(qtbot, tmp_path, rooms_of(judges=3, reply_scores_enabled=False)) as at:
        _take_out(at, "A3")
        at.press(Qt.Key.Key_F7)
        assert _sheets(at) == {"A1": "", "A2": ""}
        _type_sheets(at, 2)
        _seat(at, "A3")
        at.press(Qt.Key.Key_F7)
        assert _sheets(at) == {"A1": SHEET, "A2": SHEET, "A3": ""}


def test_a_judge_who_comes_back_has_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with _desk(qtbot, tmp_path, _three_judges()) as at:
        _type_sheets(at, 3)
        _take_out(at, "A3")
        at.press(Qt.Key.Key_F7)
        at.page.form.show_judge("A2")
        at.press(Qt.Key.Key_Plus)  # the draft is written without the third
        _seat(at, "A3")
        at.press(Qt.Key.Key_F7)
        assert _sheets(at)["A3"] == SHEET
        assert _sheets(at)["A2"] == "75.5" + SHEET[2:]
        with at.desk.workspace.database.read() as unit:
            draft = read_form(unit, at.desk.owner.id, "D1", at.desk.session.actor).draft
        assert draft is not None
        assert draft.content["others"]["A3"]["scores"]["aff.1"] == "75"


def test_a_change_that_is_taken_back_is_told_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    with _desk(qtbot, tmp_path, _three_judges()) as at:
        at.type(SHEET)
        _take_out(at, "A3")
        assert at.banner().startswith("The panel of this room changed.")
        _seat(at, "A3")
        assert at.banner() == ""


def test_the_panel_of_another_room_is_no_news(qtbot: QtBot, tmp_path: Path) -> None:
    with _desk(qtbot, tmp_path, _three_judges()) as at:
        at.type(SHEET)
        _take_out(at, "A6")
        _elsewhere(at, lambda unit: change_settings(
            unit, at.desk.owner.id, {"lock_minutes": 20.0}))
        assert at.banner() == ""


def test_marks_that_are_possible_by_now_are_those_of_the_form(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with _desk(qtbot, tmp_path, rooms_of(BP, judges=1)) as at:
        at.type(FULL)
        at.desk.settle()
        _elsewhere(at, lambda unit: change_settings(
            unit, at.desk.owner.id, {"score_min": 75.0, "score_max": 85.0}))
        assert at.banner() == "The rules for ballots changed. What you typed is kept."
        at.save()
        assert at.states()["Room 1"] != "check"
        at.press(Qt.Key.Key_F7)
        assert _sheets(at) == {"": FULL}
        at.save()
        assert at.key_here in ("co.1", "co.2")
        assert at.here.property("state") == "problem"


def test_a_motion_that_is_gone_is_chosen_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(BP, motions=3, judges=1, enable_motions=True)
    with _desk(qtbot, tmp_path, document) as at:
        at.type(FULL + "1")
        at.desk.settle()
        assert _motion(at) == "M1"
        _elsewhere(at, _without_the_first)
        assert at.banner() == "The motions of this round changed. What you typed is kept."
        at.press(Qt.Key.Key_F7)
        assert (_sheets(at), _motion(at)) == ({"": FULL}, None)
        at.save()
        assert at.states()["Room 1"] != "check"
        at.type("1")
        at.save()
        assert at.states()["Room 1"] == "check"


def _without_the_first(unit: WriteUnit) -> None:
    ids = [one.id for one in unit.rows(select(motion.c.id).where(motion.c.ref == "M1"))]
    unit.delete(round_motion, [
        one.id for one in unit.rows(
            select(round_motion.c.id).where(round_motion.c.motion_id.in_(ids)))])


def test_the_panel_of_a_ballot_that_is_looked_at_is_told_too(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with _desk(qtbot, tmp_path, _three_judges(disable_ballot_confirms=True)) as at:
        _type_sheets(at, 3)
        at.save()
        assert at.states()["Room 1"] == "confirmed"
        at.open("Room 1")
        _elsewhere(at, _rename_role)
        assert at.banner() == "The panel of this room changed."


def _rename_role(unit: WriteUnit) -> None:
    """Let the first two judges of the room change roles, as another program may."""
    rows = unit.rows(select(panel_member).order_by(panel_member.c.id).limit(2))
    unit.update(panel_member, {
        rows[0].id: {"role": rows[1].role}, rows[1].id: {"role": rows[0].role}})
    unit.touch("panels:1")
