"""When a schedule is due, as fields: at intervals, by the calendar, once, or around a round."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.core.errors import UserError
from tabapp.gui import fonts
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.parameter_form import Things
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.segments import Segments
from tabapp.services.schedule_entry import DAYS, UNITS, TriggerEntry, expression_of

_PRESETS = (
    ("daily", "Every day"), ("weekly", "Every week"), ("hourly", "Every hour"),
    ("", "In five fields"),
)
_DAY_WORDS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIDES = (("before", "Before"), ("at", "At"), ("after", "After"))
_ANCHORS = (
    ("start", "the start"), ("release", "the release of the draw"), ("end", "the expected end"))
_CRON = "Minute, hour, day, month, weekday: * is any, */5 every fifth, 1-5 a span, mon a name"


class TriggerForm(QWidget):
    """Fields of one kind at a time. They belong to ``form``, which shows what is wrong there."""

    changed = Signal()

    def __init__(self, form: Form, entry: TriggerEntry, things: Things) -> None:
        super().__init__()
        self.kinds = Segments(tr("Kind of time"), [
            ("interval", tr("At intervals")), ("cron", tr("By the calendar")),
            ("date", tr("Once")), ("round", tr("Around a round"))])
        self.every, self.time = QLineEdit(entry.every), QLineEdit(entry.time)
        self.expression, self.at = QLineEdit(entry.expression), QLineEdit(entry.at)
        self.minutes = QLineEdit(entry.minutes)
        self.unit = _box([(one, tr(one)) for one in UNITS], entry.unit)
        self.preset = _box([(key, tr(words)) for key, words in _PRESETS], entry.preset)
        days = list(zip(DAYS, _DAY_WORDS, strict=True))
        self.day = _box([(key, tr(words)) for key, words in days], entry.day)
        self.side = _box([(key, tr(words)) for key, words in _SIDES], entry.side)
        self.anchor = _box([(key, tr(words)) for key, words in _ANCHORS], entry.anchor)
        rounds = [("", tr("of each round")), *(
            (str(seq), tr("of {round}", round=title)) for seq, title in things.seqs)]
        self.seq = _box(rounds, "" if entry.seq is None else str(entry.seq))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT + Space.HALF)
        column.addWidget(self.kinds)
        zone = things.zone
        self._rows = {
            "interval": self._row(form, ("every", tr("Every"), ""), ("unit", tr("Unit"), "")),
            "cron": self._row(
                form, ("preset", tr("How often"), ""), ("day", tr("On"), ""),
                ("time", tr("At"), zone), ("expression", tr("Five fields"), tr(_CRON))),
            "date": self._row(
                form, ("at", tr("When"), tr("2026-01-31 14:30, {zone}", zone=zone))),
            "round": self._row(
                form, ("minutes", tr("Minutes"), ""), ("side", tr("When"), ""),
                ("anchor", tr("Moment"), ""), ("seq", tr("Round"), "")),
        }
        for row in self._rows.values():
            column.addWidget(row)
        self._fields = form.fields
        self.kinds.choose(entry.kind)
        self._connect()
        self._arrange()

    def _row(self, form: Form, *parts: tuple[str, str, str]) -> QWidget:
        row = QWidget()
        all_of_it = QHBoxLayout(row)
        all_of_it.setContentsMargins(0, 0, 0, 0)
        all_of_it.setSpacing(Space.GAP)
        for key, title, hint in parts:
            field = form.adopt(key, Field(title, getattr(self, key), hint=hint))
            all_of_it.addWidget(field, 3 if key == "expression" else 1)
        return row

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _key: self._on_changed())
        for line in (self.every, self.time, self.expression, self.at, self.minutes):
            line.textEdited.connect(lambda _text: self._on_changed())
        for box in (self.unit, self.preset, self.day, self.side, self.anchor, self.seq):
            box.currentIndexChanged.connect(lambda _at: self._on_changed())

    def _on_changed(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        """Show the fields that the kind has, and fill the five fields from the preset."""
        entry = self.entry()
        for key, row in self._rows.items():
            row.setVisible(key == entry.kind)
        self._fields["day"].setVisible(entry.preset == "weekly")
        self._fields["time"].setVisible(bool(entry.preset))
        self._fields["expression"].setVisible(not entry.preset)
        self._fields["minutes"].setVisible(entry.side != "at")
        if entry.preset:
            try:
                self.expression.setText(expression_of(entry))
            except UserError:  # told at the field of the time
                return

    def first(self) -> QWidget:
        """Return what has the keys first."""
        return self.kinds

    def entry(self) -> TriggerEntry:
        """Return what stands in the fields."""
        seq = str(self.seq.currentData() or "")
        return TriggerEntry(
            self.kinds.key, self.every.text(), self.unit.currentData(), self.preset.currentData(),
            self.time.text(), self.day.currentData(), self.expression.text(), self.at.text(),
            self.side.currentData(), self.minutes.text(), self.anchor.currentData(),
            int(seq) if seq else None)


def _box(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    made = QComboBox()
    made.setFont(fonts.font("body"))
    for key, words in choices:
        made.addItem(words, key)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made
