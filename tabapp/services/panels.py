"""The board of judges: reading it, and moving judges on it by hand."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.core.revisions import Revision
from tabapp.domain.allocation.board import (
    LEAST_IMPORTANCE,
    MOST_IMPORTANCE,
    Board,
    BoardDebate,
    BoardJudge,
    BoardTeam,
    Seat,
    TeamClash,
    after_move,
    exchanged,
    in_order,
    new_clashes,
)
from tabapp.domain.allocation.conflicts import judge_clashes, team_clashes
from tabapp.domain.allocation.costs import Options, normalised, read_options
from tabapp.domain.allocation.gaps import fill_gaps
from tabapp.domain.allocation.sizes import panel_sizes
from tabapp.domain.allocation.snapshots import judge_score, panel_options
from tabapp.domain.types import Role, Side, id_key
from tabapp.store import board_reads, panel_rows, topics
from tabapp.store.draw_rows import DebateRow, read_debates
from tabapp.store.judge_reads import read_adjudicators
from tabapp.store.refs import Refs
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

SIZE_SEED = 0
"""The lot of the policy ``even``, where panels are looked at and not allocated."""


def read_board(unit: ReadUnit, round_id: int, *, history: bool = True) -> Board:
    """Read the board of judges of a round; ``history`` False leaves out who met whom before.

    Byes want no judges and are left out.
    """
    owner, round_ = get_round(unit, round_id)
    options = read_options(panel_options(owner.settings, round_.stage))
    teams = board_reads.read_teams(unit, owner.id)
    judges = _judges(unit, owner, round_, options, teams, history=history)
    rows = [row for row in read_debates(unit, round_id) if len(row.drawn.sides) > 1]
    places = _places(rows, judges, options)
    rooms = board_reads.venue_names(unit, owner.id)
    reasons: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for one in board_reads.read_overrides(unit, round_id):
        if one.about is not None:
            reasons[one.debate][one.judge, one.about] = one.reason
    names = {team.id: team.name for team in teams}
    return Board(
        round_id, round_.seq, round_.name or f"Round {round_.seq}", round_.status,
        tuple(
            _debate(row, names, rooms, judges, places[row.ref], reasons[row.ref]) for row in rows
        ),
        judges, options,
    )


def _judges(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, options: Options,
    teams: Sequence[board_reads.TeamRow], *, history: bool,
) -> dict[str, BoardJudge]:
    rows = board_reads.read_judges(unit, owner.id, round_.id)
    barred, apart = team_clashes(rows, teams), judge_clashes(rows)
    feedback = {
        one.id: judge_score(one.base_score, one.feedback, round_.feedback_weight)
        for one in read_adjudicators(unit, owner.id)
    }
    none: board_reads.Met = {}
    met_teams, met_judges = (
        board_reads.read_meetings(unit, owner.id, round_.seq) if history else (none, none))
    beside = board_reads.seated_beside(unit, round_.id, round_.slot_id)
    team = {one.id: one for one in teams}
    places = board_reads.institution_names(unit, owner.id)
    return {
        row.id: BoardJudge(
            id=row.id, name=row.name, score=feedback[row.id],
            q=normalised(feedback[row.id], options),
            may_vote=not row.trainee and feedback[row.id] >= options.min_voting_score,
            available=not row.absent, elsewhere=beside.get(row.id, ""),
            institution=row.institution,
            team_clashes={
                one: _why(row, team[one], places) for one in barred[row.id] if one in team},
            judge_clashes=apart[row.id],
            teams_met=met_teams.get(row.id, {}), judges_met=met_judges.get(row.id, {}),
        )
        for row in rows
    }


def _why(
    judge: board_reads.JudgeRow, team: board_reads.TeamRow, names: Mapping[str, str]
) -> TeamClash:
    """Say which of the ties it is that bars a judge from a team."""
    if team.id in judge.team_conflicts:
        return TeamClash("clash_personal")
    shared = set(judge.institution_conflicts) & set(team.institution_conflicts)
    if judge.institution is not None and judge.institution == team.institution in shared:
        return TeamClash("clash_own", names[judge.institution])
    return TeamClash("clash_shared", names[min(shared, key=id_key)])


def _places(
    rows: Sequence[DebateRow], judges: Mapping[str, BoardJudge], options: Options
) -> dict[str, int]:
    """Return how many voting judges each debate is due by the policy of panel sizes."""
    wanted = sorted(
        (row for row in rows if row.status != "postponed"),
        key=lambda row: (-row.importance, row.drawn.room_rank, id_key(row.ref)))
    voting = sum(one.may_vote and one.available for one in judges.values())
    if not wanted:
        return defaultdict(int)
    sizes = panel_sizes(len(wanted), voting, options, random.Random(SIZE_SEED))
    return defaultdict(int, {row.ref: size for row, size in zip(wanted, sizes, strict=True)})


def _debate(
    row: DebateRow, teams: Mapping[str, str], rooms: Mapping[str, str],
    judges: Mapping[str, BoardJudge], places: int, reasons: Mapping[tuple[str, str], str],
) -> BoardDebate:
    room = rooms[row.venue] if row.venue is not None else ""
    return BoardDebate(
        id=row.ref, row_id=row.id,
        label=room or word("board_debate", {"rank": row.drawn.room_rank}),
        room_rank=row.drawn.room_rank, bracket=row.drawn.bracket, importance=row.importance,
        teams=tuple(BoardTeam(team, teams[team], Side(side)) for side, team in row.drawn.sides),
        seats=in_order(judges, row.panel), room=room, places=places,
        has_result=row.has_result, reasons=reasons,
    )


def why_not_allocate(
    name: str, status: str, *, debates: int, has_results: bool
) -> str:
    """Return why judges or rooms of a round cannot be allocated by the program; "" if they can."""
    facts = {"round": name}
    if not debates:
        return word("round_not_drawn", facts)
    if has_results:
        return word("round_has_results", facts)
    if status == "released":
        return word("allocate_released", facts)
    return word("allocate_not_confirmed", facts) if status != "confirmed" else ""


@dataclass(frozen=True, slots=True)
class Filling:
    """Places for judges of the pool, and the revisions on which they were found."""

    places: Mapping[str, Seat]
    revision: Revision


def find_filling(unit: ReadUnit, round_id: int, seed: int) -> Filling:
    """Find judges of the pool for the empty places of a round; everybody who sits stays."""
    owner, round_ = get_round(unit, round_id)
    board = read_board(unit, round_id)
    return Filling(fill_gaps(board, seed=seed), unit.revision(
        owner.id, topics.PEOPLE, topics.SETTINGS, topics.FEEDBACK, topics.ROUNDS, topics.DRAWS,
        topics.PANELS, topics.availability_of(round_.seq)))


# --- edits -------------------------------------------------------------------------------------


def seat_judge(
    unit: WriteUnit, round_id: int, judge: str, debate: str, role: Role, *,
    instead_of: str | None = None, reason: str = "",
) -> None:  # fmt: skip
    """Seat a judge in a debate; ``instead_of`` names whose place it takes.

    Whoever had the place, and the chair where one is seated, takes the place that the judge came
    from: a seat elsewhere, a role in the same room, or the pool. A clash needs a ``reason``, which
    is kept with the debate (UserError ``panel_clash_needs_reason`` without one).
    """
    board = _board(unit, round_id, judge, instead_of)
    if debate not in board.debate:
        raise UserError("panel_debate_unknown", round=board.name, debate=debate)
    _store(unit, board, after_move(board, judge, Seat(debate, role), instead_of), reason)


def swap_judges(
    unit: WriteUnit, round_id: int, one: str, other: str, *, reason: str = ""
) -> None:
    """Let two judges take each other's places; one of them may be in the pool."""
    board = _board(unit, round_id, one, other)
    _store(unit, board, exchanged(board, one, other), reason)


