"""The stages of a round: seven cells on the round's page, a short line of marks elsewhere."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Radius, Ring
from tabapp.services.stages import STAGES, RoundState, StageKey, StageState, StageStatus

LINE_HEIGHT = 60
SMALL_HEIGHT = 22
_MARK = 20
_SMALL_MARK = 18
_PAD = 14
_LINK = 10
_GAP = 4
_PILL = 8
_TITLES: dict[StageKey, str] = {
    "availability": "Availability", "draw": "Draw", "judges": "Judges", "rooms": "Rooms",
    "release": "Release", "ballots": "Ballots", "complete": "Complete",
}  # fmt: skip
_STATUS: dict[StageStatus, str] = {
    "done": "done", "now": "now", "later": "later", "attention": "needs a look",
    "problem": "blocked",
}  # fmt: skip
_FACT_TOKENS = {"attention": "attention", "problem": "problem"}


def stage_title(key: StageKey) -> str:
    """Return what a stage is called."""
    return tr(_TITLES[key])


def stage_now(state: RoundState) -> StageKey:
    """Return the stage that is due: the one that is now, else the first that is not done."""
    stages = state.stages
    due = [one.key for one in stages if one.status == "now"]
    due += [one.key for one in stages if one.status != "done"]
    return due[0] if due else stages[-1].key


def describe(stage: StageState) -> str:
    """Return a stage in words, as a screen reader says it."""
    words = f"{stage_title(stage.key)}: {tr(_STATUS[stage.status])}"
    return f"{words}, {stage.fact}" if stage.fact else words


def paint_mark(
    painter: QPainter, status: StageStatus, number: int, x: float, y: float, size: int
) -> None:
    """Paint where a stage stands: a tick, its number, a triangle or an octagon."""
    if status in ("attention", "problem"):
        icons.draw(painter, chips.TONE_ICONS[status], size, f"{status}_mark", x, y)
        return
    fill, edge, letters = {
        "done": ("done_bg", "done_mark", ""), "now": ("accent", "accent", "on_accent"),
        "later": (None, "control", "text2"),
    }[status]  # fmt: skip
    ink.box(painter, x + 1, y + 1, size - 2, size - 2, radius=size / 2, fill=fill, edge=edge,
            edge_width=1.5)  # fmt: skip
    if status == "done":
        icons.draw(painter, "check", 14, "done_mark", x + (size - 14) / 2, y + (size - 14) / 2)
        return
    painter.setPen(ink.pen(letters))
    left = x + (size - fonts.width("chip", str(number))) / 2
    chips.text_at(painter, "chip", str(number), left, y, size)


class _Stages(QWidget):
    """What both lines share: seven boxes, one of which has the keys."""

    chosen = Signal(str)
    """The key of the stage that a person wants to see."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._state: RoundState | None = None
        self._at = 0
        self._under: int | None = None
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Stages"))

    @property
    def state(self) -> RoundState | None:
        """Return the round that is shown."""
        return self._state

    def _show(self, state: RoundState | None, at: StageKey | None) -> None:
        self._state = state
        if at is not None and not self.hasFocus():
            self._at = STAGES.index(at)
        name = tr("Stages of {round}", round=state.name) if state else tr("Stages")
        self.setAccessibleName(name)
        self._tell()
        self.updateGeometry()

    def _tell(self) -> None:
        stages = self._state.stages if self._state else ()
        self.setAccessibleDescription(describe(stages[self._at]) if stages else "")
        self.update()

    def _boxes(self) -> list[QRect]:
        raise NotImplementedError

    def _index_at(self, point: QPoint) -> int | None:
        return next((i for i, box in enumerate(self._boxes()) if box.contains(point)), None)

    def _choose(self, i: int) -> None:
        if self._state is not None:
            self._at = i
            self._tell()
            self.chosen.emit(self._state.stages[i].key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is below the pointer."""
        i = self._index_at(event.position().toPoint())
        if i is not None and event.button() == Qt.MouseButton.LeftButton:
            self._choose(i)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint what is below the pointer."""
        self._set_under(self._index_at(event.position().toPoint()))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tint what is below the pointer."""
        self._set_under(self._index_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tint nothing any more."""
        self._set_under(None)

    def _set_under(self, i: int | None) -> None:
        if i != self._under:
            self._under = i
            self.update()

    def event(self, event: QEvent) -> bool:
        """Say all of a stage in its tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            i = self._index_at(event.pos())
            if i is not None and self._state is not None:
                QToolTip.showText(event.globalPos(), describe(self._state.stages[i]), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End; open by Enter or Space."""
        key = Qt.Key(event.key())
        to = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(len(STAGES) - 1, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(STAGES) - 1,
        }.get(key)
        if to is not None:
            self._at = to
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Show the mark of the focus."""
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Take the mark of the focus away."""
        self.update()

    def _paint_focus(self, painter: QPainter, box: QRect, radius: float) -> None:
        if self.hasFocus():
            ink.box(
                painter, box.x(), box.y(), box.width(), box.height(), radius=radius,
                edge="accent", edge_width=Ring.WIDTH,
            )  # fmt: skip


class StageLine(_Stages):
    """Seven cells, 60 high: the mark, the name, the fact or the blocker of each stage."""

    def __init__(
        self, state: RoundState | None = None, current: StageKey = "availability"
    ) -> None:
        super().__init__(LINE_HEIGHT)
        self._current: StageKey = current
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if state is not None:
            self.set_round(state, current)

    def set_round(self, state: RoundState, current: StageKey) -> None:
        """Show ``state``; ``current`` is the stage whose page is open."""
        self._current = current
        self._show(state, current)

    def sizeHint(self) -> QSize:
        """Ask for room for the names."""
        return QSize(7 * 150, LINE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Be content with short names."""
        return QSize(7 * 96, LINE_HEIGHT)

    def _boxes(self) -> list[QRect]:
        edges = [round(self.width() * i / len(STAGES)) for i in range(len(STAGES) + 1)]
        return [
            QRect(left, 0, right - left, LINE_HEIGHT)
            for left, right in pairwise(edges)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its seven cells."""
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), LINE_HEIGHT, radius=Radius.CARD,
                fill="surface", edge="line",
            )  # fmt: skip
            if self._state is None:
                return
            boxes = self._boxes()
            for i, (stage, box) in enumerate(zip(self._state.stages, boxes, strict=True)):
                self._paint_cell(painter, i, stage, box)
            self._paint_focus(painter, boxes[self._at].adjusted(2, 2, -2, -2), Radius.CONTROL)

    def _paint_cell(self, painter: QPainter, i: int, stage: StageState, box: QRect) -> None:
        here = stage.key == self._current
        if here or i == self._under:
            ink.box(
                painter, box.x() + 1, 1, box.width() - 2, LINE_HEIGHT - 2,
                radius=Radius.CONTROL, fill="soft" if here else "hover",
            )  # fmt: skip
        if here:
            painter.fillRect(
                box.x() + _PAD, LINE_HEIGHT - 4, box.width() - 2 * _PAD, 3, ink.color("accent"))
        elif i and self._state and self._state.stages[i - 1].key != self._current:
            icons.draw(painter, "chevron-right", 14, "control", box.x() - 7, 23)
        paint_mark(painter, stage.status, i + 1, box.x() + _PAD, 9, _MARK)
        left = box.x() + _PAD + _MARK + 8
        self._line(
            painter, stage_title(stage.key), "identity", "accent" if here else
            "text2" if stage.status == "later" else "text", left, 9, box.right() - left - 6,
        )  # fmt: skip
        self._line(
            painter, stage.fact, "small", _FACT_TOKENS.get(stage.status, "text2"),
            box.x() + _PAD, 34, box.width() - _PAD - 8,
        )  # fmt: skip

    @staticmethod
    def _line(
        painter: QPainter, text: str, style: str, token: str, x: int, top: int, room: int
    ) -> None:
        shown, shape, _ = names.fit(text, style, max(0, room))
        painter.setPen(ink.pen(token))
        chips.text_at(painter, shape, shown, x, top, 20 if style == "identity" else 16)


