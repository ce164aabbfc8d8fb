"""Why a room looks as it does: its positions, what other sides would cost, reasons, certificate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tabapp.domain.draw.swaps import SAME, cost_text, signed
from tabapp.domain.types import DrawType, Side
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.rows import chip_of, points_text
from tabapp.gui.tokens import Radius, Ring, Space
from tabapp.gui.widgets.badge import Badge
from tabapp.gui.widgets.buttons import Button, IconButton
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.draw_sheet import DrawSheet, SheetRoom, summary_of

WIDTH = 304
WIDE = 360
_ROW = 30
_COLUMN = 28
_HEAD = 24
_CHEAPEST = 3
"""Changes of sides that are shown of a room."""


class Positions(QWidget):
    """How often each team of a room stood on each side, this room included."""

    def __init__(self, sheet: DrawSheet, room: SheetRoom) -> None:
        super().__init__()
        book = sheet.book
        self._sides = sheet.owner.settings.sides
        self.rows = [
            (team, book.history(team.id) if book is not None else ()) for team in room.teams]
        self.setFixedHeight(_HEAD + _ROW * len(self.rows))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Positions held, this room included"))
        self.setAccessibleDescription("; ".join(
            f"{team.name} " + ", ".join(
                f"{chip_of(side)} {n}" for side, n in zip(self._sides, counts, strict=False))
            for team, counts in self.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line a team, the side of this room in a box."""
        with QPainter(self) as painter:
            left = self.width() - _COLUMN * len(self._sides)
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "header", tr("Team"), 0, 0, _HEAD - 4)
            for i, side in enumerate(self._sides):
                self._centred(painter, "key", chip_of(side), left + i * _COLUMN, 0, _HEAD - 4)
            painter.fillRect(0, _HEAD - 1, self.width(), 1, ink.color("line2"))
            for at, (team, counts) in enumerate(self.rows):
                y = _HEAD + at * _ROW
                x = 0
                if team.side is not Side.BYE:
                    x = chips.draw_side(painter, chip_of(team.side), 0, y + 6) + 8
                shown, style, _ = names.fit(
                    team.name, "identity", left - x - 4, keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, style, shown, x, y, _ROW - 1)
                for i, (side, n) in enumerate(zip(self._sides, counts, strict=False)):
                    self._count(painter, n, left + i * _COLUMN, y, is_here=side is team.side)
                painter.fillRect(0, y + _ROW - 1, self.width(), 1, ink.color("line"))

    def _count(self, painter: QPainter, n: int, x: int, y: int, *, is_here: bool) -> None:
        if is_here:
            ink.box(
                painter, x + 4, y + 5, _COLUMN - 8, 20, radius=Radius.CHIP, fill="soft",
                edge="soft_line")
        painter.setPen(ink.pen("accent" if is_here else "text2"))
        self._centred(painter, "identity" if is_here else "body", str(n), x, y, _ROW)

    @staticmethod
    def _centred(
        painter: QPainter, style: str, text: str, x: float, y: int, height: int
    ) -> None:
        at = x + (_COLUMN - fonts.width(style, text)) / 2
        chips.text_at(painter, style, text, at, y, height)


class SideCosts(QWidget):
    """What it costs to let two teams of a room change their sides, the cheapest first."""

    def __init__(self, swaps: Sequence[tuple[Side, Side, float]]) -> None:
        super().__init__()
        self.swaps = list(swaps)
        self.setFixedHeight(26 * len(self.swaps))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Cost of other sides"))
        self.setAccessibleDescription("; ".join(
            f"{chip_of(one)} {chip_of(other)} {signed(change)}"
            for one, other, change in self.swaps))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each pair."""
        with QPainter(self) as painter:
            for at, (one, other, change) in enumerate(self.swaps):
                y = at * 26
                x: float = chips.draw_side(painter, chip_of(one), 0, y + 4) + 6
                icons.draw(painter, "refresh-cw", 14, "text2", x, y + 6)
                x += 14 + 6
                x += chips.draw_side(painter, chip_of(other), x, y + 4) + 8
                words = tr("same cost") if abs(change) < SAME else (
                    tr("dearer") if change > 0 else tr("cheaper"))
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "body", words, x, y, 26)
                figure = signed(change)
                painter.setPen(ink.pen("attention" if change > SAME else "text"))
                chips.text_at(
                    painter, "identity", figure, self.width() - fonts.width("identity", figure),
                    y, 26)


class Facts(QWidget):
    """Names at the left, values at the right."""

    def __init__(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """``facts``: name, value, and the tooltip of the value."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HALF)
        for name, value, tip in facts:
            row = QHBoxLayout()
            row.addWidget(label(name, "small", role="secondary"))
            row.addStretch(1)
            shown = label(value, "note")
            shown.setToolTip(tip)
            row.addWidget(shown)
            column.addLayout(row)


