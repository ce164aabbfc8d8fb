"""The settings themselves: a group of them, what was found, or what differs from the preset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.formats import SettingInfo, setting_infos
from tabapp.gui import names
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.commands import RULES, RULES_COMMANDS
from tabapp.gui.pages.settings.setting_row import SettingRow, search_words
from tabapp.gui.session import Session
from tabapp.gui.setting_words import group_title, value_words
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Banner, Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.tournament_settings import (
    SettingsBoard,
    change_settings,
    check_changes,
    infos_of,
    read_settings,
)
from tabapp.store.unit import ReadUnit

_AHEAD_PAUSE = 15
"""Milliseconds between two rows that are made ahead of their time; making one takes 2 to 8."""


class RulesPane(Page[SettingsBoard]):
    """Rows of settings. A change is stored when its field is left, as one action."""

    place = RULES
    watches = frozenset({"settings", "rounds", "draws", "results", "break"})
    commands = RULES_COMMANDS
    differs_toggled = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.board: SettingsBoard | None = None
        self.group, self.filter, self.differs_only = "", "", False
        self._rows: dict[str, SettingRow] = {}
        self._shown: list[str] = []
        self._headings: list[QWidget] = []
        self._current = ""
        self._wants_keys = False
        self._ahead = QTimer(self, interval=_AHEAD_PAUSE)
        self._ahead.timeout.connect(self._make_one)
        self._banner: Banner | None = None
        self.title = label("", "title")
        self.differs = QCheckBox(tr("Only what differs"))
        self.source = Name("", "small", "text3")
        self._build()
        self.on("settings.reset", lambda: self._reset([self._current]), self._why_no_reset)
        self.on("settings.reset_all", self._reset_all, self._why_no_reset_all)
        self.differs.toggled.connect(self.differs_toggled)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.UNIT)
        head = QHBoxLayout()
        head.setSpacing(Space.GAP)
        self.title.setMinimumHeight(Height.CONTROL)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.differs)
        self._reset_button = self.button("settings.reset_all", role=Role.QUIET, keys=False)
        head.addWidget(self._reset_button)
        whole.addLayout(head)
        self._above = QVBoxLayout()
        whole.addLayout(self._above)
        self._card = Card(padding=1)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._card.body.addLayout(self._column)
        self._empty = EmptyState("")
        inner = QWidget()
        self._held = QVBoxLayout(inner)
        self._held.setContentsMargins(0, 0, 8, 0)
        self._held.addWidget(self._card)
        self._held.addWidget(self._empty, 1)
        self._held.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.source)

    # Data

    def query(self) -> Callable[[ReadUnit], SettingsBoard]:
        tournament = self.session.tournament
        return lambda unit: read_settings(unit, tournament)

    def show_data(self, data: SettingsBoard) -> None:
        self.board = data
        for row in self._rows.values():
            row.show_board(data)
        self._arrange()
        if self._wants_keys:
            self.go_to_first()
        if len(self._rows) < len(setting_infos()):
            self._ahead.start()

    def _make_one(self) -> None:
        """Make a row ahead of its time, so that the first letter of a search finds all of them."""
        missing = next((one for one in setting_infos() if one.name not in self._rows), None)
        if missing is None:
            self._ahead.stop()
        else:
            self._row(missing)

    # Which settings are shown

    def show_group(self, group: str) -> None:
        """Show the settings of a group."""
        self._look(group, "", differs=False)

    def show_found(self, words: str) -> None:
        """Show the settings of all groups that have all these words."""
        self._look(self.group, words, differs=self.differs_only)

    def show_differing(self, only: bool) -> None:
        """Show the settings of all groups that differ from the preset, or the group again."""
        self._look(self.group, self.filter, differs=only)

    def _look(self, group: str, words: str, *, differs: bool) -> None:
        self.group, self.filter, self.differs_only = group, words.strip(), differs
        self.differs.blockSignals(True)
        self.differs.setChecked(differs)
        self.differs.blockSignals(False)
        if self.board is not None:
            self._arrange()
            self.area.verticalScrollBar().setValue(0)

    def _wanted(self, board: SettingsBoard) -> list[SettingInfo]:
        if not self.filter and not self.differs_only:
            return list(infos_of(self.group))
        needles = names.fold(self.filter).split()
        return [
            info for info in setting_infos()
            if (not self.differs_only or info.name in board.changed or self._is_dirty(info.name))
            and all(needle in search_words(info) for needle in needles)
        ]

    def _is_dirty(self, name: str) -> bool:
        return name in self._rows and self._rows[name].control.is_dirty

    def _row(self, info: SettingInfo) -> SettingRow:
        row = self._rows.get(info.name)
        if row is None:
            row = self._rows[info.name] = SettingRow(info)
            row.typed.connect(self._on_typed)
            row.finished.connect(self._on_finished)
            row.reset.connect(lambda name: self._reset([name]))
            row.entered.connect(self._on_entered)
            if self.board is not None:
                row.show_board(self.board)
        return row

    def _arrange(self) -> None:
        """Put the rows that are wanted on the page; those that stay keep the keys."""
        board = self.board
        assert board is not None
        infos = self._wanted(board)
        self._say_what_is_shown(board, infos)
        wanted = [one.name for one in infos]
        if wanted != self._shown:
            self._fill(infos)
            self._shown = wanted
            if self._current not in wanted:
                self._current = ""
                self.source.set_text("")
        self.refresh_commands()

    def _fill(self, infos: Sequence[SettingInfo]) -> None:
        for name in self._shown:
            self._column.removeWidget(self._rows[name])
        for old in self._headings:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._headings = []
        kept = {one.name for one in infos}
        for name in self._shown:
            self._rows[name].setVisible(name in kept)
        several = bool(self.filter or self.differs_only)
        group, before = "", None
        for info in infos:
            if several and info.group != group:
                group = info.group
                heading = label(group_title(group), "header", role="secondary")
                heading.setContentsMargins(14, 12, 8, 2)
                self._headings.append(heading)
                self._column.addWidget(heading)
            row = self._row(info)
            self._column.addWidget(row)
            row.show()
            if before is not None:
                QWidget.setTabOrder(before.back, row.control.inner)
            before = row

    def _say_what_is_shown(self, board: SettingsBoard, infos: Sequence[SettingInfo]) -> None:
        several = bool(self.filter or self.differs_only)
        if self.filter:
            title = count(len(infos), "setting found", "settings found")
        elif self.differs_only:
            title = tr("Differs from {preset}", preset=board.preset.title)
        else:
            title = group_title(self.group)
        self.title.setText(title)
        self._card.setVisible(bool(infos))
        self._empty.setVisible(not infos)
        if not infos:
            words = tr("No setting is called that.") if self.filter else tr(
                "Everything is as {preset} says.", preset=board.preset.title)
            self._show_nothing(words)
        effects = () if several else board.effects(self.group)
        self._show_effects("\n".join(effects))

    def _show_nothing(self, words: str) -> None:
        old = self._empty
        self._empty = EmptyState(words)
        self._held.replaceWidget(old, self._empty)
        old.hide()
        old.deleteLater()

    def _show_effects(self, words: str) -> None:
        if (self._banner.accessibleName() if self._banner else "") == words:
            return
        if self._banner is not None:
            self._above.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if words:
            self._banner = Banner(words, tone="neutral")
            self._above.addWidget(self._banner)

    # The row with the keys

    def go_to(self, name: str) -> bool:
        """Give the keys to a setting that is shown; tell whether it is."""
        if name not in self._shown:
            return False
        self._rows[name].control.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def go_to_first(self) -> None:
        """Give the keys to the first setting that is shown, as soon as there is one."""
        self._wants_keys = self.board is None
        if self._shown:
            self.go_to(self._shown[0])

    def row(self, name: str) -> SettingRow:
        """Return the row of a setting (KeyError if it was never shown)."""
        return self._rows[name]

    def _on_entered(self, name: str) -> None:
        if name not in self._shown:  # Qt gives the keys to what is about to be hidden
            return
        self._current = name
        row = self._rows[name]
        self.area.ensureWidgetVisible(row, 0, Space.UNIT)
        if self.board is not None:
            source = self.board.source(name)
            words = tr("{name}: after {source}", name=name, source=source) if source else tr(
                "{name}: what the program does unless it is told otherwise", name=name)
            self.source.set_text(words)
        self.refresh_commands()

    # Storing

    def _on_typed(self, name: str) -> None:
        self._judge({name: self._rows[name].value()})

    def _dirty(self) -> dict[str, Any]:
        return {
            name: row.value() for name, row in self._rows.items() if row.control.is_dirty}

    def _judge(self, changes: Mapping[str, Any]) -> list[Problem]:
        """Show what is wrong with what is typed, each at its setting; return it."""
        if self.board is None:
            return []
        found = check_changes(self.board, {**self._dirty(), **changes})
        self._show_problems(found, changes)
        return found

    def _show_problems(self, found: Sequence[Problem], changes: Mapping[str, Any]) -> None:
        at: dict[str, list[Problem]] = {name: [] for name in self._rows}
        for one in found:
            at.setdefault(one.where, []).append(one)
        errors = [one for one in found if one.level == "error"]
        for name in changes:  # what is told at another setting is told here too
            if name in at and not at[name]:
                at[name] = errors
        for name, problems in at.items():
            if name in self._rows:
                self._rows[name].show_problems(problems)

    def _on_finished(self, name: str) -> None:
        """Store all that is typed together; if that cannot be, this one by itself."""
        if self.board is None:
            return
        own = {name: self._rows[name].value()}
        found = self._judge(own)
        changes = {**self._dirty(), **own}
        if any(one.level == "error" for one in found):
            alone = check_changes(self.board, own)
            if any(one.level == "error" for one in alone):
                return
            changes = own
        self._write("set", changes)

    def _write(self, verb: str, changes: Mapping[str, Any]) -> None:
        tournament = self.session.tournament
        self.session.write(
            self, verb, lambda unit: change_settings(unit, tournament, changes),
            subject=self._subject(changes), done=lambda _none: self._on_stored(changes),
            failed=lambda error: self._on_failed(error, changes))

    def _on_stored(self, changes: Mapping[str, Any]) -> None:
        """Know what is stored before it is read anew: an undo may come first."""
        for name, value in changes.items():
            if value is not None:
                self._rows[name].control.note_stored(value)

    def _subject(self, changes: Mapping[str, Any]) -> str:
        if len(changes) != 1:
            return count(len(changes), "setting", "settings")
        name, value = next(iter(changes.items()))
        if value is None:
            return name
        return f"{name} to {value_words(self._rows[name].info, value)}"

    def _on_failed(self, error: Exception, changes: Mapping[str, Any]) -> None:
        if isinstance(error, ProblemsFound):
            self._show_problems(error.problems, changes)
            return
        code = error.code if isinstance(error, UserError) else "error"
        self._show_problems(
            [Problem("error", name, code, sentence_of(error)) for name in changes], changes)

    # Back to the preset

    def _reset(self, wanted: Sequence[str]) -> None:
        changes: dict[str, Any] = dict.fromkeys(wanted)
        for name in wanted:
            self._rows[name].control.take_back()
        if self.board is not None:
            found = check_changes(self.board, changes)
            self._show_problems(found, changes)
            if all(one.level != "error" for one in found):
                self._write("reset", changes)

    def _reset_all(self) -> None:
        self._reset(self._differing())

    def _differing(self) -> list[str]:
        changed = self.board.changed if self.board is not None else frozenset()
        return [name for name in self._shown if name in changed]

    def _why_no_reset(self) -> str:
        if self._current not in self._shown:
            return tr("Go to the setting first.")
        return "" if self._current in self._differing() else tr("It is as the preset says.")

    def _why_no_reset_all(self) -> str:
        return "" if self._differing() else tr("All of this is as the preset says.")
