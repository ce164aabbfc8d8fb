"""The lock screen: it covers the window until somebody signs in, and shows nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator, clean_pin
from tabapp.gui import ink, theme
from tabapp.gui.latest import Latest
from tabapp.gui.locking.pad import PinPad
from tabapp.gui.locking.people import PeopleFinder
from tabapp.gui.locking.words import role_words
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.operators import check_pin, list_operators, wait_of
from tabapp.services.tournament_settings import read_settings

_WIDTH, _TALLEST = 720, 640
_RIGHT = 252
_SMALL = 600
"""A window that is less high has less room around everything."""
_SENTENCE = 44
_TICK = 250
_TOPIC = "operators"


class LockScreen(QWidget):
    """Who, then the PIN. Lies over all of its parent and keeps the keys to itself.

    ``start`` shows it; ``signed_in`` brings the ``Operator`` whose PIN was right, and whoever
    put the screen there takes it away.
    """

    signed_in = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = session.workspace.clock
        self._waits: dict[int, float] = {}
        """Until when each person waits, by the clock that only goes forward."""
        self._readings = Latest()
        self._checking = False
        self.setAccessibleName(tr("Locked"))
        self.setAutoFillBackground(False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.title, self.time = Name("", "card"), label("", "card", role="secondary")
        self.reason = label("", role="secondary", wrap=True)
        self.people, self.pad = PeopleFinder(), PinPad()
        self.who, self.role = Name("", "title", person=True), label("", "small", role="secondary")
        self.sentence = label("", "control", wrap=True)
        self.forgot = Button(tr("Forgot the PIN?"), role=Role.LINK)
        self.way_back = label(tr(
            "A tab director sets a new one under Settings, People at the keyboard. If nobody can: "
            "on this computer, type tabapp operator reset-pin FILE NAME. Every tab director is "
            "told of it."), "small", role="secondary", wrap=True)
        self._ticks = QTimer(self, interval=_TICK)
        self._build()
        self._answer()
        self.hide()

    def _build(self) -> None:
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(Space.GAP)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.time)
        self._whole.addLayout(head)
        self._card = Card(padding=Space.GAP)
        self._card.setMaximumSize(_WIDTH, _TALLEST)
        self._card.setMinimumHeight(0)
        both = QHBoxLayout()
        both.setSpacing(Space.MARGIN)
        both.addLayout(self._left(), 1)
        both.addWidget(self._right())
        self._card.body.addLayout(both)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 1000)
        middle.addStretch(1)
        self._whole.addStretch(1)
        self._whole.addLayout(middle, 1000)
        self._whole.addStretch(1)
        self.hints = KeyHints((
            (("↑", "↓"), tr("person")), (("0", "…", "9"), tr("PIN")), (("Enter",), tr("sign in")),
            (("Esc",), tr("back to the names"))))
        self._whole.addWidget(self.hints)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(Space.UNIT)
        left.addWidget(label(tr("Who is at the keyboard?"), "card"))
        left.addWidget(self.reason)
        left.addWidget(self.people, 1)
        row = QHBoxLayout()
        row.addWidget(self.forgot)
        row.addStretch(1)
        left.addLayout(row)
        left.addWidget(self.way_back)
        self.way_back.hide()
        return left

    def _right(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_RIGHT)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(Space.HALF)
        self.sentence.setFixedHeight(_SENTENCE)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        right.addStretch(1)
        for part in (self.who, self.role, self.pad, self.sentence):
            right.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
            right.addSpacing(Space.HALF if part is self.role or part is self.pad else 0)
        right.addStretch(1)
        self.sentence.setFixedWidth(_RIGHT)
        return side

    def _answer(self) -> None:
        self.people.chosen.connect(self._on_chosen)
        self.people.entered.connect(self._go_to_pad)
        self.people.digit.connect(self._on_digit)
        self.pad.entered.connect(self._on_pin)
        self.pad.left.connect(self._go_to_people)
        self.pad.lettered.connect(self.people.look_for)
        self.forgot.clicked.connect(
            lambda: self.way_back.setVisible(self.way_back.isHidden()))
        self._ticks.timeout.connect(self._on_tick)
        self._session.changed.connect(self._on_changed)

    # Coming up

    def start(
        self, operators: Sequence[Operator], reason: str = "", *, last: int | None = None
    ) -> None:  # fmt: skip
        """Cover the window and ask who is there; ``reason`` says why in a sentence.

        ``last`` is the id of who was here, who then need only type the PIN.
        """
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.way_back.hide()
        self._say("")
        self._checking = False
        self.pad.hold("")
        self.people.show_people([one for one in operators if one.active], last)
        self._cover()
        self.show()
        self.raise_()
        self._on_tick()
        self._ticks.start()
        self._go_to_people()
        self._read_title()

    def _read_title(self) -> None:
        database, tournament = self._session.workspace.database, self._session.tournament

        def read() -> str:
            with database.read() as unit:
                return read_settings(unit, tournament).head.name

        self._session.call(self, read, self.title.set_text, lambda _error: None)

    def _on_changed(self, topics: frozenset[str]) -> None:
        """Know who was added, removed or given another name meanwhile."""
        if _TOPIC not in topics or not self.isVisible():
            return
        database = self._session.workspace.database

        def read() -> tuple[Operator, ...]:
            with database.read() as unit:
                return list_operators(unit)

        def show(operators: tuple[Operator, ...]) -> None:
            self._waits.clear()  # a new PIN ends a wait
            self.people.show_people(operators)

        # an older reading that ends last brings nobody back
        self._session.call(
            self, read, self._readings.ask().only(show), lambda _error: None)

    # Who

    def _go_to_people(self) -> None:
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_pad(self) -> None:
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_digit(self, digit: str) -> None:
        if self.people.current is not None:
            self._go_to_pad()
            self.pad.type(digit)

    def _on_chosen(self, who: Operator | None) -> None:
        self.who.set_text(who.name if who is not None else tr("Nobody is called that"))
        self.role.setText(role_words(who.role) if who is not None else "")
        self.pad.setEnabled(who is not None)
        self.pad.show_owner(who.name if who is not None else "")
        self._say("")
        self._on_tick()
        if who is not None and who.id not in self._waits:
            self._read_wait(who)

    def _read_wait(self, who: Operator) -> None:
        database, now = self._session.workspace.database, self._clock.now()

        def read() -> int:
            with database.read() as unit:
                return wait_of(unit, who.id, now)

        self._session.call(
            self, read, lambda seconds: self._wait(who.id, seconds), lambda _error: None)

    # The PIN

    def _on_pin(self, typed: str) -> None:
        who = self.people.current
        if who is None or self._checking:
            return
        try:
            clean_pin(typed)
        except UserError as error:
            self._say(error.message)
            return
        self._checking = True
        self.pad.hold(tr("Looking at the PIN…"))
        self._say(tr("Looking at the PIN…"), "")
        database, now = self._session.workspace.database, self._clock.now()
        self._session.call(
            self, lambda: check_pin(database, who.id, typed, now), self._on_right,
            lambda error: self._on_wrong(who, error))

    def _on_right(self, operator: Operator) -> None:
        self._checking = False
        self._waits.pop(operator.id, None)
        self._say("")
        self.pad.hold("")
        self.signed_in.emit(operator)

    def _on_wrong(self, who: Operator, error: Exception) -> None:
        self._checking = False
        self._say(sentence_of(error))
        facts = error.facts if isinstance(error, UserError) else {}
        seconds = facts.get("wait", facts.get("seconds", 0))
        self._wait(who.id, seconds if isinstance(seconds, int) else 0)
        self._on_tick()
        self._go_to_pad()

    # The wait

    def _wait(self, operator_id: int, seconds: int) -> None:
        if seconds:
            self._waits[operator_id] = self._clock.monotonic() + seconds
            self._on_tick()

    def _on_tick(self) -> None:
        """Show the time, and how long the pad stays shut."""
        self.time.setText(f"{self._clock.now().astimezone():%H:%M}")
        who = self.people.current
        if self._checking or who is None:
            return
        left = self._waits.get(who.id, 0.0) - self._clock.monotonic()
        if left > 0:
            words = _wait_words(-int(-left // 1))
            self.pad.hold(words)
            self._say(words, "attention")
        elif self._waits.pop(who.id, None) is not None:
            self.pad.hold("")
            self._say(tr("Type the PIN again."), "")
        elif self.pad.is_held:
            self.pad.hold("")

    def _say(self, words: str, state: str = "problem") -> None:
        if words != self.sentence.text():
            self.sentence.setText(words)
            self.pad.dots.setAccessibleName(words)
        theme.mark(self.sentence, state=state if words else "")

    # Qt

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
            parent.installEventFilter(self)
            self.setGeometry(parent.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._cover()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give room around everything where there is some."""
        super().resizeEvent(event)
        small = self.height() < _SMALL
        margin = Space.GAP if small else Space.MARGIN
        self._whole.setContentsMargins(margin, margin, margin, Space.UNIT)
        self._whole.setSpacing(Space.UNIT if small else Space.GAP)
        self.hints.setVisible(not small)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys on to the names."""
        super().focusInEvent(event)
        self._go_to_people()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round within the screen: nothing behind it ever gets the keys."""
        stops: list[QWidget] = [self.people.field, self.pad, self.forgot]
        at = next((n for n, one in enumerate(stops) if one.hasFocus()), -1)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was typed."""
        self._ticks.stop()
        self.pad.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover everything."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("page"))


def _wait_words(seconds: int) -> str:
    left = f"{seconds // 60}:{seconds % 60:02}" if seconds >= 60 else f"{seconds} s"
    return tr("That PIN was wrong. Wait {left}, then type it again.", left=left)
