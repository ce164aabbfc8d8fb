"""The ballot desk: which rooms still owe a ballot, and everything the form of one room shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.deadlines import FlagKind
from tabapp.domain.types import Role, Side
from tabapp.services.ballots import Seen
from tabapp.services.drafts import who_is_typing
from tabapp.services.postponing import cannot_postpone
from tabapp.services.stages import current_round
from tabapp.store.desk_reads import (
    RoomRow,
    RoundHead,
    read_ref,
    read_rooms,
    read_round_head,
    read_speakers,
)
from tabapp.store.flag_rows import FlagRow, flags_of_round
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit

State = Literal["out", "draft", "check", "confirmed", "postponed", "bye"]
Order = Literal["need", "room", "flip"]
"""How the list is ordered: what needs work, by room, or what can flip the break first."""
_NEED: Mapping[State, int] = {
    "draft": 0, "out": 1, "check": 2, "postponed": 3, "confirmed": 4, "bye": 5}
_FLAGGED: Mapping[FlagKind, tuple[State, ...]] = {
    "warning": ("out", "draft"), "overdue": ("out", "draft"),
    "unconfirmed": ("out", "draft", "check"), "forfeited": ("check", "confirmed"),
}
"""In which states of a room each flag says something; the worst last."""


@dataclass(frozen=True, slots=True)
class DeskRoom:
    """One room of the list. ``at`` is when it came to be as it is; ``by`` who has a draft.

    ``flag`` is the limit that its ballot has passed, as the jobs of deadlines marked it.
    """

    row: RoomRow
    state: State
    at: datetime | None
    by: tuple[str, ...] = ()
    flag: FlagRow | None = None

    @property
    def is_late(self) -> bool:
        """Claim that somebody should go and ask where the ballot is."""
        return self.flag is not None and self.flag.kind in ("overdue", "unconfirmed")

    @property
    def id(self) -> int:
        """Return the row id of the debate."""
        return self.row.id

    @property
    def name(self) -> str:
        """Return the room, or the id of a debate that has none."""
        return self.row.room or self.row.ref

    @property
    def chair(self) -> str:
        """Return the chair, else whoever sits first, or nobody."""
        return self.row.panel[0][0] if self.row.panel else ""

    @property
    def seen(self) -> Seen:
        """Return how the debate and its ballot stand, to be compared with an open form."""
        return Seen(
            self.id, self.row.sides, tuple((one.id, one.status) for one in self.row.versions))


@dataclass(frozen=True, slots=True)
class Desk:
    """The ballots of one round. ``round`` is None where there is no round at all."""

    round: RoundHead | None
    rooms: tuple[DeskRoom, ...]
    cannot_postpone: str = ""
    """Why no room can be postponed by the settings, "" where rooms can."""

    @property
    def counts(self) -> Counter[State]:
        """Return how many rooms are in each state."""
        return Counter(room.state for room in self.rooms)

    @property
    def expected(self) -> int:
        """Return how many ballots shall come."""
        return len(self.rooms) - self.counts["postponed"] - self.counts["bye"]

    @property
    def in_now(self) -> int:
        """Return how many ballots are entered, confirmed or not."""
        return self.counts["confirmed"] + self.counts["check"]


def read_desk(unit: ReadUnit, tournament: int, round_id: int | None) -> Desk:
    """Read the rooms of a round; without one, of the round that is being played."""
    chosen = round_id if round_id is not None else current_round(unit, tournament)
    head = read_round_head(unit, chosen) if chosen is not None else None
    if head is None:
        return Desk(None, ())
    typing = who_is_typing(unit, tournament)
    flags = flags_of_round(unit, head.id)
    return Desk(head, tuple(
        _flagged(_room(row, tuple(typing.get(row.id, ()))), flags.get(row.id, ()))
        for row in read_rooms(unit, head.id)),
        cannot_postpone(get_tournament(unit, tournament).settings))


def _flagged(room: DeskRoom, flags: Sequence[FlagRow]) -> DeskRoom:
    """Return the room with the worst of its flags that is still true of it."""
    true = [one for one in flags if room.state in _FLAGGED[one.kind]]
    worst = max(true, key=lambda one: list(_FLAGGED).index(one.kind), default=None)
    return replace(room, flag=worst)


def _room(row: RoomRow, typing: tuple[str, ...]) -> DeskRoom:
    by_status = {one.status: one for one in row.versions}
    confirmed, waiting = by_status.get("confirmed"), by_status.get("draft")
    if row.teams and row.teams[0][0] is Side.BYE:
        return DeskRoom(row, "bye", None)
    if row.status == "postponed":
        return DeskRoom(row, "postponed", None, typing)
    if waiting is not None:
        return DeskRoom(row, "check", waiting.entered_at, typing)
    if confirmed is not None:
        return DeskRoom(row, "confirmed", confirmed.moved_at, typing)
    return DeskRoom(row, "draft" if typing else "out", None, typing)


def with_state(desk: Desk, debate: int, state: State) -> Desk:
    """Return the desk with one room in another state, before it is read anew."""
    return replace(desk, rooms=tuple(
        replace(room, state=state, at=None, by=(), flag=None)
        if room.id == debate and room.state != state else room for room in desk.rooms))


def in_order(
    rooms: Sequence[DeskRoom], order: Order, flips: Mapping[int, int] | None = None
) -> list[DeskRoom]:
    """Return the rooms by name, or those first that need work, newest confirmed ones before old.

    In the order ``flip`` those of ``flips`` (row id -> place) come before all that.
    """
    named = sorted(rooms, key=lambda one: (one.name.casefold(), one.row.rank))
    if order == "room":
        return named
    places = flips if order == "flip" and flips is not None else {}
    return sorted(named, key=lambda one: (
        places.get(one.id, len(places)), _NEED[one.state] - 0.5 * one.is_late,
        -one.at.timestamp() if one.at and one.state == "confirmed" else 0.0))


def next_room(
    rooms: Sequence[DeskRoom], after: int, states: Sequence[State]
) -> DeskRoom | None:
    """Return the next room after ``after`` in one of ``states``, from the top if there is none."""
    ids = [room.id for room in rooms]
    start = ids.index(after) + 1 if after in ids else 0
    turned = [*rooms[start:], *rooms[:start]]
    return next((one for one in turned if one.state in states and one.id != after), None)


def panel_words(room: RoomRow) -> tuple[str, tuple[str, ...]]:
    """Return the chair of a room and the others of its panel, in order of seats."""
    chairs = [name for name, role in room.panel if role is Role.CHAIR]
    others = tuple(name for name, role in room.panel if role is not Role.CHAIR)
    return (chairs[0] if chairs else "", others)


def ref_of(unit: ReadUnit, debate_id: int) -> str:
    """Return the archive id of a debate (``UserError`` where it is gone)."""
    found = read_ref(unit, debate_id)
    if found is None:
        raise UserError("debate_unknown", debate=debate_id)
    return found


def all_speakers(unit: ReadUnit, tournament: int) -> list[tuple[str, str]]:
    """Return archive id and name of everybody who may stand in for somebody."""
    return read_speakers(unit, tournament)
