"""The people at the keyboard: who signs in as what, and what they check of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from tabapp.domain.operators import Operator, OperatorRole
from tabapp.gui.dialogs.base import ask
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.locking.words import role_words
from tabapp.gui.messages import tr
from tabapp.gui.pages.settings.commands import OPERATORS, OPERATORS_COMMANDS
from tabapp.gui.pages.settings.listing import ListPane
from tabapp.gui.pages.settings.operator_dialogs import PersonDialog, PinDialog
from tabapp.gui.pages.settings.operator_rules import BLIND, OperatorRules
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import Banner, EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.services.operators import (
    OperatorEntry,
    Person,
    SealedPin,
    add_operator,
    bring_back_operator,
    change_role,
    read_people,
    remove_operator,
    rename_operator,
    seal_pin,
    set_pin,
    why_not_let_go,
)
from tabapp.services.tournament_settings import SettingsBoard, read_settings
from tabapp.store.unit import ReadUnit, WriteUnit

_COLUMNS = (
    Column("name", "Name", Kind.IDENTITY, stretch=True),
    Column("role", "Role"),
    Column("since", "Since"),
    Column("entered", "Entered", Kind.NUMBER, tip="Ballots of this file that this person typed"),
    Column("confirmed", "Confirmed", Kind.NUMBER),
    Column("pin", "PIN set"),
    Column("state", "State", Kind.BADGE),
)
_TABLE_LEAST = 200
_ROWS_SHOWN = 12
"""Rows before the table scrolls by itself, so that the settings below stay in sight."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PeopleBoard:
    """Everybody of the file, and the settings of the tournament."""

    people: tuple[Person, ...]
    settings: SettingsBoard


