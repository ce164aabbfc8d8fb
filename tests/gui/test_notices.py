"""What happens by itself is told in a few words, and never comes between a person and a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tabapp.core.events import Event
from tabapp.domain.health import Finding, HealthReport
from tabapp.gui.frame.notices import GATHERED, Notices
from tabapp.gui.frame.toasts import Toasts
from tabapp.gui.notice_kinds import notice_kinds
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.notifications import NotificationsPane
from tabapp.gui.session import Session
from tabapp.jobs.errors import JobError
from tabapp.jobs.events import JobFinished, JobRetried
from tabapp.jobs.outcome import JobResult
from tabapp.services.events import (
    AchievementAwarded,
    BallotOverdue,
    HealthChanged,
    SnapshotFailed,
    SnapshotMade,
)
from tests.gui.frame_desk import open_window
from tests.gui.health_desk import HealthRoom, open_health

NOW = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
ERROR = JobError("job_broken", "The disk is full. Make room.", "")


class Form(Page[None]):
    """A page with a field."""

    place = "people"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def reload(self) -> None:
        """Read nothing."""


class BallotForm(Form):
    """A page in which a ballot is typed."""

    place = "ballots"


@dataclass
class Desk:
    """A window of one page with notices, and what was told."""

    room: HealthRoom
    page: Form
    toasts: Toasts
    notices: Notices

    def hear(self, *events: Event) -> None:
        """Publish events from another thread's side of the bus, and let the burst end."""
        for event in events:
            self.room.desk.workspace.bus.publish(event)
        self.room.desk.settle()
        self.room.desk.qtbot.waitUntil(lambda: not self.notices._gather.isActive())

    @property
    def shown(self) -> list[str]:
        return [one.notice.sentence for one in self.toasts.shown]

    @property
    def kept(self) -> list[str]:
        return [one.notice.sentence for one in self.toasts.kept]


@contextmanager
def open_notices(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Form] = Form
) -> Iterator[Desk]:
    with open_health(qtbot, folder, monkeypatch) as room:
        window = QWidget()
        qtbot.addWidget(window)
        page = kind(room.session)
        QVBoxLayout(window).addWidget(page)
        window.resize(900, 600)
        window.show()
        window.activateWindow()
        toasts = Toasts(window, window.rect, room.desk.workspace.clock.now)
        notices = Notices(
            room.session, toasts, lambda: cast("Page[object]", page),
            ["jobs", "ballots", "awards", "settings"])
        yield Desk(room, page, toasts, notices)
        notices.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with open_notices(qtbot, tmp_path, monkeypatch) as made:
        yield made


