"""New tournament: its name, the format it follows, how long it is, and where its file goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.domain.formats import Settings, load_preset, presets, resolve
from tabapp.domain.side_names import side_short
from tabapp.gui import chips
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.dialogs.save_as import choose_where
from tabapp.gui.messages import count, tr
from tabapp.gui.setting_words import choice_words, metric_words, number_words
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services.tournaments import (
    SUFFIX,
    NewEntry,
    check_new,
    proposed_path,
    read_new,
)

WIDTH = 880
_FORM = 440


def format_line(settings: Settings) -> str:
    """Say in one line what a format is: teams, speakers, replies."""
    teams = count(settings.teams_in_debate, "team a room", "teams a room")
    speakers = count(settings.substantive_speakers, "speaker", "speakers")
    replies = tr(", replies") if settings.reply_scores_enabled else ""
    return f"{teams}, {speakers}{replies}"


def main_settings(settings: Settings) -> list[tuple[str, str]]:
    """Return what a person asks first about a format: names and values in words."""
    scores = _range(settings.score_min, settings.score_max, settings.score_step)
    if settings.speakers_in_ballots == "never":
        scores = tr("none")
    rows = [(tr("Marks"), scores)]
    if settings.reply_scores_enabled:
        rows.append((tr("Replies"), _range(
            settings.reply_score_min, settings.reply_score_max, settings.reply_score_step)))
    prelim, elim = settings.ballots_per_debate_prelim, settings.ballots_per_debate_elim
    ballots = choice_words("ballots_per_debate_prelim", prelim)
    if prelim != elim:
        later = choice_words("ballots_per_debate_elim", elim)
        ballots = tr("{first}; in elimination rounds {then}", first=ballots, then=later.lower())
    rows.append((tr("Ballots"), ballots))
    if settings.is_bp:
        draw = tr("Positions by {cost}", cost=choice_words(
            "bp_position_cost", settings.bp_position_cost).lower())
    else:
        draw = tr("{pairing}; {bracket}", pairing=choice_words(
            "draw_pairing_method", settings.draw_pairing_method), bracket=choice_words(
            "draw_odd_bracket", settings.draw_odd_bracket).lower())
    rows.append((tr("Draw"), draw))
    rows.append((tr("Teams by"), _chain(settings.team_standings_precedence)))
    rows.append((tr("Speakers by"), _chain(settings.speaker_standings_precedence)))
    motions = tr("recorded, with vetoes") if settings.motion_vetoes_enabled else tr("recorded")
    rows.append((tr("Motions"), motions if settings.enable_motions else tr("not recorded")))
    return rows


def _range(low: float, high: float, step: float) -> str:
    words = tr("{low} to {high}", low=number_words(low), high=number_words(high))
    return words if step == 1 else tr("{range}, steps of {step}", range=words, step=f"{step:g}")


def _chain(metrics: Sequence[str]) -> str:
    return ", ".join(
        metric_words(one) if at == 0 else metric_words(one).lower()
        for at, one in enumerate(metrics)) or tr("nothing")


class Sides(QWidget):
    """The chips of a format's sides."""

    def __init__(self) -> None:
        super().__init__()
        self._sides: tuple[str, ...] = ()
        self.setFixedHeight(Height.CHIP)

    def show_sides(self, settings: Settings) -> None:
        """Show the sides that a format has."""
        self._sides = tuple(side_short(side, settings.side_names) for side in settings.sides)
        self.setAccessibleName(", ".join(self._sides))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of all chips."""
        width = sum(chips.side_width(one) + Space.HALF for one in self._sides)
        return QSize(width, Height.CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them side by side."""
        with QPainter(self) as painter:
            left = 0
            for side in self._sides:
                left += chips.draw_side(painter, side, left, 0) + Space.HALF


