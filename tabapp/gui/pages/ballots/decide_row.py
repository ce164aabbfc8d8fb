"""One field on which entries differ: what each says as a button, and a field for a third value."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.tokens import Height, Radius
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_decision import Chosen, Dispute, third_values
from tabapp.services.ballot_fields import SheetForm

_PAD = 12
_CHECK = 16
_LEAST = 120


class Choice(QAbstractButton):
    """What one entry says; its number, a click or Enter takes it."""

    pressed_text = Signal(str)
    """A digit or a letter was typed here."""
    went = Signal(int)
    """The person goes to the row below (1) or above (-1)."""

    def __init__(self, number: int, text: str, name: str) -> None:
        super().__init__()
        self._number = str(number)
        self.value = text or tr("nothing")
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(self.value)
        self.setFixedHeight(Height.ROW_TALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Ask for the key, the value and a mark."""
        width = chips.key_width((self._number,)) + fonts.width("identity", self.value)
        return QSize(max(_LEAST, round(width) + _CHECK + 4 * _PAD), Height.ROW_TALL)

    def minimumSizeHint(self) -> QSize:
        """Be content with a shortened name."""
        return QSize(_LEAST, Height.ROW_TALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what is typed; Enter takes this one."""
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if not held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif not held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.went.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif not held and event.text().strip() and event.text().isprintable():
            self.pressed_text.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the key, the value, and a mark where it was taken."""
        taken = self.isChecked()
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill="soft" if taken else "surface", edge="accent" if taken else "line2",
                edge_width=2 if taken else 1)
            chips.draw_keys(painter, (self._number,), _PAD, (self.height() - 18) / 2)
            left = _PAD + chips.key_width((self._number,)) + _PAD
            room = self.width() - left - _CHECK - 2 * _PAD
            shown, style, _cut = names.fit(self.value, "identity", room, person=False)
            painter.setPen(ink.pen("text"))
            chips.text_at(painter, style, shown, left, 0, self.height())
            if taken:
                icons.draw(
                    painter, "check", _CHECK, "accent", self.width() - _CHECK - _PAD,
                    (self.height() - _CHECK) / 2)


class DecideRow(QObject):
    """The widgets of one field, and what was decided of it."""

    decided = Signal(object)
    """A ``Chosen``, by the person."""
    went = Signal(int)
    """To the row below (1) or above (-1)."""

    def __init__(self, form: SheetForm, dispute: Dispute, words: str, parent: QObject) -> None:
        super().__init__(parent)
        self.dispute, self.words = dispute, words
        self.chosen: Chosen | None = None
        self.choices = [
            Choice(n + 1, value, tr("{what}: entry {n} says {value}", what=words, n=n + 1,
                                    value=value or tr("nothing")))
            for n, value in enumerate(dispute.values)]
        self.text: ScoreField | None = None
        self.list: QComboBox | None = None
        self.third: QWidget = label(tr("F2"), role="hint")
        others = third_values(form, dispute.key)
        if others is None:
            self._add_text(form)
        elif others:
            self._add_list(others)
        for n, one in enumerate(self.choices):
            one.clicked.connect(lambda _on, n=n: self._take(n))
            one.pressed_text.connect(self._on_text)
            one.went.connect(self.went)

    def _add_text(self, form: SheetForm) -> None:
        self.text = ScoreField(
            f"decide.{self.dispute.key}", tr("Another value: {what}", what=self.words))
        position = self.dispute.key.split(".")[1:2]
        if self.dispute.key.count(".") == 1 and position and position[0].isdecimal():
            limits = form.limits(int(position[0]))
            self.text.set_limits(limits.low, limits.high, limits.step)
        self.text.textEdited.connect(self._on_typed)
        self.text.went.connect(self.went)
        self.text.crossed.connect(self.went)
        self.third = self.text

    def _add_list(self, others: tuple[tuple[str, str], ...]) -> None:
        self.list = QComboBox()
        self.list.setAccessibleName(tr("Another value: {what}", what=self.words))
        self.list.setFixedHeight(Height.CONTROL)
        self.list.setMinimumContentsLength(10)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.addItem("", "")
        for ref, name in others:
            self.list.addItem(name or ref, ref)
        self.list.activated.connect(
            lambda index: self._on_typed(str(self.list.itemData(index) if self.list else "")))
        self.third = self.list

    @property
    def first(self) -> Choice:
        """Return what has the keys when the row is gone to."""
        return next((one for one in self.choices if one.isChecked()), self.choices[0])

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Show what was decided, or that nothing is."""
        self.chosen = chosen
        for n, one in enumerate(self.choices):
            one.setChecked(chosen is not None and chosen.entry == n)
        third = chosen.value if chosen is not None and chosen.entry is None else ""
        if self.text is not None and self.text.text() != third:
            self.text.setText(third)
        if self.list is not None:
            self.list.setCurrentIndex(max(0, self.list.findData(third)))

    def _take(self, entry: int) -> None:
        self.decided.emit(Chosen(entry))
        self.went.emit(1)

    def _on_typed(self, value: str) -> None:
        self.decided.emit(Chosen(None, value) if value else None)

    def _on_text(self, text: str) -> None:
        """Take an entry by its number; the next number, or another digit, is a third value."""
        known = [str(n + 1) for n in range(len(self.choices))]
        if text in known:
            self._take(int(text) - 1)
        elif text == str(len(known) + 1) or not (text.isdecimal() and text.isascii()):
            self.third.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.text is not None:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)
            self.text.setText(text)
            self._on_typed(text)
