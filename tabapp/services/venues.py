"""The rooms of a round's debates: reading them, and giving them by hand."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tabapp.core.errors import Problem, UserError
from tabapp.core.messages import word
from tabapp.domain.allocation.snapshots import wishes_of
from tabapp.domain.allocation.types import Room, RoomConstraint, RoomDebate
from tabapp.domain.allocation.venues import unmet_wishes
from tabapp.domain.types import Role, Side
from tabapp.store import board_reads, panel_rows
from tabapp.store.draw_rows import DebateRow, read_debates
from tabapp.store.refs import Refs
from tabapp.store.tournaments import get_round
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room; ``elsewhere`` names another round of the same time that uses it."""

    id: str
    name: str
    available: bool
    elsewhere: str = ""
    categories: tuple[str, ...] = ()
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedDebate:
    """A debate with its room, and the wishes that this room does not meet, in sentences."""

    id: str
    row_id: int
    label: str
    room_rank: int
    bracket: float | None
    teams: tuple[tuple[Side, str], ...]
    chair: str
    room: str | None
    unmet: tuple[str, ...] = ()
    wishes: int = 0
    has_result: bool = False


@dataclass(frozen=True)
class RoomsBoard:
    """The debates of a round with their rooms, and all rooms of the tournament."""

    round_id: int
    seq: int
    name: str
    status: str
    debates: tuple[PlacedDebate, ...]
    rooms: Mapping[str, RoomChoice]
    side_names: str = "aff-neg"
    """The setting by which two sides are called."""

    @cached_property
    def debate(self) -> Mapping[str, PlacedDebate]:
        """Return the debates by archive id."""
        return {one.id: one for one in self.debates}

    @cached_property
    def taken(self) -> Mapping[str, str]:
        """Return room -> the debate that is held there; the first of several."""
        return {one.room: one.id for one in reversed(self.debates) if one.room is not None}

    @property
    def free(self) -> tuple[RoomChoice, ...]:
        """Return the rooms that can be had, the best first."""
        found = [
            one for one in self.rooms.values()
            if one.available and not one.elsewhere and one.id not in self.taken
        ]
        return tuple(sorted(found, key=lambda one: (-one.priority, one.name)))

    @property
    def placed(self) -> int:
        """Return how many debates have a room."""
        return sum(one.room is not None for one in self.debates)

    @property
    def has_results(self) -> bool:
        """Tell whether a debate has been decided."""
        return any(one.has_result for one in self.debates)


def read_rooms(unit: ReadUnit, round_id: int) -> RoomsBoard:
    """Read the rooms of a round; byes need none and are left out."""
    owner, round_ = get_round(unit, round_id)
    beside = panel_rows.venues_beside(unit, round_id, round_.slot_id)
    kinds = board_reads.venue_categories(unit, owner.id)
    venues = board_reads.read_venues(unit, owner.id, round_id)
    rows = [row for row in read_debates(unit, round_id) if len(row.drawn.sides) > 1]
    teams = {one.id: one for one in board_reads.read_teams(unit, owner.id)}
    judges = board_reads.judge_names(unit, owner.id)
    unmet = _Unmet(venues, kinds, board_reads.read_wishes(unit, owner.id), {
        one.id: one.institution for one in teams.values()})
    names = {one.id: one.name for one in venues}
    debates = []
    for row in rows:
        chair = next((judge for judge, role in row.panel if role is Role.CHAIR), None)
        missed, wishes = unmet.of(row)
        debates.append(PlacedDebate(
            id=row.ref, row_id=row.id,
            label=names[row.venue] if row.venue is not None else word(
                "board_debate", {"rank": row.drawn.room_rank}),
            room_rank=row.drawn.room_rank, bracket=row.drawn.bracket,
            teams=tuple((Side(side), teams[team].name) for side, team in row.drawn.sides),
            chair=judges[chair] if chair is not None else "", room=row.venue,
            unmet=missed, wishes=wishes, has_result=row.has_result,
        ))
    return RoomsBoard(
        round_id, round_.seq, round_.name or f"Round {round_.seq}", round_.status, tuple(debates),
        {
            one.id: RoomChoice(
                one.id, one.name, not one.absent, beside.get(one.id, ""),
                tuple(sorted(kinds[kind] for kind in one.categories)), one.priority)
            for one in venues
        },
        owner.settings.side_names,
    )


