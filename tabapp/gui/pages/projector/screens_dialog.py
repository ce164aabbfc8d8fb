"""Where the hall looks: a screen by its name, or a window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.pages.projector.words import screen_words
from tabapp.gui.present.screens import Identity, Screens
from tabapp.gui.widgets.painted import label


class ScreensDialog(Dialog):
    """One line a screen; the one of this window cannot be chosen. Screens come and go in it."""

    picked = Signal(object)
    """An ``Identity``, or None for a window."""

    def __init__(
        self, parent: QWidget, screens: Screens, own: Identity | None, now: Identity | None, *,
        in_window: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent, tr("Screens"), tr("Use it"), width=480)
        self._screens, self._own, self._now = screens, own, now
        self._wants_window = in_window
        self.body.addWidget(label(
            tr("The program remembers the projector itself, whatever socket it is in."),
            role="secondary", wrap=True))
        self.choices: list[tuple[Identity | None, QRadioButton]] = []
        screens.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        for _, button in self.choices:
            self.body.removeWidget(button)
            button.deleteLater()
        self.choices = []
        for one in self._screens.screens():
            own = one.identity == self._own
            words = screen_words(one)
            if one.identity.name != one.identity.words:
                words = tr("{screen} ({socket})", screen=words, socket=one.identity.name)
            if own:
                words = tr("{screen}: this window is here", screen=words)
            self._add(one.identity, words, possible=not own)
        self._add(None, tr("A window that can be moved, for a mirrored or recorded screen"))
        possible = [one for one in self.choices if one[1].isEnabled()]
        wanted = None if self._wants_window else self._now
        marked = next((one for one in possible if one[0] == wanted), possible[0])
        marked[1].setChecked(True)
        marked[1].setFocus()

    def _add(self, identity: Identity | None, words: str, *, possible: bool = True) -> None:
        button = QRadioButton(words)
        button.setAccessibleName(words)
        button.setEnabled(possible)
        self.body.addWidget(button)
        self.choices.append((identity, button))

    def act(self) -> None:
        """Use what is marked."""
        for identity, button in self.choices:
            if button.isChecked():
                self.picked.emit(identity)
        self.accept()
