"""The dialog that prints, over an empty page, and what a test looks at in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs.print import PrintDialog, open_print
from tabapp.gui.notice import Notice
from tabapp.gui.page import Page
from tabapp.services.printing import PrintRequest
from tabapp.store.unit import ReadUnit
from tests.gui.desk import Desk, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES: list[Page[Any]] = []
"""The pages of a test, which live as long as their dialogs."""


class Blank(Page[None]):
    """A page that shows nothing."""

    def query(self) -> Callable[[ReadUnit], None]:
        return lambda unit: None

    def show_data(self, data: None) -> None:
        """Show nothing."""


@contextmanager
def played_desk(qtbot: QtBot, folder: Path) -> Iterator[Desk]:
    """Open a tournament of three rounds, two of them played."""
    with open_desk(qtbot, folder, teams=16, rounds=3) as opened:
        opened.play(2)
        opened.session.set_round(opened.rounds()[1].id)
        yield opened
    PAGES.clear()


def settle(desk: Desk, dialog: PrintDialog) -> None:
    desk.qtbot.waitUntil(lambda: not dialog.is_looking)
    desk.settle()


def found_on(desk: Desk, page: Page[Any]) -> PrintDialog:
    desk.settle()
    dialog = next(one for one in page.findChildren(PrintDialog) if one.isVisible())
    settle(desk, dialog)
    return dialog


def page_of(desk: Desk, kind: type[Page[Any]] = Blank) -> Page[Any]:
    page = kind(desk.session)
    desk.qtbot.addWidget(page)
    PAGES.append(page)
    page.resize(1310, 690)
    page.show()
    desk.settle()
    return page


def dialog_of(desk: Desk, request: PrintRequest | None = None) -> PrintDialog:
    page = page_of(desk)
    open_print(page, request)
    return found_on(desk, page)


def words(dialog: PrintDialog) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def told_by(desk: Desk) -> list[Notice]:
    told: list[Notice] = []
    desk.session.told.connect(told.append)
    return told


def pages_in(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file.read_bytes())
    return [page.get_textpage().get_text_bounded() for page in document]


def type_in(desk: Desk, field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    desk.qtbot.keyClick(field, Qt.Key.Key_Delete)
    desk.qtbot.keyClicks(field, words)