class _Unmet:
    """Says which wishes of a debate its room leaves open, by the allocator's own rule."""

    def __init__(
        self, venues: Sequence[board_reads.VenueRow], kinds: Mapping[str, str],
        wishes: Sequence[board_reads.Wish], institution: Mapping[str, str | None],
    ) -> None:
        self._kinds, self._institution = kinds, institution
        self._categories = {one.id: one.categories for one in venues}
        self._rooms = [
            Room(one.id, one.priority, one.capacity, one.categories)
            for one in venues if not one.absent
        ]
        self._names = {(one.subject, one.category): one.name for one in wishes}
        self._wishes: dict[tuple[str, str], list[board_reads.Wish]] = defaultdict(list)
        for wish in wishes:
            self._wishes[wish.kind, wish.subject].append(wish)

    def of(self, row: DebateRow) -> tuple[tuple[str, ...], int]:
        """Return the sentences of what is not met, and how many wishes there are."""
        found = tuple(
            RoomConstraint(one.subject, one.category, one.priority)
            for one in wishes_of(
                self._wishes, self._institution, row.drawn.teams,
                [judge for judge, _role in row.panel])
        )
        debate = RoomDebate(row.ref, row.importance, row.drawn.room_rank, found)
        missed = unmet_wishes(debate, row.venue, self._categories, self._rooms)
        return tuple(
            word("rooms_wish", {
                "name": self._names[one.subject, one.category],
                "category": self._kinds[one.category], "reason": word(one.reason, {}),
            })
            for one in missed
        ), len(found)


def room_findings(board: RoomsBoard) -> tuple[Problem, ...]:
    """List what is wrong with the rooms; ``where`` is the debate, or "" for the whole round."""
    return tuple(_find(board))


def _find(board: RoomsBoard) -> Iterator[Problem]:
    usable = sum(one.available and not one.elsewhere for one in board.rooms.values())
    if usable < len(board.debates):
        yield Problem.of(
            "warning", "", "rooms_too_few", rooms=usable, debates=len(board.debates))
    times = Counter(one.room for one in board.debates if one.room is not None)
    for debate in board.debates:
        if debate.room is None:
            continue
        room = board.rooms[debate.room]
        if times[room.id] > 1:
            yield Problem.of(
                "error", debate.id, "rooms_twice", room=room.name, count=times[room.id])
        if not room.available:
            yield Problem.of("warning", debate.id, "rooms_away", room=room.name)
        if room.elsewhere:
            yield Problem.of(
                "error", debate.id, "room_in_other_round", room=room.name, round=room.elsewhere)


# --- edits -------------------------------------------------------------------------------------


def place_debate(unit: WriteUnit, round_id: int, debate: str, name: str) -> None:
    """Give a debate the room called ``name`` (case does not matter); "" takes its room away.

    The debate that is held there takes this one's room, or has none then.
    """
    board = read_rooms(unit, round_id)
    if debate not in board.debate:
        raise UserError("panel_debate_unknown", round=board.name, debate=debate)
    here = board.debate[debate]
    if not name.strip():
        _store(unit, board, {debate: None})
        return
    room = _room_called(board, name.strip())
    if not room.available:
        raise UserError("rooms_away", room=room.name)
    if room.elsewhere:
        raise UserError("room_in_other_round", room=room.name, round=room.elsewhere)
    if room.id == here.room:
        return
    moves: dict[str, str | None] = {debate: room.id}
    other = board.taken.get(room.id)
    if other is not None:
        moves[other] = here.room
    _store(unit, board, moves)


def clear_rooms(unit: WriteUnit, round_id: int) -> int:
    """Take their rooms from all debates of a round; return how many had one."""
    board = read_rooms(unit, round_id)
    placed = {one.id: None for one in board.debates if one.room is not None}
    _store(unit, board, placed)
    return len(placed)


def _store(unit: WriteUnit, board: RoomsBoard, moves: Mapping[str, str | None]) -> None:
    for debate in moves:
        if board.debate[debate].has_result:
            raise UserError("room_has_result", debate=board.debate[debate].label)
    owner, _round = get_round(unit, board.round_id)
    refs = Refs.load(unit, owner.id, "venue")
    panel_rows.set_venues(unit, {
        board.debate[debate].row_id: refs.maybe_id("venue", room)
        for debate, room in moves.items()
    })


def _room_called(board: RoomsBoard, name: str) -> RoomChoice:
    """Return the room of this name; of several the one that can be had."""
    wanted = name.casefold()
    found = [one for one in board.rooms.values() if one.name.casefold() == wanted]
    if found:
        return min(found, key=lambda one: (not one.available, bool(one.elsewhere),
                                           one.id in board.taken))
    names = {one.name.casefold(): one.name for one in board.rooms.values()}
    near = difflib.get_close_matches(wanted, names, n=1)
    hint = word("room_name_near", {"near": names[near[0]]}) if near else word("room_name_far", {})
    raise UserError("room_name_unknown", name=name, near=hint)
