"""The pages of the window: each is made when its place is opened first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tabapp.gui.frame import panes
from tabapp.gui.page import Page

Maker = Callable[[], Page[object]]


class PageStack(QStackedWidget):
    """Holds the pages by the key of their place. Opening one gives it the keys."""

    moved = Signal()
    """Another page or another part of it may be on the screen."""

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        super().__init__()
        self._makers = dict(makers)
        self._pages: dict[str, Page[object]] = {}
        self._key = ""
        self._waits: Page[object] | None = None

    @property
    def key(self) -> str:
        """Return the place that is open; "" before the first."""
        return self._key

    @property
    def page(self) -> Page[object] | None:
        """Return the page that is on the screen."""
        return self._pages.get(self._key)

    def get(self, key: str) -> Page[object]:
        """Return the page of a place (KeyError if there is none); made at the first call."""
        if key not in self._pages:
            self.adopt(key, self._makers[key]())
        return self._pages[key]

    def has(self, place: str) -> bool:
        """Tell whether there is such a place."""
        return place.partition("/")[0] in self._makers

    def adopt(self, key: str, page: Page[object]) -> None:
        """Take in a page that was made elsewhere."""
        self._pages[key] = page
        page.commands_changed.connect(self.moved)
        page.loaded.connect(self._on_loaded)
        self.addWidget(page)

    def take_lasting(self) -> Page[object] | None:
        """Give away the page that goes on whoever is at the keyboard; None if there is none."""
        for key, page in self._pages.items():
            if page.lasts:
                del self._pages[key]
                page.commands_changed.disconnect(self.moved)
                page.loaded.disconnect(self._on_loaded)
                self.removeWidget(page)
                return page
        return None

    def open(self, place: str, target: object = None) -> None:
        """Show a place such as ``people`` or ``rounds/judges``, there at ``target``."""
        key, _, stage = place.partition("/")
        page = self.get(key)
        self._key = key
        if page is not self.currentWidget():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt picks a part of the page
            self.setCurrentWidget(page)
        if stage:
            page.open_at((stage, target))
        elif target is not None:
            page.open_at(target)
        self._waits = page if page.is_loading else None
        if not (panes.holds_focus(page) or panes.enter_named(page)) and (
            page.focusProxy() is None or not page.is_loading
        ):
            panes.enter(page)
        self.moved.emit()

    def _on_loaded(self) -> None:
        """Give the keys to a page that could not take them before it was read."""
        # what a page just made is shown by its layout a moment later
        QTimer.singleShot(0, self, self._enter_what_waits)
        self.moved.emit()

    def _enter_what_waits(self) -> None:
        page = self._waits
        if page is None or page.is_loading:
            return
        self._waits = None
        if page is self.page and self.hasFocus():
            panes.enter(page)

    def on_focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Take the keys back that a page lost because its part was dimmed or hidden.

        Qt then goes to the next control of the window, which may be anywhere, or to none.
        """
        if old is None or not shiboken6.isValid(old) or not self.isAncestorOf(old):
            return
        lost = new is None or not (new is self or self.isAncestorOf(new))
        if lost and not (old.isEnabled() and old.isVisible()):
            self.take_back(new)

    def take_back(self, went_to: QWidget | None = None) -> None:
        """Give the keys to the page unless they went on from ``went_to`` in the meantime."""
        QTimer.singleShot(0, self, lambda: self._take_back(went_to))

    def _take_back(self, went_to: QWidget | None) -> None:
        page, now = self.page, QApplication.focusWidget()
        if page is None or not self.isVisible() or now is not went_to:
            return
        if not self.window().isActiveWindow():
            return
        if not panes.enter(page):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def when_read(self, key: str, do: Callable[[], None]) -> None:
        """Call ``do`` as soon as a page shows what it had begun to read."""
        _WhenRead(self.get(key), do)


class _WhenRead(QObject):
    """Waits for a page and its panes; ends itself."""

    def __init__(self, page: Page[object], do: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._do = page, do
        self._heard: list[Page[object]] = []
        self._look()

    def _look(self) -> None:
        if self._page.is_loading:
            for one in (self._page, *self._page.findChildren(Page)):
                if one not in self._heard:
                    self._heard.append(one)
                    one.loaded.connect(self._look)
            return
        for one in self._heard:
            one.loaded.disconnect(self._look)
        self._heard = []
        self.deleteLater()
        self._do()
