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
        self.sounds = QCheckBox(tr("Sounds"))
        self.sounds.toggled.connect(self._keep)
        card.body.addSpacing(Space.UNIT)
        card.body.addWidget(self.sounds)
        heard = tr(
            "Beeps at the ballot desk: one at a question, two at a problem, three when the last "
            "ballot is in.")
        self.sounds.setAccessibleDescription(heard)
        under = label(heard, "small", role="hint", wrap=True)
        under.setContentsMargins(_UNDER_THE_WORDS, 0, 0, 0)
        card.body.addWidget(under)
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
        kept = self.session.preferences.kept
        shown = [(box, key not in kept.muted) for key, box in self.boxes.items()]
        for box, on in (*shown, (self.sounds, kept.sounds)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)

    def _keep(self) -> None:
        self.session.preferences.keep(
            sounds=self.sounds.isChecked(),
            muted=tuple(key for key, box in self.boxes.items() if not box.isChecked()))
