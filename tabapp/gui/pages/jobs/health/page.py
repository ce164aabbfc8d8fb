"""Health: findings with a fix beside each, and the copies of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QWidget

from tabapp.domain.health import Finding
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.health.commands import COMMANDS
from tabapp.gui.pages.jobs.health.copies import CopiesPart
from tabapp.gui.pages.jobs.health.reading import HealthView, place_of, read_view, summary
from tabapp.gui.pages.jobs.health.rows import FindingsCard
from tabapp.gui.pages.jobs.words import clock
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.jobs.events import JobFinished
from tabapp.jobs.outcome import JobResult
from tabapp.services.events import HealthChanged, SnapshotFailed, SnapshotMade
from tabapp.services.health import retry_stuck
from tabapp.store.unit import ReadUnit

LOOK, SNAPSHOT = "maintenance.health_check", "maintenance.snapshot"
BY_HAND = "by hand"
"""Why a copy was taken, as its name says."""
_FINDINGS_WIDTH = 420


class HealthPane(Page[HealthView]):
    """Shows the last look; F5 looks again. What a finding names is done by its button."""

    place = "jobs/health"
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("F5",), "look again"), (("F8",), "next finding"), (("F9",), "mend the worst"),
        (("Ctrl", "⏎"), "snapshot"), (("F4",), "restore"), (("F6",), "next part"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: HealthView | None = None
        self._looking = False
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        self.facts = label("", role="secondary")
        head.addWidget(self.facts, 1)
        head.addStretch(0)
        head.addWidget(self.button("health.look", keys=False))
        self.findings = FindingsCard()
        self.copies = CopiesPart(
            self.button("health.snapshot", role=Role.PRIMARY), self.button("health.restore"),
            self.button("health.folder", keys=False), self.button("health.second", keys=False),
            self.button("health.no_second", role=Role.QUIET, keys=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.findings, 1)
        row.addWidget(self.copies, 1)
        self.findings.setMinimumWidth(_FINDINGS_WIDTH)
        self.setFocusProxy(self.copies.table)
        self._connect()

    def _connect(self) -> None:
        self.on("health.look", self.look, self._why_no_look)
        self.on("health.fix", self._mend_worst, self._why_nothing_to_mend)
        self.on("health.snapshot", self.take, self._why_no_copies)
        self.on("health.restore", self.restore, self._why_no_restore)
        self.on("health.folder", lambda: self._choose(second=False), self._why_no_copies)
        self.on("health.second", lambda: self._choose(second=True), self._why_no_copies)
        self.on("health.no_second", self._use_no_second, self._why_no_second)
        self.findings.asked.connect(self.mend)
        self.copies.table.chosen.connect(lambda _key: self.refresh_commands())
        self.copies.table.opened.connect(lambda _key: self.run("health.restore"))
        self.session.happened.connect(self._on_happened)
        self.session.job_event.connect(self._on_job_event)

    # Data

    def query(self) -> Callable[[ReadUnit], HealthView]:
        """Return what reads the report and lists the copies."""
        work = self.session.workspace
        return lambda _unit: read_view(work)

    def fetch(
        self, show: Callable[[HealthView], None], failed: Callable[[Exception], None]
    ) -> None:
        """Read without a view of the database: a slow drive must not hold one open."""
        work = self.session.workspace
        self.session.call(self, lambda: read_view(work), show, failed)

    def show_data(self, data: HealthView) -> None:
        """Show report and copies."""
        self.view = data
        self.facts.setText(tr("Looking …") if self._looking else summary(data))
        self.findings.show_findings(data.report.findings if data.report is not None else ())
        self.copies.show_view(data)

    def _on_happened(self, event: object) -> None:
        if isinstance(event, HealthChanged | SnapshotMade | SnapshotFailed):
            self.mark_stale()

    def _on_job_event(self, event: object) -> None:
        if isinstance(event, JobFinished) and event.name.startswith("maintenance."):
            self.mark_stale()

    def panes(self) -> Sequence[QWidget]:
        """Return the findings and the copies."""
        return (self.findings, self.copies)

    def next_problem(self) -> bool:
        """Give the keys to the next finding that does not stand well."""
        wrong = [
            row for row in self.findings.rows
            if row.finding.status != "passed" and row.button is not None]
        if not wrong:
            return False
        now = QApplication.focusWidget()
        at = next((k for k, row in enumerate(wrong) if row.button is now), -1)
        self.findings.go_to(wrong[(at + 1) % len(wrong)])
        return True

    # Reasons

    def _why_no_look(self) -> str:
        if self.session.workspace.health is None:
            return tr("Nobody looks after the health of this database.")
        return tr("A look is under way.") if self._looking else ""

    def _why_nothing_to_mend(self) -> str:
        return "" if self.findings.worst() is not None else tr("There is nothing to mend here.")

    def _why_no_copies(self) -> str:
        view = self.view
        if view is not None and view.folder is not None:
            return ""
        return tr("No copies are made of this database.")

    def _why_no_restore(self) -> str:
        if not self.copies.copies:
            return tr("There is no copy of this file yet.")
        if self.copies.chosen() is None:
            return tr("Choose the copy that is to be restored.")
        return ""

    def _why_no_second(self) -> str:
        has = self.view is not None and self.view.second is not None
        return "" if has else tr("There is no second folder.")

    # What can be done

    def look(self) -> None:
        """Check everything now."""
        self._looking = True
        self.facts.setText(tr("Looking …"))
        self.refresh_commands()

        def end(result: JobResult) -> None:
            self._looking = False
            if result.error is not None:
                self.session.tell(result.error.message, "problem")
            self.mark_stale()

        self.session.submit(self, LOOK, done=end, failed=end)

    def take(self) -> None:
        """Take a copy now."""
        def done(_result: JobResult) -> None:
            self.session.tell(tr("The snapshot is taken."), "done")
            self.mark_stale()

        self.session.submit(self, SNAPSHOT, reason=BY_HAND, done=done)

    def _mend_worst(self) -> None:
        worst = self.findings.worst()
        if worst is not None:
            self.mend(worst)

    def mend(self, finding: Finding) -> None:
        """Do what mends a finding."""
        match finding.action:
            case "second_folder":
                self.choose_folder(second=True)
            case "retry_runs":
                self._retry()
            case "resume_clock":
                self._resume()
            case "maintenance.snapshot":
                self.take()
            case job:
                self.session.submit(self, job, done=lambda _result: self.look())

    def _retry(self) -> None:
        desk = self.session.workspace.health
        if desk is None:
            return

        def show(n: int) -> None:
            self.session.tell(
                tr("{jobs} started again.", jobs=count(n, "job", "jobs")) if n
                else tr("None of these can be started again. Look at each in the queue."),
                "" if n else "attention")
            self.look()

        self.session.call(self, lambda: retry_stuck(desk), show)

    def _resume(self) -> None:
        clockwork = self.session.workspace.clockwork
        if clockwork is not None:
            self.session.call(self, clockwork.resume, lambda _none: self.look())

    def _choose(self, *, second: bool) -> None:
        self.choose_folder(second=second)

    def choose_folder(self, *, second: bool) -> QFileDialog:
        """Ask for a folder of the copies."""
        view = self.view
        now = (view.second if second else view.folder) if view is not None else None
        title = tr("The second folder of the copies") if second else tr("The folder of the copies")
        dialog = QFileDialog(self.window(), title, str(now or Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self._use(Path(chosen), second=second))
        dialog.open()
        return dialog

    def _use(self, folder: Path, *, second: bool) -> None:
        view = self.view
        if view is None or view.folder is None:
            return
        if folder == (view.folder if second else view.second):
            self.session.tell(tr("Copies go there already. Choose another folder."), "attention")
            return
        first = view.folder if second else folder
        other = folder if second else view.second
        self._use_folders(first, other)

    def _use_no_second(self) -> None:
        if self.view is not None and self.view.folder is not None:
            self._use_folders(self.view.folder, None)

    def _use_folders(self, first: Path, second: Path | None) -> None:
        """Let copies go elsewhere from now on; the program keeps it in its settings."""
        self.session.go("snapshot_folders", (first, second))
        self.look()

    def restore(self) -> None:
        """Ask whether a copy is to take the place of the file."""
        chosen, view = self.copies.chosen(), self.view
        if chosen is None or view is None:
            return
        where = place_of(chosen)
        ask(
            self.window(), tr("Restore the copy of {time}", time=clock(chosen.at)),
            tr("The tournament becomes as it was then ({where}: {name}). What is in the file now "
               "is kept as a snapshot first. The file closes and opens again.",
               where=where, name=chosen.path.name),
            tr("Restore"), lambda: self.session.go("restore", chosen.path), danger=True)
