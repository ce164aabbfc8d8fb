"""What the place awards says around its ledger: the banner, the empty place, the end of a check."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui.award_words import joined
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.awards.ledger import Ledger, Wanted
from tabapp.gui.widgets.cards import Banner, EmptyState


class SilentBanner(QWidget):
    """Takes room only while it says something."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.banner: Banner | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say something else, or nothing."""
        if self.banner is not None:
            if self.banner.accessibleName() == sentence:
                return
            self._place.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.setVisible(bool(sentence))
        if sentence:
            self.banner = Banner(
                sentence, tone="", action=tr("Open the setting"), keys=("F7",), icon="lock")
            self.banner.answered.connect(self.answered)
            self._place.addWidget(self.banner)


def silent_words(ledger: Ledger) -> str:
    """Say which awards the hall must not read of, as their rounds were silent; "" for none."""
    n, rounds = ledger.silent_rounds()
    if not n:
        return ""
    return tr(
        "{awards} on silent or elimination rounds: not public until the results of {rounds} "
        "are released.", awards=count(n, "award rests", "awards rest"), rounds=joined(rounds))


def empty_for(ledger: Ledger, wanted: Wanted, *, browses: bool) -> EmptyState | None:
    """Return what stands in the place of the ledger; None where there is something to show.

    Before anybody has earned anything it has a button, unless somebody ``browses`` already.
    """
    if wanted.is_everything and not ledger.view.earned and not browses:
        return EmptyState(
            tr("Nobody has an award yet."),
            tr("They are given by themselves as ballots are confirmed."),
            action=tr("See what can be earned"), primary=False)
    if ledger.shown(wanted):
        return None
    sentence = tr('Nothing matches "{words}".', words=wanted.words) if wanted.words else tr(
        "There are no such awards.")
    line = tr("Clear the filter to see {n} awards.", n=len(ledger.lines)) if wanted.words else tr(
        "Choose All to see {n} awards.", n=len(ledger.lines))
    return EmptyState(sentence, line)


def checked_words(value: object) -> str:
    """Return what came of a check of all awards."""
    found = value if isinstance(value, dict) else {}
    given, taken = found.get("awarded", 0), found.get("taken_back", 0)
    parts = [count(given, "new award", "new awards")] if given else []
    if taken:
        parts.append(tr("{n} taken back", n=taken))
    return tr("Awards checked: {found}.", found=", ".join(parts) or tr("nothing new"))
