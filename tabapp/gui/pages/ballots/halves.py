"""The list and the ballot: beside each other, or one at a time where the page is narrow."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QWidget

from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.pages.ballots.rooms_list import WIDTH

LEAST = 1000
"""On a page that is less wide the list goes where a ballot is open, and comes back with Esc."""
_ANY = 16_777_215


class Halves(QObject):
    """Lays the page out; which half is shown on a narrow one follows from what is open."""

    def __init__(
        self, page: QWidget, rooms: ChaseList, form: EntryPane, right: QStackedWidget,
        around: tuple[QWidget, QWidget],
    ) -> None:  # fmt: skip
        """``around``: what stands above and below the ballot, on a narrow page above the list too.
        """
        super().__init__(page)
        self._page, self._rooms, self._form, self._right = page, rooms, form, right
        self._above, self._below = around
        self.is_narrow = False
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setRowStretch(1, 1)
        self._lay_out()
        right.currentChanged.connect(self.show_half)

    def _lay_out(self) -> None:
        narrow, grid = self.is_narrow, self._grid
        column = 0 if narrow else 1
        while grid.takeAt(0) is not None:
            pass
        grid.addWidget(self._rooms, 1 if narrow else 0, 0, 1 if narrow else 3, 1)
        for row, one in enumerate((self._above, self._right, self._below)):
            grid.addWidget(one, row, column)
        for at in (0, 1):
            grid.setColumnStretch(at, 1 if at == column else 0)
        self._rooms.setMinimumWidth(0 if narrow else WIDTH)
        self._rooms.setMaximumWidth(_ANY if narrow else WIDTH)

    def fit(self) -> None:
        """Lay out anew where the page became narrow, or wide again."""
        narrow = self._page.width() < LEAST
        if narrow != self.is_narrow:
            self.is_narrow = narrow
            self._lay_out()
        self.show_half()

    def show_half(self) -> None:
        """Show the ballot where one is open; without a room what to do comes instead of a list."""
        is_open = self._right.currentWidget() is self._form
        right = not self.is_narrow or is_open or not self._rooms.desk.rooms
        rooms = not self.is_narrow or not right
        had_keys = self._right.isAncestorOf(QApplication.focusWidget() or self._page)
        self._rooms.setVisible(rooms)
        self._right.setVisible(right)
        self._form.heading.back.setVisible(self.is_narrow)
        self._page.setFocusProxy(
            self._rooms.view if rooms else self._form if is_open else self._right)
        if had_keys and not right:
            self._rooms.view.setFocus(Qt.FocusReason.OtherFocusReason)
