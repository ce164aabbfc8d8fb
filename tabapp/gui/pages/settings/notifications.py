"""Which notices come by themselves on this computer."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.notice_kinds import notice_kinds
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.appearance import WIDTH
from tabapp.gui.pages.settings.commands import NOTIFICATIONS
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label

_UNDER_THE_WORDS = 24


class NotificationsPane(Page[None]):
    """A box for each kind, kept at once; it belongs to the person, not the tournament."""

    place = NOTIFICATIONS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.boxes: dict[str, QCheckBox] = {}
        card = Card(tr("On this computer"))
        card.setMaximumWidth(WIDTH)
        card.body.setSpacing(Space.UNIT)
        card.body.addWidget(label(tr(
            "A notice stands at the bottom right for a few seconds and never takes the keys. "
            "While a ballot is typed in, what is no problem only goes into the list of messages."),
            role="secondary", wrap=True))
        for kind in notice_kinds():
            box = QCheckBox(kind.title)
            box.setAccessibleDescription(kind.meaning)
            box.toggled.connect(self._keep)
            self.boxes[kind.key] = box
            card.body.addSpacing(Space.UNIT // 2)
            card.body.addWidget(box)
            meaning = label(kind.meaning, "small", role="hint", wrap=True)
            meaning.setContentsMargins(_UNDER_THE_WORDS, 0, 0, 0)
            card.body.addWidget(meaning)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.UNIT)
        title = label(tr("Notifications"), "title")
        title.setMinimumHeight(Height.CONTROL)
        whole.addWidget(title)
        whole.addWidget(card)
        whole.addStretch(1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def reload(self) -> None:
        """Show what is kept."""
        self._stale = False
        muted = self.session.preferences.kept.muted
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(key not in muted)
            box.blockSignals(False)

    def _keep(self) -> None:
        self.session.preferences.keep(
            muted=tuple(key for key, box in self.boxes.items() if not box.isChecked()))
