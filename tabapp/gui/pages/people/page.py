"""The place people: everybody and everything that takes part, and what is done to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tabapp.domain.registration import KIND_WORDS, Kind
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.people.board import Board
from tabapp.gui.pages.people.conflict_dialog import ConflictDialog
from tabapp.gui.pages.people.detail_dialog import DetailDialog, judge_dialog, team_dialog
from tabapp.gui.pages.people.grid_dialog import GridDialog
from tabapp.gui.pages.people.lists import kind_of, record_of
from tabapp.gui.pages.people.paste_dialog import PasteDialog
from tabapp.gui.pages.people.printing import print_badges, print_signs
from tabapp.gui.pages.people.record_dialog import AddDialog, EditDialog
from tabapp.gui.session import Session
from tabapp.services import people, people_conflicts
from tabapp.services.people import WITHDRAWN, listed
from tabapp.services.people_categories import Grid, GridKind, read_grid
from tabapp.services.people_deletion import Deletion, delete, look_at_deletion
from tabapp.services.people_details import read_judge, read_team
from tabapp.services.people_paste import PASTED
from tabapp.store.people_conflicts import CONFLICTS
from tabapp.store.unit import WriteUnit

_GOES = {
    "speaker": ("speaker", "speakers"), "conflict": ("conflict", "conflicts"),
    "constraint": ("wish for rooms", "wishes for rooms"), "venue": ("room", "rooms"),
}
_GRIDS: dict[str, GridKind] = {"teams": "team", "speakers": "speaker", "rooms": "venue"}
_WISH = "wish_"


class PeoplePage(Board):
    """Seven lists; a command is about the selected rows, else about the one with the cursor."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        on = self.on
        on("people.add", self.add, self._is_read)
        on("people.paste", self.paste, self._can_paste)
        on("people.import", lambda: self.session.go("import"))
        on("people.edit", self.edit, self._has_record)
        on("people.delete", self.delete, self._has_rows)
        on("people.withdraw", self.withdraw, self._can_withdraw)
        on("people.bring_back", self.bring_back, self._can_bring_back)
        on("people.eligibility", self.eligibility, self._has_grid)
        on("people.conflict", self.conflict, self._is_read)
        on("people.print_badges", lambda: print_badges(self), self._is_read)
        on("people.print_signs", lambda: print_signs(self), self._is_read)
        self.refresh_commands()

    # When

    def _is_read(self) -> str:
        return "" if self.lists is not None else tr("The lists are being read.")

    def _can_paste(self) -> str:
        if self._kind() in PASTED:
            return self._is_read()
        return tr("Go to teams, speakers, judges, institutions or rooms to paste them.")

    def _has_rows(self) -> str:
        return "" if self.chosen() else tr("Choose a row first.")

    def _has_record(self) -> str:
        if self.current.spec.key == "conflicts":
            return tr("A conflict has nothing to edit. Delete it and add another.")
        return self._has_rows()

    def _can_withdraw(self) -> str:
        return self._withdrawable(wanted=False, none=tr("All of these are withdrawn already."))

    def _can_bring_back(self) -> str:
        return self._withdrawable(wanted=True, none=tr("None of these is withdrawn."))

    def _withdrawable(self, *, wanted: bool, none: str) -> str:
        if self._kind() not in WITHDRAWN:
            return tr("Teams, judges and rooms can be withdrawn. Delete the others.")
        states = self.chosen_withdrawn()
        if not states:
            return tr("Choose a row first.")
        return "" if wanted in states else none

    def _has_grid(self) -> str:
        if self.tabs.key in _GRIDS:
            return ""
        return tr("Go to teams, speakers or rooms to tick their categories.")

    def _kind(self) -> Kind | None:
        return self.current.spec.kind

    # Dialogs

    def add(self) -> None:
        """Add records of the list's kind, one after the other."""
        lists, key = self.lists, self.current.spec.key
        assert lists is not None
        if key == "conflicts":
            ConflictDialog(self, self.session, lists).open()
            return
        kind = self._kind() or self._category_kind()
        speakers = self.speakers if kind == "team" else 0
        others: tuple[Kind, ...] = ()
        if key == "categories":
            others = ("speaker_category", "venue_category")
        AddDialog(self, self.session, kind, lists, speakers=speakers, others=others).open()

    def _category_kind(self) -> Kind:
        """Return the kind of category to add: that of the row with the cursor."""
        chosen = self.chosen()
        here = kind_of(self.current.spec, chosen[0]) if chosen else None
        return here or "speaker_category"

    def paste(self) -> None:
        """Look at the rows on the clipboard; an empty box where there are none."""
        text = QGuiApplication.clipboard().text()
        looks_right = "\t" in text or "\n" in text.strip()
        PasteDialog(
            self, self.session, self.current.spec, text if looks_right else "").open()

    def edit(self) -> None:
        """Change the fields of the row with the cursor."""
        keys = self.chosen()
        key = self.current.table.current_key()
        key = key if key in keys else keys[0]
        kind, lists = kind_of(self.current.spec, key), self.lists
        if kind is None or lists is None:
            return
        owner, record = self.session.tournament, record_of(key)

        def show(values: dict[str, object]) -> None:
            EditDialog(self, self.session, kind, lists, record, values).open()

        self.session.read(
            self, lambda unit: people.read_texts(unit, owner, kind, record), show)

    def open_current(self) -> None:
        """Open what is known of a team or a judge; of others their fields."""
        key, kind = self.current.table.current_key(), self._kind()
        if not isinstance(key, int) or kind not in ("team", "adjudicator"):
            if not self._has_record():
                self.edit()
            return
        owner, page = self.session.tournament, self
        if kind == "team":
            self.session.read(
                page, lambda unit: read_team(unit, owner, key),
                lambda found: self._open(team_dialog(page, found)))
        else:
            self.session.read(
                page, lambda unit: read_judge(unit, owner, key),
                lambda found: self._open(judge_dialog(page, found)))

    def _open(self, dialog: DetailDialog) -> None:
        dialog.edit_wanted.connect(self.edit)
        dialog.conflict_wanted.connect(self.conflict)
        dialog.withdraw_wanted.connect(self._toggle)
        dialog.open()

    def _toggle(self) -> None:
        name = "people.bring_back" if all(self.chosen_withdrawn()) else "people.withdraw"
        self.run(name)

    def conflict(self) -> None:
        """Add a conflict of the row with the cursor, or of anybody."""
        page, kind = self, self._kind()
        lists = page.lists
        assert lists is not None
        key = page.current.table.current_key()
        start = None
        if key is not None and kind in ("team", "adjudicator", "institution"):
            start = (kind, page.current.name_of(key))
        ConflictDialog(page, self.session, lists, start).open()

    def eligibility(self) -> None:
        """Tick who is in which category."""
        kind, owner = _GRIDS[self.tabs.key], self.session.tournament

        def show(grid: Grid) -> None:
            if not grid.categories:
                where = tr("Add break categories in Settings first.")
                self.session.tell(
                    where if kind == "team" else tr("Add categories under Categories first."),
                    "attention")
                return
            GridDialog(self, self.session, kind, grid).open()

        self.session.read(self, lambda unit: read_grid(unit, owner, kind), show)

    # Withdrawing

    def withdraw(self) -> None:
        """Withdraw the chosen rows."""
        kind = self._kind()
        assert kind is not None
        self._withdraw(kind, self._ids())

    def _withdraw(self, kind: Kind, ids: list[int]) -> None:
        owner = self.session.tournament

        def done(names: list[str]) -> None:
            self.session.tell_undoable(tr(
                "{names} withdrawn: away from every round that is not drawn yet.",
                names=listed(names)))

        self.session.write(
            self, tr("withdraw"), lambda unit: people.withdraw(unit, owner, kind, ids),
            done=done)

    def bring_back(self) -> None:
        """Bring the chosen rows back."""
        kind, ids, owner = self._kind(), self._ids(), self.session.tournament
        assert kind is not None
        self.session.write(
            self, tr("bring back"), lambda unit: people.bring_back(unit, owner, kind, ids),
            done=lambda names: self.session.tell_undoable(tr("{names} back.", names=listed(names))))

    def _ids(self) -> list[int]:
        return [record_of(key) for key in self.chosen()]

    # Deleting

    def delete(self) -> None:
        """Say what goes with the chosen rows, or why they stay; then delete them."""
        keys = self.chosen()
        if self.current.spec.key == "conflicts":
            self._remove_conflicts([key for key in keys if isinstance(key, tuple)])
            return
        kind = kind_of(self.current.spec, keys[0])
        if kind is None:
            return
        ids = [record_of(key) for key in keys if kind_of(self.current.spec, key) == kind]
        owner = self.session.tournament
        self.session.read(
            self, lambda unit: look_at_deletion(unit, owner, kind, ids),
            lambda found: self._judge(kind, ids, found))

    def _judge(self, kind: Kind, ids: list[int], found: Deletion) -> None:
        if found.problems:
            first, more = found.problems[0].message, len(found.problems) - 1
            words = first if not more else tr(
                "{first} So are {n} others.", first=first, n=more)
            if found.can_withdraw and not self._can_withdraw():
                # the cursor may be elsewhere by the time the toast is answered
                self.session.tell(
                    words, "problem", tr("Withdraw"), lambda: self._withdraw(kind, ids))
            else:
                self.session.tell(words, "problem")
            return
        if not found.goes and len(found.names) == 1:
            self._delete(kind, ids)
            return
        words = tr(KIND_WORDS[kind])
        title = (
            tr("Delete {name}?", name=found.names[0]) if len(found.names) == 1
            else tr("Delete {n} {kind}s?", n=len(found.names), kind=words))
        ask(
            self, title, tr("{goes} You can undo this.", goes=_goes(found.goes)).strip(),
            tr("Delete"), lambda: self._delete(kind, ids), danger=True)

    def _delete(self, kind: Kind, ids: list[int]) -> None:
        owner = self.session.tournament
        self.session.write(
            self, tr("delete"), lambda unit: delete(unit, owner, kind, ids),
            done=lambda names: self.session.tell_undoable(
                tr("{names} deleted.", names=listed(names))),
            snapshot=f"before deleting {count(len(ids), KIND_WORDS[kind], f'{KIND_WORDS[kind]}s')}")

    def _remove_conflicts(self, keys: Sequence[tuple[str, int]]) -> None:
        owner = self.session.tournament
        clashes = {
            kind: [record for sort, record in keys if sort == kind] for kind in CONFLICTS}
        wishes = [record for sort, record in keys if sort.startswith(_WISH)]

        def change(unit: WriteUnit) -> int:
            number = people_conflicts.remove_conflicts(unit, owner, clashes)
            people_conflicts.remove_constraints(unit, wishes)
            return number + len(wishes)

        self.session.write(
            self, tr("remove the conflicts of"), change,
            done=lambda n: self.session.tell_undoable(
                tr("{conflicts} removed.", conflicts=count(n, "conflict", "conflicts"))),
            snapshot="before removing conflicts")


def _goes(counts: Counter[str]) -> str:
    parts = [count(number, *_GOES[what]) for what, number in counts.items()]
    if not parts:
        return ""
    total = sum(counts.values())
    return f"{listed(parts)} {tr('goes with it.' if total == 1 else 'go with it.')}"