def set_role(
    unit: WriteUnit, round_id: int, judge: str, role: Role, *, reason: str = ""
) -> None:
    """Give a seated judge another role in its room; an old chair takes the role it had."""
    board = _board(unit, round_id, judge)
    seat = board.seats.get(judge)
    if seat is not None:
        _store(unit, board, after_move(board, judge, Seat(seat.debate, role)), reason)


def take_out(unit: WriteUnit, round_id: int, judge: str) -> None:
    """Put a judge back into the pool."""
    board = _board(unit, round_id, judge)
    if judge in board.seats:
        _store(unit, board, {judge: None}, "")


def clear_panels(unit: WriteUnit, round_id: int) -> int:
    """Put all judges of a round back into the pool; return how many there were."""
    board = _board(unit, round_id)
    for debate in board.debates:
        _check_open(debate)
    return panel_rows.clear_members(unit, round_id)


def set_importance(unit: WriteUnit, round_id: int, debate: str, importance: int) -> None:
    """Say how important a debate is: from -2 to 2."""
    board = _board(unit, round_id)
    if debate not in board.debate:
        raise UserError("panel_debate_unknown", round=board.name, debate=debate)
    if not LEAST_IMPORTANCE <= importance <= MOST_IMPORTANCE:
        raise UserError("panel_importance", importance=importance)
    panel_rows.set_importance(unit, board.debate[debate].row_id, importance)


