"""The settings: sections at the left, what one of them holds at the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.domain.formats import setting_infos
from tabapp.gui import roles
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.settings.appearance import AppearancePane
from tabapp.gui.pages.settings.categories import CategoriesPane
from tabapp.gui.pages.settings.commands import PAGE_COMMANDS, PLACE
from tabapp.gui.pages.settings.head import HeadPane
from tabapp.gui.pages.settings.motions import MotionsPane
from tabapp.gui.pages.settings.notifications import NotificationsPane
from tabapp.gui.pages.settings.operators import OperatorsPane
from tabapp.gui.pages.settings.rounds import RoundsPane
from tabapp.gui.pages.settings.rules import RulesPane
from tabapp.gui.pages.settings.sections import Section, SectionList
from tabapp.gui.session import Session
from tabapp.gui.setting_words import group_title
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.services.tournament_settings import SettingsBoard, groups, read_settings
from tabapp.store.unit import ReadUnit

_LIST_WIDTH = 216
_RULES = "rules"


def sections() -> tuple[Section, ...]:
    """Return the sections in their order; those of settings are called as their group."""
    rules = tuple(
        Section(f"{_RULES}/{group}", group_title(group), group, begins_block=at == 0)
        for at, group in enumerate(groups()))
    return (
        Section("tournament", tr("Tournament")),
        Section("rounds", tr("Rounds")),
        Section("categories", tr("Break categories")),
        Section("motions", tr("Motions")),
        Section("operators", tr("People at the keyboard")),
        *rules,
        Section("appearance", tr("Appearance"), begins_block=True),
        Section("notifications", tr("Notifications")),
    )


class SettingsPage(Page[SettingsBoard]):
    """Arrows choose a section, Enter goes in, Esc comes back; ``/`` finds a setting."""

    place = PLACE
    watches = frozenset({"settings"})
    commands = PAGE_COMMANDS
    hints = (
        (("↑", "↓"), tr("section")), (("Enter",), tr("go in")), (("Esc",), tr("sections")),
        (("/",), tr("find a setting")),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        open_here = [
            one for one in sections() if roles.may_open(session, f"{PLACE}/{one.key}")]
        self.sections = {one.key: one for one in open_here}
        self.list = SectionList(tr("Sections of the settings"), open_here)
        self.filter = SearchField(tr("Find a setting"), keys=("/",))
        self.rules = RulesPane(session)
        self.rounds, self.motions = RoundsPane(session), MotionsPane(session)
        self.head, self.appearance = HeadPane(session), AppearancePane(session)
        self.operators = OperatorsPane(session)
        self._panes: dict[str, Page[object]] = {}
        self.stack = QStackedWidget()
        self._found_setting = ""
        for key, pane in (
            ("tournament", self.head), ("rounds", self.rounds),
            ("categories", CategoriesPane(session)), ("motions", self.motions),
            ("operators", self.operators), (_RULES, self.rules), ("appearance", self.appearance),
            ("notifications", NotificationsPane(session)),
        ):
            self._panes[key] = cast("Page[object]", pane)
            pane.commands_changed.connect(self.commands_changed)
            self.stack.addWidget(pane)
        self._build()
        self._answer()
        self.list.choose("tournament")

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(Space.UNIT)
        title = label(tr("Settings"), "title")
        title.setMinimumHeight(Height.CONTROL)
        left.addWidget(title)
        left.addWidget(self.filter)
        left.addWidget(self.list, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(_LIST_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 12, Space.MARGIN, 12)
        row.setSpacing(Space.MARGIN)
        row.addWidget(side)
        row.addWidget(self.stack, 1)
        QWidget.setTabOrder(self.list, self.filter)  # the sections come first
        self.setFocusProxy(self.list)

    def _answer(self) -> None:
        self.list.looked_at.connect(self._on_section)
        self.list.entered.connect(self._go_in)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self.rules.go_to_first)
        self.filter.returnPressed.connect(self.rules.go_to_first)
        self.rules.differs_toggled.connect(self._on_differs)
        self.rules.loaded.connect(self._on_rules_loaded)
        for name in ("settings.filter", "settings.find"):
            self.on(name, self._find)
        self.on("settings.differs", lambda: self._on_differs(not self.rules.differs_only))
        self.on("settings.sections", self._go_to_list)

    # Data

    def query(self) -> Callable[[ReadUnit], SettingsBoard]:
        tournament = self.session.tournament
        return lambda unit: read_settings(unit, tournament)

    def show_data(self, data: SettingsBoard) -> None:
        changed = Counter(one.group for one in setting_infos() if one.name in data.changed)
        self.list.show_counts({
            key: changed[one.group] for key, one in self.sections.items() if one.group})

    # Which part is shown

    def pane(self) -> Page[object] | None:
        found = self.stack.currentWidget()
        return next((one for one in self._panes.values() if one is found), None)

    def panes(self) -> Sequence[QWidget]:
        return (self.list, self.stack)

    def _show(self, key: str) -> None:
        self.stack.setCurrentWidget(self._panes[key])
        self.commands_changed.emit()

    def _on_section(self, key: str) -> None:
        group = self.sections[key].group
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        if group:
            self.rules.show_group(group)
        self._show(_RULES if group else key)

    def _on_filter(self, words: str) -> None:
        if words.strip():
            self.rules.show_found(words)
            self._show(_RULES)
        else:
            self._on_section(self.list.key)

    def _on_differs(self, only: bool) -> None:
        if only:
            self.rules.show_differing(only)
            self._show(_RULES)
        else:
            self.rules.show_differing(only)
            if not self.filter.text().strip():
                self._on_section(self.list.key)

    # Where the keys are

    def _find(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_in(self) -> None:
        pane = self.pane()
        if pane is self.rules:
            self.rules.go_to_first()
        elif pane is not None:
            proxy = pane.focusProxy()
            (proxy or pane).setFocus(Qt.FocusReason.TabFocusReason)

    def open_at(self, target: object) -> None:
        """Open a section by its key, a group of settings or one setting by name.

        With a round's row id beside it, ``motions`` and ``rounds`` go to that round.
        """
        key, at = target if isinstance(target, tuple) else (target, None)
        if key == _RULES and at is not None:
            key = at
        info = next((one for one in setting_infos() if key in (one.name, one.group)), None)
        if isinstance(key, str) and key in self.sections:
            self.list.choose(key)
        elif key == _RULES:
            if not self.sections[self.list.key].group:
                self.list.choose(next(k for k, one in self.sections.items() if one.group))
        elif info is not None:
            self.list.choose(f"{_RULES}/{info.group}")
            self._found_setting = info.name if key == info.name else ""
            self._on_rules_loaded()
        if key == "motions" and isinstance(at, int):
            self.motions.want_round(at)
            self._go_in()
        elif key == "rounds" and isinstance(at, int):
            self.rounds.want(at)
            self._go_in()

    def _on_rules_loaded(self) -> None:
        if self._found_setting and self.rules.go_to(self._found_setting):
            self._found_setting = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the sections by Esc."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._go_to_list()
        else:
            super().keyPressEvent(event)
