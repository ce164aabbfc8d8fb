"""Above the quarters: the room, what is being done with its ballot, who judged, which marks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.gui import chips
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import IconButton
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_desk import panel_words
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_sheet import Asks

_BACK = 26


class _Badge(QWidget):
    """A badge that stands by itself."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._tone, self._icon = "", "neutral", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, tone: str, icon: str) -> None:
        """Show other words."""
        self._words, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for its words."""
        return QSize(chips.badge_width(self._words, self._icon), Height.BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            chips.draw_badge(painter, self._words, 0, 0, tone=self._tone, icon=self._icon)


class Heading(QWidget):
    """Two lines; both give way to what does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.back = IconButton("arrow-left", tr("Back to the list (Esc)"), size=_BACK)
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.hide()
        self.room = Name("", "title")
        self.badge = _Badge()
        self.number = label("", role="secondary")
        self.panel = Name("", "body", "text2")
        self.marks = label("", "small", role="hint")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(Space.GAP)
        first.addWidget(self.back)
        first.addWidget(self.room)
        first.addWidget(self.badge)
        first.addStretch(1)
        first.addWidget(self.number)
        second.addWidget(self.panel, 1)
        second.addWidget(self.marks)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(first)
        whole.addLayout(second)

    def show_form(self, desk: DeskForm) -> None:
        """Show which room this is."""
        self.room.set_text(desk.name)
        number = desk.room.barcode or desk.room.ref
        self.number.setText(tr("Ballot {number}", number=number))
        chair, others = panel_words(desk.room)
        parts = [tr("Chair {name}", name=chair) if chair else tr("No chair"), ", ".join(others)]
        if len(desk.room.panel) > 1:
            parts.append(
                tr("a sheet from each judge") if desk.each_judge
                else tr("one sheet for the panel"))
        self.panel.set_text("  ·  ".join(filter(None, parts)))
        self.marks.setText(_marks(desk))

    def show_mode(self, words: str, tone: str, icon: str) -> None:
        """Show what is being done with the ballot."""
        self.badge.show_words(words, tone, icon)


def _marks(desk: DeskForm) -> str:
    sheet = desk.sheet
    if sheet.asks is Asks.PLACES:
        return tr("Places 1 to {n}", n=len(sheet.seats))
    if sheet.asks is Asks.ADVANCING:
        n = sheet.context.advancing
        if len(sheet.seats) == 2:
            return tr("Tick who won")
        return tr("1 team goes on") if n == 1 else tr("{n} teams go on", n=n)
    limits = sheet.limits(1)
    low, high, step = f"{limits.low:g}", f"{limits.high:g}", f"{limits.step:g}"
    if limits.step == 1:
        return tr("Scores {low} to {high}, whole marks", low=low, high=high)
    return tr("Scores {low} to {high}, steps of {step}", low=low, high=high, step=step)


class Notices(QWidget):
    """The banners of a form, one at a time, the most pressing first; F7 answers it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return what the banner says, "" without one."""
        return self._shown[0] if self._shown else ""

    @property
    def tone(self) -> str:
        """Return what the banner means, "" without one."""
        return self._shown[1] if self._shown else ""

    @property
    def can_be_answered(self) -> bool:
        """Tell whether F7 does anything."""
        return self._banner is not None and self._banner.button is not None

    def show_one(self, sentence: str, tone: str = "attention", action: str = "") -> Banner | None:
        """Show a banner unless it stands there already; nothing for "". Return a new one."""
        wanted = (sentence, tone, action) if sentence else ()
        if wanted == self._shown:
            return None
        self._shown = wanted
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.setVisible(bool(sentence))
        if sentence:
            self._banner = Banner(
                sentence, tone=tone, action=action, keys=("F7",) if action else ())
            if self._banner.button is not None:
                # the keys stay where somebody types: F7 or the pointer answers
                self._banner.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            _lower(self._banner)
            self._column.addWidget(self._banner)
        return self._banner

    def answer(self) -> bool:
        """Do what the banner offers; tell whether there was anything to do."""
        if self._banner is None or self._banner.button is None:
            return False
        self._banner.button.click()
        return True


def _lower(banner: Banner) -> None:
    """Let a banner take no more height than its button: the sheet below or above needs it."""
    row = banner.layout()
    if row is not None:
        around = row.contentsMargins()
        row.setContentsMargins(around.left(), Space.HALF, around.right(), Space.HALF)
    banner.setMinimumHeight(Height.CONTROL + 2 * Space.HALF)
