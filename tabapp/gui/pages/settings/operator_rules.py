"""The settings that say what people at the keyboard check of each other, beside their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.formats import setting_infos
from tabapp.gui.messages import sentence_of
from tabapp.gui.pages.settings.setting_row import SettingRow
from tabapp.gui.session import Session
from tabapp.gui.setting_words import value_words
from tabapp.gui.widgets.cards import Card
from tabapp.services.tournament_settings import SettingsBoard, change_settings, check_changes

BLIND = "enable_blind_checks"
NAMES = (BLIND, "ballot_one_person", "disable_ballot_confirms", "ballot_confirmed_by",
         "lock_minutes")
"""What stands here; the group Data entry has them too."""


class OperatorRules(Card):
    """Rows of settings, each stored when it is left, as on the page of its group."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(padding=1)
        self._session, self._owner = session, owner
        self._board: SettingsBoard | None = None
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body.addLayout(column)
        infos = {one.name: one for one in setting_infos()}
        self.rows = {name: SettingRow(infos[name]) for name in NAMES}
        for row in self.rows.values():
            row.typed.connect(self._on_typed)
            row.finished.connect(self._on_finished)
            row.reset.connect(self._on_reset)
            column.addWidget(row)

    def show_board(self, board: SettingsBoard) -> None:
        """Show the values in force; what is being typed stays."""
        self._board = board
        for row in self.rows.values():
            row.show_board(board)

    def set(self, name: str, value: Any) -> None:
        """Store one setting; None is what the preset says."""
        if any(one.level == "error" for one in self._judge({name: value})):
            return
        tournament, info = self._session.tournament, self.rows[name].info
        subject = name if value is None else f"{name} to {value_words(info, value)}"
        self._session.write(
            self._owner, "reset" if value is None else "set",
            lambda unit: change_settings(unit, tournament, {name: value}), subject=subject,
            done=partial(self._on_stored, name, value), failed=partial(self._on_failed, name))

    def _on_typed(self, name: str) -> None:
        self._judge({name: self.rows[name].value()})

    def _on_finished(self, name: str) -> None:
        self.set(name, self.rows[name].value())

    def _on_reset(self, name: str) -> None:
        self.rows[name].control.take_back()
        self.set(name, None)

    def _on_stored(self, name: str, value: Any, _none: None) -> None:
        if value is not None:
            self.rows[name].control.note_stored(value)

    def _on_failed(self, name: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            self._show(error.problems, name)
        else:
            code = error.code if isinstance(error, UserError) else "error"
            self._show([Problem("error", name, code, sentence_of(error))], name)

    def _judge(self, changes: Mapping[str, Any]) -> list[Problem]:
        if self._board is None:
            return []
        found = check_changes(self._board, changes)
        self._show(found, next(iter(changes)))
        return found

    def _show(self, found: Sequence[Problem], name: str) -> None:
        """Show problems at their settings; those of settings that are elsewhere stand at this."""
        for key, row in self.rows.items():
            row.show_problems([
                one for one in found
                if one.where == key or (key == name and one.where not in self.rows)])
