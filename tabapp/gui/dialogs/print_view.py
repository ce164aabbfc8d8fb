"""A look at the pages before they are printed, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.gui import fonts, ink, theme
from tabapp.gui.actions import key_caps
from tabapp.gui.latest import Latest
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Radius, Ring, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.services.printing import PagePicture, Paper, picture_of

_PAUSE = 60
"""Milliseconds after the last step before a page is set, so that a held key sets one page."""
_INCHES = 11.7
"""The longer edge of A4, which is longer than that of Letter."""


class _Sheet(QWidget):
    """The page itself, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Preview"))

    def sizeHint(self) -> QSize:
        """Ask for a page that can be made out."""
        return QSize(390, 500)

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than what shows how a page is laid out."""
        return QSize(300, 320)

    def show_picture(self, picture: QPixmap) -> None:
        """Show a page."""
        self.picture, self.words = picture, ""
        self.update()

    def say(self, words: str) -> None:
        """Say why there is no page; the one before stays where ``words`` are ""."""
        if words:
            self.picture = QPixmap()
        self.words = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the page in its middle."""
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CARD, fill="sunken",
                edge="accent" if self.hasFocus() else "line",
                edge_width=Ring.WIDTH if self.hasFocus() else 1)
            if self.picture.isNull():
                painter.setPen(ink.pen("text2"))
                painter.setFont(fonts.font("body"))
                room = self.rect().adjusted(Space.MARGIN, 0, -Space.MARGIN, 0)
                painter.drawText(
                    room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self.picture.size().scaled(
                self.size() - QSize(2 * Space.UNIT, 2 * Space.UNIT),
                Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(
                (self.width() - size.width()) / 2, (self.height() - size.height()) / 2,
                size.width(), size.height())
            painter.drawPixmap(place, self.picture, QRectF(self.picture.rect()))
            painter.setPen(ink.pen("line2"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)


class PageView(QWidget):
    """Sets one page in another thread whenever the paper, or the page, is another."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.paper: Paper | None = None
        self.at = 0
        self._pictures = Latest()
        self.sheet = _Sheet()
        self.where = label("", "identity")
        self.lacking = label("", "small", role="hint", wrap=True)
        theme.mark(self.lacking, state="attention")
        self.lacking.hide()
        self.back = Button(tr("Back"), icon="chevron-left", keys=key_caps("Ctrl+PgUp"))
        self.on = Button(tr("Next"), icon="chevron-right", keys=key_caps("Ctrl+PgDown"))
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        foot = QHBoxLayout()
        foot.setSpacing(Space.UNIT)
        foot.addWidget(self.where, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.lacking)
        column.addLayout(foot)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._set)
        self._show_where()

    @property
    def is_setting(self) -> bool:
        """Tell whether the page that is shown is not yet the one that is wanted."""
        return self._pause.isActive()

    def show_paper(self, paper: Paper | None, why: str = "") -> None:
        """Show other paper, from its first page where it is shorter; or say why there is none."""
        self.paper = paper
        self._pictures.ask()  # what is being set is of other paper
        self.lacking.hide()
        if paper is None or not paper.pages:
            self.at = 0
            self._pause.stop()
            self.sheet.say(why or tr("Nothing to show."))
        else:
            self.at = min(self.at, paper.pages - 1)
            self._pause.start()
        self._show_where()

    def step(self, by: int) -> None:
        """Show the next page, or the one before."""
        self.go(self.at + by)

    def go(self, at: int) -> None:
        """Show a page; the first is 0."""
        if self.paper is None or not self.paper.pages:
            return
        at = max(0, min(self.paper.pages - 1, at))
        if at != self.at:
            self.at = at
            self._pause.start()
            self._show_where()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages while the preview has the keys."""
        last = self.paper.pages - 1 if self.paper is not None else 0
        to = {
            Qt.Key.Key_PageDown: self.at + 1, Qt.Key.Key_PageUp: self.at - 1,
            Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Left: self.at - 1,
            Qt.Key.Key_Down: self.at + 1, Qt.Key.Key_Up: self.at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self.go(to)

    def _show_where(self) -> None:
        pages = self.paper.pages if self.paper is not None else 0
        self.where.setText(
            tr("Page {at} of {n}", at=self.at + 1, n=pages) if pages else "")
        self.sheet.setAccessibleDescription(self.where.text())
        self.back.setEnabled(self.at > 0)
        self.on.setEnabled(self.at + 1 < pages)

    def _set(self) -> None:
        paper, at = self.paper, self.at
        if paper is None:
            return
        pixels = max(self.sheet.height(), 400) * self.devicePixelRatioF()
        ppi = 2 * pixels / _INCHES  # twice as fine, so that lines stay clean

        def show(made: PagePicture) -> None:
            picture = QPixmap()
            picture.loadFromData(made.content)
            self.sheet.show_picture(picture)
            self.lacking.setText(tr(
                "No font here has letters such as {letters}: boxes stand there.",
                letters=", ".join(made.lacking)))
            self.lacking.setVisible(bool(made.lacking))

        def failed(error: Exception) -> None:
            self.sheet.say(sentence_of(error))

        asked = self._pictures.ask()
        self.session.call(
            self, lambda: picture_of(paper, at, ppi=ppi), asked.only(show), asked.only(failed))
