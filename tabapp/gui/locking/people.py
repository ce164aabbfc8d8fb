"""Who is at the keyboard: a field that finds a name, and the names in large rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.operators import Operator
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.locking.words import role_words
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Radius, Space
from tabapp.gui.widgets.fields import SearchField

_PAD = 12
_ICON = 18
_WHO = Qt.ItemDataRole.UserRole
_MOVES = {
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}


class PeopleFinder(QWidget):
    """Letters find, arrows choose, Enter goes on to the PIN; a digit is the first of a PIN.

    The keys stay in the field, so that letters, arrows and digits mean the same all the time.
    """

    chosen = Signal(object)
    """An ``Operator`` is looked at, or None where no name has these letters."""
    entered = Signal()
    """The name is chosen: on to the PIN."""
    digit = Signal(str)
    """A digit was typed, which is never shown here."""

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Operator, ...] = ()
        self.field = _Finder(self)
        self.list = _List()
        self.list.setAccessibleName(tr("People at the keyboard"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._on_typed)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemClicked.connect(lambda _item: self.entered.emit())

    @property
    def current(self) -> Operator | None:
        """Return who is looked at."""
        item = self.list.currentItem()
        found: Operator | None = None if item is None else item.data(_WHO)
        return found

    def show_people(self, people: Sequence[Operator], at: int | None = None) -> None:
        """Show these, looking at the one with the id ``at``, or at who was looked at before."""
        before = self.current
        self._people = tuple(people)
        wanted = at if at is not None else before.id if before is not None else None
        if self.field.text():
            self.field.blockSignals(True)
            self.field.clear()
            self.field.blockSignals(False)
        self._fill(wanted)

    def look_for(self, letters: str) -> None:
        """Begin to look for a name."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setText(letters)

    def _on_typed(self, text: str) -> None:
        """Look for the letters; digits that were pasted or composed are dropped."""
        letters = "".join(one for one in text if not one.isdecimal())
        if letters != text:
            self.field.setText(letters)
        else:
            self._fill()

    def _fill(self, at: int | None = None) -> None:
        """Show who has the letters: names that begin with them first."""
        before = self.current
        wanted = at if at is not None else before.id if before is not None else None
        typed = names.fold(self.field.text()).strip()
        found = sorted(
            (one for one in self._people if _has(one.name, typed)),
            key=lambda one: not names.fold(one.name).startswith(typed))
        self.list.blockSignals(True)
        self.list.clear()
        row = 0
        for n, one in enumerate(found):
            item = QListWidgetItem(one.name)
            item.setData(_WHO, one)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{one.name}, {role_words(one.role)}")
            item.setSizeHint(QSize(0, Height.ROW_TALL))
            self.list.addItem(item)
            if one.id == wanted and not typed:
                row = n
        self.list.setCurrentRow(row if found else -1)
        self.list.blockSignals(False)
        self._on_current()

    def _on_current(self, *_items: object) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.scrollToItem(item)
        who = self.current
        self.field.setAccessibleDescription(
            f"{who.name}, {role_words(who.role)}" if who else tr("Nobody is called that"))
        self.chosen.emit(who)

    def answer_arrow(self, event: QKeyEvent) -> None:
        """Let the list answer an arrow."""
        QApplication.sendEvent(self.list, event)


class _List(QListWidget):
    """The names; who is looked at stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bring the row back into sight."""
        super().resizeEvent(event)
        item = self.currentItem()
        if item is not None:
            self.scrollToItem(item)


class _Finder(SearchField):
    """The field; arrows and digits go where they mean something."""

    def __init__(self, finder: PeopleFinder) -> None:
        super().__init__(tr("Type your name"), icon="circle-user")
        self._finder = finder

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters for the search; nothing that could be a PIN is ever shown."""
        text = event.text()
        if event.key() in _MOVES:
            self._finder.answer_arrow(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._finder.current is not None and not event.isAutoRepeat():
                self._finder.entered.emit()
        elif text and text.isdecimal():
            self._finder.digit.emit(text)
        else:
            super().keyPressEvent(event)


def _has(name: str, typed: str) -> bool:
    folded = names.fold(name)
    return all(
        any(word.startswith(part) for word in folded.split()) or folded.startswith(typed)
        for part in typed.split())


class _Painter(QStyledItemDelegate):
    """Paints a person: an icon, the name, the role at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Paint one row."""
        r, who = option.rect, index.data(_WHO)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            ink.box(painter, r.x(), r.y() + 1, r.width(), r.height() - 2, radius=Radius.CONTROL,
                    fill="soft" if chosen else "hover", edge="soft_line" if chosen else None)
        mark = "accent" if chosen else "text2"
        icons.draw(painter, "circle-user", _ICON, mark, r.x() + _PAD,
                   r.y() + (r.height() - _ICON) / 2)
        role = role_words(who.role)
        width = fonts.width("small", role)
        right = r.right() - _PAD + 1
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, "small", role, right - width, r.y(), r.height())
        left = r.x() + _PAD + _ICON + 10
        style = "identity" if chosen else "control"
        shown, shape, _cut = names.fit(who.name, style, right - width - 10 - left, person=True)
        painter.setPen(ink.pen("accent" if chosen else "text"))
        chips.text_at(painter, shape, shown, left, r.y(), r.height())