class SmallStageLine(_Stages):
    """One mark a stage, 22 high, with the name of the stage that is due; short where narrow."""

    def __init__(self) -> None:
        super().__init__(SMALL_HEIGHT)
        self._short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_round(self, state: RoundState | None) -> None:
        """Show the round ``state``, or nothing."""
        self._show(state, stage_now(state) if state else None)

    def _pill_width(self) -> int:
        title = stage_title(stage_now(self._state)) if self._state else ""
        return round(_SMALL_MARK + 6 + fonts.width("identity", title) + _PILL + 3)

    def sizeHint(self) -> QSize:
        """Ask for all seven, or for the one that is due."""
        width = self._pill_width() if self._short else self.full_width()
        return QSize(width if self._state else 0, SMALL_HEIGHT)

    def full_width(self) -> int:
        """Return how wide all seven are."""
        return self._pill_width() + (len(STAGES) - 1) * (_SMALL_MARK + _LINK + 2 * _GAP)

    def set_short(self, short: bool) -> None:
        """Show the stage that is due alone, or all."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def _boxes(self) -> list[QRect]:
        if self._state is None:
            return []
        whole = not self._short
        now, left, boxes = stage_now(self._state), 0, []
        for stage in self._state.stages:
            due = stage.key == now
            width = self._pill_width() if due else _SMALL_MARK if whole else 0
            boxes.append(QRect(left, 0, width, SMALL_HEIGHT))
            if width:
                left += width + (_LINK + 2 * _GAP if whole else 0)
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks and the links between them."""
        if self._state is None:
            return
        now = stage_now(self._state)
        with QPainter(self) as painter:
            boxes = self._boxes()
            for i, (stage, box) in enumerate(zip(self._state.stages, boxes, strict=True)):
                if box.width() and box.x():
                    painter.fillRect(
                        box.x() - _GAP - _LINK, SMALL_HEIGHT // 2, _LINK, 1, ink.color("line2"))
                if stage.key == now:
                    self._paint_due(painter, i, stage, box)
                elif box.width():
                    paint_mark(painter, stage.status, i + 1, box.x(), 2, _SMALL_MARK)
            self._paint_focus(painter, boxes[self._at], SMALL_HEIGHT / 2)

    def _paint_due(self, painter: QPainter, i: int, stage: StageState, box: QRect) -> None:
        ink.box(
            painter, box.x(), 0, box.width(), SMALL_HEIGHT, radius=SMALL_HEIGHT / 2, fill="soft")
        status = "now" if stage.status == "later" else stage.status
        paint_mark(painter, status, i + 1, box.x() + 3, 2, _SMALL_MARK)
        painter.setPen(ink.pen("accent"))
        chips.text_at(
            painter, "identity", stage_title(stage.key), box.x() + _SMALL_MARK + 8, 0,
            SMALL_HEIGHT,
        )  # fmt: skip
