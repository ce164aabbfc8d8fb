"""One run beside the history: what happened, its parameters, its log, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tabapp.gui import chips, icons
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.jobs.parameters import as_text
from tabapp.gui.pages.jobs.words import (
    ENDED_BADLY,
    clock,
    details,
    result_in_words,
    state_words,
    took_in_words,
    waiting_in_words,
)
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.badge import Badge
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.jobs.ports import UNFINISHED, Json, LogLine, RunRecord

WIDTH, NARROW_PANEL = 360, 300
_ICON = 18
_LEAST_LOG = 40
_LONGEST = 240
"""Letters of an error above which all of it stands with the log."""


class _Mark(QWidget):
    """The icon of a state."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_ICON, _ICON)
        self._icon, self._tone = "circle", "neutral"

    def show_mark(self, icon: str, tone: str) -> None:
        """Show another one."""
        self._icon, self._tone = icon, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the colour of its meaning."""
        plain = "accent" if self._tone == "accent" else "text2"
        token = f"{self._tone}_mark" if self._tone in chips.TONE_ICONS else plain
        with QPainter(self) as painter:
            icons.draw(painter, self._icon, _ICON, token, 0, 0)


def log_text(lines: Sequence[LogLine]) -> list[str]:
    """Return a log as lines of text: time, level where it matters, message, fields."""
    found = []
    for line in lines:
        level = "" if line.level in ("info", "success") else f"{line.level}: "
        fields = ", ".join(_field_in_words(key, value) for key, value in line.fields.items())
        at = f"{line.at.astimezone():%H:%M:%S.%f}"[:-5]
        found.append(f"{at}  {level}{line.message}" + (f" ({fields})" if fields else ""))
    return found


def _field_in_words(key: str, value: Json) -> str:
    if key == "seconds" and isinstance(value, (int, float)):
        return took_in_words(value)
    return f"{key} {value}"


class RunPanel(Card):
    """The run with the cursor; "nothing chosen" without one."""

    def __init__(self, again: Button, cancel: Button, copy: Button) -> None:
        super().__init__(padding=16)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("The chosen job"))
        self.run: RunRecord | None = None
        self.lines: Sequence[LogLine] = ()
        self._nothing = EmptyState(tr("No job chosen."), tr("Choose one to read its log."))
        self.body.addWidget(self._nothing)
        self._some = QWidget()
        self.body.addWidget(self._some)
        column = QVBoxLayout(self._some)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        self._mark = _Mark()
        self.title = Name("", "card")
        head.addWidget(self._mark)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.sentence = label("", wrap=True)
        self.facts = label("", "small", role="secondary", wrap=True)
        self.badge = Badge()
        for part in (self.sentence, self.badge, self.facts):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(Space.UNIT)
        self._again, self._cancel = again, cancel
        for button in (again, cancel, copy):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setProperty("role", "log")
        self.log.setTabChangesFocus(True)
        self.log.setMinimumHeight(_LEAST_LOG)
        self.log.setAccessibleName(tr("Log and parameters"))
        column.addWidget(self.log, 1)
        self.show_run(None, ())

    def show_run(self, run: RunRecord | None, lines: Sequence[LogLine]) -> None:
        """Show a run with its log; the place scrolled to stays while it is the same run."""
        same = run is not None and self.run is not None and run.id == self.run.id
        self.run, self.lines = run, lines
        self._nothing.setVisible(run is None)
        self._some.setVisible(run is not None)
        if run is None:
            return
        ended = run.state not in UNFINISHED
        waits = run.next_at is not None and not ended
        self._again.setVisible(run.state in ENDED_BADLY or waits)
        self._again.set_words(tr("Retry now") if waits else tr("Start again"))
        self._cancel.setVisible(not ended)
        self._cancel.set_words(tr("Give up") if waits else tr("Cancel"))
        self.badge.setVisible(waits)
        tries = waiting_in_words(run)
        self.badge.show_words(tries[:1].upper() + tries[1:], "neutral", "timer")
        words = state_words(run.state)
        self._mark.show_mark(words.icon, words.tone)
        self.title.set_text(run.title)
        said = run.error_message or result_in_words(run)
        self.sentence.setVisible(bool(said) and said != words.word)
        self.sentence.setText(said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…")
        self.facts.setText(" · ".join(filter(None, (
            words.word, clock(run.submitted_at),
            took_in_words(run.seconds) if run.seconds else "",
            count(run.attempts, "attempt", "attempts") if run.attempts > 1 else "",
            run.submitted_by))))
        at = self.log.verticalScrollBar().value()
        self.log.setPlainText(self._text(run, lines))
        if same:
            self.log.verticalScrollBar().setValue(at)

    @staticmethod
    def _text(run: RunRecord, lines: Sequence[LogLine]) -> str:
        parts = ["\n".join(log_text(lines)) or tr("No log lines.")]
        if run.params:
            given = "\n".join(
                f"{name} = {as_text(value, 'json')}" for name, value in run.params.items()
                if value not in (None, ""))
            parts += [f"{tr('Parameters')}\n{given}"] if given else []
        if len(run.error_message or "") > _LONGEST:
            parts.append(str(run.error_message))
        if run.error_details:
            parts.append(f"{tr('Details')}\n{run.error_details}")
        return "\n\n".join(parts)

    def details(self) -> str:
        """Return everything as text to be sent."""
        return details(self.run, log_text(self.lines)) if self.run is not None else ""
