"""What the stage judges shows: the board with what is worth a mark; made in any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.allocation.board import (
    Board,
    BoardDebate,
    Finding,
    clashes,
    clashes_here,
    findings,
    meetings,
    meetings_here,
)
from tabapp.domain.allocation.price import room_cost
from tabapp.services.panels import read_board, why_not_allocate
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Mark:
    """What a chip shows besides its name. ``clash`` is a tone, "" for none."""

    clash: str = ""
    met: bool = False
    away: bool = False
    words: tuple[str, ...] = ()


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class JudgesData:
    """A board, the marks of those who sit, the cost of each room and what is wrong."""

    board: Board
    marks: Mapping[str, Mark]
    costs: Mapping[str, float]
    findings: tuple[Finding, ...]
    why_not: str

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Return the findings that F8 goes to."""
        return tuple(one for one in self.findings if one.level != "note")


def read_data(unit: ReadUnit, round_id: int) -> JudgesData:
    """Read the board of a round with its marks."""
    board = read_board(unit, round_id)
    return JudgesData(
        board,
        {
            judge: _mark_of_seat(board, judge, debate)
            for debate in board.debates for judge in debate.members
        },
        {debate.id: room_cost(board, debate).total for debate in board.debates},
        findings(board),
        why_not_allocate(
            board.name, board.status, debates=len(board.debates), has_results=board.has_results),
    )


def _mark_of_seat(board: Board, judge: str, debate: BoardDebate) -> Mark:
    ties, met = clashes_here(board, judge, debate), meetings_here(board, judge, debate)
    away = not board.judges[judge].available
    if not (ties or met or away):
        return NO_MARK
    tone = ""
    if ties:
        tone = "attention" if all(tie.reason for tie in ties) else "problem"
    words = [f"{tie.text}: {tie.reason}" if tie.reason else tie.text for tie in (*ties, *met)]
    return Mark(tone, bool(met), away, tuple(words))


def mark_in(board: Board, judge: str, debate: BoardDebate) -> Mark:
    """Return what a judge who sits elsewhere would bring into a debate."""
    ties = clashes(board, judge, debate, debate.members)
    met = meetings(board, judge, debate, debate.members)
    if not (ties or met):
        return NO_MARK
    return Mark("problem" if ties else "", bool(met), False, tuple(
        tie.text for tie in (*ties, *met)))
