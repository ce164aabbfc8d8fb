"""What a round of these teams takes, beside what is there."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tabapp.gui import theme
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.availability import Availability
from tabapp.store.presence_rows import Kind, PresenceRow

WIDTH = 304
_TITLES: dict[Kind, str] = {"team": "Teams", "adjudicator": "Judges", "venue": "Rooms"}


class NeedsCard(Card):
    """Counts of teams, judges and rooms: there, since the last round, needed."""

    def __init__(self) -> None:
        super().__init__(tr("What the round needs"))
        self.setFixedWidth(WIDTH)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        self._figures: dict[Kind, QLabel] = {}
        self._changes: dict[Kind, QLabel] = {}
        self._verdicts: dict[Kind, QLabel] = {}
        for i, (kind, title) in enumerate(_TITLES.items()):
            self._figures[kind] = label("", "card")
            self._changes[kind] = label("", "small", role="secondary")
            self._verdicts[kind] = label("", "small", role="hint", wrap=True)
            grid.addWidget(label(tr(title), "identity"), 4 * i, 0)
            grid.addWidget(self._figures[kind], 4 * i, 1)
            grid.addWidget(self._changes[kind], 4 * i + 1, 0, 1, 2)
            grid.addWidget(self._verdicts[kind], 4 * i + 2, 0, 1, 2)
            grid.addWidget(_gap(), 4 * i + 3, 0)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def show_needs(self, found: Availability) -> None:
        """Say it all anew."""
        for kind, rows in found.rows.items():
            here = sum(one.here for one in rows)
            self._figures[kind].setText(tr("{n} of {m}", n=here, m=len(rows)))
            self._changes[kind].setText(_since(rows))
            sentence, state = _VERDICTS[kind](found)
            self._verdicts[kind].setText(sentence)
            theme.mark(self._verdicts[kind], state=state)


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(Space.GAP)
    return made


def _since(rows: tuple[PresenceRow, ...]) -> str:
    """Say who came and who went since the round before."""
    if all(one.before is None for one in rows):
        return ""
    came = sum(one.here and one.before is False for one in rows)
    went = sum(not one.here and one.before is True for one in rows)
    if not came and not went:
        return tr("the same as last round")
    return tr("{came} came, {went} went since last round", came=came, went=went)


def team_verdict(found: Availability) -> tuple[str, str]:
    """Say whether the teams fill whole rooms, and how that is put right."""
    needs = found.needs
    if found.round.stage == "elimination":
        return tr("The break decides who plays."), ""
    if needs.teams == 0:
        return tr("No team is here. Mark those that are."), "problem"
    if needs.over == 0:
        return tr("They fill {rooms}.", rooms=count(needs.rooms, "room", "rooms")), ""
    missing = needs.per_room - needs.over
    return tr(
        "{here} are here; rooms hold {size}. Add {more} or mark {over} away.",
        here=count(needs.teams, "team", "teams"), size=_words(needs.per_room),
        more=count(missing, "swing team", "swing teams"), over=count(needs.over, "team", "teams"),
    ), "problem"


def judge_verdict(found: Availability) -> tuple[str, str]:
    """Say whether each room can have a chair, and whether panels are full."""
    needs = found.needs
    if found.round.stage == "elimination" or not needs.rooms:
        return ("", "") if needs.judges else (tr("No judge is here."), "problem")
    if needs.judges < needs.rooms:
        return tr(
            "{rooms} need a chair each: {n} missing.",
            rooms=count(needs.rooms, "room", "rooms"), n=needs.rooms - needs.judges), "problem"
    if needs.judges < needs.judges_for_panels:
        return tr(
            "A chair for each room; full panels of three would take {n}.",
            n=needs.judges_for_panels), ""
    return tr("Enough for full panels of three."), ""


def room_verdict(found: Availability) -> tuple[str, str]:
    """Say whether there are rooms enough."""
    needs = found.needs
    if found.round.stage == "elimination" or needs.venues >= needs.rooms:
        spare = needs.venues - needs.rooms
        if found.round.stage == "elimination" or not needs.rooms:
            return "", ""
        return tr("{needed} needed, {spare} to spare.", needed=needs.rooms, spare=spare), ""
    return tr(
        "{needed} needed: {n} missing. Debates without a room can still be drawn.",
        needed=needs.rooms, n=needs.rooms - needs.venues), "attention"


def _words(n: int) -> str:
    return {2: tr("two"), 4: tr("four")}.get(n, str(n))


_VERDICTS = {"team": team_verdict, "adjudicator": judge_verdict, "venue": room_verdict}
