"""How far each tournament of a database has come, in two statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from tabapp.store.schema import break_category, break_lots, debate, round_, tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """A round: its category if it is an elimination round, and how many debates it has."""

    id: int
    category_id: int | None
    completed: bool
    debates: int


@dataclass(frozen=True, slots=True)
class Course:
    """The rounds of a tournament by sequence, and the categories whose break was made."""

    tournament_id: int
    rounds: tuple[PlayedRound, ...]
    broken: frozenset[int]


def read_courses(unit: ReadUnit, tournament_id: int | None = None) -> list[Course]:
    """Return the courses of all tournaments, the oldest first, or of one."""
    rounds: Mapping[int, list[PlayedRound]] = defaultdict(list)
    statement = (
        select(
            tournament.c.id, round_.c.id, round_.c.break_category_id, round_.c.completed,
            select(func.count()).select_from(debate)
            .where(debate.c.round_id == round_.c.id).scalar_subquery())
        .outerjoin(round_, round_.c.tournament_id == tournament.c.id)
        .order_by(tournament.c.id, round_.c.seq))
    made = select(break_category.c.tournament_id, break_lots.c.break_category_id).join(
        break_category, break_category.c.id == break_lots.c.break_category_id)
    if tournament_id is not None:
        statement = statement.where(tournament.c.id == tournament_id)
        made = made.where(break_category.c.tournament_id == tournament_id)
    for owner, round_id, category_id, completed, debates in unit.fetch(statement):
        here = rounds[owner]
        if round_id is not None:
            here.append(PlayedRound(round_id, category_id, bool(completed), debates))
    broken: dict[int, set[int]] = defaultdict(set)
    for owner, category_id in unit.fetch(made):
        broken[owner].add(category_id)
    return [
        Course(owner, tuple(found), frozenset(broken[owner])) for owner, found in rounds.items()]
