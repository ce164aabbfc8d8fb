"""Why a room looks as it does: its positions, what other sides would cost, reasons, certificate."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.domain.draw.swaps import SAME, cost_text
from tabapp.domain.types import DrawType
from tabapp.gui import ink
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.rows import chip_of, has_bracket, points_text
from tabapp.gui.pages.rounds.draw.why_parts import Facts, Positions, SideCosts, held_words
from tabapp.gui.tokens import Radius, Ring, Space
from tabapp.gui.widgets.badge import Badge
from tabapp.gui.widgets.buttons import Button, IconButton
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.draw_sheet import DrawSheet, SheetRoom, summary_of
from tabapp.services.postponing import POSTPONED

WIDTH = 304
WIDE = 360
_CHEAPEST = 3
"""Changes of sides that are shown of a room."""


class WhyPanel(Card):
    """The panel at the right of a draw. Ctrl+E opens and closes it."""

    closed = Signal()
    replay_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=0)
        self.replayed = ("", "")
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
        foot.setSpacing(Space.UNIT)
        self.copy = Button(tr("Copy reasons"), icon="copy")
        self.copy.setToolTip(tr("Copy reasons (Ctrl+Shift+C)"))
        self.copy.clicked.connect(self.copy_reasons)
        foot.addWidget(self.copy)
        again = Button(tr("Replay draw"), icon="rotate-ccw")
        again.setToolTip(tr("Draw it again, and compare (Ctrl+Shift+Y)"))
        again.clicked.connect(self.replay_wanted)
        foot.addWidget(again)
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
        self._fill()

    def show_replay(self, value: str, sentence: str) -> None:
        """Say in the certificate what came of a replay; "" says nothing."""
        if (value, sentence) == self.replayed:
            return
        self.replayed = (value, sentence)
        self._fill()
        if value:  # the certificate stands last; its height is known in a moment
            bar = self._area.verticalScrollBar()
            QTimer.singleShot(0, self, lambda: bar.setValue(bar.maximum()))

    def _fill(self) -> None:
        sheet, room = self.sheet, self.room
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
        if has_bracket(sheet, room):
            badge = Badge()
            badge.show_words(tr("{points} points", points=points_text(room.bracket)))
            head.addWidget(badge)
        column.addLayout(head)
        if room.status == POSTPONED:
            column.addWidget(
                label(tr("Postponed: it counts for nothing until it is resumed."), wrap=True))
        summary = summary_of(sheet, room)
        if summary:
            column.addWidget(label(summary, wrap=True))
        for flag in room.flags:
            warned = label(flag, wrap=True)
            warned.setProperty("state", "attention")
            column.addWidget(warned)
        column.addWidget(Positions(sheet, room))
        column.addWidget(label(held_words(sheet), "small", role="hint", wrap=True))
        self._add_sides(column, sheet, room)
        if room.why:
            column.addSpacing(Space.HALF)
            column.addWidget(label(tr("Reasons"), "header", role="secondary"))
            for sentence in room.why:
                column.addWidget(label(sentence, "small", wrap=True))

    def _add_sides(self, column: QVBoxLayout, sheet: DrawSheet, room: SheetRoom) -> None:
        """Say what other sides would do: in rooms of two they cost nothing, and count."""
        book = sheet.book
        if book is not None and book.by_pairs and len(room.teams) == 2:
            column.addSpacing(Space.HALF)
            column.addWidget(label(tr("With the sides swapped"), "header", role="secondary"))
            one, other = (team.id for team in room.teams)
            for line in book.price(one, other).lines:
                if line.kind == "sides":
                    said = label(line.sentence, "small", wrap=True)
                    if not line.good:
                        said.setProperty("state", "attention")
                    column.addWidget(said)
        elif book is not None and book.priced and not room.is_bye:
            column.addSpacing(Space.HALF)
            column.addWidget(label(tr("Cost of other sides"), "header", role="secondary"))
            column.addWidget(SideCosts(
                book.side_swaps(room.number)[:_CHEAPEST], sheet.owner.settings.side_names))
            orders = book.equal_orders(room.number)
            if orders > 1:
                words = tr("{n} orders of these teams cost no more; the seed chose.", n=orders)
                if sheet.certificate.edits:
                    words = tr("{n} orders of these teams cost no more than this one.", n=orders)
                column.addWidget(label(words, "small", role="hint", wrap=True))

    def _add_certificate(self, column: QVBoxLayout, sheet: DrawSheet) -> None:
        column.addSpacing(Space.UNIT)
        rule = QFrame()
        rule.setFixedHeight(1)
        column.addWidget(rule)
        column.addWidget(label(tr("Certificate"), "header", role="secondary"))
        value, sentence = self.replayed
        facts = certificate_facts(sheet)
        if value:
            facts.append((tr("Replayed"), value, sentence))
        column.addWidget(Facts(facts))
        if sentence:
            column.addWidget(label(sentence, "small", wrap=True))

    def copy_reasons(self) -> None:
        """Put the room, its reasons and its flags on the clipboard."""
        if self.sheet is not None and self.room is not None:
            QGuiApplication.clipboard().setText(reasons_text(self.sheet, self.room))

    def fit(self, width: int) -> int:
        """Return how wide the panel is in a window of ``width``."""
        return WIDE if width >= 1800 else WIDTH


def quality_words(sheet: DrawSheet) -> tuple[str, str, str]:
    """Return what is said of a draw's cost, with its icon and the icon's colour."""
    if not sheet.rooms or sheet.book is None or not sheet.book.priced:
        return "", "", "text2"
    if sheet.book.by_pairs:
        return _pair_words(sheet)
    cost, best = sheet.quality.position_cost, sheet.quality.position_cost_optimum
    said = cost_text(cost)
    if sheet.round.draw_type != DrawType.POWER:
        return tr("Position cost {cost}", cost=said), "info", "text2"
    if abs(cost - best) <= max(1e-6, SAME * abs(best)):
        words = tr("Position cost {cost}, the best possible", cost=said)
        return words, "shield-check", "done_mark"
    words = tr("Position cost {cost}; {best} is possible", cost=said, best=cost_text(best))
    return words, "pencil" if sheet.certificate.edits else "info", "attention_mark"


def _pair_words(sheet: DrawSheet) -> tuple[str, str, str]:
    """Say what rooms of two cost where they were matched, and otherwise what is wrong in them."""
    found = sheet.quality
    if sheet.book is not None and sheet.book.matched:
        said, best = cost_text(found.pairing_cost), cost_text(found.pairing_cost_optimum)
        if found.pairing_cost - found.pairing_cost_optimum <= SAME:
            words = tr("Cost of the pairs {cost}, the best possible", cost=said)
            return words, "shield-check", "done_mark"
        words = tr("Cost of the pairs {cost}; {best} is possible", cost=said, best=best)
        return words, "pencil" if sheet.certificate.edits else "info", "attention_mark"
    if not found.rematches + found.same_institution:
        return tr("Nobody meets again, no institution meets itself"), "info", "text2"
    parts = []
    if found.rematches:
        parts.append(count(found.rematches, "repeat meeting", "repeat meetings"))
    if found.same_institution:
        parts.append(
            count(found.same_institution, "room of one institution", "rooms of one institution"))
    return ", ".join(parts), "info", "text2"


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
    if sheet.book is not None and sheet.book.by_positions and sheet.rooms:
        facts.append((tr("Optimum"), cost_text(sheet.quality.position_cost_optimum), ""))
    elif sheet.book is not None and sheet.book.matched and sheet.rooms:
        facts.append((tr("Optimum"), cost_text(sheet.quality.pairing_cost_optimum), ""))
    facts.append((tr("Seed"), str(found.seed) if found.seed is not None else tr("none"), ""))
    digest = found.input_sha256
    short = f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else tr("none")
    facts.append((tr("Input"), short, digest))
    facts += [(tr("Remark"), one, one) for one in found.remarks]
    if found.ignored:
        facts.append((
            tr("Drawn without"), count(len(found.ignored), "result", "results"),
            ", ".join(found.ignored)))
    facts.append((
        tr("Edits by hand"),
        tr("{n}, declared", n=len(found.edits)) if found.edits else tr("none"), ""))
    return facts


def reasons_text(sheet: DrawSheet, room: SheetRoom) -> str:
    """Return a room with its teams, reasons and flags as plain lines."""
    head = f"{sheet.title}, {room.name}"
    names = sheet.owner.settings.side_names
    teams = [f"{chip_of(team.side, names) or tr('Bye')}: {team.name}" for team in room.teams]
    proof = [f"{name}: {value}" for name, value, _tip in certificate_facts(sheet)]
    return "\n".join([head, *teams, "", *room.why, *room.flags, "", *proof]) + "\n"
