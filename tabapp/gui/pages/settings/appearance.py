"""How the window looks on this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui import appearance
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.commands import APPEARANCE
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments

WIDTH = 720


class AppearancePane(Page[None]):
    """Asks the window for another look at once; it belongs to the computer, not the tournament."""

    place = APPEARANCE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.colours = Segments(tr("Colours"), [
            ("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))])
        card = Card(tr("On this computer"))
        card.setMaximumWidth(WIDTH)
        card.body.setSpacing(Space.GAP)
        card.body.addWidget(label(tr(
            "Kept with the program, not with the tournament. It holds for every file that is "
            "opened here."), role="secondary", wrap=True))
        card.body.addWidget(label(tr("Colours"), "identity"))
        card.body.addWidget(self.colours)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.UNIT)
        title = label(tr("Appearance"), "title")
        title.setMinimumHeight(Height.CONTROL)
        whole.addWidget(title)
        whole.addWidget(card)
        whole.addStretch(1)
        self.setFocusProxy(self.colours)
        self.colours.chosen.connect(lambda key: self.session.go("theme", key))

    def reload(self) -> None:
        """Show what was chosen last, here or by a command."""
        self._stale = False
        self.colours.choose(appearance.chosen())
