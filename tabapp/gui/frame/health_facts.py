"""At the right of the bottom bar: how old the last copy is, and whether the program is well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from tabapp.core.disks import is_on_a_stick
from tabapp.domain.health import HealthReport
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.keycaps import Rule
from tabapp.services.events import HealthChanged, SnapshotMade
from tabapp.services.health import wrong
from tabapp.services.snapshots import SnapshotInfo, Snapshots

PLACE = "jobs/health"
_TURN = 5_000
_ICON = 14
_PAD = 6
_GAP = 7
_LEAST = 62


class FactButton(Button):
    """An icon in the colour of its meaning and a few words, shortened where there is no room."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__(text="", role=Role.QUIET, height=26)
        self._icon, self._name, self._tone = icon, name, "done"
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def tone(self) -> str:
        """Return the meaning in whose colour the icon is: neutral, done, attention or problem."""
        return self._tone

    def show_fact(self, words: str, tone: str, tip: str = "") -> None:
        """Say something else."""
        if (words, tone) != (self.text(), self._tone):
            self._tone = tone
            self.setText(words)
            self.updateGeometry()
            self.update()
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(tip or words)

    def sizeHint(self) -> QSize:
        """Ask for the icon and all the words."""
        width = fonts.width("small", self.text())
        return QSize(round(_ICON + _GAP + width + 2 * _PAD + 1), 26)

    def minimumSizeHint(self) -> QSize:
        """Be content with the icon and a few letters."""
        return QSize(min(_LEAST, self.sizeHint().width()), 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge by the style sheet, icon and words here."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            bevel = QStyle.ControlElement.CE_PushButtonBevel
            self.style().drawControl(bevel, option, painter, self)
            icons.draw(
                painter, self._icon, _ICON,
                "text2" if self._tone == "neutral" else f"{self._tone}_mark", _PAD,
                (self.height() - _ICON) / 2)
            left = _PAD + _ICON + _GAP
            shown, shape, _ = names.fit(self.text(), "small", self.width() - left - _PAD + 1)
            token = "text2" if self._tone in ("done", "neutral") else self._tone
            painter.setPen(ink.pen(token))
            chips.text_at(painter, shape, shown, left, 0, self.height())


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest copy, and the newest in the second folder."""

    first: SnapshotInfo | None
    second: SnapshotInfo | None


def _newest(snapshots: Snapshots) -> _Newest:
    listed = snapshots.listed()
    return _Newest(
        next((one for one in listed if not one.second), None),
        next((one for one in listed if one.second), None))


class HealthFacts(QWidget):
    """Both facts; pressed they lead to the health. What a program has not is not shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._seen: _Newest | None = None
        self._looks = Latest()
        self.copies = FactButton("hard-drive-download", tr("Backup"))
        self.health = FactButton("heart-pulse", tr("Health"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        self._rules = [Rule(upright=True), Rule(upright=True)]
        for one, rule in zip((self.copies, self.health), self._rules, strict=True):
            rule.setFixedHeight(14)
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(rule, 0, Qt.AlignmentFlag.AlignVCenter)
            one.clicked.connect(lambda: session.go(PLACE))
        snapshots = session.workspace.snapshots
        has_copies = snapshots is not None and snapshots.available
        self._show_part(0, has_copies)
        self._show_part(1, session.workspace.health is not None)
        if not has_copies and session.workspace.health is None:
            self.hide()  # shown before it is laid out it would flash up as a window of its own
        self._turn = QTimer(self, interval=_TURN)
        self._turn.timeout.connect(self.refresh)
        session.happened.connect(self._on_happened)
        if has_copies:
            self._look()
            self._turn.start()
        self.refresh()

    def _show_part(self, at: int, shown: bool) -> None:
        (self.copies, self.health)[at].setVisible(shown)
        self._rules[at].setVisible(shown)

    def _on_happened(self, event: object) -> None:
        if isinstance(event, SnapshotMade):
            self._look()
        elif isinstance(event, HealthChanged):
            self._look()
            self.refresh()

    def _look(self) -> None:
        snapshots = self._session.workspace.snapshots
        if snapshots is None or not snapshots.available:
            return

        def show(found: _Newest) -> None:
            self._seen = found
            self.refresh()

        self._session.call(self, lambda: _newest(snapshots), self._looks.ask().only(show))

    def refresh(self) -> None:
        """Say how old the copy is by now, and how the program does."""
        desk = self._session.workspace.health
        report = desk.last if desk is not None else None
        self._show_health(report)
        if self._seen is not None:
            self._show_copies(self._seen, report)

    def _show_health(self, report: HealthReport | None) -> None:
        found = wrong(report)
        if report is None:
            self.health.show_fact(tr("Looking …"), "done")
        elif not found:
            self.health.show_fact(tr("Healthy"), "done")
        else:
            self.health.show_fact(
                count(len(found), "finding", "findings"), found[0].status,
                "\n".join(one.sentence for one in found))

    def _show_copies(self, seen: _Newest, report: HealthReport | None) -> None:
        named = {one.name: one for one in report.findings} if report is not None else {}
        behind = [
            named[name] for name in ("copies", "second_folder")
            if name in named and named[name].status != "passed"]
        tone = behind[0].status if behind else "done"
        tip = "\n".join(one.sentence for one in behind)
        first, second = seen.first, seen.second
        if first is None:
            self.copies.show_fact(tr("No backup yet"), tone if behind else "neutral", tip)
            return
        now = self._session.workspace.clock.now()
        words = tr("Backup {age}", age=age_in_words(now - first.at))
        if second is not None and second.path.name == first.path.name:
            stick = is_on_a_stick(second.path)
            words = tr("{backup}, USB drive too" if stick else "{backup}, second folder too",
                       backup=words)
        self.copies.show_fact(words, tone, tip or _tip(first, second))


def _tip(first: SnapshotInfo, second: SnapshotInfo | None) -> str:
    return "\n".join(str(one.path) for one in (first, second) if one is not None)


def age_in_words(age: timedelta) -> str:
    """Return how long something is ago: just now, 40 s ago, 5 min ago, 3 h ago."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < 5:
        return tr("just now")
    if seconds < 60:
        return tr("{n} s ago", n=seconds - seconds % 5)
    if seconds < 3600:
        return tr("{n} min ago", n=seconds // 60)
    if seconds < 48 * 3600:
        return tr("{n} h ago", n=seconds // 3600)
    return tr("{n} days ago", n=seconds // 86_400)
