"""A motion: its words, what it is called, its info slide, the rounds in which it is set."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.services.motions import MotionBoard, MotionEntry, check_motion

Save = Callable[["MotionDialog", MotionEntry], None]
_TEXT_HEIGHT = 92
_SLIDE_HEIGHT = 168
_KEY = Qt.ItemDataRole.UserRole


class RoundTicks(QListWidget):
    """The rounds, each with a tick: arrows go, Space ticks."""

    def __init__(self, board: MotionBoard, ticked: Collection[int]) -> None:
        super().__init__()
        self.setProperty("role", "list")
        for one in board.rounds:
            words = tr("{round} (released)", round=one.title) if one.motions_released else one.title
            item = QListWidgetItem(words)
            item.setData(_KEY, one.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable)
            on = one.id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.addItem(item)
            if on and self.currentItem() is None:
                self.setCurrentItem(item)
        if self.currentItem() is None:
            self.setCurrentRow(0)

    def rounds(self) -> tuple[int, ...]:
        """Return the row ids of the rounds that are ticked, in order."""
        items = [self.item(at) for at in range(self.count())]
        return tuple(
            int(one.data(_KEY)) for one in items if one.checkState() is Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Words(QPlainTextEdit):
    """A field of several lines; Tab goes on, Ctrl+Enter belongs to the dialog."""

    def __init__(self, text: str, height: int) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the dialog."""
        with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if with_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class MotionDialog(EntryDialog):
    """Adds a motion, set in ``round_id`` to begin with, or changes the motion ``motion_id``."""

    def __init__(
        self, parent: QWidget | None, board: MotionBoard, save: Save, *,
        motion_id: int | None = None, round_id: int | None = None,
    ) -> None:  # fmt: skip
        verb = tr("Add motion") if motion_id is None else tr("Save motion")
        entry, title = MotionEntry(text="", rounds=(round_id,) if round_id else ()), verb
        if motion_id is not None:
            row = board.motion(motion_id)
            entry = MotionEntry(row.text, row.reference, row.info_slide, row.rounds)
            title = tr("Edit motion")
        super().__init__(parent, title, verb, width=760)
        self._board, self._save, self._motion_id = board, save, motion_id
        self.text = _Words(entry.text, _TEXT_HEIGHT)
        self.reference = QLineEdit(entry.reference)
        self.info_slide = _Words(entry.info_slide, _SLIDE_HEIGHT)
        self.rounds = RoundTicks(board, entry.rounds)
        self._lay_out()
        self.text.textChanged.connect(lambda: self.judge("text"))
        self.watch("reference", self.reference.textEdited)
        self.rounds.itemChanged.connect(lambda _item: self.judge("rounds"))
        self.text.setFocus()

    def _lay_out(self) -> None:
        self.form.add("text", Field(tr("Motion"), self.text))
        hint = tr("A word for lists and ballots, such as Media")
        self.form.add("reference", Field(tr("Reference"), self.reference, hint=hint))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        slide = Field(
            tr("Info slide"), self.info_slide, hint=tr("Lines stay as they are typed"))
        row.addWidget(self.form.adopt("info_slide", slide), 3)
        self.rounds.setFixedHeight(_SLIDE_HEIGHT)
        hint = "" if self._board.reuse else tr("One round; motion rules allow several")
        ticks = Field(tr("Rounds"), self.rounds, hint=hint)
        row.addWidget(self.form.adopt("rounds", ticks), 2)
        self.form.add_row(both)
        column = QVBoxLayout()
        column.addWidget(self.form)
        column.addStretch(1)
        self.body.addLayout(column, 1)

    def entry(self) -> MotionEntry:
        """Return what stands in the fields."""
        return MotionEntry(
            text=self.text.toPlainText(), reference=self.reference.text(),
            info_slide=self.info_slide.toPlainText(), rounds=self.rounds.rounds())

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        return check_motion(self._board, self.entry(), self._motion_id)

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self._save(self, self.entry())