@pytest.fixture
def typing(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Somebody types a score into the form of a ballot."""
    with open_notices(qtbot, tmp_path, monkeypatch, BallotForm) as made:
        made.page.field.setFocus()
        qtbot.keyClicks(made.page.field, "7")
        yield made


def failed(run_id: int = 1) -> JobFinished:
    return JobFinished(
        run_id, "a.job", "Standings", None,
        JobResult(run_id, "a.job", "failed", error=ERROR))


def retried(attempt: int = 1) -> JobRetried:
    return JobRetried(1, "a.job", "Standings", None, attempt, ERROR, NOW)


def health(**states: str) -> HealthChanged:
    return HealthChanged(None, HealthReport(NOW, tuple(
        Finding(name, status, f"{name} is {status}.")  # type: ignore[arg-type]
        for name, status in states.items())))


# --- what is told ------------------------------------------------------------------------------


def test_a_failure_in_the_background_is_told_once_with_a_way_to_it(desk: Desk) -> None:
    desk.hear(failed(7))
    assert desk.shown == ["Standings failed. The disk is full. Make room."]
    toast = desk.toasts.shown[0]
    assert (toast.notice.tone, toast.notice.action) == ("problem", "Show")
    desk.toasts.act()
    assert desk.room.went == [("jobs", 7)]


def test_a_failure_that_a_page_waits_for_is_told_by_that_page(desk: Desk) -> None:
    desk.room.session._ends._waiting[7] = []
    desk.hear(failed(7))
    assert desk.shown == []
    desk.room.session._ends._waiting.clear()


def test_the_first_failure_is_told_at_once_and_the_next_attempts_are_not(desk: Desk) -> None:
    desk.hear(retried())
    (told,) = desk.shown
    assert told.startswith("Standings failed and is tried again at ")
    assert desk.toasts.shown[0].notice.action == "Show"
    desk.hear(retried(2), retried(3))
    assert len(desk.shown) == 1


def test_awards_that_come_together_are_one_line(desk: Desk) -> None:
    desk.hear(*(AchievementAwarded(desk.room.session.tournament, key, "T1")
                for key in ("a", "b", "c")))
    assert desk.shown == ["3 new awards."]
    assert desk.toasts.shown[0].notice.action == "Show"


def test_one_award_alone_is_opened_by_its_notice(desk: Desk) -> None:
    desk.hear(AchievementAwarded(desk.room.session.tournament, "first_win", "T1"))
    assert desk.shown == ["New award: First win."]
    show = desk.toasts.shown[0].notice.run
    assert show is not None
    show()
    assert desk.room.went == [("awards", "first_win")]


def test_awards_of_another_tournament_are_not_told(desk: Desk) -> None:
    desk.hear(AchievementAwarded(desk.room.session.tournament + 1, "a", "T1"))
    assert desk.shown == []


def test_overdue_ballots_are_counted_by_what_is_wrong_with_them(desk: Desk) -> None:
    owner = desk.room.session.tournament
    desk.hear(
        BallotOverdue(owner, 1, 1, "warning"), BallotOverdue(owner, 1, 2, "overdue"),
        BallotOverdue(owner, 1, 3, "overdue"), BallotOverdue(owner, 1, 4, "forfeited"))
    assert desk.shown == [
        "1 room was decided by forfeit, since its ballot never came.",
        "2 ballots are overdue.", "1 ballot is nearly overdue."]


def test_only_what_got_worse_in_the_health_is_told(desk: Desk) -> None:
    desk.hear(health(disk="attention", copies="passed"))
    assert desk.shown == []  # the first look: the bar says so
    desk.hear(health(disk="attention", copies="attention"))
    desk.hear(health(disk="passed", copies="attention"))
    desk.hear(health(disk="problem", copies="attention", runs="attention"))
    assert desk.shown == ["copies is attention.", "disk is problem."]


def test_a_problem_at_the_first_look_is_told(desk: Desk) -> None:
    desk.hear(health(disk="problem", place="attention"))
    assert desk.shown == ["disk is problem."]


def test_a_copy_that_does_not_reach_the_stick_is_told_once(desk: Desk, tmp_path: Path) -> None:
    desk.hear(SnapshotMade(None, "a", False))
    assert desk.shown == []  # none is set
    snapshots = desk.room.snapshots
    snapshots.use(snapshots.folder, tmp_path / "stick")
    desk.hear(SnapshotMade(None, "a", False), SnapshotMade(None, "b", False))
    assert len(desk.kept) == 1
    desk.hear(SnapshotMade(None, "c", True), SnapshotMade(None, "d", False))
    assert len(desk.kept) == 2


def test_a_copy_that_could_not_be_taken_is_a_problem(desk: Desk) -> None:
    desk.hear(SnapshotFailed(None, "before deleting Round 5", "There is no room. Make some."))
    assert desk.toasts.shown[0].notice.tone == "problem"


# --- never in the way --------------------------------------------------------------------------


def test_while_a_ballot_is_typed_what_is_no_problem_only_goes_into_the_list(typing: Desk) -> None:
    owner = typing.room.session.tournament
    typing.hear(
        AchievementAwarded(owner, "a", "T1"), AchievementAwarded(owner, "b", "T1"), retried(),
        BallotOverdue(owner, 1, 2, "overdue"))
    assert typing.shown == []
    assert {"2 new awards.", "1 ballot is overdue."} <= set(typing.kept)


@pytest.mark.parametrize("event", [failed(), health(disk="problem")])
def test_a_problem_is_shown_beside_the_field_which_keeps_keys_and_text(
    typing: Desk, event: Event
) -> None:
    field = typing.page.field
    typing.hear(event)
    assert len(typing.shown) == 1
    assert QApplication.focusWidget() is field
    typing.room.desk.qtbot.keyClicks(field, "6")
    assert field.text() == "76"
    place = field.rect().translated(field.mapTo(field.window(), field.rect().topLeft()))
    assert not typing.toasts.shown[0].geometry().intersects(place)


def test_in_another_field_notices_are_shown_and_the_keys_stay(desk: Desk) -> None:
    desk.page.field.setFocus()
    desk.hear(AchievementAwarded(desk.room.session.tournament, "a", "T1"))
    assert desk.shown == ["New award: a."]
    desk.room.desk.qtbot.keyClicks(desk.page.field, "x")
    assert desk.page.field.text() == "x"


def test_the_window_has_notices_and_keeps_what_it_told(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        before = QApplication.focusWidget()
        at.desk.workspace.bus.publish(failed())
        qtbot.waitUntil(lambda: bool(at.window.toasts.shown))
        assert QApplication.focusWidget() is before
        assert at.window.toasts.kept[-1].notice.tone == "problem"


# --- switched off ------------------------------------------------------------------------------

EVENTS: dict[str, Callable[[int], Event]] = {
    "runs": lambda _owner: failed(), "ballots": lambda owner: BallotOverdue(owner, 1, 1, "overdue"),
    "awards": lambda owner: AchievementAwarded(owner, "a", "T1"),
    "health": lambda _owner: health(disk="problem"),
    "copies": lambda _owner: SnapshotFailed(None, "x", "There is no room."),
}


@pytest.mark.parametrize("kind", [one.key for one in notice_kinds()])
def test_each_kind_can_be_switched_off(desk: Desk, kind: str) -> None:
    event = EVENTS[kind](desk.room.session.tournament)
    desk.room.session.preferences.keep(muted=(kind,))
    desk.hear(event)
    assert (desk.shown, desk.kept) == ([], [])
    desk.room.session.preferences.keep(muted=())
    desk.notices._health = None
    desk.hear(event)
    assert len(desk.shown) == 1


def test_the_boxes_of_the_settings_are_kept(desk: Desk) -> None:
    pane = NotificationsPane(desk.room.session)
    desk.room.desk.qtbot.addWidget(pane)
    pane.show()
    assert all(one.isChecked() for one in pane.boxes.values())
    pane.boxes["awards"].setFocus()
    desk.room.desk.qtbot.keyClick(pane.boxes["awards"], Qt.Key.Key_Space)
    assert desk.room.session.preferences.kept.muted == ("awards",)
    again = NotificationsPane(desk.room.session)
    desk.room.desk.qtbot.addWidget(again)
    again.show()
    assert [key for key, one in again.boxes.items() if not one.isChecked()] == ["awards"]
    assert all(one.accessibleDescription() for one in pane.boxes.values())


def test_a_burst_is_gathered_for_less_than_a_second() -> None:
    assert 300 <= GATHERED < 1000
