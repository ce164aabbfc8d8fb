"""What judges and rooms have in common: the body of a stage, or what has to be done before it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.widgets.cards import Banner, EmptyState


class StageBody(QStackedLayout):
    """Lies over a stage: shows its body, or an empty state with the way to what is missing."""

    def __init__(self, stage: QWidget, session: Session, body: QWidget, first: QWidget) -> None:
        """``first`` has the keys while the body is shown."""
        super().__init__(stage)
        self._stage, self._session, self._body, self._first = stage, session, body, first
        self.empty: EmptyState | None = None
        self.addWidget(body)

    def show_body(self) -> None:
        """Show the body."""
        self.setCurrentWidget(self._body)
        self._stage.setFocusProxy(self._first)
        self._drop()

    def show_first(self, first: QWidget) -> None:
        """Give the keys to another part of the body."""
        self._first = first

    def show_not_drawn(self, name: str) -> None:
        """Say that there is nothing to seat or place yet."""
        self.show_empty(
            tr("{round} is not drawn yet.", round=name),
            tr("Judges and rooms come when the draw is confirmed."), tr("Open the draw"),
            "rounds/draw", None)

    def show_empty(
        self, sentence: str, line: str, action: str, place: str, target: object
    ) -> None:
        """Say what is missing; the button goes to ``place``."""
        held = self._stage.isAncestorOf(self._stage.window().focusWidget() or self._stage)
        self._drop()
        self.empty = EmptyState(sentence, line, action=action)
        self.empty.acted.connect(lambda: self._session.go(place, target))
        self.addWidget(self.empty)
        self.setCurrentWidget(self.empty)
        self._stage.setFocusProxy(self.empty)
        if held:
            self.empty.setFocus()

    def _drop(self) -> None:
        if self.empty is not None:
            self.removeWidget(self.empty)
            self.empty.deleteLater()
            self.empty = None


def draw_banner(session: Session, status: str, sentence: str) -> Banner:
    """Return what says that a draw is not confirmed, or is out, with the way to change that."""
    released = status == "released"
    place = "rounds/release" if released else "rounds/draw"
    action = tr("Open the release") if released else tr("Open the draw")
    banner = Banner(sentence, action=action, keys=("F7",))
    banner.answered.connect(lambda: session.go(place))
    return banner
