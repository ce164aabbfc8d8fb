"""Which table, with which round it ends, and whose category it is of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height
from tabapp.services.results import ResultsTable

_LETTERS = 10
"""Letters that a chooser shows where there is room."""
_NARROWEST = 80
"""Width down to which it gives way in a narrow window, so that nothing beside it is cut."""


def tables_and_parts(*, replies: bool) -> list[tuple[str, str]]:
    """Return the keys of the tables and of the other parts, and what they are called."""
    tables = [("teams", tr("Teams")), ("speakers", tr("Speakers"))]
    if replies:
        tables.append(("replies", tr("Replies")))
    return [
        *tables, ("adjudicators", tr("Judges")), ("motions", tr("Motions")),
        ("positions", tr("Positions"))]


def chooser(name: str) -> QComboBox:
    """Return a list to choose from."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setFixedHeight(Height.CONTROL)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(_LETTERS)
    made.setMinimumWidth(_NARROWEST)
    return made


def fill(chosen: QComboBox, choices: list[tuple[str, object]], current: object) -> None:
    """Give a chooser its choices, unless it has them, and show which is in force."""
    if [chosen.itemText(i) for i in range(chosen.count())] != [words for words, _ in choices]:
        chosen.clear()
        for words, value in choices:
            chosen.addItem(words, value)
    at = next((i for i, (_, value) in enumerate(choices) if value == current), 0)
    chosen.setCurrentIndex(at)


def fill_all(until: QComboBox, category: QComboBox, data: ResultsTable) -> None:
    """Offer what a table has; a chooser without a choice goes."""
    fill(until, [
        (tr("All rounds"), None),
        *((tr("After {round}", round=name), seq) for seq, name in data.choices.rounds[:-1]),
    ], data.request.until)
    until.setVisible(len(data.choices.rounds) > 1)
    fill(category, [
        (tr("Everybody"), None),
        *((name, slug) for slug, name in data.choices.categories),
    ], data.request.category)
    category.setVisible(bool(data.choices.categories))


def open_list(chosen: QComboBox) -> None:
    """Give the keys to a chooser and open its list."""
    chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
    chosen.showPopup()


def why_no_choice(chosen: QComboBox, reason: str) -> str:
    """Return ``reason`` where a chooser is not on the page, "" where it is."""
    return reason if chosen.isHidden() else ""
