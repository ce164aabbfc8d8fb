"""The balance of sides before and after a round, of its draw or of the record so far."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.draw.balance import BalanceReport, balance_report
from tabapp.domain.types import Stage
from tabapp.services.rounds import title_of
from tabapp.store.availability import present_teams
from tabapp.store.draw_rows import read_debates
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round, list_rounds
from tabapp.store.unit import ReadUnit

POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class RoundBalance:
    """The report of a round, with what its words need. ``titles`` names rounds by sequence."""

    owner: TournamentRow
    round: RoundRow
    report: BalanceReport
    titles: dict[int, str]

    @property
    def title(self) -> str:
        """Name of the round."""
        return title_of(self.round)


def read_balance(unit: ReadUnit, round_id: int) -> RoundBalance:
    """Report the teams of a round's draw; without one, those that are here, as they stand so far.

    Refused for an elimination round, whose sides do not count. A postponed debate counts for
    nobody, as in the draw.
    """
    owner, round_ = get_round(unit, round_id)
    if round_.stage == Stage.ELIMINATION:
        raise UserError("balance_of_elimination", round=title_of(round_))
    data = read_results(unit, owner, speeches=False)
    placed = {
        team: side for one in read_debates(unit, round_id) if one.status != POSTPONED
        for side, team in one.drawn.sides}
    teams = frozenset(placed) or present_teams(unit, owner.id, round_id)
    report = balance_report(
        data, owner.settings.sides, round_seq=round_.seq, kind=round_.kind, teams=teams,
        placed=placed)
    titles = {one.seq: title_of(one) for one in list_rounds(unit, owner.id)}
    return RoundBalance(owner, round_, report, titles)