class FormatPreview(Card):
    """What a format is, in a line, its sides and its main settings."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "card", wrap=True)
        self._line = label("", role="secondary", wrap=True)
        self._sides = Sides()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.GAP)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._source = label("", "small", role="hint", wrap=True)
        for part in (self._title, self._line, self._sides):
            self.body.addWidget(part)
        self.body.addSpacing(Space.HALF)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.body.addWidget(self._source)

    def show_preset(self, name: str) -> None:
        """Show a preset."""
        preset, settings = load_preset(name), resolve(name, {})
        self.setAccessibleName(preset.title)
        self._title.setText(preset.title)
        self._line.setText(format_line(settings))
        self._sides.show_sides(settings)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        rows = main_settings(settings)
        self.setAccessibleDescription("; ".join(f"{one}: {value}" for one, value in rows))
        top = Qt.AlignmentFlag.AlignTop
        for at, (one, value) in enumerate(rows):
            self._grid.addWidget(label(one, role="secondary"), at, 0, top)
            self._grid.addWidget(label(value, "control", wrap=True), at, 1, top)
        sources = [preset.sources[one] for one in preset.values if one in preset.sources]
        main = max(dict.fromkeys(sources), key=sources.count, default="")
        changed = tr("Every rule can be changed later.")
        self._source.setText(tr("After {source}. {more}", source=main, more=changed))


class NewTournamentDialog(EntryDialog):
    """Asks for everything that a new tournament needs, and makes nothing itself.

    Whoever hears ``wanted`` makes the file, then calls ``accept``; or ``refuse`` with the error.
    """

    wanted = Signal(object)
    """A ``NewTournament``."""

    def __init__(self, parent: QWidget | None, folder: Path, *, preset: str = "bp") -> None:
        super().__init__(parent, tr("New tournament"), tr("Make tournament"), width=WIDTH)
        self._folder = folder
        self._path_is_ours = True
        self.name = QLineEdit()
        self.short_name = QLineEdit()
        self.preset = QComboBox()
        for one in presets():
            self.preset.addItem(one.title, one.name)
        self.preset.setMaxVisibleItems(12)
        self.rounds, self.break_size, self.reserve = QLineEdit("5"), QLineEdit("16"), QLineEdit("0")
        self.path = QLineEdit()
        self.browse = Button(tr("Browse…"), icon="folder-open")
        self.preview = FormatPreview()
        self._lay_out()
        for key in ("name", "short_name", "rounds", "break_size", "reserve"):
            self.watch(key, getattr(self, key).textEdited)
        self.name.textEdited.connect(self._propose)
        self.path.textEdited.connect(self._on_path_typed)
        self.browse.clicked.connect(self._on_browse)
        self.preset.currentIndexChanged.connect(self._on_preset)
        self.preset.setCurrentIndex(max(0, self.preset.findData(preset)))
        self._on_preset()
        self._propose()
        self.name.setFocus()

    def _lay_out(self) -> None:
        self.form.setMinimumWidth(_FORM)
        self.form.add("name", Field(tr("Name"), self.name, hint=tr("Northlight Open 2026")))
        self.form.add("short_name", Field(
            tr("Short name"), self.short_name, hint=tr("For narrow places; may stay empty")))
        self.form.add("preset", Field(tr("Format"), self.preset))
        numbers = QWidget()
        row = QHBoxLayout(numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for key, title, hint in (
            ("rounds", tr("Preliminary rounds"), ""),
            ("break_size", tr("Teams that break"), tr("0 for no break")),
            ("reserve", tr("Reserves"), ""),
        ):
            row.addWidget(self.form.adopt(key, Field(title, getattr(self, key), hint=hint)), 1)
        self.form.add_row(numbers)
        place = QWidget()
        beside = QHBoxLayout(place)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.UNIT)
        file = self.form.adopt("path", Field(tr("File"), self.path))
        beside.addWidget(file, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addSpacing(label(" ").sizeHint().height() + Space.HALF)  # beside the field itself
        column.addWidget(self.browse)
        column.addStretch(1)
        beside.addLayout(column)
        self.form.add_row(place)
        both = QHBoxLayout()
        both.setSpacing(Space.MARGIN)
        left = QVBoxLayout()
        left.addWidget(self.form)
        left.addStretch(1)
        both.addLayout(left, 1)
        both.addWidget(self.preview, 1)
        self.body.addLayout(both, 1)

    # What is typed

    def entry(self) -> NewEntry:
        """Return what stands in the fields."""
        return NewEntry(
            name=self.name.text(), short_name=self.short_name.text(),
            preset=self.preset.currentData(), rounds=self.rounds.text(),
            break_size=self.break_size.text(), reserve=self.reserve.text(),
            path=self.path.text(),
        )

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        return check_new(self.entry())

    def save(self) -> None:
        """Say what is wanted; it stays open until the tournament is made."""
        self.do.setText(tr("Making it…"))
        self.wanted.emit(read_new(self.entry()))

    def refuse(self, error: Exception) -> None:
        """Show why it could not be made."""
        self.do.setText(tr("Make tournament"))
        super().refuse(error)

    def _on_preset(self) -> None:
        self.preview.show_preset(self.preset.currentData())
        self.judge("break_size")  # what is typed may not fit the rooms of this format

    def _propose(self) -> None:
        """Name the file after the tournament, until somebody names it otherwise."""
        if self._path_is_ours:
            self.path.setText(str(proposed_path(self._folder, self.name.text().strip())))

    def _on_path_typed(self) -> None:
        self._path_is_ours = False
        self.judge("path")

    def _on_browse(self) -> None:
        choose_where(
            self, tr("File of the new tournament"), self.path.text(), kind=tr("Tournaments"),
            suffix=SUFFIX, chosen=self.choose_file)

    def choose_file(self, path: str) -> None:
        """Take a file that was chosen with the pointer."""
        self.path.setText(path)
        self._on_path_typed()
