"""The buttons below the sheet: where there is less room they lose what is said elsewhere too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button


class ButtonRow(QWidget):
    """A row that drops its words first, then the keys on its buttons; no word of those is cut."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(Space.UNIT)
        self.row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._keys: dict[Button, tuple[str, ...]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _widgets(self) -> list[QWidget]:
        items = (self.row.itemAt(i) for i in range(self.row.count()))
        found = (one.widget() for one in items if one is not None)
        return [one for one in found if one is not None]

    def _width(self, *, keys: bool, words: bool) -> int:
        total = 0
        for one in self._widgets():
            if isinstance(one, Button) and not one.isHidden():
                kept = one.keys
                one.keys = self._keys.get(one, kept) if keys else ()
                total += one.sizeHint().width() + Space.UNIT
                one.keys = kept
            elif isinstance(one, QLabel) and words and one.text():
                total += one.sizeHint().width() + 2 * Space.UNIT
        return total

    def _fit(self) -> None:
        for one in self._widgets():
            if isinstance(one, Button) and one.keys:
                self._keys[one] = one.keys
        words = self._width(keys=True, words=True) <= self.width()
        keys = words or self._width(keys=True, words=False) <= self.width()
        for one in self._widgets():
            if isinstance(one, QLabel):
                one.setMaximumWidth(16_777_215 if words else 0)
            elif isinstance(one, Button) and one.keys != (self._keys.get(one, ()) if keys else ()):
                one.keys = self._keys.get(one, ()) if keys else ()
                one.setToolTip("" if keys else "+".join(self._keys.get(one, ())))
                one.updateGeometry()
                one.update()

    def minimumSizeHint(self) -> QSize:
        """Be content with the words of the buttons."""
        return QSize(self._width(keys=False, words=False), Height.CONTROL)

    def sizeHint(self) -> QSize:
        """Ask for everything."""
        return QSize(self._width(keys=True, words=True), Height.BALLOT_BUTTON)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again where a button says something else, comes or goes."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
            self.updateGeometry()
        return done
