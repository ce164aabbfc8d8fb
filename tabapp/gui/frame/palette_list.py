"""The list of the palette: headings and entries, painted with what matches in accent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.frame.finding import Entry, Found, marked
from tabapp.gui.tokens import Radius

ROW = 38
HEAD = 34
_SIDE = 8
_ICON = 18
_TEXT = 48
_LEFT = 16
_GAP = 12
_Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """Headings and entries, one a row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str | Entry] = []
        self.typed = ""

    def set_found(self, found: Sequence[Found], typed: str) -> None:
        """Show other matches."""
        self.beginResetModel()
        self.typed = typed
        self.rows = []
        for one in found:
            self.rows += [one.heading, *one.entries]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row for the screen reader and for tests."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row if isinstance(row, str) else ", ".join(filter(None, (row.title, row.detail)))
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry):
            return row.reason or None
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only entries be chosen."""
        if index.isValid() and isinstance(self.rows[index.row()], Entry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class _Painter(QStyledItemDelegate):
    """Paints a heading or an entry."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for the height of the row."""
        model = index.model()
        row = model.rows[index.row()] if isinstance(model, FoundModel) else ""
        return QSize(0, HEAD if isinstance(row, str) else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row."""
        model = index.model()
        if not isinstance(model, FoundModel):
            return
        row, place = model.rows[index.row()], option.rect
        painter.save()
        if isinstance(row, str):
            painter.setPen(ink.pen("text2"))
            left = place.x() + _SIDE + _LEFT
            chips.text_at(painter, "header", row, left, place.y() + 6, place.height() - 6)
        else:
            view = option.widget
            current = isinstance(view, FoundList) and view.currentIndex() == index
            _paint_entry(painter, row, place, model.typed, current=current)
        painter.restore()


def _paint_entry(
    painter: QPainter, entry: Entry, place: QRect, typed: str, *, current: bool
) -> None:
    left, right = place.x() + _SIDE, place.right() - _SIDE
    if current:
        ink.box(
            painter, left, place.y(), right - left + 1, ROW, radius=Radius.CONTROL, fill="soft")
        painter.fillRect(left, place.y() + 5, 3, ROW - 10, ink.color("accent"))
    dim = bool(entry.reason)
    mark = "disabled" if dim else "accent" if current else "text2"
    if entry.icon:
        icons.draw(
            painter, entry.icon, _ICON, mark, left + _LEFT, place.y() + (ROW - _ICON) / 2)
    after = right - _LEFT
    caps = entry.keys
    if caps:
        width = chips.plain_key_width(caps)
        chips.draw_plain_keys(painter, caps, after - width, place.y(), ROW, "text2")
        after -= width + _GAP
    elif current:
        icons.draw(painter, "corner-down-left", 14, "text2", after - 14, place.y() + 12)
        after -= 14 + _GAP
    room = after - left - _TEXT
    title, style, _ = names.fit(entry.title, "control", room)
    used = _paint_marked(
        painter, title, style, typed, left + _TEXT, place.y(), "text3" if dim else "text")
    rest = round(room - used - _GAP)
    if entry.detail and rest > 40:
        shown, shape, _ = names.fit(entry.detail, "body", rest)
        painter.setPen(ink.pen("text3" if dim else "text2"))
        chips.text_at(painter, shape, shown, left + _TEXT + used + _GAP, place.y(), ROW)


def _paint_marked(
    painter: QPainter, title: str, style: str, typed: str, x: float, top: float, token: str
) -> float:
    """Paint a title, what matches in accent; return its width."""
    whole = fonts.width(style, title)
    stretches = marked(title, typed)
    painter.setPen(ink.pen(token))
    if not stretches or _is_shaped(title):
        chips.text_at(painter, style, title, x, int(top), ROW)
        return whole
    strong = style.replace("control", "identity")
    at, done = x, 0
    for start, end in [*stretches, (len(title), len(title))]:
        for part, token_now, shape in (
            (title[done:start], token, style), (title[start:end], "accent", strong),
        ):
            if part:
                painter.setPen(ink.pen(token_now))
                chips.text_at(painter, shape, part, at, int(top), ROW)
                at += fonts.width(shape, part)
        done = end
    return at - x


def _is_shaped(text: str) -> bool:
    """Tell whether letters join or run from right to left, so that none may stand alone."""
    return any(0x0590 <= ord(c) <= 0x0FFF or 0xFB1D <= ord(c) <= 0xFEFC for c in text)


class FoundList(QListView):
    """What was found. The keys stay in the field above; it moves this list."""

    picked = Signal(object)
    """An ``Entry`` was clicked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.found = FoundModel()
        self.setModel(self.found)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # opaque, so that a letter typed does not paint the window below anew
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._on_clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the panel, then the rows."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), ink.color("raised"))
        super().paintEvent(event)

    @property
    def current(self) -> Entry | None:
        """Return what Enter would choose."""
        at = self.currentIndex().row()
        row = self.found.rows[at] if 0 <= at < len(self.found.rows) else None
        return row if isinstance(row, Entry) else None

    def content_height(self) -> int:
        """Return how high all rows are."""
        return sum(HEAD if isinstance(row, str) else ROW for row in self.found.rows)

    def set_found(self, found: Sequence[Found], typed: str) -> None:
        """Show other matches, the first chosen."""
        self.found.set_found(found, typed)
        self.scrollToTop()
        self.move_by(1, start=-1)

    def choose(self, like: Entry) -> None:
        """Choose the entry that is what ``like`` was before the list was made anew."""
        for at, row in enumerate(self.found.rows):
            if isinstance(row, Entry) and (row.kind, row.title) == (like.kind, like.title):
                self.setCurrentIndex(self.found.index(at, 0))
                return

    def move_by(self, step: int, *, start: int | None = None) -> None:
        """Choose the next entry down (1) or up (-1), around the ends; headings are passed over."""
        rows = self.found.rows
        at = self.currentIndex().row() if start is None else start
        for _ in range(len(rows)):
            at = (at + step) % len(rows)
            if isinstance(rows[at], Entry):
                self.setCurrentIndex(self.found.index(at, 0))
                if at <= 1:
                    self.scrollToTop()
                return

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.found.rows[index.row()]
        if isinstance(row, Entry):
            self.picked.emit(row)
