"""What the frame tells of the tournament: its name, its rounds, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tabapp.gui.roles import may_see_round
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.services import stages
from tabapp.services.stages import RoundState
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit

_WATCHED = frozenset({
    "settings", "rounds", "draws", "panels", "venues", "results", "availability", "motions",
    "people", "break",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    rounds: tuple[RoundState, ...]
    current: int | None


def _current(rounds: Sequence[RoundState]) -> int | None:
    """Return the first round that is not completed, else the last; None without any."""
    waiting = [one.id for one in rounds if not one.completed]
    return next(iter(waiting or [one.id for one in rounds[-1:]]), None)


class Facts(QObject):
    """Reads the rounds off the window's thread and keeps the session at one that exists."""

    changed = Signal()
    """The rounds, the name, or the round that is looked at."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._generation = 0
        self.name = ""
        self.rounds: tuple[RoundState, ...] = ()
        self._is_stale = False
        session.changed.connect(self._on_changed)
        session.who.unlocked.connect(self._on_unlocked)
        session.round_changed.connect(self.changed)

    @property
    def round(self) -> RoundState | None:
        """Return the round that is looked at; None before it was read, and without rounds."""
        wanted = self._session.round_id
        return next((one for one in self.rounds if one.id == wanted), None)

    @property
    def ballots_out(self) -> int:
        """Return how many ballots of the round are out, once it was released."""
        state = self.round
        if state is None or state.status != "released":
            return 0
        return state.ballots_out

    def read(self) -> None:
        """Read again; an answer that was overtaken is dropped."""
        self._generation += 1
        session = self._session
        wanted, tournament = self._generation, session.tournament

        def query(unit: ReadUnit) -> _Read:
            states = stages.round_states(unit, tournament)
            seen = tuple(one for one in states if may_see_round(session, one.status))
            current = stages.current_round(unit, tournament)
            if len(seen) < len(states):
                current = _current(seen)
            return _Read(get_tournament(unit, tournament).name, seen, current)

        def show(found: _Read) -> None:
            if wanted != self._generation:
                return
            if session.who.is_locked:  # nobody may see any round: not that there is none
                self._is_stale = True
                return
            self._show(found)

        if tournament:
            self._session.read(self, query, show)

    def _show(self, found: _Read) -> None:
        self.name, self.rounds = found.name, found.rounds
        if self._session.open_rounds is not None:
            self._session.open_rounds = frozenset(one.id for one in found.rounds)
        if self.round is None and found.current != self._session.round_id:
            self._session.set_round(found.current)  # says changed by itself
        else:
            self.changed.emit()

    def _on_unlocked(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.read()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, _WATCHED):
            self.read()
