"""What happens by itself, told in a few words: failures, overdue ballots, awards, health, copies.

Nothing here takes the keys or stands in the way. While a ballot is typed in, what is no problem
only goes into the list of messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from tabapp.domain.health import HealthReport
from tabapp.gui.frame.toasts import FIELDS, Toasts
from tabapp.gui.messages import count, tr
from tabapp.gui.notice import Notice
from tabapp.gui.notice_kinds import AWARDS, BALLOTS, COPIES, HEALTH, RUNS
from tabapp.gui.page import Page
from tabapp.gui.session import Session
from tabapp.jobs.events import JobFinished, JobRetried
from tabapp.services.events import (
    AchievementAwarded,
    BallotOverdue,
    DomainEvent,
    HealthChanged,
    SnapshotFailed,
    SnapshotMade,
)
from tabapp.services.health import newly_wrong

GATHERED = 800
"""Milliseconds in which what happens often is gathered into one line."""
_TYPED_IN = "ballots"
_SHOWN_AT = "jobs/health"
"""Where findings are seen as they come."""
_TOLD_AS_RUN = frozenset({"runs"})
"""Findings that were told when they happened."""
_OVERDUE = {
    "warning": ("{n} ballot is nearly overdue.", "{n} ballots are nearly overdue."),
    "overdue": ("{n} ballot is overdue.", "{n} ballots are overdue."),
    "unconfirmed": (
        "{n} ballot waits for its second look for too long.",
        "{n} ballots wait for their second look for too long."),
    "forfeited": (
        "{n} room was decided by forfeit, since its ballot never came.",
        "{n} rooms were decided by forfeit, since their ballots never came."),
}
_STATES = ("forfeited", "overdue", "unconfirmed", "warning")
"""The worst first."""


class Notices(QObject):
    """Hears events of the session and tells of them, unless the person switched their kind off."""

    told = Signal(object)
    """A ``Notice`` that was told, or put into the list of messages."""

    def __init__(
        self, session: Session, toasts: Toasts, page: Callable[[], Page[object] | None],
        places: Collection[str], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        """``page``: what is on the screen. ``places``: where the person can be led."""
        super().__init__(parent)
        self._places = frozenset(places)
        self._session, self._toasts, self._page = session, toasts, page
        health = session.workspace.health
        self._health: HealthReport | None = health.last if health is not None else None
        self._second_failed = False
        self._overdue: Counter[str] = Counter()
        self._awards: list[str] = []
        self._gather = QTimer(self, singleShot=True, interval=GATHERED)
        self._gather.timeout.connect(self._tell_gathered)
        session.happened.connect(self._on_happened)
        session.job_event.connect(self._on_job_event)

    # What is heard

    def _on_happened(self, event: DomainEvent) -> None:
        match event:
            case BallotOverdue():
                self._overdue[event.state] += 1
                self._wait()
            case AchievementAwarded():
                self._awards.append(event.key)
                self._wait()
            case HealthChanged():
                self._on_health(event.report)
            case SnapshotMade():
                self._on_snapshot(event.second)
            case SnapshotFailed():
                self._tell(COPIES, event.problem, "problem", _SHOWN_AT)
            case _:
                pass

    def _wait(self) -> None:
        if not self._gather.isActive():
            self._gather.start()

    def _tell_gathered(self) -> None:
        overdue, self._overdue = self._overdue, Counter()
        awards, self._awards = self._awards, []
        for state in _STATES:
            if n := overdue[state]:
                one, many = _OVERDUE[state]
                self._tell(BALLOTS, tr(one if n == 1 else many, n=n), "attention", "ballots")
        if len(awards) == 1:
            title = _title(awards[0])
            self._tell(AWARDS, tr("New award: {title}.", title=title), "", "awards", awards[0])
        elif awards:
            self._tell(
                AWARDS, tr("{awards}.", awards=count(len(awards), "new award", "new awards")), "",
                "awards")

    def _on_health(self, report: HealthReport) -> None:
        before, self._health = self._health, report
        found = [one for one in newly_wrong(before, report) if one.name not in _TOLD_AS_RUN]
        if before is None:  # at the start the bar at the bottom says the rest
            found = [one for one in found if one.status == "problem"]
        page = self._page()
        if found and not (page is not None and page.current_place() == _SHOWN_AT):
            more = tr(" {n} more.", n=len(found) - 1) if len(found) > 1 else ""
            tone = "problem" if found[0].status == "problem" else "attention"
            self._tell(HEALTH, found[0].sentence + more, tone, _SHOWN_AT)

    def _on_snapshot(self, second: bool) -> None:
        """Tell once that the second folder fails, and again only after it has worked."""
        snapshots = self._session.workspace.snapshots
        failed = not second and snapshots is not None and snapshots.second_folder is not None
        if failed and not self._second_failed and snapshots is not None:
            self._tell(
                COPIES, tr(
                    "The last copy did not reach {folder}. The first folder has it.",
                    folder=snapshots.second_folder),
                "attention", _SHOWN_AT)
        self._second_failed = failed

    def _on_job_event(self, event: object) -> None:
        if isinstance(event, JobRetried) and event.attempt == 1:
            at = event.next_at.astimezone()
            self._tell(
                RUNS, tr("{title} failed and is tried again at {time}. {reason}",
                         title=event.title, time=f"{at:%H:%M:%S}", reason=event.error.message),
                "attention", "jobs", event.run_id)
        elif isinstance(event, JobFinished) and event.result.status == "failed":
            error = event.result.error
            if error is None or self._session.awaits(event.run_id):
                return  # whoever waits for it tells it
            self._tell(
                RUNS, tr("{title} failed. {reason}", title=event.title, reason=error.message),
                "problem", "jobs", event.run_id)

    # How it is told

    def _tell(
        self, kind: str, sentence: str, tone: str, place: str, target: object = None
    ) -> None:
        if kind in self._session.preferences.kept.muted:
            return
        notice = Notice(sentence, tone)
        if place.partition("/")[0] in self._places:
            notice = replace(
                notice, action=tr("Show"), run=lambda: self._session.go(place, target))
        if tone != "problem" and self._types_a_ballot():
            self._toasts.keep(notice)
        else:
            self._toasts.tell(notice)
        self.told.emit(notice)

    def _types_a_ballot(self) -> bool:
        page, now = self._page(), QApplication.focusWidget()
        return (
            page is not None and page.place == _TYPED_IN and isinstance(now, FIELDS)
            and page.isAncestorOf(now))


def _title(key: str) -> str:
    from tabapp.domain.achievements import AWARDS as CATALOGUE  # noqa: PLC0415 - 50 ms of a start

    return tr(CATALOGUE[key].title) if key in CATALOGUE else key
