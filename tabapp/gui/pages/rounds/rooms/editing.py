"""The field in which a room is typed, with the list of rooms: the free ones first."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyleOptionViewItem, QWidget

from tabapp.gui import fonts
from tabapp.gui.tables.editing import CellEditor, Index

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _ListKeys(QObject):
    """Ends the typing at one Enter while the list is open: the view does not hear of that one."""

    def __init__(self, field: QLineEdit, editor: RoomEditor) -> None:
        super().__init__(field)
        self._field, self._editor = field, editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the list take the key first."""
        is_key = event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            self._editor.finish_soon(self._field)
        return super().eventFilter(watched, event)


class RoomEditor(CellEditor):
    """Completes what is typed from the names of rooms, wherever in a name it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: list[str] = []

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a field with a list below it; one Enter takes what is typed or chosen."""
        field = super().createEditor(parent, option, index)
        if isinstance(field, QLineEdit):
            completer = QCompleter(self.names, field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
            completer.activated.connect(lambda: self.finish_soon(field))
            popup = completer.popup()
            if popup is not None:
                popup.setFont(fonts.font("body"))
                popup.installEventFilter(_ListKeys(field, self))
        return field

    def finish_soon(self, field: QLineEdit) -> None:
        """Take what stands in the field when the list has put its choice there."""
        # not in the name of the field: the view sends off what waits for it while it closes it
        QTimer.singleShot(0, self, lambda: self._finish(field))

    def _finish(self, field: QLineEdit) -> None:
        if shiboken6.isValid(field) and field.isVisible():  # else it is done already
            self.commitData.emit(field)
            self.closeEditor.emit(field)
