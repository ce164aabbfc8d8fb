"""The two cards at the top: the next step with what comes then, and who is here."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from tabapp.domain.formats import load_preset
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.overview.words import sentence_of_step, step_of
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.overview import Overview

_DOT = 18
_LINE = 28


class _Then(QWidget):
    """What comes after the next step, numbered."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self.setFixedHeight(18 + 3 * _LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: list[str]) -> None:
        """Show at most three."""
        self._lines = lines[:3]
        self.setAccessibleName(f"{tr('Then')}: {', '.join(self._lines)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line at the left, the heading, and the steps with their numbers."""
        if not self._lines:
            return
        with QPainter(self) as painter:
            painter.fillRect(0, 0, 1, self.height(), ink.color("line"))
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "header", tr("Then"), Space.MARGIN, 0, 18)
            for i, line in enumerate(self._lines):
                top = 22 + i * _LINE
                ink.box(
                    painter, Space.MARGIN, top + 3, _DOT, _DOT, radius=_DOT / 2, edge="control")
                painter.setPen(ink.pen("text2"))
                number = str(i + 1)
                left = Space.MARGIN + (_DOT - fonts.width("key", number)) / 2
                chips.text_at(painter, "key", number, left, top + 3, _DOT)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, "body", line, Space.MARGIN + _DOT + 10, top, 24)


class NextCard(Card):
    """The one next step with its button; at the right what comes then."""

    def __init__(self, button: Button) -> None:
        super().__init__()
        self.setAccessibleName(tr("Next"))
        self.button = button
        row = QHBoxLayout()
        row.setSpacing(Space.MARGIN)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(label(tr("Next"), "header", role="accent"))
        self.heading = label("", "title")
        self.sentence = label("", role="secondary")
        side.addWidget(self.heading)
        side.addWidget(self.sentence)
        side.addSpacing(6)
        below = QHBoxLayout()
        below.addWidget(button)
        below.addStretch(1)
        side.addLayout(below)
        row.addLayout(side, 3)
        self.then = _Then()
        row.addWidget(self.then, 2)
        self.body.addLayout(row)

    def show_step(self, found: Overview) -> None:
        """Show what is to be done now and then."""
        step = step_of(found.step, found)
        self.heading.setText(step.heading)
        self.sentence.setText(sentence_of_step(found.step, found))
        self.button.set_words(step.verb)
        self.button.icon_name = step.icon or None
        then = [step_of(one, found).heading for one in found.then]
        current = found.current
        if current is not None and len(then) < 3 and not current.completed:
            later = next((
                one for one in found.rounds
                if one.seq > current.seq and one.stage == current.stage), None)
            if later is not None:
                then.append(tr("Draw {round}", round=later.name))
        self.then.show_lines(then)


class CrowdCard(Card):
    """Who is here today, and how far the tournament is."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Name("", "card")
        self.format = label("", role="secondary")
        self.body.addWidget(self.name)
        self.body.addWidget(self.format)
        row = QHBoxLayout()
        row.setSpacing(Space.MARGIN)
        self.teams, self.judges, self.rounds = (self._figure(row) for _ in range(3))
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(row)

    @staticmethod
    def _figure(row: QHBoxLayout) -> tuple[QLabel, QLabel]:
        column = QVBoxLayout()
        column.setSpacing(0)
        figure, words = label("", "figure"), label("", "small", role="secondary")
        column.addWidget(figure)
        column.addWidget(words)
        row.addLayout(column)
        return figure, words

    def show_crowd(self, found: Overview) -> None:
        """Show the numbers of the current round."""
        self.name.set_text(found.owner.name)
        rounds = [one for one in found.rounds if one.stage == "preliminary"]
        self.format.setText(tr(
            "{format} · {rounds}", format=load_preset(found.owner.preset).title,
            rounds=count(len(rounds), "round", "rounds")))
        crowd = found.crowd
        played = sum(one.completed for one in found.rounds)
        for (figure, words), n, line in (
            (self.teams, crowd.teams_here,
             _of(crowd.teams_here, crowd.teams, "team", "teams")),
            (self.judges, crowd.judges_here,
             _of(crowd.judges_here, crowd.judges, "judge", "judges")),
            (self.rounds, played,
             tr("of {n} rounds completed", n=len(found.rounds))),
        ):
            figure.setText(f"{n:,}")
            words.setText(line)


def _of(here: int, registered: int, one: str, many: str) -> str:
    """Return the words after a figure: "teams", or "of 88 teams here"."""
    if here == registered:
        return tr(one if here == 1 else many)
    return tr("of {all} here", all=count(registered, one, many))
