"""A judge on the way: lifted by a key or dragged, priced at every place, dropped or put back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tabapp.domain.allocation.board import Board, BoardJudge
from tabapp.domain.allocation.price import Price, price_of
from tabapp.domain.types import Role
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.judges.board import BoardView
from tabapp.gui.pages.rounds.judges.chip import paint_chip
from tabapp.gui.pages.rounds.judges.data import JudgesData
from tabapp.gui.pages.rounds.judges.pool import PoolView, role_in
from tabapp.gui.pages.rounds.judges.price import PriceBox
from tabapp.gui.pages.rounds.judges.reason import ReasonBox
from tabapp.gui.pages.rounds.judges.slots import CHIP, Slot

_GHOST = 182
_BELOW = QPoint(-24, 12)
"""Where the ghost's corner stands from the pointer."""


class _Ghost(QWidget):
    """The chip below the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.judge: BoardJudge | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_GHOST, CHIP)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the judge."""
        if self.judge is not None:
            with QPainter(self) as painter:
                paint_chip(painter, self.rect(), self.judge, Role.CHAIR, state="ghost")


class Carrying(QObject):
    """Holds the judge on the way, and what floats above the views meanwhile."""

    seated = Signal(str, object, str)
    """Seat this judge in this ``Slot``, for this reason ("" where none is needed)."""
    taken_out = Signal(str)
    changed = Signal()
    """A judge was lifted, or is not on the way any more."""

    def __init__(self, stage: QWidget, board: BoardView, pool: PoolView) -> None:
        super().__init__(stage)
        self._stage, self._board, self._pool = stage, board, pool
        self.judge: str | None = None
        self.data: JudgesData | None = None
        self._by_pointer = False
        self._dropping: tuple[str, Slot] | None = None
        # a pointer asks for the same price again and again
        self._last: tuple[Board, tuple[str, Slot, bool], Price] | None = None
        self.price = PriceBox(stage)
        self.reason = ReasonBox(stage)
        self._ghost = _Ghost(stage)
        board.lifted.connect(self.lift)
        board.dropped.connect(self.drop)
        board.put_back.connect(self.put_back)
        board.best_wanted.connect(self.take_best)
        board.moved.connect(self.show_price)
        board.verticalScrollBar().valueChanged.connect(self.show_price)
        pool.lifted.connect(self._on_pool_lifted)
        pool.put_back.connect(self.put_back)
        for view in (board, pool):
            view.drag_started.connect(self._on_drag_started)
            view.drag_moved.connect(self._on_drag_moved)
            view.drag_ended.connect(self._on_drag_ended)
        self.reason.given.connect(self._on_reason)
        self.reason.left.connect(self._on_no_reason)

    @property
    def asks(self) -> bool:
        """Tell whether a reason is being typed."""
        return not self.reason.isHidden()

    def show_data(self, data: JudgesData | None) -> None:
        """Know the board anew; a judge who is not on it any more is not on the way either."""
        self.data = data
        if self.judge is not None and (data is None or self.judge not in data.board.judges):
            self.put_back()
        self.show_price()

    # By keys

    def lift(self, judge: str) -> None:
        """Take a judge up; the cursor of the board says where it would be dropped."""
        if self.data is None:
            return
        self.judge = judge
        self._board.carry(judge)
        self._pool.carry(judge)
        self.changed.emit()
        self.show_price()

    def _on_pool_lifted(self, judge: str) -> None:
        self.lift(judge)
        self._board.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_back(self) -> None:
        """Leave everything as it was."""
        came_from_pool = self.judge is not None and self.judge == self._pool.current
        by_pointer = self._by_pointer
        self._stop()
        if came_from_pool and not by_pointer:
            self._pool.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self.judge, self._dropping, self._by_pointer = None, None, False
        self._board.carry(None)
        self._pool.carry(None)
        for box in (self.price, self.reason, self._ghost):
            box.hide()
        self.changed.emit()

    def priced(self, slot: Slot, *, alternative: bool = False) -> Price | None:
        """Return the price of dropping the judge in a place; None where nothing may be dropped."""
        if self.judge is None or self.data is None:
            return None
        board = self.data.board
        if board.debate[slot.debate].has_result:
            return None
        wanted = (self.judge, slot, alternative)
        if self._last is None or self._last[0] is not board or self._last[1] != wanted:
            role = role_in(slot.role, board.judges[self.judge]) if slot.added else slot.role
            self._last = (board, wanted, price_of(
                board, self.judge, slot.debate, role, slot.judge, alternative=alternative))
        return self._last[2]

    def show_price(self) -> None:
        """Show what a drop where the cursor or the pointer is would cost."""
        slot = self._board.look.target
        if self.judge is None or self.data is None or self.asks:
            return
        if slot is None or not self._board.is_in_sight(slot):
            self.price.hide()
            return
        anchor = self._anchor(slot)
        price = self.priced(slot, alternative=True)
        if price is None:
            debate = self.data.board.debate[slot.debate].label
            self.price.show_impossible(
                tr("{debate} has its result; its panel stays.", debate=debate), anchor)
        elif price.places:
            self.price.show_price(self.data.board, price, anchor)
        else:
            self.price.hide()

    def _anchor(self, slot: Slot) -> QRect:
        """Return the place in the stage's coordinates, with the ghost that hangs below it."""
        place = self._board.rect_of(slot)
        corner = self._board.viewport().mapTo(self._stage, place.topLeft())
        anchor = QRect(corner, place.size())
        return anchor.united(self._ghost.geometry()) if self._ghost.isVisible() else anchor

    def drop(self, slot: Slot) -> None:
        """Drop the judge in a place; a new clash asks for its reason first."""
        price = self.priced(slot)
        if price is None:
            if self._by_pointer:
                self.put_back()
            return
        if not price.places:
            self.put_back()
            return
        self._decide(price, slot)

    def _decide(self, price: Price, slot: Slot) -> None:
        if not price.clashes:
            self._seat(price.judge, slot, "")
            return
        if self.data is None:
            return
        judges = self.data.board.judges
        self._dropping = (price.judge, slot)
        anchor = self._anchor(slot)
        self.price.hide()
        self._ghost.hide()
        title = tr(
            "Seat {name} as {role} of {debate}?", name=judges[price.judge].name,
            role=price.target.role.value, debate=self.data.board.debate[slot.debate].label)
        self.reason.ask(title, [
            tie.text if tie.judge == price.judge else f"{judges[tie.judge].name}: {tie.text}"
            for tie in price.clashes
        ], anchor)

    def take_best(self) -> None:
        """Seat the best free judge without a clash in place of the one on the way."""
        slot = self._board.look.target
        price = self.priced(slot, alternative=True) if slot is not None else None
        if slot is not None and price is not None and price.best is not None:
            self._seat(price.best[0], slot, "")

    def _on_reason(self, reason: str) -> None:
        if self._dropping is not None:
            judge, slot = self._dropping
            self._seat(judge, slot, reason)

    def _on_no_reason(self) -> None:
        """Go back one step: the judge is on the way again, or back where a drag began."""
        self.reason.hide()
        self._dropping = None
        self._board.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._by_pointer:
            self.put_back()
        else:
            self.show_price()

    def _seat(self, judge: str, slot: Slot, reason: str) -> None:
        self._stop()
        self._board.setFocus(Qt.FocusReason.OtherFocusReason)
        self.seated.emit(judge, slot, reason)

    # By the pointer

    def _on_drag_started(self, judge: str) -> None:
        if self.data is None or self.asks:
            return
        self._by_pointer = True
        self._ghost.judge = self.data.board.judges[judge]
        self.lift(judge)
        self._board.aim(None)
        self.price.hide()

    def _on_drag_moved(self, where: QPoint) -> None:
        if self.judge is None or not self._by_pointer:
            return
        self._ghost.move(self._stage.mapFromGlobal(where) + _BELOW)
        self._ghost.show()
        self._ghost.raise_()
        point = self._board.viewport().mapFromGlobal(where)
        self._board.scroll_near(point)
        self._pool.aim(self._over_pool(where) and self.judge != self._pool.current)
        self._board.aim(self._board.slot_at(point, near=True))
        self.show_price()

    def _over_pool(self, where: QPoint) -> bool:
        return self._pool.rect().contains(self._pool.mapFromGlobal(where))

    def _on_drag_ended(self, where: QPoint) -> None:
        if self.judge is None or not self._by_pointer:
            return
        judge, slot = self.judge, self._board.look.target
        if self._over_pool(where):
            self._stop()
            self.taken_out.emit(judge)
        elif slot is not None:
            self.drop(slot)
        else:
            self.put_back()
