"""The field in a cell that is being typed in."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from tabapp.gui import fonts
from tabapp.gui.tables.model import TableModel

Index = QModelIndex | QPersistentModelIndex
_HORIZONTAL = Qt.Orientation.Horizontal
_BEGAN = "began"


class CellEditor(QStyledItemDelegate):
    """Makes the field; an update of the row never takes away what is being typed."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """Return a field that fills the cell."""
        field = QLineEdit(parent)
        field.setProperty("role", "cell")
        field.setProperty("ring_inside", True)
        field.setFont(fonts.font("body"))
        title = index.model().headerData(index.column(), _HORIZONTAL)
        field.setAccessibleName(str(title))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the field, unless a person has begun to type."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data()))
            editor.setProperty(_BEGAN, editor.text())
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, with what it was typed over; nothing if that is the same."""
        began = str(editor.property(_BEGAN))
        if isinstance(editor, QLineEdit) and editor.text() != began:
            if isinstance(model, TableModel):
                model.typed_over = began
            super().setModelData(editor, model, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Fill the whole cell, so that no text moves."""
        editor.setGeometry(option.rect)
