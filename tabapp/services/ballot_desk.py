"""The ballot desk: which rooms still owe a ballot, and everything the form of one room shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.deadlines import FlagKind
from tabapp.domain.public import sort_key
from tabapp.domain.types import Role, Side
from tabapp.services.ballots import Seen
from tabapp.services.drafts import who_is_typing
from tabapp.services.entry_rules import authors, is_split
from tabapp.services.postponing import cannot_postpone
from tabapp.services.round_moments import end_of
from tabapp.services.stages import current_round
from tabapp.store.check_in_rows import ReceiptRow, receipts_of_round
from tabapp.store.deadline_reads import timed_round
from tabapp.store.desk_reads import (
    RoomRow,
    RoundHead,
    VersionRow,
    read_ref,
    read_rooms,
    read_round_head,
    read_speakers,
)
from tabapp.store.flag_rows import FlagRow, flags_of_round
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit

State = Literal[
    "out", "draft", "received", "check", "differs", "confirmed", "postponed", "bye"]
Order = Literal["need", "room", "runner", "flip"]
"""How the list is ordered: what needs work, by room, by who runs, or what can flip the break."""
_NEED: Mapping[State, int] = {
    "differs": 0, "draft": 1, "out": 2, "received": 3, "check": 4, "postponed": 5, "confirmed": 6,
    "bye": 7}
_FLAGGED: Mapping[FlagKind, tuple[State, ...]] = {
    "warning": ("out", "draft"), "overdue": ("out", "draft"),
    "unconfirmed": ("out", "draft", "received", "check", "differs"),
    "forfeited": ("check", "differs", "confirmed"),
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
    receipt: ReceiptRow | None = None
    """When its paper came to the desk, whatever became of it since."""

    @property
    def is_late(self) -> bool:
        """Claim that somebody should go and ask where the ballot is."""
        return self.flag is not None and self.flag.kind in ("overdue", "unconfirmed")

    @property
    def is_out(self) -> bool:
        """Claim that somebody has to fetch the paper: nothing of it came to the desk."""
        return self.state == "out" or (self.state == "draft" and self.receipt is None)

    @property
    def id(self) -> int:
        """Return the row id of the debate."""
        return self.row.id

    @property
    def name(self) -> str:
        """Return the room, the team that has a bye, or the id of a debate without a room."""
        if self.state == "bye":
            return self.row.teams[0][1]
        return self.row.room or self.row.ref

    @property
    def chair(self) -> str:
        """Return the chair, else whoever sits first, or nobody."""
        return self.row.panel[0][0] if self.row.panel else ""

    @property
    def entries(self) -> tuple[VersionRow, ...]:
        """Return the entries that wait to be checked, the oldest first."""
        return tuple(one for one in self.row.versions if one.status == "draft")

    @property
    def authors(self) -> list[str]:
        """Return who entered what waits to be checked."""
        return authors(self.entries)

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
    end: datetime | None = None
    """When the round is expected to end, from which lateness counts; None where nothing tells."""

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
        """Return how many ballots are at the desk: as paper, entered or confirmed."""
        return self.expected - sum(room.is_out for room in self.rooms)


def read_desk(
    unit: ReadUnit, tournament: int, round_id: int | None, now: datetime | None = None
) -> Desk:
    """Read the rooms of a round; without one, of the round that is being played.

    ``now`` tells the day of a time without one; without it nothing is said of the end.
    """
    chosen = round_id if round_id is not None else current_round(unit, tournament)
    head = read_round_head(unit, chosen) if chosen is not None else None
    if head is None:
        return Desk(None, ())
    typing = who_is_typing(unit, tournament)
    flags, receipts = flags_of_round(unit, head.id), receipts_of_round(unit, head.id)
    settings = get_tournament(unit, tournament).settings
    timed = timed_round(unit, head.id) if now is not None and head.status == "released" else None
    return Desk(head, tuple(
        _flagged(
            _room(row, tuple(typing.get(row.id, ())), receipts.get(row.id)),
            flags.get(row.id, ()))
        for row in read_rooms(unit, head.id)),
        cannot_postpone(settings),
        end_of(timed, settings, now) if timed is not None and now is not None else None)


def _flagged(room: DeskRoom, flags: Sequence[FlagRow]) -> DeskRoom:
    """Return the room with the worst of its flags that is still true of it."""
    true = [one for one in flags if room.state in _FLAGGED[one.kind]]
    worst = max(true, key=lambda one: list(_FLAGGED).index(one.kind), default=None)
    return replace(room, flag=worst)


def _room(row: RoomRow, typing: tuple[str, ...], receipt: ReceiptRow | None) -> DeskRoom:
    if row.teams and row.teams[0][0] is Side.BYE:
        return DeskRoom(row, "bye", None)
    state, at = _state(row, receipt)
    if state in ("out", "received") and typing:
        state, at = "draft", None
    return DeskRoom(row, state, at, typing, receipt=receipt)


def _state(row: RoomRow, receipt: ReceiptRow | None) -> tuple[State, datetime | None]:
    """Return the state of a room where nobody types, and since when it is so."""
    entries = [one for one in row.versions if one.status == "draft"]
    confirmed = next((one for one in row.versions if one.status == "confirmed"), None)
    if row.status == "postponed":
        return "postponed", None
    if entries:
        return "differs" if is_split(entries) else "check", entries[-1].entered_at
    if confirmed is not None:
        return "confirmed", confirmed.moved_at
    return ("received", receipt.at) if receipt is not None else ("out", None)


def with_state(desk: Desk, debate: int, state: State) -> Desk:
    """Return the desk with one room in another state, before it is read anew."""
    return replace(desk, rooms=tuple(
        replace(room, state=state, at=None, by=(), flag=None)
        if room.id == debate and room.state != state else room for room in desk.rooms))


def in_order(
    rooms: Sequence[DeskRoom], order: Order, flips: Mapping[int, int] | None = None
) -> list[DeskRoom]:
    """Return the rooms by name, or those first that need work, newest confirmed ones before old.

    In the order ``flip`` those of ``flips`` (row id -> place) come before all that; in the order
    ``runner`` each runner's stand together, and rooms that nobody runs for are last.
    """
    named = sorted(rooms, key=lambda one: (
        one.state == "bye", sort_key(one.name), one.row.rank))
    if order == "room":
        return named
    if order == "runner":
        return sorted(in_order(rooms, "need"), key=lambda one: (
            not one.row.runner, sort_key(one.row.runner)))
    places = flips if order == "flip" and flips is not None else {}
    return sorted(named, key=lambda one: (
        places.get(one.id, len(places)),
        _NEED[one.state] - 0.5 * one.is_late - 0.25 * (one.is_out and one.flag is not None),
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
