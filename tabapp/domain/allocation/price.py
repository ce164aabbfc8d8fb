"""What a move on the board of judges costs, line by line, before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from tabapp.core.messages import word
from tabapp.domain.allocation.board import (
    Board,
    BoardDebate,
    Seat,
    Tie,
    after_move,
    clashes_here,
    meetings_here,
    moved,
    new_clashes,
)
from tabapp.domain.allocation.costs import Options, strength_cost
from tabapp.domain.types import Role

UNIT = 10_000.0
"""Costs are shown in meetings: 1.0 is what it costs to meet somebody again, by default."""


@dataclass(frozen=True, slots=True)
class RoomCost:
    """The cost of one panel by its causes."""

    strength: float = 0.0
    history: float = 0.0

    @property
    def total(self) -> float:
        """Return the sum."""
        return self.strength + self.history


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One reason for or against: ``kind`` clash, history, strength, size, moves or votes.

    ``amount`` is the change of cost, in ``UNIT``; None for a line that costs nothing.
    """

    kind: str
    text: str
    amount: float | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What seating a judge would do. ``clashes`` are those that need a reason.

    ``places`` are the new places of everybody concerned, ``best`` the free judge who would be
    cheapest there without a clash, with the cost of that.
    """

    judge: str
    target: Seat
    lines: tuple[PriceLine, ...]
    total: float
    places: Mapping[str, Seat | None]
    clashes: tuple[Tie, ...] = ()
    best: tuple[str, float] | None = None


def adjustment(place: int, options: Options) -> int:
    """Return t of section 11 for the voting place of this number; the chair's is 0."""
    return 0 if options.per_adj and options.policy == "tabbycat" else -place


def room_cost(board: Board, debate: BoardDebate) -> RoomCost:
    """Return what a panel costs, in ``UNIT``.

    A place that the room is due and that is empty costs what the weakest judge would. Trainees do
    not vote, so only whom they have met counts.
    """
    qs = _places(board, debate)
    strength = sum(
        float(strength_cost(
            debate.importance, np.array([q]), adjustment(place, board.options),
            board.options.max_score)[0])
        for place, q in enumerate(qs)
    )
    ties = [tie for judge in debate.members for tie in meetings_here(board, judge, debate)]
    # two judges tell of each other, so a meeting of judges stands here twice
    met = sum(1.0 if tie.with_team else 0.5 for tie in ties)
    return RoomCost(strength / UNIT, met * board.options.history_penalty / UNIT)


def _places(board: Board, debate: BoardDebate) -> list[float]:
    """Return q of each voting place, the chair's first; 0 for one that is empty."""
    chair = debate.chair
    qs = [0.0 if chair is None else board.judges[chair].q]
    qs += sorted((board.judges[one].q for one in debate.of_role(Role.PANELLIST)), reverse=True)
    return qs + [0.0] * (debate.places - len(qs))


def price_of(
    board: Board, judge: str, debate: str, role: Role, instead_of: str | None = None, *,
    alternative: bool = True,
) -> Price:  # fmt: skip
    """Return what it costs to seat ``judge`` there; whoever has the place is ``instead_of``.

    The lines add up to the total. ``alternative``: also look for the best free judge.
    """
    target = Seat(debate, role)
    places = after_move(board, judge, target, instead_of)
    then = moved(board, places)
    total = _change(board, then)
    if not places:
        return Price(judge, target, (), 0.0, places)
    here, new = board.debate[debate], then[debate]
    lines = [
        *_clash_lines(board, judge, new),
        *_history_lines(board, here, new, judge),
        _strength_line(board, here, new, judge, role),
        *_vote_lines(board, judge, role),
        _size_line(new),
        *_others_lines(board, places, then, judge, debate),
    ]
    needed = tuple(tie for ties in new_clashes(board, places).values() for tie in ties)
    best = _best(board, judge, target, instead_of) if alternative else None
    return Price(judge, target, tuple(lines), total, places, needed, best)


def _change(board: Board, then: Mapping[str, BoardDebate]) -> float:
    return sum(
        room_cost(board, new).total - room_cost(board, board.debate[ref]).total
        for ref, new in then.items()
    )


