"""The bubble guard: which open or unchecked ballots can still flip the break, to check them first.

For the tab room alone: it tells who stands near the line, also in silent rounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import (
    VOTING,
    DebateResult,
    ResultType,
    decide,
    result_type,
)
from tabapp.domain.breaks import ELIGIBLE, Remark
from tabapp.domain.breaks.guard import (
    Change,
    GuardedBallot,
    GuardInput,
    OpenBallot,
    Status,
    guard_break,
)
from tabapp.domain.formats import Settings
from tabapp.domain.impact import with_results
from tabapp.domain.side_names import two_side_names
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import Side, Stage
from tabapp.services import breaks
from tabapp.services.breaks import BreakInput
from tabapp.services.entry_rules import authors, is_same
from tabapp.store import topics
from tabapp.store.ballot_reads import read_debates_for_ballots
from tabapp.store.desk_reads import RoomRow, VersionRow, read_rooms
from tabapp.store.open_debates import open_debates
from tabapp.store.result_reads import read_numbered_results
from tabapp.store.tournaments import RoundRow, TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

TOPICS = (*breaks.TOPICS, topics.DRAWS)
"""What the guard reads."""
_PLACES = ("", "first", "second", "third", "last")
_EVER = 1 << 30
_POINT = ("guard_point_less", "guard_point_more")
_POINTS = ("guard_points_less", "guard_points_more")


@dataclass(frozen=True, slots=True)
class GuardedRoom:
    """One ballot with the words for it; ``teams`` by name, in speaking order.

    ``effect``: ``break``, ``order`` or ``nothing``; ``words`` is the sentence that says what of it
    would change what. ``live`` are the archive ids of its teams whose break is open.
    """

    debate_id: int
    ref: str
    round_id: int
    round_name: str
    room: str
    status: Status
    effect: Literal["break", "order", "nothing"]
    alone: bool
    teams: tuple[str, ...]
    live: tuple[str, ...]
    category: str
    words: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class BubbleGuard:
    """The ballots that still count, those that flip the break by the least first.

    ``rounds_to_come`` preliminary rounds are not drawn yet: what is said holds as if it ended with
    those that are. ``postponed`` rooms are not looked at.
    """

    rooms: tuple[GuardedRoom, ...]
    rounds_to_come: int
    postponed: int

    def of(self, *statuses: Status) -> tuple[GuardedRoom, ...]:
        """Return the ballots with one of these statuses, in the same order."""
        return tuple(one for one in self.rooms if one.status in statuses)

    @property
    def flipping(self) -> tuple[GuardedRoom, ...]:
        """The ballots that can change who breaks."""
        return tuple(one for one in self.rooms if one.effect == "break")

    @property
    def out(self) -> int:
        """How many ballots are out."""
        return len(self.of("out"))

    @property
    def out_flipping(self) -> int:
        """How many of those that are out can change who breaks."""
        return sum(one.effect == "break" for one in self.of("out"))

    @property
    def to_check(self) -> int:
        """How many ballots are entered or counted without a second look."""
        return len(self.of("entered", "unchecked"))

    @property
    def to_check_flipping(self) -> int:
        """How many of those a small mistake in them would make flip the break."""
        return sum(one.effect == "break" for one in self.of("entered", "unchecked"))


@dataclass(frozen=True, slots=True)
class _Room:
    round: RoundRow
    row: RoomRow
    status: Status


@dataclass(frozen=True, slots=True)
class GuardRead:
    """What the guard is worked out from; read once, computed without a lock."""

    owner: TournamentRow
    found: BreakInput
    input: GuardInput
    rooms: Mapping[str, _Room]
    rounds_to_come: int
    postponed: int


def read_guard(unit: ReadUnit, tournament_id: int) -> GuardRead:
    """Read the break as it stands with all that is entered, and the ballots that still count.

    Looked at are the last preliminary round that is drawn and those before with an open debate.
    Raises ``UserError``: ``no_break_category``, ``guard_without_rounds``.
    """
    owner = get_tournament(unit, tournament_id)
    rounds = [
        one for one in list_rounds(unit, owner.id) if one.stage == Stage.PRELIMINARY]
    drawn = [one for one in rounds if one.status in ("confirmed", "released")]
    if not drawn:
        raise UserError("guard_without_rounds")
    missing = {one.round_id for one in open_debates(unit, owner.id, _EVER)}
    looked_at = [one for one in drawn if one is drawn[-1] or one.id in missing]
    all_rooms = [(one, row) for one in looked_at for row in read_rooms(unit, one.id)]
    precedence = owner.settings.team_standings_precedence
    data, numbers = read_numbered_results(unit, owner, speeches=needs_speeches(precedence))
    found = breaks.with_results(unit, owner, data)
    rooms = {
        row.ref: _Room(one, row, status) for one, row in all_rooms
        if row.id in numbers and (status := _status(row)) is not None}
    entered = _entered(unit, owner, [one for one in rooms.values() if one.status == "entered"])
    data = with_results(
        data, {numbers[rooms[ref].row.id]: result for ref, (_b, result) in entered.items()},
        owner.settings)
    held = _held(found)
    found = replace(found, data=data)
    return GuardRead(
        owner, found,
        _input(found, held, tuple(
            _open(owner.settings, ref, numbers[one.row.id], one.status)
            for ref, one in rooms.items())),
        rooms, len(rounds) - len(drawn), sum(row.status == "postponed" for _one, row in all_rooms))


def _status(room: RoomRow) -> Status | None:
    """Return how a ballot stands, None for one that nobody has to look at any more."""
    if room.status == "postponed" or (room.teams and room.teams[0][0] is Side.BYE):
        return None
    by_status = {one.status: one for one in room.versions}
    if "draft" in by_status:
        return "entered"
    counted = by_status.get("confirmed")
    if counted is None:
        return "out"
    alone = counted.entered_by and is_same(counted.entered_by, counted.confirmed_by)
    return "unchecked" if alone and not _is_decided(room, counted) else None


def _is_decided(room: RoomRow, counted: VersionRow) -> bool:
    """Tell whether a ballot was decided between entries of two people, who both saw the paper.

    Those were entered after whatever counted before, and never counted.
    """
    before = [one for one in room.versions if one.version < counted.version]
    counted_once = max((one.version for one in before if one.confirmed_by), default=0)
    return len(authors([one for one in before if one.version > counted_once])) > 1


def _entered(
    unit: ReadUnit, owner: TournamentRow, rooms: Sequence[_Room]
) -> dict[str, tuple[Ballot, DebateResult]]:
    """Decide the ballots that wait for their check, as if they counted."""
    found, _refs = read_debates_for_ballots(
        unit, owner.id, [(one.row.ref, Ballot()) for one in rooms])
    made = {}
    for ref, debate in found.items():
        waiting = [one for _id, one in debate.ballots if one.status == "draft"]
        if waiting:
            made[ref] = waiting[-1], decide(waiting[-1], debate.context, owner.settings)
    return made


def _open(settings: Settings, ref: str, number: int, status: Status) -> OpenBallot:
    count = settings.teams_in_debate
    kind = result_type(settings, Stage.PRELIMINARY, count)
    scored = kind not in (ResultType.CONSENSUS_WINNERS, ResultType.PANEL_WINNERS)
    fewest = settings.substantive_speakers - (not settings.teamscore_includes_ghosts)
    low = fewest * settings.score_min
    high = settings.substantive_speakers * settings.score_max
    if settings.reply_scores_enabled:
        low, high = low + settings.reply_score_min, high + settings.reply_score_max
    return OpenBallot(
        id=ref, number=number, status=status, low=low if scored else None,
        high=high if scored else None, point=max(1.0, settings.score_step),
        by_totals=kind is ResultType.CONSENSUS_SCORES and (
            count != 2 or settings.winners_in_ballots == "none"),
        voting=kind in VOTING)


def _held(found: BreakInput) -> frozenset[str]:
    """Return who will have debated too few rounds to break, even when every open one is in."""
    data, least = found.data, found.owner.settings.break_min_rounds
    if not least:
        return frozenset()
    preliminary = np.array([one.stage is Stage.PRELIMINARY for one in data.rounds])
    open_rows = ~data.team_confirmed & (data.team_side >= 0) & preliminary[data.team_round]
    to_come = np.bincount(data.team_team[open_rows], minlength=len(data.teams)).tolist()
    return frozenset(
        team.id for team, more in zip(data.teams, to_come, strict=True)
        if found.debated.get(team.id, 0) + more < least)


def _out(found: BreakInput, slug: str, held: frozenset[str]) -> dict[str, str]:
    """Return who does not break in a category, whatever the results; ``eligible`` frees."""
    said = found.out(slug)
    free = {team for team, one in said.items() if one.remark == ELIGIBLE}
    return dict.fromkeys(
        sorted((held | {team for team, one in said.items() if one.remark}) - free),
        Remark.WITHDRAWN)


def _input(
    found: BreakInput, held: frozenset[str], ballots: tuple[OpenBallot, ...]
) -> GuardInput:
    settings = found.owner.settings
    return GuardInput(
        data=found.data, ballots=ballots, categories=found.categories,
        metrics=tuple(settings.team_standings_precedence),
        two_team=settings.teams_in_debate == 2, ties_all=settings.break_ties == "all",
        strict=settings.break_easters_strict,
        out={one.slug: _out(found, one.slug, held) for one in found.categories})


def compute(read: GuardRead) -> BubbleGuard:
    """Work out what each ballot can still change; takes some tenths of a second at most."""
    return BubbleGuard(
        tuple(_room(read, one) for one in guard_break(read.input)),
        read.rounds_to_come, read.postponed)


def _room(read: GuardRead, one: GuardedBallot) -> GuardedRoom:
    room = read.rooms[one.id]
    return GuardedRoom(
        debate_id=room.row.id, ref=one.id, round_id=room.round.id,
        round_name=room.round.name or f"Round {room.round.seq}",
        room=room.row.room or one.id, status=one.status, effect=one.effect, alone=one.alone,
        teams=tuple(name for _side, name in room.row.teams), live=one.teams,
        category=one.change.category if one.change else "", change=one.change,
        words=_words(read, one))


def _words(read: GuardRead, one: GuardedBallot) -> str:
    change = one.change
    if one.effect != "break" or change is None:
        whole = {"break": "guard_together", "order": "guard_order", "nothing": "guard_nothing"}
        return word(whole[one.effect], {})
    said = _said(read, one.id, change)
    if change.kind == "place":
        return said
    category = read.found.category(change.category)
    code = {
        (True, True): "guard_then_both", (True, False): "guard_then_in",
        (False, True): "guard_then_out", (False, False): "guard_then_tied",
    }[bool(change.enters), bool(change.leaves)]
    return word(code, {
        "change": said, "enters": _names(read, change.enters),
        "leaves": _names(read, change.leaves), "category": category.name or category.slug})


def _said(read: GuardRead, ref: str, change: Change) -> str:
    """Say the change itself."""
    team = read.found.name_of(change.team)
    if change.kind == "point":
        codes = _POINT if abs(change.amount) == 1 else _POINTS
        return word(codes[change.amount > 0], {"team": team, "n": f"{abs(change.amount):g}"})
    if change.kind == "place":
        if read.input.two_team:
            return word("guard_place_win", {"team": team})
        return word("guard_place", {"team": team, "place": _PLACES[int(change.amount)]})
    sides = {team: side for side, team in read.rooms[ref].row.sides}
    return word("guard_exchange", {
        "side": _side(read, sides[change.team]), "other": _side(read, sides[change.other])})


def _side(read: GuardRead, side: str) -> str:
    if side in (Side.AFF, Side.NEG):
        names = two_side_names(read.owner.settings.side_names, short=True)
        return names[side == Side.NEG]
    return side.upper()


def _names(read: GuardRead, teams: Sequence[str]) -> str:
    return ", ".join(read.found.name_of(team) for team in teams)