def seat_all(unit: WriteUnit, round_id: int, places: Mapping[str, Seat]) -> None:
    """Seat several judges of the pool at once in empty places, as ``find_filling`` found them."""
    board = _board(unit, round_id, *places)
    _store(unit, board, dict(places), "")


def _board(unit: ReadUnit, round_id: int, *judges: str | None) -> Board:
    """Read what an edit of these judges has to know, and refuse those who are not free."""
    board = read_board(unit, round_id, history=False)
    for judge in filter(None, judges):
        who = board.judges.get(judge)
        if who is None:
            raise UserError("panel_judge_unknown", judge=judge)
        if who.elsewhere:
            raise UserError("panel_judge_elsewhere", name=who.name, round=who.elsewhere)
    return board


def _check_open(debate: BoardDebate) -> None:
    if debate.has_result:
        raise UserError("panel_has_result", debate=debate.label)


def _store(
    unit: WriteUnit, board: Board, places: Mapping[str, Seat | None], reason: str
) -> None:
    """Write new places, with why their clashes are allowed."""
    if not places:
        return
    owner, round_ = get_round(unit, board.round_id)
    old = {judge: board.seats[judge] for judge in places if judge in board.seats}
    for seat in (*old.values(), *places.values()):
        if seat is not None:
            _check_open(board.debate[seat.debate])
    clashing = new_clashes(board, places)
    if clashing and not reason.strip():
        tie = next(iter(clashing.values()))[0]
        raise UserError(
            "panel_clash_needs_reason", name=board.judges[tie.judge].name, clash=tie.text)
    refs = Refs.load(unit, owner.id, "adjudicator", "team")
    panel_rows.move_members(unit, round_, {
        refs.id("adjudicator", judge):
            (board.debate[seat.debate].row_id, seat.role) if seat is not None else None
        for judge, seat in places.items()
    })
    for judge, seat in old.items():
        now = places[judge]
        if now is None or now.debate != seat.debate:
            panel_rows.drop_overrides(
                unit, board.debate[seat.debate].row_id, [refs.id("adjudicator", judge)])
    for ref, ties in clashing.items():
        panel_rows.add_overrides(
            unit, board.debate[ref].row_id,
            [
                {
                    "adjudicator_id": refs.id("adjudicator", tie.judge),
                    "team_id": refs.id("team", tie.about) if tie.with_team else None,
                    "other_id": None if tie.with_team else refs.id("adjudicator", tie.about),
                }
                for tie in ties
            ],
            reason=reason.strip(), by=unit.header.actor)
