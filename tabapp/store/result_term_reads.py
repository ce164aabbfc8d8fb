"""The debates of one team, with what became of their ballots."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select

from tabapp.store import schema
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class TeamDebate:
    """A debate of a team by its row id. ``forfeit``: the team did not debate and lost.

    ``entered_by`` and ``confirmed_by`` are empty without a confirmed ballot.
    """

    id: int
    seq: int
    status: str
    forfeit: bool
    entered_by: str
    confirmed_by: str
    confirmed: bool

    @property
    def checked(self) -> bool:
        """Tell whether somebody else confirmed the ballot than entered it."""
        return self.confirmed and self.entered_by != self.confirmed_by


def debates_of_team(unit: ReadUnit, tournament_id: int, team_ref: str) -> dict[int, TeamDebate]:
    """Return the debates in which a team stands by the number of their round."""
    side, debate, round_, team = (
        schema.debate_side, schema.debate, schema.round_, schema.team)
    result, ballot = schema.result_team, schema.ballot
    return {
        seq: TeamDebate(
            row_id, seq, status, bool(forfeit), entered or "", confirmed or "",
            ballot_id is not None)
        for row_id, seq, status, forfeit, ballot_id, entered, confirmed in unit.fetch(
            select(
                debate.c.id, round_.c.seq, debate.c.status, result.c.forfeit, ballot.c.id,
                ballot.c.entered_by, ballot.c.confirmed_by)
            .select_from(side)
            .join(debate, debate.c.id == side.c.debate_id)
            .join(round_, round_.c.id == debate.c.round_id)
            .join(team, team.c.id == side.c.team_id)
            .outerjoin(result, and_(
                result.c.debate_id == debate.c.id, result.c.team_id == team.c.id))
            .outerjoin(ballot, and_(
                ballot.c.debate_id == debate.c.id, ballot.c.status == "confirmed"))
            .where(team.c.tournament_id == tournament_id, team.c.ref == team_ref)
            .order_by(round_.c.seq))
    }
