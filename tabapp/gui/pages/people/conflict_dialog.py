"""Adding conflicts and wishes for rooms, one after the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from tabapp.domain.registration import KIND_WORDS, Kind
from tabapp.gui import theme
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.pages.people.forms import name_box
from tabapp.gui.pages.people.lists import end_words
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import people_conflicts
from tabapp.services.people import PeopleLists
from tabapp.store.people_conflicts import CONFLICTS, ConflictKind
from tabapp.store.unit import WriteUnit


class ConflictDialog(Dialog):
    """A kind and its two ends. ``start``: a kind of record and a name to begin with."""

    def __init__(
        self, parent: QWidget, session: Session, lists: PeopleLists,
        start: tuple[Kind, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent, tr("Add a conflict"), tr("Add and next"), width=560)
        self.session = session
        self._names: dict[Kind, list[str]] = {
            "team": [one.name for one in lists.teams],
            "adjudicator": [one.name for one in lists.judges],
            "institution": [one.name for one in lists.institutions],
            "venue_category": [
                one.name for one in lists.categories if one.kind == "venue_category"],
        }
        self.form = Form()
        self.kind = QComboBox()
        self.kind.setFixedHeight(Height.CONTROL)
        for key in (*CONFLICTS, *people_conflicts.SUBJECTS):
            self.kind.addItem(end_words(key), key)
        self.form.add("kind", Field(tr("Between"), self.kind))
        self._ends = QWidget()
        self._shown: list[Field] = []
        self._line = QHBoxLayout(self._ends)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(Space.GAP)
        self.form.add_row(self._ends)
        self.one, self.other, self.priority = name_box(()), name_box(()), QLineEdit()
        self.said = label("", "small", role="hint", wrap=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_ends())
        self._show_ends()
        if start is not None:
            self._begin(*start)

    def _begin(self, kind: Kind, name: str) -> None:
        key = {"team": "adjudicator_team", "institution": "adjudicator_institution"}.get(
            kind, "adjudicator_team")
        self.kind.setCurrentIndex(self.kind.findData(key))
        (self.one if self._kinds()[0] == kind else self.other).setEditText(name)
        (self.other if self._kinds()[0] == kind else self.one).setFocus()

    @property
    def is_wish(self) -> bool:
        """Tell whether this is a wish for rooms."""
        return self.kind.currentData() in people_conflicts.SUBJECTS

    def _kinds(self) -> tuple[Kind, Kind]:
        key = self.kind.currentData()
        if self.is_wish:
            return key, "venue_category"
        ends = CONFLICTS[key]
        return ends.one, ends.other

    def _show_ends(self) -> None:
        """Show a field for each end, with the names that it may take."""
        for old in self._shown:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown.clear()
        one, other = self._kinds()
        self.one, self.other = name_box(self._names[one]), name_box(self._names[other])
        keys = ("subject", "category") if self.is_wish else ("one", "other")
        for key in ("one", "other", "subject", "category", "priority"):
            self.form.fields.pop(key, None)
        for key, kind, box in zip(keys, (one, other), (self.one, self.other), strict=True):
            words = tr(KIND_WORDS[kind])
            field = Field(words[:1].upper() + words[1:], box)
            self._show(self.form.adopt(key, field))
        if self.is_wish:
            self.priority = QLineEdit()
            hint = tr("Higher is met first; empty is 100")
            self._show(self.form.adopt(
                "priority", Field(tr("Priority"), self.priority, hint=hint)))

    def _show(self, field: Field) -> None:
        self._shown.append(field)
        self._line.addWidget(field)

    def act(self) -> None:
        """Add it, and make room for the next with the same first end."""
        if not self.do.isEnabled():
            return
        owner, key = self.session.tournament, self.kind.currentData()
        one, other = self.one.currentText(), self.other.currentText()
        priority = self.priority.text()
        change = (
            _wish(owner, key, one, other, priority) if self.is_wish
            else _clash(owner, key, one, other))
        self.do.setEnabled(False)
        self.session.write(
            self, tr("add a conflict of"), change,
            done=lambda _row: self._on_added(one, other), failed=self._on_refused)

    def _on_added(self, one: str, other: str) -> None:
        self.do.setEnabled(True)
        self.form.clear_problems()
        self.cancel.set_words(tr("Close"))
        self.said.setText(tr("{one} and {other}: added.", one=one, other=other))
        theme.mark(self.said, state="done")
        self.other.setEditText("")
        self.other.setFocus()

    def _on_refused(self, error: Exception) -> None:
        self.do.setEnabled(True)
        self.said.setText("")
        self.form.show_error(error)


def _clash(
    owner: int, kind: ConflictKind, one: str, other: str
) -> Callable[[WriteUnit], int]:
    return lambda unit: people_conflicts.add_conflict(unit, owner, kind, one, other)


def _wish(
    owner: int, kind: Kind, subject: str, category: str, priority: str
) -> Callable[[WriteUnit], int]:
    return lambda unit: people_conflicts.add_constraint(
        unit, owner, kind, subject, category, priority)
