"""The chosen schedule: when it is due, what it does, what keeps it from that, its buttons."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.parameter_form import Things
from tabapp.gui.pages.jobs.parameters import sentence_of_job
from tabapp.gui.pages.jobs.words import WENT_WRONG, moment_in_words, until_in_words
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner, Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.jobs.registry import Registry
from tabapp.services.schedules import ScheduleRow, trigger_in_words

WIDTH = 360


class ChosenCard(Card):
    """Shows one schedule; the page gives it the buttons of its commands."""

    def __init__(self, buttons: list[Button]) -> None:
        super().__init__(padding=16)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("The chosen schedule"))
        self.title = Name("", "card")
        self.sentence = label("", wrap=True)
        self.facts = label("", "small", role="secondary", wrap=True)
        self._banner: Banner | None = None
        self._nothing = EmptyState(tr("No schedule chosen."))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, Space.HALF, 0, 0)
        row.setSpacing(Space.UNIT)
        for one in buttons:
            row.addWidget(one)
        row.addStretch(1)
        for part in (self._nothing, self.title, self.sentence, self.facts, self._buttons):
            self.body.addWidget(part)
        self.show_schedule(None, Registry(), Things(), datetime.now().astimezone())

    def show_schedule(
        self, row: ScheduleRow | None, registry: Registry, things: Things, now: datetime
    ) -> None:
        """Show a schedule, or that none is chosen."""
        for part in (self.title, self.sentence, self.facts, self._buttons):
            part.setVisible(row is not None)
        self._nothing.setVisible(row is None)
        problem = "" if row is None else row.problem or self._failure(row)
        self._say_problem(problem)
        if row is None:
            return
        self.title.set_text(row.title)
        what = sentence_of_job(registry.get(row.job)) if row.job in registry else ""
        self.sentence.setText(what)
        self.facts.setText("\n".join(filter(None, (
            _when(row, now), _where(row, things), _given(row)))))

    @staticmethod
    def _failure(row: ScheduleRow) -> str:
        return row.last_error if row.last_status in WENT_WRONG else ""

    def _say_problem(self, sentence: str) -> None:
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if sentence:
            self._banner = Banner(sentence)
            self.body.insertWidget(self.body.indexOf(self.facts), self._banner)


def _when(row: ScheduleRow, now: datetime) -> str:
    """Return when it is due, and when that is next."""
    words = trigger_in_words(row.trigger)
    words = words[:1].upper() + words[1:]
    if row.paused:
        return tr("{when}; paused", when=words)
    if row.next_run_at is None:
        return tr("{when}; not due any more, as far as is known", when=words)
    return tr(
        "{when}; next {time}, {until}", when=words, time=moment_in_words(row.next_run_at, now),
        until=until_in_words(row.next_run_at, now))


def _where(row: ScheduleRow, things: Things) -> str:
    """Return what it works on, and what its job is called."""
    name = dict(things.tournaments).get(row.tournament or 0, "")
    where = tr("For {tournament}", tournament=name) if name else ""
    changed = tr("its time was changed") if row.changed else ""
    return " · ".join(filter(None, (row.job, where, changed)))


def _given(row: ScheduleRow) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.params.items())
