"""A tournament full of what a volunteer may not see, and a reader of everything on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from sqlalchemy import select

from tabapp.domain.achievements import AWARDS
from tabapp.store import schema
from tabapp.store.unit import WriteUnit
from tests.gui.desk import Desk

MARK = "Xyzzy"
"""Stands in every planted name: who reads it in a volunteer's window reads a secret."""
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.UserRole,
)  # fmt: skip
_DEPTH = 5
_NO_TEXT = (QObject, Enum, type, int, float, type(None))
_LEAST = 200
"""Totals below it may be a width or a time as well."""


class Secrets:
    """Two rounds played (the second silent), the third released, the fourth drawn in secret."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.play(2)
        work, owner = desk.workspace, desk.owner
        third, fourth = desk.rounds()[2:4]
        self._draw(third.id, "Round 3")
        self.write("release", lambda unit: unit.update(
            schema.round_, {third.id: {"status": "released"}}))
        self.write(f"{MARK} verb", self._plant_before)
        self._draw(fourth.id, f"{MARK} job")
        self.write(f"{MARK} rooms of", lambda unit: self._plant_after(unit, fourth.id))
        work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id,
                 about=f"{MARK} check")
        work.run("break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1,
                 about=f"{MARK} break")
        with work.database.read() as unit:
            awarded = unit.rows(select(schema.achievement.c.key).distinct())
            standings = unit.rows(select(schema.standing.c["values"]))
        self.titles = sorted({AWARDS[one.key].title for one in awarded})
        self.totals = sorted({
            round(value, 2) for (values,) in standings for value in _numbers(values)
            if value >= _LEAST})
        assert self.titles
        assert self.totals
        words = [re.escape(one) for one in (MARK, *self.titles)]
        words += [rf"(?<![\d.]){value:g}(\.?0*)(?![\d])" for value in self.totals]
        self._pattern = re.compile("|".join(words))
        self._known: dict[str, bool] = {}

    def write(self, verb: str, change: Callable[[WriteUnit], object]) -> None:
        """Write as the tab director did before anybody else came."""
        with self.desk.workspace.database.write(
            actor="Ana", verb=verb, subject=f"{MARK} subject", tournament=self.desk.owner.id
        ) as unit:
            change(unit)

    def _draw(self, round_id: int, about: str) -> None:
        run, owner = self.desk.workspace.run, self.desk.owner.id
        run("draw.generate", tournament=owner, round_id=round_id, about=about, seed=3,
            confirm=True, ignore_missing=True)
        run("draw.allocate_adjudicators", tournament=owner, round_id=round_id, about=about, seed=3)
        run("draw.allocate_venues", tournament=owner, round_id=round_id, about=about, seed=3)

    def _plant_before(self, unit: WriteUnit) -> None:
        owner = self.desk.owner.id
        rounds = self.desk.rounds()
        unit.update(schema.round_, {
            rounds[1].id: {"silent": True}, rounds[3].id: {"name": f"{MARK} round"}})
        for table, column in ((schema.speaker, "email"), (schema.break_category, "name")):
            rows = unit.rows(select(table.c.id).where(table.c.tournament_id == owner))
            unit.update(table, {row.id: {column: f"{MARK} {column} {row.id}"} for row in rows})
        given = schema.round_motion.c
        ahead = unit.rows(select(given.motion_id).where(given.round_id == rounds[3].id))
        assert ahead
        unit.update(schema.motion, {
            row.motion_id: {"text": f"{MARK} motion", "reference": f"{MARK} motion"}
            for row in ahead})

    def _plant_after(self, unit: WriteUnit, round_id: int) -> None:
        debates = unit.rows(select(schema.debate.c.id).where(schema.debate.c.round_id == round_id))
        owner = self.desk.owner.id
        rooms = unit.insert(schema.venue, [
            {"tournament_id": owner, "ref": f"planted{n}", "name": f"{MARK} {n}"}
            for n in range(len(debates))])
        unit.update(schema.debate, {
            row.id: {"venue_id": room} for row, room in zip(debates, rooms, strict=True)})

    def found_in(self, window: QWidget) -> list[str]:
        """Return every secret that is in a window, or wherever else the program shows a text."""
        return sorted({
            f"{where}: {text}" for where, text in everything(window) if self.tells(text)})

    def tells(self, text: str) -> bool:
        """Tell whether a text gives something away."""
        if text not in self._known:
            self._known[text] = self._pattern.search(text) is not None
        return self._known[text]


def _numbers(values: Any) -> Iterator[float]:
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list):
        for one in values:
            yield from _numbers(one)
    elif isinstance(values, (int, float)) and not isinstance(values, bool):
        yield float(values)


def everything(window: QWidget) -> Iterator[tuple[str, str]]:
    """Return each text of a window and of what stands beside it, with where it is.

    Not what the screen shows alone: whatever the widgets hold counts, whether they are visible or
    not, in fields that they paint from too.
    """
    yield "clipboard", QGuiApplication.clipboard().text()
    seen: set[int] = set()
    others = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    for top in (window, *others):
        for widget in (top, *top.findChildren(QWidget)):
            name = type(widget).__name__
            for text in _of_widget(widget, seen):
                yield name, text


def _of_widget(widget: QWidget, seen: set[int]) -> Iterator[str]:
    yield from (
        widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis(),
        widget.accessibleName(), widget.accessibleDescription(), widget.objectName())
    for name in ("text", "placeholderText", "title", "label"):
        getter = getattr(widget, name, None)
        value = getter() if callable(getter) and not isinstance(getter, type) else getter
        if isinstance(value, str):
            yield value
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield widget.toPlainText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    for action in widget.actions():
        yield from _of_action(action)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _of_model(widget.model(), QModelIndex(), seen)
    yield from _strings(vars(widget).values(), _DEPTH, seen)


def _of_action(action: QAction) -> Iterable[str]:
    return action.text(), action.toolTip(), action.statusTip(), action.objectName()


def _of_model(
    model: QAbstractItemModel, parent: QModelIndex, seen: set[int]
) -> Iterator[str]:  # fmt: skip
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for section in range(columns):
        value = model.headerData(section, Qt.Orientation.Horizontal)
        if isinstance(value, str):
            yield value
    for row in range(model.rowCount(parent)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from _strings([model.data(index, role) for role in _ROLES], _DEPTH, seen)


def _strings(values: Iterable[Any], depth: int, seen: set[int]) -> Iterator[str]:
    """Return the texts in plain values, as deep as what a widget paints is kept; each once."""
    for value in values:
        if isinstance(value, str):
            yield str(value)
        elif depth and not isinstance(value, _NO_TEXT) and id(value) not in seen:
            seen.add(id(value))
            if isinstance(value, dict):
                yield from _strings([*value.keys(), *value.values()], depth - 1, seen)
            elif isinstance(value, (list, tuple, set, frozenset)):
                yield from _strings(value, depth - 1, seen)
            elif is_dataclass(value):
                inner = [getattr(value, one.name, None) for one in fields(value)]
                yield from _strings(inner, depth - 1, seen)
