"""The parts of the place that are pages of their own, loaded when they are opened first."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from tabapp.gui.page import Page
from tabapp.gui.session import Session

_PACKAGE = "tabapp.gui.pages.results"
PARTS: dict[str, tuple[str, str]] = {
    "motions": ("balance.page", "MotionsPane"),
    "positions": ("balance.page", "PositionsPane"),
}
"""Where each part is."""


class Parts:
    """Shows one part below the heading, or what stands in its place.

    A part is a ``Page`` of its own. It may have ``head``, a widget with its facts or its buttons,
    which stands beside the choice of the part.
    """

    def __init__(
        self, host: Page[Any], session: Session, body: QStackedWidget, heads: QHBoxLayout
    ) -> None:
        self._host, self._session, self._body, self._heads = host, session, body, heads
        self._made: dict[str, Page[object]] = {}
        self.current: Page[object] | None = None

    def show(self, key: str, until: int | None) -> Page[object]:
        """Show a part with the rounds up to one; loads it at the first call."""
        if key not in self._made:
            module, name = PARTS[key]
            found: type[Page[object]] = getattr(import_module(f"{_PACKAGE}.{module}"), name)
            page = found(self._session)
            page.loaded.connect(self._host.loaded)
            page.commands_changed.connect(self._host.commands_changed)
            self._made[key] = page
            self._body.addWidget(page)
            head = getattr(page, "head", None)
            if isinstance(head, QWidget):
                self._heads.addWidget(head)
        self.current = self._made[key]
        show_until = getattr(self.current, "show_until", None)
        if show_until is not None:
            show_until(until)
        self._body.setCurrentWidget(self.current)
        self._show_heads()
        return self.current

    def hide(self, instead: QWidget) -> None:
        """Show something else than a part."""
        self.current = None
        self._body.setCurrentWidget(instead)
        self._show_heads()

    def _show_heads(self) -> None:
        for one in self._made.values():
            head = getattr(one, "head", None)
            if isinstance(head, QWidget):
                head.setVisible(one is self.current)
