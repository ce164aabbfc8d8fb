"""The bracket of a category: what is drawn of it, and what is known of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabapp.core.messages import word
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.setup import MOST_BREAKING
from tabapp.domain.types import DrawnDebate, id_key
from tabapp.services.elimination_case import fits
from tabapp.services.elimination_draws import case_of
from tabapp.services.elimination_rounds import round_names
from tabapp.services.elimination_shape import Shape
from tabapp.store.elimination_rows import RoomOutcome
from tabapp.store.tournaments import RoundRow


@dataclass(frozen=True, slots=True)
class BracketTeam:
    """A team in a room. ``seed`` is its break rank; ``won`` is None until the room is decided."""

    team: str
    name: str
    seed: int | None
    won: bool | None = None


@dataclass(frozen=True, slots=True)
class BracketRoom:
    """A room of a bracket, drawn or still to come.

    ``fed_by`` are the ranks of the rooms of the round before whose winners come here. Before the
    draw ``teams`` are those of whom it is known by now that they will stand here.
    """

    rank: int
    debate: str | None
    venue: str | None
    teams: tuple[BracketTeam, ...]
    fed_by: tuple[int, ...]
    decided: bool


@dataclass(frozen=True, slots=True)
class BracketRound:
    """A round of a bracket; rooms stand so that lines to the next round do not cross.

    ``id`` is None while the round has not been made. ``title`` is the name without that of the
    category. ``outdated`` says that the draw does not fit the break or the results any more, ""
    where it does.
    """

    id: int | None
    name: str
    title: str
    rooms: tuple[BracketRoom, ...]
    drawn: bool
    outdated: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """The elimination rounds of a category. Without ``rounds``, ``note`` says why."""

    rounds: tuple[BracketRound, ...]
    champion: BracketTeam | None
    note: str = ""

    @property
    def is_made(self) -> bool:
        """Tell whether the rounds have been made."""
        return any(one.id is not None for one in self.rounds)


@dataclass(frozen=True, slots=True)
class BracketSource:
    """What is stored of a category: its break, the names of teams, its rounds and their rooms."""

    category: BreakCategory
    ranks: Mapping[str, int]
    names: Mapping[str, str]
    rounds: Sequence[RoundRow]
    outcomes: Mapping[int, Sequence[RoomOutcome]]
    edited: Mapping[int, str] = field(default_factory=dict)
    """Row id of each round that was edited by hand -> the seal of what it was drawn from."""

    def rooms(self, row: RoundRow | None) -> Sequence[RoomOutcome]:
        """Return the rooms of a round, none where it was not made or drawn."""
        return self.outcomes.get(row.id, ()) if row is not None else ()


def winner(source: BracketSource) -> str | None:
    """Return who won the final, None before that: one room, of which one team goes on."""
    drawn = [rooms for one in source.rounds if (rooms := source.rooms(one))]
    last = drawn[-1] if drawn else ()
    if len(last) != 1 or last[0].room_rank != 1 or len(last[0].advancing) != 1:
        return None
    return last[0].advancing[0]


def built(source: BracketSource, shape: Shape) -> Bracket:
    """Put the rounds of a category, made or not, into columns of rooms, unless it is too large."""
    if shape.teams > MOST_BREAKING:
        return Bracket((), None, word(
            "elimination_bracket_too_large", {"size": shape.teams, "most": MOST_BREAKING}))
    return _Builder(source, shape).built()


class _Builder:
    def __init__(self, source: BracketSource, shape: Shape) -> None:
        self._source = source
        self._shape = shape
        ranks = source.ranks
        self._seeds = sorted(ranks, key=lambda team: (ranks[team], id_key(team)))

    def built(self) -> Bracket:
        """Return the bracket; its champion where the final is decided."""
        source, shape = self._source, self._shape
        columns: list[BracketRound] = []
        for number, (name, _short) in enumerate(round_names(shape.teams, sides=shape.sides)):
            row = source.rounds[number] if number < len(source.rounds) else None
            rooms = source.rooms(row)
            ranks = shape.ranks(number)
            known = {room.room_rank: room for room in rooms}
            strange = sorted(known.keys() - {*ranks})
            before = {one.rank: one for one in columns[-1].rooms} if columns else {}
            columns.append(BracketRound(
                id=row.id if row is not None else None,
                name=(row.name if row is not None else "") or name,
                title=name if row is None or row.name.endswith(name) else row.name,
                drawn=bool(rooms),
                rooms=tuple(
                    self._room(number, rank, known.get(rank), before)
                    for rank in ranks) + tuple(
                    self._room(number, rank, known[rank], None) for rank in strange),
                outdated=self._outdated(number, row, rooms),
            ))
        won = winner(source)
        return Bracket(tuple(columns), None if won is None else self._team(won, won=True))

    def _room(
        self, number: int, rank: int, room: RoomOutcome | None,
        before: Mapping[int, BracketRoom] | None,
    ) -> BracketRoom:
        """Return a room; ``before`` are those of the round before, None for one out of shape."""
        fed_by = self._shape.fed_by(number, rank) if before is not None else ()
        if room is None:
            return BracketRoom(
                rank, None, None, self._expected(number, rank, fed_by, before or {}), fed_by,
                decided=False)
        teams = [
            self._team(team, won=(team in room.advancing) if room.decided else None)
            for _side, team in room.teams
        ]
        return BracketRoom(
            rank, room.debate, room.venue, _by_seed(teams), fed_by, decided=room.decided)

    def _expected(
        self, number: int, rank: int, fed_by: tuple[int, ...], before: Mapping[int, BracketRoom]
    ) -> tuple[BracketTeam, ...]:
        """Return who is known to come to a room that is not drawn."""
        coming = [
            self._team(team.team)
            for feeding in fed_by if feeding in before
            for team in before[feeding].teams if team.won
        ]
        if len(self._seeds) == self._shape.teams:
            coming += [
                self._team(self._seeds[place - 1]) for place in self._shape.seeds(number, rank)]
        return _by_seed(coming)

    def _team(self, team: str, *, won: bool | None = None) -> BracketTeam:
        return BracketTeam(team, self._source.names[team], self._source.ranks.get(team), won)

    def _outdated(
        self, number: int, row: RoundRow | None, rooms: Sequence[RoomOutcome]
    ) -> str:
        if row is None or not rooms:
            return ""
        source = self._source
        previous = source.rooms(source.rounds[number - 1]) if number else None
        drawn = [DrawnDebate(0.0, room.room_rank, room.teams) for room in rooms]
        case = case_of(source.category, source.ranks, previous, self._shape.sides)
        asked = source.edited.get(row.id)
        if fits(case, drawn) if asked is None else asked == case.seal():
            return ""
        return word("elimination_outdated", {"round": row.name or f"Round {row.seq}"})


def _by_seed(teams: Sequence[BracketTeam]) -> tuple[BracketTeam, ...]:
    last = len(teams) + 10_000
    return tuple(sorted(teams, key=lambda one: (one.seed or last, one.name)))
