"""What an earlier window left behind that ended without being closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from tabapp.core.crash import UncleanEnd
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label


def _time_in_words(text: str) -> str:
    try:
        at = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return ""
    today = datetime.now().astimezone().date()
    return f"{at:%H:%M}" if at.date() == today else f"{at:%d.%m.%Y %H:%M}"


def end_in_words(end: UncleanEnd) -> str:
    """Return what happened and when, in one or two sentences."""
    at = _time_in_words(end.seen)
    around = tr(" around {time}", time=at) if at else ""
    if end.trace:
        return tr("tabapp stopped by a fault{around}.", around=around)
    return tr(
        "tabapp was switched off{around} without being closed: by the power, or by the system.",
        around=around)


def report_of(end: UncleanEnd) -> str:
    """Return the whole report, or what is known where its file is gone."""
    try:
        return end.file.read_text(encoding="utf-8", errors="replace").strip("\0")
    except OSError:
        return f"tabapp {end.version}, started {end.started}\n{end.trace}"


def tell_end(session: Session, end: UncleanEnd) -> None:
    """Tell in a window of an earlier run that did not end well."""
    report = report_of(end)
    kept = tr("Nothing that anyone confirmed is lost; what was being typed is a draft.")
    session.tell(
        f"{end_in_words(end)} {kept}", "attention", tr("Copy report"),
        lambda: QGuiApplication.clipboard().setText(report))


class TroubleCard(Card):
    """Says what happened, that nothing confirmed is gone, and offers to go on."""

    opened = Signal(str)
    dismissed = Signal()

    def __init__(self, ends: Sequence[UncleanEnd]) -> None:
        super().__init__(tr("The last time did not end well"))
        self._end = next((one for one in reversed(ends) if one.opened), ends[-1])
        name = Path(self._end.opened).name
        sentences = [end_in_words(self._end)]
        sentences.append(tr(
            "Nothing that anyone confirmed is lost, and what was being typed is kept as a draft."))
        if name:
            sentences.append(tr("{file} was open.", file=name))
        self.sentence = " ".join(sentences)
        self.body.addWidget(label(self.sentence, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(Space.UNIT)
        self.buttons: list[Button] = []
        if name:
            self._add(row, tr("Open {file} again", file=name), self._on_open, Role.PRIMARY)
        self._add(row, tr("Show the report"), self.show_report)
        self._add(row, tr("Copy report"), self._on_copy)
        self._add(row, tr("Dismiss"), self.dismissed.emit, Role.QUIET)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add(
        self, row: QHBoxLayout, words: str, does: Callable[[], object], role: Role = Role.NORMAL
    ) -> None:
        button = Button(words, role=role)
        button.clicked.connect(lambda _checked: does())
        row.addWidget(button)
        self.buttons.append(button)

    def _on_open(self) -> None:
        self.opened.emit(self._end.opened)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(report_of(self._end))

    def show_report(self) -> ReportDialog:
        """Show the whole report, which can be copied."""
        dialog = ReportDialog(self.window(), report_of(self._end))
        dialog.open()
        return dialog


class ReportDialog(Dialog):
    """A report as it would be sent."""

    def __init__(self, parent: QWidget | None, text: str) -> None:
        super().__init__(parent, tr("Report"), tr("Copy report"), width=760)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Report"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(360)
        self.body.addWidget(self.text)
        self.do.setFocus()

    def act(self) -> None:
        """Copy, and close."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.accept()
