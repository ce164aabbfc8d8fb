"""The dialog that puts rooms together by hand: teams typed or taken from those that are left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.domain.side_names import side_short, side_title
from tabapp.domain.types import Side
from tabapp.gui import theme
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, tr
from tabapp.gui.names import fold
from tabapp.gui.pages.rounds.draw.rows import points_text
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.services import manual_draw
from tabapp.services.manual_draw import FreeTeam, ManualPlaces, check_room, read_places

_SIZE = (860, 600)


class TeamField(QLineEdit):
    """A field in which a team is found by any part of its name; Enter goes on."""

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__()
        self._names = QStringListModel(self)
        finder = QCompleter(self._names, self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(finder)
        self.returnPressed.connect(go_on)

    def offer(self, names: list[str]) -> None:
        """Find these teams from now on."""
        self._names.setStringList(names)


class ManualDialog(Dialog):
    """Adds rooms one after the other until it is closed."""

    def __init__(self, parent: QWidget, session: Session, places: ManualPlaces) -> None:
        super().__init__(
            parent, tr("Add rooms to {round}", round=places.title), tr("Add room"),
            width=_SIZE[0])
        self.session, self.places = session, places
        self._readings = Latest()
        self.form = Form()
        self.inputs = {side: TeamField(self._on_enter) for side in places.sides}
        self.cancel.set_words(tr("Close"))
        self.rest = Button(tr("Give a bye"))
        self.rest.clicked.connect(self._give_bye)
        self.rest.setVisible(places.byes)
        self.buttons.insertWidget(0, self.rest)
        self.said = label("", "small", role="hint", wrap=True)
        self.model = TableModel(_columns(places), self)
        self.table = TableView(self.model, tr("Teams that are not placed"))
        self.table.opened.connect(self._take)
        self.table.chosen.connect(lambda _key: self._show_what_can_be_done())
        self.card = TableCard(self.table)
        self.left = label("", "card")
        self._lay_out()
        self.resize(self.room(*_SIZE))
        self._show(places)
        self._first().setFocus()

    def _lay_out(self) -> None:
        names = self.places.owner.settings.side_names
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for side, made in self.inputs.items():
            field = Field(side_title(side, names), made)
            row.addWidget(self.form.adopt(side.value, field), 1)
            made.textEdited.connect(lambda _text: self._show_what_can_be_done())
        self.form.add_row(holder)
        self.body.addWidget(self.form)
        self.body.addWidget(self.said)
        self.body.addWidget(self.left)
        self.body.addWidget(self.card, 1)
        self.body.addWidget(KeyHints([
            (("Enter",), tr("next side, then the room")),
            (("Tab",), tr("to the teams that are left")),
            (("Enter",), tr("there: take the team")), (("Esc",), tr("close"))]))

    def _first(self) -> TeamField:
        """Return the first field that is empty, the first of all where none is."""
        fields = list(self.inputs.values())
        return next((one for one in fields if not one.text().strip()), fields[0])

    def _show(self, places: ManualPlaces) -> None:
        self.places = places
        names = [one.name for one in places.free]
        for one in self.inputs.values():
            one.offer(names)
        self.left.setText(tr("Not placed: {n}", n=len(places.free)))
        self.model.set_rows(_row(one) for one in places.free)
        if places.free:
            self.card.show_empty(None)
            if self.table.current_key() is None:
                self.table.go_to(places.free[0].id)
        else:
            self.card.show_empty(EmptyState(
                tr("All teams are placed."),
                tr("{rooms} stand in the draw.", rooms=count(places.rooms, "room", "rooms"))))
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        self.do.setEnabled(bool(self.places.free))
        self.rest.setEnabled(self.table.current_key() is not None and bool(self.places.free))

    def _team(self, text: str) -> str:
        """Return the team of a name, or of a part that only one has; else the text."""
        wanted = fold(text.strip())
        if not wanted:
            return ""
        exact = [key for key, name in self.places.names.items() if fold(name) == wanted]
        part = [one.id for one in self.places.free if wanted in fold(one.name)]
        return exact[0] if exact else part[0] if len(part) == 1 else text.strip()

    def _take(self, key: object) -> None:
        """Put a team of the list into the first side that is empty."""
        free = next((one for one in self.places.free if one.id == key), None)
        if free is None:
            return
        field = self._first()
        field.setText(free.name)
        self._on_enter(self.table)

    def _on_enter(self, back: QWidget | None = None) -> None:
        """Go to the next empty side; once all are filled, to the button that adds the room."""
        empty = [one for one in self.inputs.values() if not one.text().strip()]
        if not empty:
            self.do.setFocus()
        elif back is not None:
            back.setFocus()
        else:
            empty[0].setFocus()

    def act(self) -> None:
        """Add the room, and make place for the next."""
        self._add({side: self._team(one.text()) for side, one in self.inputs.items()})

    def _give_bye(self) -> None:
        key = self.table.current_key()
        if isinstance(key, str):
            self._add({Side.BYE: key})

    def _add(self, teams: dict[Side, str]) -> None:
        found = check_room(self.places, teams)
        if found:
            self._on_refused(ProblemsFound(found))
            return
        round_id = self.places.round.id
        said = ", ".join(self.places.names[team] for team in teams.values())
        self.do.setEnabled(False)

        def added(_ref: str) -> None:
            self.form.clear_problems()
            if Side.BYE not in teams:
                for one in self.inputs.values():
                    one.clear()
            self._say(tr("{teams} placed.", teams=said), "done")
            self.session.read(
                self, lambda unit: read_places(unit, round_id),
                self._readings.ask().only(self._next))

        self.session.write(
            self, "add a room of", lambda unit: manual_draw.add_room(unit, round_id, teams),
            done=added, failed=self._on_refused)

    def _next(self, places: ManualPlaces) -> None:
        self._show(places)
        (self._first() if places.free else self.cancel).setFocus()

    def _on_refused(self, error: Exception) -> None:
        self._say("")
        self._show_what_can_be_done()
        self.form.show_error(error)

    def _say(self, sentence: str, state: str = "") -> None:
        self.said.setText(sentence)
        theme.mark(self.said, state=state)


def _columns(places: ManualPlaces) -> list[Column]:
    names = places.owner.settings.side_names
    return [
        Column("team", tr("Team"), Kind.IDENTITY, stretch=True),
        Column("institution", tr("Institution"), stretch=True),
        Column("points", tr("Pts"), Kind.NUMBER, 60, strong=True),
        *(Column(side.value, side_short(side, names), Kind.NUMBER, 52, band=tr("So far"))
          for side in places.sides),
    ]


def _row(one: FreeTeam) -> Row:
    cells: list[Value] = [one.name, one.institution, Cell(points_text(one.points), sort=one.points)]
    return Row(one.id, (*cells, *one.history))