class WhyPanel(Card):
    """The panel at the right of a draw. Ctrl+E opens and closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=0)
        self.setAccessibleName(tr("Why this room"))
        self.sheet: DrawSheet | None = None
        self.room: SheetRoom | None = None
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 0)
        head.addWidget(label(tr("Why this room"), "header", role="secondary"), 1)
        close = IconButton("x", tr("Close (Ctrl+E)"), size=28)
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self.body.addLayout(head)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Why this room"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll
        self._area.installEventFilter(self)
        self.body.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 14)
        self.copy = Button(tr("Copy reasons"), icon="copy", keys=("Ctrl", "⇧", "C"))
        self.copy.clicked.connect(self.copy_reasons)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.show_room(None, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show that the keys are here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge, and the mark of the focus."""
        super().paintEvent(event)
        if self._area.hasFocus():
            with QPainter(self) as painter:
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CARD,
                    edge="accent", edge_width=Ring.WIDTH)

    def sizeHint(self) -> QSize:
        """Ask for a narrow column."""
        return QSize(WIDTH, 480)

    def show_room(self, sheet: DrawSheet | None, room: SheetRoom | None) -> None:
        """Show another room, or the certificate alone."""
        if sheet is self.sheet and room is self.room and self._area.widget() is not None:
            return
        self.sheet, self.room = sheet, room
        self.copy.setEnabled(room is not None)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(Space.UNIT)
        if sheet is not None and room is not None:
            self._add_room(column, sheet, room)
        elif sheet is not None:
            column.addWidget(label(tr("Choose a room in the table."), role="secondary", wrap=True))
        if sheet is not None:
            self._add_certificate(column, sheet)
        column.addStretch(1)
        self._area.setWidget(inner)

    def _add_room(self, column: QVBoxLayout, sheet: DrawSheet, room: SheetRoom) -> None:
        head = QHBoxLayout()
        head.addWidget(Name(tr("Bye") if room.is_bye else room.name, "title"), 1)
        if not sheet.is_elimination and not room.is_bye:
            badge = Badge()
            badge.show_words(tr("{points} points", points=points_text(room.bracket)))
            head.addWidget(badge)
        column.addLayout(head)
        summary = summary_of(sheet, room)
        if summary:
            column.addWidget(label(summary, wrap=True))
        for flag in room.flags:
            warned = label(flag, wrap=True)
            warned.setProperty("state", "attention")
            column.addWidget(warned)
        column.addWidget(Positions(sheet, room))
        column.addWidget(
            label(tr("Positions held, this room included."), "small", role="hint", wrap=True))
        book = sheet.book
        if book is not None and book.priced and not room.is_bye:
            column.addSpacing(Space.HALF)
            column.addWidget(label(tr("Cost of other sides"), "header", role="secondary"))
            column.addWidget(SideCosts(book.side_swaps(room.number)[:_CHEAPEST]))
            orders = book.equal_orders(room.number)
            if orders > 1:
                words = tr("{n} orders of these teams cost no more; the seed chose.", n=orders)
                if sheet.certificate.edits:
                    words = tr("{n} orders of these teams cost no more than this one.", n=orders)
                column.addWidget(label(words, "small", role="hint", wrap=True))
        if room.why:
            column.addSpacing(Space.HALF)
            column.addWidget(label(tr("Reasons"), "header", role="secondary"))
            for sentence in room.why:
                column.addWidget(label(sentence, "small", wrap=True))

    def _add_certificate(self, column: QVBoxLayout, sheet: DrawSheet) -> None:
        column.addSpacing(Space.UNIT)
        rule = QFrame()
        rule.setFixedHeight(1)
        column.addWidget(rule)
        column.addWidget(label(tr("Certificate"), "header", role="secondary"))
        column.addWidget(Facts(list(certificate_facts(sheet))))

    def copy_reasons(self) -> None:
        """Put the room, its reasons and its flags on the clipboard."""
        if self.sheet is not None and self.room is not None:
            QGuiApplication.clipboard().setText(reasons_text(self.sheet, self.room))

    def fit(self, width: int) -> int:
        """Return how wide the panel is in a window of ``width``."""
        return WIDE if width >= 1800 else WIDTH


def quality_words(sheet: DrawSheet) -> tuple[str, str, str]:
    """Return what is said of a draw's position cost, with its icon and the icon's colour."""
    if not sheet.rooms or sheet.book is None or not sheet.book.priced:
        return "", "", "text2"
    cost, best = sheet.quality.position_cost, sheet.quality.position_cost_optimum
    said = cost_text(cost)
    if sheet.round.draw_type != DrawType.POWER:
        return tr("Position cost {cost}", cost=said), "info", "text2"
    if abs(cost - best) <= max(1e-6, SAME * abs(best)):
        words = tr("Position cost {cost}, the best possible", cost=said)
        return words, "shield-check", "done_mark"
    words = tr("Position cost {cost}; {best} is possible", cost=said, best=cost_text(best))
    return words, "pencil" if sheet.certificate.edits else "info", "attention_mark"


def certificate_facts(sheet: DrawSheet) -> list[tuple[str, str, str]]:
    """Return name, value and tooltip of what proves a draw."""
    found = sheet.certificate
    audit = tr("not audited")
    if found.failed:
        audit = count(len(found.failed), "check failed", "checks failed")
    elif found.unclear:
        audit = tr("{n} passed, {m} differ", n=found.passed, m=len(found.unclear))
    elif found.passed:
        audit = count(found.passed, "check passed", "checks passed")
    facts = [(tr("Audit"), audit, "\n".join((*found.failed, *found.unclear)))]
    if sheet.book is not None and sheet.book.priced and sheet.rooms:
        facts.append((tr("Optimum"), cost_text(sheet.quality.position_cost_optimum), ""))
    facts.append((tr("Seed"), str(found.seed) if found.seed is not None else tr("none"), ""))
    digest = found.input_sha256
    short = f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else tr("none")
    facts.append((tr("Input"), short, digest))
    facts.append((
        tr("Edits by hand"),
        tr("{n}, declared", n=len(found.edits)) if found.edits else tr("none"), ""))
    return facts


def reasons_text(sheet: DrawSheet, room: SheetRoom) -> str:
    """Return a room with its teams, reasons and flags as plain lines."""
    head = f"{sheet.title}, {room.name}"
    teams = [f"{chip_of(team.side) or tr('Bye')}: {team.name}" for team in room.teams]
    proof = [f"{name}: {value}" for name, value, _tip in certificate_facts(sheet)]
    return "\n".join([head, *teams, "", *room.why, *room.flags, "", *proof]) + "\n"
