"""Toasts: short, few, never in the way, and kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tabapp.gui.frame import toasts
from tabapp.gui.widgets.buttons import Button, Role
from tests.gui.frame_desk import ALT, CTRL, SHIFT, WindowDesk, open_window


def sentences(at: WindowDesk) -> list[str]:
    return [one.notice.sentence for one in at.window.toasts.shown]


def test_a_toast_stands_at_the_bottom_right_and_takes_no_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        before = QApplication.focusWidget()
        at.desk.session.tell("Maritime 2.14 confirmed. 6 to come.", "done", "Undo", lambda: None)
        toast = at.window.toasts.shown[0]
        place = toast.panel().translated(toast.pos())
        assert place.width() == 360
        assert at.window.width() - place.right() - 1 == 16
        assert at.window.jobs.mapTo(at.window, at.window.jobs.rect().topLeft()).y() > place.bottom()
        assert QApplication.focusWidget() is before


def test_alt_n_does_what_the_newest_offers(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        done: list[str] = []
        at.desk.session.tell("One.", action="Undo", run=lambda: done.append("one"))
        at.desk.session.tell("Two.", action="Undo", run=lambda: done.append("two"))
        at.desk.session.tell("Three.")
        at.press(Qt.Key.Key_N, ALT)
        assert done == ["two"]
        assert sentences(at) == ["One.", "Three."]
        at.press(Qt.Key.Key_N, ALT, SHIFT)
        assert sentences(at) == ["One."]
        at.press(Qt.Key.Key_N, ALT)
        assert (done, sentences(at)) == (["two", "one"], [])
        at.press(Qt.Key.Key_N, ALT)
        assert sentences(at) == ["There is no message to act on."]


def test_esc_dismisses_a_toast_when_nothing_else_wants_it(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.desk.session.tell("One.")
        at.press(Qt.Key.Key_K, CTRL)
        at.press(Qt.Key.Key_Escape)
        assert sentences(at) == ["One."]
        at.press(Qt.Key.Key_Escape)
        assert sentences(at) == []


def test_at_most_three_are_shown_and_problems_go_last(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.desk.session.tell("Wrong.", "problem")
        for words in ("One.", "Two.", "Three."):
            at.desk.session.tell(words)
        assert sentences(at) == ["Wrong.", "Two.", "Three."]
        at.desk.session.tell("Three.")
        assert sentences(at) == ["Wrong.", "Two.", "Three."]


def test_a_toast_goes_after_a_while_and_a_problem_stays(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.desk.session.tell("Wrong.", "problem")
        at.desk.session.tell("One.")
        wrong, one = at.window.toasts.shown
        assert (wrong.stays, one.stays) == (True, False)
        assert one._time.interval() == toasts.STAYS == 6000
        assert not wrong._time.isActive()
        one._time.start(1)
        qtbot.waitUntil(lambda: sentences(at) == ["Wrong."])


def test_a_toast_never_lies_over_the_field_in_use(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        page, window = at.page(), at.window
        page.second.setParent(page)
        page.second.setGeometry(QRect(page.width() - 300, page.height() - 60, 280, 32))
        page.second.show()
        page.second.setFocus()
        at.desk.session.tell("One.")
        toast = window.toasts.shown[0]

        def lies_over() -> bool:
            field = QRect(
                page.second.mapTo(window, page.second.rect().topLeft()), page.second.size())
            return toast.panel().translated(toast.pos()).intersects(field)

        assert not lies_over()
        page.first.setFocus()
        at.desk.settle()
        assert lies_over()  # nobody types there now
        page.second.setFocus()
        at.desk.settle()
        assert not lies_over()


def test_a_toast_leaves_the_button_that_has_the_keys_to_be_seen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        page, window = at.page(), at.window
        button = Button("Confirm", parent=page)
        button.move(page.width() - 150, page.height() - 60)
        button.show()
        button.setFocus()
        at.desk.session.tell("One.")
        toast = window.toasts.shown[0]
        place = QRect(button.mapTo(window, button.rect().topLeft()), button.size())
        assert not toast.panel().translated(toast.pos()).intersects(place)


def test_the_last_fifty_messages_can_be_read_again(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        for number in range(60):
            at.desk.session.tell(f"Message {number}.")
        at.window.table.run("view.messages")
        shown = [one.text() for one in at.window.messages.findChildren(QLabel)]
        told = [text for text in shown if text.startswith("Message ")]
        assert told == [f"Message {number}." for number in range(59, 9, -1)]
        at.press(Qt.Key.Key_Escape)
        assert not at.window.messages.isVisible()


def test_a_toast_never_lies_over_the_next_step(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        page, window = at.page(), at.window
        button = Button("Save and next", role=Role.PRIMARY, parent=page)
        button.move(page.width() - 200, page.height() - 60)
        button.show()
        for words in ("One.", "Two.", "Three."):
            at.desk.session.tell(words)
        place = QRect(button.mapTo(window, button.rect().topLeft()), button.size())
        assert not any(
            one.panel().translated(one.pos()).intersects(place) for one in window.toasts.shown)
