"""What the tournament is called, and the preset below its rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.domain.formats import presets
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.commands import TOURNAMENT, TOURNAMENT_COMMANDS
from tabapp.gui.pages.settings.controls import Choice
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services.tournament_settings import (
    HeadEntry,
    PresetPlan,
    SettingsBoard,
    change_head,
    change_preset,
    check_head,
    plan_preset,
    read_settings,
)
from tabapp.store.unit import ReadUnit

WIDTH = 720


class HeadPane(Page[SettingsBoard]):
    """Names are stored when their field is left; the preset when the person says so."""

    place = TOURNAMENT
    watches = frozenset({"settings", "rounds", "draws"})
    commands = TOURNAMENT_COMMANDS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.board: SettingsBoard | None = None
        self.form = Form()
        self.lines = {
            "name": QLineEdit(), "short_name": QLineEdit(), "slug": QLineEdit(),
            "timezone": QLineEdit(),
        }
        self.preset = Choice()
        for one in presets():
            self.preset.addItem(one.title, one.name)
        self.preset.setMaxVisibleItems(12)
        self.plan = label("", role="secondary", wrap=True)
        self._build()
        self.on("settings.preset", self._change_preset, self._why_no_preset)
        for key, line in self.lines.items():
            line.textEdited.connect(self._judge)
            line.editingFinished.connect(partial(self._store, key))
        self.preset.currentIndexChanged.connect(self._show_plan)

    def _build(self) -> None:
        hints = {
            "name": ("Name", ""), "short_name": ("Short name", "For narrow places; may be empty"),
            "slug": ("Name in commands and files", "Letters, digits, dots, hyphens"),
            "timezone": ("Time zone", "Such as Europe/Berlin; start times are in it"),
        }
        for key, (title, hint) in hints.items():
            field = Field(tr(title), self.lines[key], hint=tr(hint) if hint else "")
            if key in ("slug", "timezone"):
                self.form.adopt(key, field)
            else:
                self.form.add(key, field)
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.form.fields["slug"], 1)
        row.addWidget(self.form.fields["timezone"], 1)
        self.form.add_row(pair)
        names = Card()
        names.body.addWidget(self.form)
        rules = Card(tr("Preset"))
        rules.body.addWidget(label(tr(
            "The rules that hold where this tournament changes nothing."), role="secondary"))
        choice = QHBoxLayout()
        choice.setSpacing(Space.UNIT)
        self.preset.setAccessibleName(tr("Preset"))
        choice.addWidget(self.preset, 1)
        self.change = self.button("settings.preset", role=Role.PRIMARY)
        choice.addWidget(self.change)
        rules.body.addLayout(choice)
        rules.body.addWidget(self.plan)
        inner = QWidget()
        held = QVBoxLayout(inner)
        held.setContentsMargins(4, 4, 8, 4)
        held.setSpacing(Space.GAP)
        for card in (names, rules):
            card.setMaximumWidth(WIDTH)
            held.addWidget(card)
        held.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.UNIT)
        heading = label(tr("Tournament"), "title")
        heading.setMinimumHeight(Height.CONTROL)
        whole.addWidget(heading)
        whole.addWidget(scroll, 1)
        self.setFocusProxy(self.lines["name"])

    # Data

    def query(self) -> Callable[[ReadUnit], SettingsBoard]:
        tournament = self.session.tournament
        return lambda unit: read_settings(unit, tournament)

    def show_data(self, data: SettingsBoard) -> None:
        before, self.board = self.board, data
        stored = HeadEntry.of(data.head)
        old = HeadEntry.of(before.head) if before is not None else None
        for key, line in self.lines.items():
            text = getattr(stored, key)
            if old is None or line.text() in (getattr(old, key), text):
                line.setText(text)
        if before is None or before.head.preset != data.head.preset:
            self.preset.setCurrentIndex(self.preset.findData(data.head.preset))
        self._judge()
        self._show_plan()

    # Names

    def entry(self) -> HeadEntry:
        """Return what stands in the fields."""
        return HeadEntry(**{key: line.text() for key, line in self.lines.items()})

    def _judge(self) -> None:
        if self.board is not None:
            self.form.show_problems(check_head(self.board, self.entry()), focus=False)

    def _store(self, key: str) -> None:
        """Store one name; what is wrong in another field does not keep it back."""
        board = self.board
        if board is None:
            return
        stored = HeadEntry.of(board.head)
        text = self.lines[key].text()
        if text == getattr(stored, key):
            return
        entry = replace(stored, **{key: text})
        if check_head(board, entry):
            return
        tournament = self.session.tournament
        self.session.write(
            self, "rename" if key == "name" else "change", lambda unit: change_head(
                unit, tournament, entry),
            subject=board.head.name if key == "name" else f"{_WORDS[key]} to {text.strip()}",
            failed=self.form.show_error)

    # The preset

    def _plan(self) -> PresetPlan | None:
        wanted = self.preset.currentData()
        if self.board is None or wanted == self.board.head.preset:
            return None
        return plan_preset(self.board, wanted)

    def _show_plan(self) -> None:
        self.plan.setText("\n".join(self._plan_words()))
        self.refresh_commands()

    def _plan_words(self) -> list[str]:
        board, plan = self.board, self._plan()
        if board is None:
            return []
        if plan is None:
            n = len(board.changed)
            differ = count(n, "setting differs from it.", "settings differ from it.")
            return [differ if n else tr("Nothing differs from it.")]
        if plan.problems:
            return [one.message for one in plan.problems]
        said = []
        if plan.kept:
            said.append(tr("Stays as it is: {names}.", names=_listed(tuple(plan.kept))))
        if plan.same:
            said.append(tr("The new preset says the same: {names}.", names=_listed(plan.same)))
        if plan.refused:
            said.append(tr(
                "Goes, since the new preset cannot have it: {names}.",
                names=_listed(plan.refused)))
        return said or [tr("All settings become those of {preset}.", preset=plan.preset.title)]

    def _why_no_preset(self) -> str:
        plan = self._plan()
        if plan is None:
            return tr("Choose another preset first.")
        return plan.problems[0].message if plan.problems else ""

    def _change_preset(self) -> None:
        plan = self._plan()
        if plan is None:
            return
        tournament, name = self.session.tournament, plan.preset.name
        self.session.write(
            self, "change the preset to", lambda unit: change_preset(unit, tournament, name),
            subject=plan.preset.title, failed=self._on_refused,
            snapshot=f"before changing the preset to {plan.preset.title}")

    def _on_refused(self, error: Exception) -> None:
        found = error.problems if isinstance(error, ProblemsFound) else ()
        self.plan.setText("\n".join(one.message for one in found) or sentence_of(error))


_WORDS = {
    "short_name": "the short name", "slug": "the name in commands", "timezone": "the time zone",
}


def _listed(found: Sequence[str]) -> str:
    shown, more = ", ".join(found[:8]), len(found) - 8
    return tr("{names} and {n} more", names=shown, n=more) if more > 0 else shown
