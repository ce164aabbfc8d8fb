"""Above the ballots: that nobody else has to check them, for as long as that is so."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui import icons, ink, roles
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.painted import Name
from tabapp.services.entry_rules import Rules

_ICON = 16


class LooseChecking(QWidget):
    """One line that nobody can close; it goes when another person has to check again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._target = ""
        self.words = Name("", "control")
        self.button = Button(tr("Settings"), role=Role.LINK, height=Height.BADGE + 4)
        self.button.clicked.connect(self.open_settings)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP + _ICON + Space.UNIT, 0, Space.GAP, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.setFixedHeight(Height.BADGE + 8)
        self.hide()

    def show_rules(self, rules: Rules, *, by_setting: bool) -> None:
        """Say what is not checked; ``by_setting``: a setting says that one person is enough."""
        words = ""
        if rules.direct:
            words = tr("No checking: a ballot counts as soon as it is saved.")
            self._target = "disable_ballot_confirms"
        elif rules.alone:
            words = tr("One person: whoever enters a ballot may confirm it too.")
            self._target = "ballot_one_person" if by_setting else "operators"
        self.words.set_text(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.button.setVisible(roles.may_open(self._session, "settings"))

    def why_not(self) -> str:
        """Return why the settings of checking cannot be opened from here, "" if they can."""
        return "" if roles.may_open(self._session, "settings") else tr(
            "This is not for volunteers. Ask the tab director.")

    def open_settings(self) -> None:
        """Go where it is said how ballots are checked."""
        self._session.go("settings", self._target or "enable_blind_checks")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the mark."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("attention_bg"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("attention_line"))
            icons.draw(
                painter, "triangle-alert", _ICON, "attention_mark", Space.GAP,
                (self.height() - _ICON) / 2)
