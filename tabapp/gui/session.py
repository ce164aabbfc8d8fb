"""The open tournament as pages see it: reads and writes off the window's thread, and events."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from tabapp.core.errors import TabappError, UserError
from tabapp.core.events import Changed
from tabapp.core.precedence import PEOPLE
from tabapp.core.revisions import Revision
from tabapp.gui import roles
from tabapp.gui.identity import GONE, Identity, has_operators, refuse_the_gone
from tabapp.gui.job_ends import JobEnds
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.notice import Notice
from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.sounds import Sounds
from tabapp.gui.taking_back import TakingBack
from tabapp.jobs.errors import describe
from tabapp.jobs.events import JobEvent, JobFinished
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.services.clockwork import SchedulesRan
from tabapp.services.events import DomainEvent, SnapshotFailed
from tabapp.services.workspace import Workspace
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)
T = TypeVar("T")

MERGED = 30
"""Milliseconds in which changes are gathered, so that a page reloads once for a burst."""
SCHEDULE = "schedule"
"""The topic of the schedules, which moves too when what came of one is known."""


class Session(QObject):
    """An open workspace with one tournament and the round that is looked at.

    Belongs to the thread of the window. ``read``, ``write`` and ``call`` work elsewhere and bring
    their answer back to it; an answer for a widget that is gone is dropped.
    """

    changed = Signal(object)
    """Topics that moved, as a frozenset, at most every 30 ms: ``results``, ``draw:5`` …"""
    job_event = Signal(object)
    """A ``JobEvent`` of any run."""
    happened = Signal(object)
    """A ``DomainEvent`` of this tournament or of the whole database."""
    round_changed = Signal()
    """Another round is looked at."""
    told = Signal(object)
    """A ``Notice`` for the person at the keyboard."""
    went = Signal(str, object)
    """Somebody wants to be elsewhere: the place and what to show there."""

    _answered = Signal(object)
    _heard = Signal(object)

    def __init__(self, workspace: Workspace, tournament: int | None, parent: QObject | None = None):
        super().__init__(parent)
        self.workspace = workspace
        self.tournament = tournament or 0
        self.who = Identity(workspace.actor, self, locked=has_operators(workspace.database))
        self.open_rounds: frozenset[int] | None = None
        """The only rounds that may be looked at here; None is all of them."""
        self.preferences = WindowPreferences()
        """How this person arranged the window; the window puts its own in place."""
        self.sounds = Sounds(self, wanted=lambda: self.preferences.kept.sounds)
        self._round: int | None = None
        self._topics: set[str] = set()
        self._ends = JobEnds(self._tell_end)
        self._outstanding = 0
        self._is_over = False
        self._written: int | None = None
        self.taking_back = TakingBack(self, self)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="write")
        self._held: list[tuple[Notice, int]] = []
        self.who.unlocked.connect(lambda: QTimer.singleShot(0, self, self._tell_held))
        self._merge = QTimer(self, singleShot=True, interval=MERGED)
        self._merge.timeout.connect(self._publish)
        self._answered.connect(self._on_answered)
        self._heard.connect(self._on_heard)
        self._stops = [
            workspace.bus.subscribe(Changed, self._heard.emit),
            workspace.bus.subscribe(JobEvent, self._heard.emit),
            workspace.bus.subscribe(DomainEvent, self._heard.emit),
            workspace.bus.subscribe(SchedulesRan, self._heard.emit),
        ]

    # Who and where we are

    @property
    def actor(self) -> str:
        """The name under which is written here."""
        return self.who.name

    @property
    def round_id(self) -> int | None:
        """The round that is looked at, by its row id."""
        return self._round

    def set_round(self, round_id: int | None) -> None:
        """Look at another round, if it may be looked at."""
        barred = self.open_rounds is not None and round_id not in self.open_rounds
        if round_id != self._round and (round_id is None or not barred):
            self._round = round_id
            self.round_changed.emit()

    def go(self, place: str, target: object = None) -> None:
        """Open a place such as ``ballots`` or ``rounds/judges``, there at ``target``.

        Who may not open it stays where he is.
        """
        if roles.may_open(self, place):
            self.went.emit(place, target)

    def tell(
        self, sentence: str, tone: str = "", action: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Show a toast; while it is locked, to whoever comes and may hear of everything."""
        notice = Notice(sentence, tone, action, run)
        if self.who.is_locked:
            self._held.append((notice, self.who.visit))
        else:
            self.told.emit(notice)

    def _tell_held(self) -> None:
        if self.who.is_volunteer:
            return
        held, self._held = self._held, []
        for notice, visit in held:  # what another began is not this person's to act on
            same = visit == self.who.visit
            self.told.emit(notice if same else replace(notice, action="", run=None))

    # Work elsewhere

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is read, written, run by a job or waiting to be shown."""
        return not (
            self._outstanding or self._ends.awaited or self._merge.isActive()
            or self.workspace.queue.active()
        )  # fmt: skip

    def read(
        self, owner: QObject, query: Callable[[ReadUnit], T], show: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:  # fmt: skip
        """Run ``query`` on a view of one moment in another thread; give its value to ``show``.

        Jobs let it pass.
        """
        if self._is_over:  # a page that looks once more while the window goes
            return

        def work() -> T:
            with PEOPLE.first(), self.workspace.database.read() as unit:
                return query(unit)

        self._send(self._readers, owner, work, show, failed)

    def write(
        self, owner: QObject, verb: str, change: Callable[[WriteUnit], T], *,
        subject: str = "", done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None, expected: Revision | None = None,
        undoable: bool = True, snapshot: str = "",
    ) -> None:  # fmt: skip
        """Write in another thread, one after the other; all or nothing, one action of the journal.

        It is refused to a person who was removed, or has other rights by now, and the window is
        locked. ``verb`` and ``subject`` make the line in the activity trail: "confirm the draw of",
        "Round 5". Without ``failed`` an error is told in a toast. While ``done`` runs, ``written``
        is the action that this was, and ``tell_undoable`` offers to take it back. What destroys
        something says so in ``snapshot``, "before deleting Round 5": a copy is taken first.
        """

        actor, person = self.actor, self.who.operator

        def work() -> tuple[T, int | None]:
            if snapshot and self.workspace.snapshots is not None:
                self.workspace.snapshots.before(snapshot)
            with self.workspace.database.write(
                actor=actor, verb=verb, subject=subject, tournament=self.tournament or None,
                expected=expected, undoable=undoable,
            ) as unit:  # fmt: skip
                if undoable:  # a draft is kept whoever is gone by now
                    refuse_the_gone(unit, person)
                value = change(unit)
            if undoable and unit.action_id is not None:
                self.taking_back.note(person, unit.action_id)
            return value, unit.action_id if undoable else None

        def show(answer: tuple[T, int | None]) -> None:
            if done is None:
                return
            value, self._written = answer
            try:
                done(value)
            finally:
                self._written = None

        self._send(self._writer, owner, work, show, failed)

    @property
    def written(self) -> int | None:
        """The action of the write whose ``done`` is running; None if nothing can be taken back."""
        return self._written

    def tell_undoable(self, sentence: str, tone: str = "done") -> None:
        """Tell of the write whose ``done`` is running; its Undo takes back that and no other."""
        written = self._written
        if written is None:
            self.tell(sentence, tone)
        else:
            self.tell(sentence, tone, tr("Undo"), lambda: self.undo(written))

    def call(
        self, owner: QObject, work: Callable[[], T], show: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None, *, writes: bool = False,
    ) -> None:  # fmt: skip
        """Run anything that takes time (a file, a computation) in another thread.

        ``writes``: in the one that writes, after what was written before.
        """
        self._send(self._writer if writes else self._readers, owner, work, show, failed)

    def submit(
        self, owner: QObject, name: str, *, about: str = "",
        started: Callable[[JobHandle], None] | None = None,
        done: Callable[[JobResult], None] | None = None,
        failed: Callable[[JobResult], None] | None = None, **params: object,
    ) -> None:  # fmt: skip
        """Queue a job; ``done`` or ``failed`` hears its end in the window's thread.

        ``started`` gets its handle there once its row is written. Without ``failed`` a failure is
        told in a toast; a cancelled run is not.
        """
        visit = self.who.visit

        def show(handle: JobHandle) -> None:
            if started is not None and shiboken6.isValid(owner):
                started(handle)
            self._ends.hear(owner, handle, done, failed, visit)

        def refuse(error: TabappError) -> None:
            if failed is None or not shiboken6.isValid(owner):
                self._tell_error(error)
            else:
                failed(JobResult(0, name, "failed", error=describe(error, about or name)))

        self._outstanding += 1
        try:
            self.workspace.queue.submit_later(
                name, lambda handle: self._answered.emit((self, show, handle, visit)),
                lambda error: self._answered.emit((self, refuse, error, visit)),
                tournament=self.tournament or None, submitted_by=self.actor, about=about,
                **params)  # fmt: skip
        except TabappError as error:  # a wrong call, or the queue is closing
            self._outstanding -= 1
            refuse(error)

    def submit_text(
        self, owner: QObject, name: str, params: Mapping[str, str], *,
        started: Callable[[JobHandle], None], refused: Callable[[Exception], None],
        done: Callable[[JobResult], None] | None = None,
    ) -> None:  # fmt: skip
        """Queue a job with parameters as a person typed them; ``refused`` hears what is wrong.

        ``done`` hears of a good end; a failure is told in a toast.
        """
        queue, owning, actor = self.workspace.queue, self.tournament or None, self.actor
        visit = self.who.visit

        def show(handle: JobHandle) -> None:
            self._ends.hear(self, handle, done, None, visit)
            started(handle)

        self._send(
            self._readers, owner,
            lambda: queue.submit_text(name, params, tournament=owning, submitted_by=actor),
            show, refused)

    def awaits(self, run_id: int) -> bool:
        """Tell whether somebody in the window hears how a run ends, and so tells it."""
        return self._ends.awaits(run_id)

    def cancel(self, owner: QObject, handle: JobHandle) -> None:
        """Cancel a run, which writes its end where it waited; say so where it is too late."""

        def show(obeyed: bool) -> None:
            if not obeyed:
                self.tell(
                    tr("{job} is being stored and cannot be stopped any more.", job=handle.title),
                    "attention")

        self.call(owner, handle.cancel, show)

    def undo(self, action_id: int | None = None) -> None:
        """Take back an action, the last one by default; say what was taken back, or why not.

        A later action that stands in the way is named.
        """
        self.taking_back.undo(action_id)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.taking_back.redo()

    def close(self) -> None:
        """Hear nothing more and wait for what is being written."""
        self._is_over = True  # what was heard before may still be on its way to this thread
        for stop in self._stops:
            stop()
        self._merge.stop()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True, cancel_futures=True)

    # How answers come back

    def _send(
        self, pool: ThreadPoolExecutor, owner: QObject, work: Callable[[], T],
        show: Callable[[T], None], failed: Callable[[Exception], None] | None,
    ) -> None:  # fmt: skip
        self._outstanding += 1
        visit = self.who.visit

        def run() -> None:
            try:
                value = work()
            except Exception as error:
                if not isinstance(error, TabappError):
                    log.exception("a page's work failed")
                self._answered.emit((owner, failed or self._tell_error, error, visit))
            else:
                self._answered.emit((owner, show, value, visit))

        pool.submit(run)

    def _on_answered(self, answer: tuple[QObject, Callable[[Any], None], Any, int]) -> None:
        """Give an answer to who asked; what would only be told goes to nobody else."""
        owner, show, value, visit = answer
        self._outstanding -= 1
        is_told = owner is self or show == self._tell_error
        PEOPLE.soon()
        if shiboken6.isValid(owner) and not (is_told and visit != self.who.visit):
            show(value)
        if isinstance(value, UserError) and value.code in GONE and visit == self.who.visit:
            self.who.lock(sentence_of(value))

    def _tell_end(self, result: JobResult, visit: int) -> None:
        if result.error is not None and visit == self.who.visit:
            self.tell(result.error.message, "problem")

    def _tell_error(self, error: Exception) -> None:
        if not (isinstance(error, UserError) and error.code in GONE):  # the lock screen says it
            self.tell(sentence_of(error), "problem")

    def _on_heard(self, event: object) -> None:
        if self._is_over:
            return
        if isinstance(event, Changed):
            if event.tournament in (None, self.tournament):
                self._gather(event.topics)
        elif isinstance(event, SchedulesRan):
            self._gather(frozenset({SCHEDULE}))
        elif isinstance(event, DomainEvent):
            if isinstance(event, SnapshotFailed) and not self.who.is_volunteer:
                self.tell(event.problem, "attention")
            if event.tournament in (None, self.tournament):
                self.happened.emit(event)
        elif isinstance(event, JobEvent):
            self.job_event.emit(event)
            if isinstance(event, JobFinished):
                self._ends.finish(event.run_id, event.result)

    def _gather(self, topics: frozenset[str]) -> None:
        self._topics |= topics
        if not self._merge.isActive():
            self._merge.start()

    def _publish(self) -> None:
        topics, self._topics = frozenset(self._topics), set()
        self.changed.emit(topics)
