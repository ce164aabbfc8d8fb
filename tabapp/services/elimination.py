"""Elimination rounds of a break: making them, and the bracket from the first to the champion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.setup import fits_four
from tabapp.domain.types import DrawnDebate, id_key
from tabapp.services.elimination_case import ROOM, fits, waiting
from tabapp.services.elimination_draws import case_of, rounds_of
from tabapp.store.break_rows import read_breaks, read_categories
from tabapp.store.elimination_rows import RoomOutcome, insert_rounds, read_outcomes
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

FEEDBACK_WEIGHT = 0.5
_NAMES = (
    ("Grand Final", "GF"), ("Semifinals", "SF"), ("Quarterfinals", "QF"), ("Octofinals", "OF"),
    ("Double Octofinals", "DOF"), ("Triple Octofinals", "TOF"), ("Quadruple Octofinals", "QOF"),
)
"""What a round of 1, 2, 4 … rooms is called."""


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


def round_names(size: int, prefix: str = "") -> list[tuple[str, str]]:
    """Return name and abbreviation of each round from a break of ``size`` to the final.

    >>> [name for name, _ in round_names(24)]
    ['Partial Octofinals', 'Quarterfinals', 'Semifinals', 'Grand Final']
    """
    if not fits_four(size):
        raise UserError("draw_break_size", size=size)
    before = f"{prefix} " if prefix else ""
    away = waiting(size)
    full = int(log2((away * 2 if away else size) // ROOM))  # steps to the final
    found = []
    if away:
        name, short = _called(full + 1)
        found.append((f"{before}Partial {name}", f"{before}P{short}"))
    for steps in range(full, -1, -1):
        name, short = _called(steps)
        found.append((before + name, before + short))
    return found


def _called(steps: int) -> tuple[str, str]:
    if steps < len(_NAMES):
        return _NAMES[steps]
    teams = ROOM << steps
    return f"Round of {teams}", f"R{teams}"


def create_rounds(unit: WriteUnit, tournament_id: int, category_slug: str) -> list[int]:
    """Make all rounds from the break of a category to its final; return their row ids.

    Where a tournament has several categories each round is named after its own.
    """
    categories = read_categories(unit, tournament_id)
    category = _category(categories, category_slug)
    if not get_tournament(unit, tournament_id).settings.is_bp:
        raise UserError("elimination_two_team", what=category.name or category.slug)
    present = rounds_of(list_rounds(unit, tournament_id), category.slug)
    if present:
        raise UserError(
            "elimination_rounds_exist", category=category.name or category.slug,
            rounds=", ".join(one.name or f"Round {one.seq}" for one in present))
    prefix = (category.name or category.slug) if len(categories) > 1 else ""
    names = round_names(category.size, prefix)
    unit.describe(new=", ".join(name for name, _short in names))
    return insert_rounds(
        unit, tournament_id, category.slug, names, feedback_weight=FEEDBACK_WEIGHT)


def _category(categories: Sequence[BreakCategory], slug: str) -> BreakCategory:
    found = next((one for one in categories if one.slug == slug), None)
    if found is None:
        known = ", ".join(one.slug for one in categories) or "none"
        raise UserError("unknown_break_category", category=slug, known=known)
    return found


def champion(unit: ReadUnit, tournament_id: int, category_slug: str) -> str | None:
    """Return the archive id of the team that won the final of a category, None before that."""
    rounds = rounds_of(list_rounds(unit, tournament_id), category_slug)
    if not rounds:
        return None
    return _winner(read_outcomes(unit, [rounds[-1].id]).get(rounds[-1].id, []))


def _winner(rooms: Sequence[RoomOutcome]) -> str | None:
    """Return who won a round of one room, from which one team goes on."""
    if len(rooms) != 1 or rooms[0].room_rank != 1 or len(rooms[0].advancing) != 1:
        return None
    return rooms[0].advancing[0]


def read_bracket(unit: ReadUnit, tournament_id: int, category_slug: str) -> Bracket:
    """Read the bracket of a category: what is drawn, and what is known of the rest."""
    category = _category(read_categories(unit, tournament_id), category_slug)
    if not get_tournament(unit, tournament_id).settings.is_bp:
        return Bracket((), None, word("elimination_two_team", {"what": category.name}))
    if not fits_four(category.size):
        return Bracket((), None, word("draw_break_size", {"size": category.size}))
    stored = read_breaks(unit, tournament_id).get(category.slug)
    rounds = rounds_of(list_rounds(unit, tournament_id), category.slug)
    return _Builder(
        category=category, ranks=stored.ranks if stored is not None else {},
        names=team_names(unit, tournament_id), rounds=rounds,
        outcomes=read_outcomes(unit, [one.id for one in rounds]) if rounds else {},
    ).built()


class _Builder:
    """Puts the rounds of a category, made or not, into columns of rooms."""

    def __init__(
        self, *, category: BreakCategory, ranks: Mapping[str, int], names: Mapping[str, str],
        rounds: Sequence[RoundRow], outcomes: Mapping[int, Sequence[RoomOutcome]],
    ) -> None:
        self._category = category
        self._ranks = ranks
        self._names = names
        self._rounds = rounds
        self._outcomes = outcomes
        self._away = waiting(category.size)
        self._seeds = sorted(ranks, key=lambda team: (ranks[team], id_key(team)))

    def built(self) -> Bracket:
        """Return the bracket; its champion where the final is decided."""
        expected = round_names(self._category.size)
        orders = _orders(len(expected), partial=bool(self._away))
        columns: list[BracketRound] = []
        for number, (name, _short) in enumerate(expected):
            row = self._rounds[number] if number < len(self._rounds) else None
            rooms = self._rooms(row)
            ranks = [rank + (0 if number else self._away) for rank in orders[number]]
            known = {room.room_rank: room for room in rooms}
            strange = sorted(known.keys() - {*ranks})
            fed = self._feeders(number, len(orders[number]))
            before = columns[-1] if columns else None
            columns.append(BracketRound(
                id=row.id if row is not None else None,
                name=(row.name if row is not None else "") or name,
                title=name if row is None or row.name.endswith(name) else row.name,
                drawn=bool(rooms),
                rooms=tuple(
                    self._room(rank, known.get(rank), fed.get(rank, ()), before)
                    for rank in (*ranks, *strange)),
                outdated=self._outdated(number, row, rooms),
            ))
        won = _winner(self._rooms(self._rounds[-1])) if self._rounds else None
        return Bracket(tuple(columns), None if won is None else self._team(won, won=True))

    def _rooms(self, row: RoundRow | None) -> Sequence[RoomOutcome]:
        return self._outcomes.get(row.id, ()) if row is not None else ()

    def _feeders(self, number: int, rooms: int) -> dict[int, tuple[int, ...]]:
        """Return room rank -> ranks of the rooms of the round before that feed it."""
        if number == 0:
            return {}
        if number == 1 and self._away:
            return {rank: (self._away + rank,) for rank in range(1, rooms + 1)}
        return {rank: (rank, 2 * rooms + 1 - rank) for rank in range(1, rooms + 1)}

    def _room(
        self, rank: int, room: RoomOutcome | None, fed_by: tuple[int, ...],
        before: BracketRound | None,
    ) -> BracketRoom:
        if room is None:
            return BracketRoom(rank, None, None, self._expected(rank, fed_by, before), fed_by,
                               decided=False)
        teams = [
            self._team(team, won=(team in room.advancing) if room.decided else None)
            for _side, team in room.teams
        ]
        return BracketRoom(
            rank, room.debate, room.venue, _by_seed(teams), fed_by, decided=room.decided)

    def _expected(
        self, rank: int, fed_by: tuple[int, ...], before: BracketRound | None
    ) -> tuple[BracketTeam, ...]:
        """Return who is known to come to a room that is not drawn."""
        if before is None:
            return self._folded(rank)
        coming = [
            self._team(team.team)
            for room in before.rooms if room.rank in fed_by
            for team in room.teams if team.won
        ]
        if len(fed_by) == 1 and len(self._seeds) >= self._away:
            coming += [
                self._team(self._seeds[place - 1]) for place in (rank, self._away + 1 - rank)]
        return _by_seed(coming)

    def _folded(self, rank: int) -> tuple[BracketTeam, ...]:
        if len(self._seeds) != self._category.size:
            return ()
        rooms = (self._category.size - self._away) // ROOM
        place = rank - self._away
        places = (place, 2 * rooms + 1 - place, 2 * rooms + place, 4 * rooms + 1 - place)
        return tuple(self._team(self._seeds[self._away + one - 1]) for one in places)

    def _team(self, team: str, *, won: bool | None = None) -> BracketTeam:
        return BracketTeam(team, self._names[team], self._ranks.get(team), won)

    def _outdated(
        self, number: int, row: RoundRow | None, rooms: Sequence[RoomOutcome]
    ) -> str:
        if row is None or not rooms:
            return ""
        previous = self._rooms(self._rounds[number - 1]) if number else None
        drawn = [DrawnDebate(0.0, room.room_rank, room.teams) for room in rooms]
        if fits(case_of(self._category, self._ranks, previous), drawn):
            return ""
        return word("elimination_outdated", {"round": row.name or f"Round {row.seq}"})


def _by_seed(teams: Sequence[BracketTeam]) -> tuple[BracketTeam, ...]:
    last = len(teams) + 10_000
    return tuple(sorted(teams, key=lambda one: (one.seed or last, one.name)))


def _orders(rounds: int, *, partial: bool) -> list[list[int]]:
    """Return for each round its rooms from top to bottom, so that lines do not cross.

    The rooms of a partial round stand as those of the round that they feed, one each.
    """
    orders = [[1]]
    for _round in range(rounds - 1 - partial):
        size = 2 * len(orders[0])
        orders.insert(0, [place for rank in orders[0] for place in (rank, size + 1 - rank)])
    return [orders[0], *orders] if partial else orders
