"""What the draw of a round would leave out now, and which brackets that can still change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.draw.settled import BracketState, OpenDebate, bracket_states
from tabapp.domain.types import DrawType, Stage
from tabapp.services.rounds import title_of
from tabapp.store.availability import present_teams
from tabapp.store.open_debates import OpenDebateRow, open_debates, sums_before
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit

State = Literal["out", "entered", "postponed"]
_COUNTED = (("wins",), ("points",))
"""First metrics that make brackets of whole numbers, of which a debate gives so many at most."""


@dataclass(frozen=True, slots=True)
class MissingResult:
    """A debate whose result the draw would not know, with the names of its teams.

    ``entered`` ones wait to be confirmed.
    """

    debate_id: int
    round_id: int
    round_title: str
    room: str
    teams: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class DrawGuard:
    """What stands between a round and its draw.

    ``brackets`` is empty where points do not rule the draw, and where nothing is missing.
    """

    missing: tuple[MissingResult, ...]
    brackets: tuple[BracketState, ...]

    @property
    def entered(self) -> int:
        """How many of the missing results are entered and not confirmed."""
        return sum(one.state == "entered" for one in self.missing)

    @property
    def settled(self) -> int:
        """How many brackets can no longer change."""
        return sum(one.settled for one in self.brackets)


def read_guard(unit: ReadUnit, round_id: int) -> DrawGuard:
    """Look at all earlier preliminary rounds for what the draw of this round would ignore.

    Raises ``UserError`` for an elimination round, which takes its teams from the break.
    """
    owner, round_ = get_round(unit, round_id)
    if round_.stage == Stage.ELIMINATION:
        raise UserError("guard_of_elimination", round=title_of(round_))
    found = open_debates(unit, owner.id, round_.seq)
    return DrawGuard(
        tuple(_missing(one) for one in found),
        _brackets(unit, owner, round_, found) if found else ())


def _missing(one: OpenDebateRow) -> MissingResult:
    state: State = "entered" if one.entered else "out"
    return MissingResult(
        debate_id=one.id, round_id=one.round_id, round_title=one.round_name,
        room=one.venue or f"Debate {one.room_rank}",
        teams=tuple(name for _team, name in one.teams),
        state="postponed" if one.postponed else state)


def _brackets(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, found: Sequence[OpenDebateRow]
) -> tuple[BracketState, ...]:
    first = owner.settings.team_standings_precedence[:1]
    if round_.draw_type != DrawType.POWER or first not in _COUNTED:
        return ()
    # wins are not multiplied by the weight of a round, points are
    weighted = first == ("points",)
    sums = sums_before(unit, owner.id, round_.seq)
    return bracket_states(
        {team: sums.get(team, (0.0, 0))[0 if weighted else 1]
         for team in present_teams(unit, owner.id, round_.id)},
        [OpenDebate(
            tuple(team for team, _name in one.teams), one.weight if weighted else 1)
         for one in found],
        room=owner.settings.teams_in_debate)
