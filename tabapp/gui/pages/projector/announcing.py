"""Which break is announced: what was asked for, in preview and live, and the question for it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QWidget

from tabapp.domain.public import PublicBreak
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.names import isolate
from tabapp.gui.pages.projector.released import Released
from tabapp.gui.present.state import Kind, Slide
from tabapp.gui.session import Session
from tabapp.gui.widgets.painted import label
from tabapp.services.public_break import Announced, BreakOffers, BreakWish, read_offers


class BreakDialog(Dialog):
    """One line a category, and what follows its teams."""

    picked = Signal(object)
    """A ``BreakWish``."""

    def __init__(self, parent: QWidget, offers: BreakOffers, now: BreakWish) -> None:
        super().__init__(parent, tr("Announce a break"), tr("Prepare it"), width=480)
        self.body.addWidget(label(
            tr("It begins with its title. The teams come one by one, the last place first."),
            role="secondary", wrap=True))
        self.choices: list[tuple[str, QRadioButton]] = []
        wanted = now.category if now.category in offers.categories else next(
            iter(offers.categories), "")
        for slug, name in offers.categories.items():
            button = QRadioButton(isolate(name))
            button.setAccessibleName(name)
            button.setChecked(slug == wanted)
            self.body.addWidget(button)
            self.choices.append((slug, button))
        judges = offers.judges if now.judges is None else now.judges
        self.rooms = self._box(tr("Then the first rooms, once their draw is released"), now.rooms)
        self.judges = self._box(tr("Then the judges that break"), judges)
        next(button for slug, button in self.choices if slug == wanted).setFocus()

    def _box(self, words: str, on: bool) -> QCheckBox:
        made = QCheckBox(words)
        made.setAccessibleName(words)
        made.setChecked(on)
        self.body.addWidget(made)
        return made

    def act(self) -> None:
        """Ask for what is marked."""
        slug = next(slug for slug, button in self.choices if button.isChecked())
        self.picked.emit(BreakWish(slug, self.judges.isChecked(), self.rooms.isChecked()))
        self.accept()


class Announcing(QObject):
    """Keeps what was asked for: nothing until a person asks, so that no break is read before."""

    changed = Signal()
    """Something else is asked for."""

    def __init__(self, page: QWidget, session: Session) -> None:
        super().__init__(page)
        self._page, self._session = page, session
        self.wish = BreakWish()
        self._live = BreakWish()

    def wishes(self, live: Slide | None) -> frozenset[BreakWish]:
        """Return what has to be read: what is in preview, and what is live."""
        is_live = live is not None and live.kind is Kind.BREAK
        return frozenset({self.wish, self._live} if is_live else {self.wish})

    def choose(self, wish: BreakWish) -> None:
        """Ask for a break."""
        if wish != self.wish:
            self.wish = wish
            self.changed.emit()

    def choose_category(self, slug: str) -> None:
        """Ask for another category with what follows its teams as before."""
        self.choose(replace(self.wish, category=slug))

    def take(self) -> None:
        """Remember that what is in preview went live."""
        self._live = self.wish

    def ask(self) -> None:
        """Ask the person which break, once the categories are read."""
        owner = self._session.tournament
        self._session.read(
            self, lambda unit: read_offers(unit, owner), self._open)

    def _open(self, offers: BreakOffers) -> None:
        if not offers.categories:
            self._session.tell(tr(
                "This tournament has no break category. Add one in the settings."), "attention")
            return
        dialog = BreakDialog(self._page, offers, self.wish)
        dialog.picked.connect(self.choose)
        dialog.open()

    def found(self, data: Released | None) -> Announced | None:
        """Return what was read of the break in preview, None before."""
        return data.breaks.get(self.wish) if data is not None else None

    def in_preview(self, data: Released | None) -> PublicBreak | None:
        """Return the break in preview, None while it is locked."""
        found = self.found(data)
        return found.shown if found is not None else None

    def is_read(self, data: Released) -> bool:
        """Tell whether the break that is live is among what was read."""
        return self._live in data.breaks

    def in_live(self, data: Released) -> PublicBreak | None:
        """Return what the live break is now, None where it is public no more."""
        found = data.breaks.get(self._live)
        return found.shown if found is not None else None