class OperatorsPane(ListPane[PeopleBoard]):
    """Enter or F2 changes a person; the settings about checking stand below."""

    place = OPERATORS
    watches = frozenset({"operators", "settings", "results"})
    commands = OPERATORS_COMMANDS
    title: ClassVar[str] = "People at the keyboard"
    hints = ((("Ins",), tr("add")), (("F2",), tr("name, role")), (("Del",), tr("remove")))

    first_added = Signal(object)
    """The first ``Operator`` of a file was added, and is who sits here."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _COLUMNS, tr(
            "Each signs in with a PIN of their own, so that a second person checks each ballot "
            "and every entry says who typed it."), parent)
        self.rules = OperatorRules(session, self)
        self._suggests = False
        self._suggestion: Banner | None = None
        self._add_rules()
        self.add_buttons(
            "settings.operator_add", "settings.operator_pin", "settings.operator_remove",
            primary="settings.operator_add")
        self.on("settings.operator_add", self._add)
        self.on("settings.operator_edit", self._edit, self._why_not_active)
        self.on("settings.operator_pin", self._new_pin, self._why_not_active)
        self.on("settings.operator_remove", self._remove, self._why_no_remove)
        self.on("settings.operator_back", self._bring_back, self._why_no_back)
        self.table.opened.connect(lambda _key: self._open())
        self.first_added.connect(session.who.sign_in)

    def _add_rules(self) -> None:
        """Put the settings below the table, and both where they scroll in a low window."""
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.removeWidget(self.card)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.card)
        column.addWidget(label(tr("What they check of each other"), "card"))
        column.addWidget(self.rules)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        whole.addWidget(self.area, 1)
        for row in self.rules.rows.values():
            row.entered.connect(self._show_rule)

    def _show_rule(self, name: str) -> None:
        self.area.ensureWidgetVisible(self.rules.rows[name], 0, Space.UNIT)

    # Data

    def query(self) -> Callable[[ReadUnit], PeopleBoard]:
        tournament = self.session.tournament
        return lambda unit: PeopleBoard(read_people(unit), read_settings(unit, tournament))

    def show_data(self, data: PeopleBoard) -> None:
        self.data = data
        self.rows.set_rows(_row(one) for one in data.people)
        empty = None
        if not data.people:
            empty = EmptyState(
                tr("Nobody signs in here yet."),
                tr("Add yourself, then the volunteers of the desk: they see the ballots and "
                   "nothing else."),
                action=tr("Add yourself…"), primary=False)
            empty.acted.connect(lambda: self.run("settings.operator_add"))
        self.card.show_empty(empty)
        shown = min(len(data.people), _ROWS_SHOWN)
        self.card.setFixedHeight(
            max(_TABLE_LEAST, Height.HEADER + shown * Height.ROW + Space.GAP))
        self.setFocusProxy(empty or self.table)
        self.rules.show_board(data.settings)
        self._show_suggestion()
        self.go_to_wanted()

    def _show_suggestion(self) -> None:
        """Suggest the blind second entry once the first volunteer is here."""
        board = self.data
        wanted = self._suggests and board is not None and not board.settings.values[BLIND]
        if wanted and self._suggestion is None:
            made = Banner(
                tr("Volunteers are here. Two of them can type each ballot, the second without "
                   "seeing what the first typed; differences are then told."),
                tone="neutral", action=tr("Switch blind second entry on"), keys=("F7",))
            made.answered.connect(lambda: self.rules.set(BLIND, True))
            self._suggestion = made
            self._above.addWidget(made)
        elif not wanted and self._suggestion is not None:
            self._above.removeWidget(self._suggestion)
            self._suggestion.hide()
            self._suggestion.deleteLater()
            self._suggestion = None
            self._suggests = False

    # Who

    def _people(self) -> tuple[Person, ...]:
        return self.data.people if self.data is not None else ()

    def _here(self) -> Person | None:
        key = self.table.current_key()
        return next((one for one in self._people() if one.operator.id == key), None)

    def _why_not_active(self) -> str:
        here = self._here()
        if here is None:
            return tr("Choose a person first.")
        return "" if here.operator.active else tr("Bring this person back first.")

    def _why_no_remove(self) -> str:
        here = self._here()
        if here is None or not here.operator.active:
            return self._why_not_active()
        return why_not_let_go(self._people(), here.operator.id, removed=True)

    def _why_no_back(self) -> str:
        here = self._here()
        if here is None:
            return tr("Choose a person first.")
        return tr("This person was not removed.") if here.operator.active else ""

    # What is done

    def _open(self) -> None:
        here = self._here()
        if here is not None:
            self.run("settings.operator_edit" if here.operator.active
                     else "settings.operator_back")

    def _add(self) -> None:
        if self.data is not None:
            PersonDialog(self, self._people(), self._save_new).open()

    def _save_new(self, dialog: PersonDialog, entry: OperatorEntry) -> None:
        first = not any(one.operator.active for one in self._people())
        volunteers = any(
            one.operator.role is OperatorRole.VOLUNTEER for one in self._people())

        def done(made: Operator) -> None:
            if first:
                self.first_added.emit(made)
            if made.role is OperatorRole.VOLUNTEER and not volunteers:
                self._suggests = True
                self._show_suggestion()
            self.want(made.id)

        self._sealed(dialog, entry.pin, lambda unit, pin: add_operator(
            unit, entry.name, entry.role, pin), done)

    def _edit(self) -> None:
        here = self._here()
        if here is not None:
            PersonDialog(
                self, self._people(), partial(self._save_changed, here.operator),
                person=here).open()

    def _save_changed(
        self, who: Operator, dialog: PersonDialog, entry: OperatorEntry
    ) -> None:
        def change(unit: WriteUnit) -> Operator:
            rename_operator(unit, who.id, entry.name)
            return change_role(unit, who.id, entry.role)

        self._write(dialog, change, self._note_changed)

    def _note_changed(self, changed: Operator) -> None:
        """Let the person who sits here go on under another name or in another role."""
        mine = self.session.who.operator
        if mine is not None and mine.id == changed.id:
            self.session.who.sign_in(changed)

    def _new_pin(self) -> None:
        here = self._here()
        if here is None:
            return
        who = here.operator
        told = tr("Tell it to nobody else. Every tab director sees once that it was set.")
        PinDialog(
            self, tr("New PIN of {name}", name=who.name), tr("Set PIN"), told,
            lambda dialog, pin: self._sealed(
                dialog, pin, lambda unit, sealed: set_pin(unit, who.id, sealed),
                lambda _none: None)).open()

    def _bring_back(self) -> None:
        here = self._here()
        if here is None:
            return
        who = here.operator
        PinDialog(
            self, tr("Bring back {name}", name=who.name), tr("Bring back"),
            tr("Signs in again as {role}, with a new PIN.", role=role_words(who.role)),
            lambda dialog, pin: self._sealed(
                dialog, pin, lambda unit, sealed: bring_back_operator(unit, who.id, sealed),
                lambda _back: None)).open()

    def _remove(self) -> None:
        here = self._here()
        if here is None:
            return
        who = here.operator

        def remove() -> None:
            self._write(self, lambda unit: remove_operator(unit, who.id), lambda _none: None)

        ask(
            self, tr("Remove {name}", name=who.name),
            tr("{name} does not sign in any more, and a window where this person sits is locked. "
               "What was typed keeps the name. Bring back undoes it.", name=who.name),
            tr("Remove person"), remove, danger=True)

    # Storing

    def _sealed(
        self, dialog: EntryDialog, pin: str, change: Callable[[WriteUnit, SealedPin], T],
        done: Callable[[T], None],
    ) -> None:  # fmt: skip
        """Hash a PIN, which takes a moment, then store what it is for."""
        self.session.call(
            dialog, lambda: seal_pin(pin),
            lambda sealed: self._write(dialog, lambda unit: change(unit, sealed), done),
            dialog.refuse)

    def _write(
        self, owner: QWidget, change: Callable[[WriteUnit], T], done: Callable[[T], None]
    ) -> None:
        """Store something; the service writes the line of the trail."""
        dialog = owner if isinstance(owner, EntryDialog) else None

        def stored(value: T) -> None:
            self.show_words("")
            if dialog is not None:
                dialog.done(QDialog.DialogCode.Accepted)
            done(value)

        self.session.write(
            owner, "", change, done=stored,
            failed=dialog.refuse if dialog is not None else self.show_error)


def _row(one: Person) -> Row:
    who = one.operator
    pin = Cell(
        _day(one.pin_set_at) if who.active else "",
        sort=str(one.pin_set_at or ""), tip=tr("Set by {name}", name=one.pin_set_by))
    state = "" if who.active else Cell(tr("removed"), tone="neutral")
    known = tr("Before: {names}", names=", ".join(one.former)) if one.former else ""
    return Row(who.id, (
        Cell(who.name, tip=known), role_words(who.role),
        Cell(_day(one.since), sort=str(one.since or "")), one.entered, one.confirmed, pin, state))


def _day(at: datetime | None) -> str:
    return f"{at.astimezone():%d.%m.%Y}" if at is not None else ""