def _clash_lines(board: Board, judge: str, new: BoardDebate) -> Iterable[PriceLine]:
    ties = clashes_here(board, judge, new)
    if not ties:
        yield PriceLine("clash", word("price_no_clash", {}), None, "done")
    for tie in ties:
        if tie.reason:
            text = word("price_clash_allowed", {"clash": tie.text, "reason": tie.reason})
            yield PriceLine("clash", text, None, "attention")
        else:
            yield PriceLine("clash", word("price_clash", {"clash": tie.text}), None, "problem")


def _history_lines(
    board: Board, here: BoardDebate, new: BoardDebate, judge: str
) -> Iterable[PriceLine]:
    """Tell whom the judge meets again, and what the others of the room meet less or more."""
    each = board.options.history_penalty / UNIT
    change = room_cost(board, new).history - room_cost(board, here).history
    met = meetings_here(board, judge, new) if judge not in here.members else ()
    for tie in met:
        yield PriceLine("history", tie.text, each, "attention")
    rest = change - each * len(met)
    if abs(rest) > each / 10:
        yield PriceLine("history", word("price_other_meetings", {}), rest,
                        "attention" if rest > 0 else "done")


def _strength_line(
    board: Board, here: BoardDebate, new: BoardDebate, judge: str, role: Role
) -> PriceLine:
    change = room_cost(board, new).strength - room_cost(board, here).strength
    left = [one for one in here.members if one not in new.members]
    facts: dict[str, object] = {"role": role.value}
    if role is Role.TRAINEE:
        code = "price_learns"
    elif left:
        code = "price_stronger" if change <= 0 else "price_weaker"
        facts["name"] = board.judges[left[0]].name
    elif judge in here.members:
        code = "price_other_role"
    elif role is Role.CHAIR:
        code = "price_first_chair"
    else:
        code = "price_within" if change <= 0 else "price_beyond"
        facts["places"] = here.places
    tone = "" if abs(change) < 0.05 else ("done" if change < 0 else "attention")
    return PriceLine("strength", word(code, facts), change, tone)


def _vote_lines(board: Board, judge: str, role: Role) -> Iterable[PriceLine]:
    if role is not Role.TRAINEE and not board.judges[judge].may_vote:
        text = word("price_trainee_votes", {"name": board.judges[judge].name})
        yield PriceLine("votes", text, None, "attention")


def _size_line(new: BoardDebate) -> PriceLine:
    count = sum(role is not Role.TRAINEE for _judge, role in new.seats)
    code = "price_odd" if count % 2 else "price_even"
    return PriceLine("size", word(code, {"count": count}), 0.0)


def _others_lines(
    board: Board, places: Mapping[str, Seat | None], then: Mapping[str, BoardDebate],
    judge: str, debate: str,
) -> Iterable[PriceLine]:
    """Tell where the judge who had the place goes, and what the room that is left loses."""
    displaced = next((one for one in places if one != judge), None)
    left = next((ref for ref in then if ref != debate), None)
    change = 0.0
    if left is not None:
        change = room_cost(board, then[left]).total - room_cost(board, board.debate[left]).total
    tone = "" if abs(change) < 0.05 else ("done" if change < 0 else "attention")
    if displaced is not None:
        place = places[displaced]
        name = board.judges[displaced].name
        if place is None:
            yield PriceLine("moves", word("price_to_pool", {"name": name}), None)
        elif place.debate == debate:
            text = word("price_role", {"name": name, "role": place.role.value})
            yield PriceLine("moves", text, None)
        else:
            text = word("price_goes", {"name": name, "debate": board.debate[place.debate].label})
            yield PriceLine("moves", text, change, tone)
            for tie in clashes_here(board, displaced, then[place.debate]):
                if not tie.reason:
                    clash = word("price_clash_of", {"name": name, "clash": tie.text})
                    yield PriceLine("clash", clash, None, "problem")
    elif left is not None:
        text = word("price_leaves", {"debate": board.debate[left].label})
        yield PriceLine("moves", text, change, tone)


def _best(
    board: Board, judge: str, target: Seat, instead_of: str | None
) -> tuple[str, float] | None:
    """Return the free judge who costs least in that place and clashes with nobody there."""
    found: tuple[str, float] | None = None
    for one in board.pool:
        if one.id == judge or (target.role is not Role.TRAINEE and not one.may_vote):
            continue
        places = after_move(board, one.id, target, instead_of)
        then = moved(board, places)
        if clashes_here(board, one.id, then[target.debate]):
            continue
        change = _change(board, then)
        if found is None or change < found[1]:
            found = (one.id, change)
    return found
