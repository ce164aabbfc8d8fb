"""The debates and the free rooms as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabapp.core.errors import Problem
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Side
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.rows import chip_of, points_text
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.venues import PlacedDebate, RoomsBoard

_SHORT = {
    Side.OG: "Gov", Side.OO: "Opp", Side.CG: "Gov", Side.CO: "Opp",
}  # the chip says which of the two; four long titles have no room
FREE_COLUMNS = (
    Column("room", "Free room", Kind.IDENTITY, stretch=True),
    Column("kinds", "For", stretch=True),
)


def columns(sides: Sequence[Side], names: str) -> tuple[Column, ...]:
    """Return the columns for debates of these sides, called by the setting ``side_names``."""
    return (
        Column("points", tr("Pts"), Kind.NUMBER, 46, strong=True, once_per_group=True),
        Column("room", tr("Room"), Kind.IDENTITY, 176, editable=True),
        *(
            Column(
                side.value, tr(_SHORT.get(side) or side_title(side, names)),
                side=chip_of(side, names), stretch=True)
            for side in sides
        ),
        Column("chair", tr("Chair"), Kind.PERSON, 132),
        Column("wishes", tr("Wishes"), Kind.BADGE, 116),
    )


def rows(board: RoomsBoard, found: Sequence[Problem]) -> list[Row]:
    """Return a row for each debate; ``found`` is what is wrong with the rooms."""
    wrong: Mapping[str, Problem] = {one.where: one for one in reversed(found)}
    return [
        Row(debate.id, _cells(board, debate, wrong.get(debate.id)), debate.bracket)
        for debate in board.debates
    ]


def _cells(
    board: RoomsBoard, debate: PlacedDebate, problem: Problem | None
) -> tuple[Value, ...]:
    return (
        Cell(points_text(debate.bracket), sort=debate.bracket)
        if debate.bracket is not None else None,
        _room(board, debate, problem), *(name for _side, name in debate.teams),
        debate.chair, _wishes(debate),
    )


def _room(board: RoomsBoard, debate: PlacedDebate, problem: Problem | None) -> Cell:
    name = board.rooms[debate.room].name if debate.room is not None else ""
    if problem is None:
        return Cell(name)
    is_bad = problem.level == "error"
    return Cell(
        name, icon="octagon-x" if is_bad else "triangle-alert",
        tone="problem" if is_bad else "attention", tip=problem.message)


def _wishes(debate: PlacedDebate) -> Cell:
    if debate.unmet:
        words = count(len(debate.unmet), "not met", "not met")
        return Cell(words, tone="attention", tip="\n".join(debate.unmet))
    return Cell(tr("met") if debate.wishes else "")


def free_rows(board: RoomsBoard) -> list[Row]:
    """Return a row for each room that can be had."""
    return [
        Row(one.id, (one.name, ", ".join(one.categories))) for one in board.free
    ]
