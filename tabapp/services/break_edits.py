"""What a person decides about a break: remarks, ties, and making it again.

Each is one action: the break is qualified anew at once, so that reserves move up, and so are the
breaks that follow from it, of lower priority or by what teams prefer, and are not yet drawn from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.breaks import ELIGIBLE, BreakList, Remark, TieRule
from tabapp.domain.types import Stage, id_key
from tabapp.services import breaks
from tabapp.services.break_replay import (
    Difference,
    catch_up,
    difference,
    having,
    made_alone,
    names,
    out_of_date,
    replay,
    saying,
    with_followers,
)
from tabapp.services.breaks import BreakInput
from tabapp.store.availability import present_teams
from tabapp.store.break_rows import HandRemark, StoredBreak
from tabapp.store.elimination_rows import drawn_categories
from tabapp.store.tournaments import get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "HAND_REMARKS", "NOBODY", "Decision", "Difference", "Leaving", "Moving", "Remade", "Stepping",
    "clear_remark", "decide_tie", "difference", "let_in", "out_of_date", "places_left", "remake",
    "remake_all", "replay", "set_remark", "step_up", "who_moves", "who_steps_up",
]

HAND_REMARKS: tuple[Remark, ...] = (
    Remark.WITHDRAWN, Remark.ABSENT, Remark.DISQUALIFIED, Remark.CAPPED, Remark.INELIGIBLE,
    Remark.DIFFERENT_BREAK, Remark.LOST_COIN_TOSS,
)
"""What a person may say of a team; a reserve and a tie are always found, never given."""

Decision = Literal["lot", "all", "hand"]


@dataclass(frozen=True, slots=True)
class Remade:
    """What became of a break: names of the teams that came in and of those that are out now.

    ``also`` names the categories that were made again with it.
    """

    came_in: tuple[str, ...]
    went_out: tuple[str, ...]
    tied: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A breaking team that cannot debate: withdrawn from the tournament, or absent."""

    team: str
    name: str
    remark: Remark


@dataclass(frozen=True, slots=True)
class Stepping:
    """Breaking teams that cannot debate, and the names of those that would step up for them.

    ``tied`` are the names of teams that would be level for a place.
    """

    leaving: tuple[Leaving, ...]
    up: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()


NOBODY = Stepping(())
"""Everybody who breaks can debate."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Names of the teams that would move up, and of those that would be level for a place."""

    up: tuple[str, ...]
    tied: tuple[str, ...]


def remake(unit: WriteUnit, tournament_id: int, category: str) -> Remade:
    """Make the break of a category again, with the decisions that were made about it.

    A lot that was drawn holds as long as the same teams stand at the line.
    """
    found = _read(unit, tournament_id, category)
    return _store(unit, found, category, replay(found, category))


def set_remark(
    unit: WriteUnit, tournament_id: int, category: str, team: str, remark: str, words: str = ""
) -> Remade:
    """Keep a team out of a break by a person's word, and let the next one in.

    ``words`` is their reason; it stays beside the remark.
    """
    found = _read(unit, tournament_id, category)
    _stored(found, category)
    _check_team(found, team)
    if remark not in HAND_REMARKS:
        raise UserError(
            "unknown_break_remark", remark=remark, team=found.name_of(team),
            category=found.category(category).title, known=", ".join(HAND_REMARKS))
    found = saying(found, category, {team: HandRemark(remark, " ".join(words.split()))})
    unit.describe(new=remark.replace("_", " "))
    return _store(unit, found, category, replay(found, category))


def let_in(
    unit: WriteUnit, tournament_id: int, category: str, team: str, words: str = ""
) -> Remade:
    """Free a team from the minimum of rounds by a person's word; it breaks if its rank says so."""
    found = _read(unit, tournament_id, category)
    _stored(found, category)
    _check_team(found, team)
    debated = found.debated.get(team, 0)
    if debated >= found.owner.settings.break_min_rounds:
        raise UserError("break_not_held", team=found.name_of(team), debated=debated)
    found = saying(found, category, {team: HandRemark(ELIGIBLE, " ".join(words.split()))})
    unit.describe(new="may break")
    return _store(unit, found, category, replay(found, category))


def remake_all(unit: WriteUnit, tournament_id: int) -> tuple[str, ...]:
    """Make all breaks again that are out of date; return the names of their categories.

    Breaks whose bracket was drawn stay as they are.
    """
    found = breaks.read_input(unit, get_tournament(unit, tournament_id))
    made: dict[str, BreakList] = {}
    for slug in out_of_date(found):
        if difference(found, slug) is not None:  # one that followed another is done
            made[slug] = replay(found, slug)
            found, others = catch_up(having(found, made[slug]), [slug])
            made |= {one.category: one for one in others}
    breaks.store(unit, found, list(made.values()), breaks.sealed(found))
    return tuple(found.category(slug).title for slug in made)


def clear_remark(unit: WriteUnit, tournament_id: int, category: str, team: str) -> Remade:
    """Take back what a person said of a team, which breaks again if its rank says so."""
    found = _read(unit, tournament_id, category)
    said = _stored(found, category).said
    _check_team(found, team)
    if team not in said:
        raise UserError("break_no_remark", team=found.name_of(team))
    found = saying(found, category, {team: None})
    was = said[team].remark
    unit.describe(old="may break" if was == ELIGIBLE else was.replace("_", " "))
    return _store(unit, found, category, replay(found, category))


def decide_tie(
    unit: WriteUnit, tournament_id: int, category: str, how: Decision, *,
    seed: int | None = None, chosen: Collection[str] = (),
) -> Remade:
    """Decide who breaks of the teams level at the line.

    ``lot`` draws them from ``seed``, ``all`` lets them all in (only where two teams debate),
    ``hand`` takes the ``chosen``; the others have lost the coin toss then.
    """
    found = _read(unit, tournament_id, category)
    stored = _stored(found, category)
    called = found.category(category).title
    if not stored.tied:
        raise UserError("break_no_tie", category=called)
    if how == "hand":
        problems = list(_check_chosen(found, stored, category, chosen))
        if problems:
            raise ProblemsFound(problems)
        lost = HandRemark(Remark.LOST_COIN_TOSS)
        found = saying(found, category, {
            team: lost for team in stored.tied if team not in chosen})
    ties: TieRule = "ask" if how == "hand" else how
    unit.describe(new={"lot": "by lot", "all": "all of them", "hand": "by hand"}[how])
    return _store(unit, found, category, made_alone(found, category, ties, seed))


def _check_chosen(
    found: BreakInput, stored: StoredBreak, category: str, chosen: Collection[str]
) -> Iterator[Problem]:
    for team in sorted(set(chosen) - {*stored.tied}):
        yield Problem.of("error", "chosen", "break_not_level", team=found.name_of(team))
    free = places_left(found.category(category).size, stored)
    count = len(set(chosen))
    if count != free:
        yield Problem.of("error", "chosen", "break_tie_count", count=count, free=free)


def places_left(size: int, stored: StoredBreak) -> int:
    """Return how many places the teams at the line have to share."""
    return max(0, size - len(stored.breaking))


def who_moves(unit: ReadUnit, tournament_id: int, category: str, team: str) -> Moving:
    """Tell who would break in the place of a team that is out."""
    found = _read(unit, tournament_id, category)
    before = _stored(found, category).breaking
    gone = replay(
        saying(found, category, {team: HandRemark(Remark.WITHDRAWN)}), category)
    tied = [row.team for row in gone.rows if row.remark == Remark.TIED]
    return Moving(names(found, gone.breaking - before), names(found, tied))


def who_steps_up(
    unit: ReadUnit, tournament_id: int, category: str, found: BreakInput | None = None
) -> Stepping:
    """Tell which breaking teams cannot debate, and who would take their places.

    Nobody steps up once the first elimination round of the category is drawn, nor before the
    break is made. ``found`` is what was read of the breaks already.
    """
    found = found or _read(unit, tournament_id, category)
    if category not in found.stored or category in drawn_categories(unit, tournament_id):
        return NOBODY
    leaving = _leaving(unit, found, category)
    if not leaving:
        return NOBODY
    after = replay(saying(found, category, _gone(leaving)), category)
    tied = [row.team for row in after.rows if row.remark == Remark.TIED]
    return Stepping(
        leaving, names(found, after.breaking - _stored(found, category).breaking),
        names(found, tied))


def step_up(unit: WriteUnit, tournament_id: int, category: str) -> Remade:
    """Let the next teams take the places of breaking ones that are withdrawn or absent.

    A team absent in the first elimination round gets that remark in the break. Refused once that
    round is drawn, and where nobody is missing.
    """
    found = _read(unit, tournament_id, category)
    _stored(found, category)
    leaving = _leaving(unit, found, category)
    called = found.category(category).title
    if not leaving:
        raise UserError("reserves_nobody", category=called)
    names = ", ".join(one.name for one in leaving)
    if category in drawn_categories(unit, tournament_id):
        raise UserError("reserves_after_draw", category=called, teams=names)
    found = saying(found, category, _gone(leaving))
    made = _store(unit, found, category, replay(found, category))
    unit.describe(old=names, new=", ".join(made.came_in))
    return made


def _leaving(unit: ReadUnit, found: BreakInput, category: str) -> tuple[Leaving, ...]:
    """Return the breaking teams that cannot debate, the best first."""
    rounds = [
        one for one in list_rounds(unit, found.owner.id)
        if one.stage == Stage.ELIMINATION and one.category == category]
    ranks = _stored(found, category).ranks
    gone = ranks.keys() & found.withdrawn
    absent = (
        ranks.keys() - present_teams(unit, found.owner.id, rounds[0].id) - gone
        if rounds else set[str]())
    return tuple(
        Leaving(team, found.name_of(team),
                Remark.WITHDRAWN if team in gone else Remark.ABSENT)
        for team in sorted(gone | absent, key=lambda team: (ranks[team], id_key(team))))


def _gone(leaving: Collection[Leaving]) -> dict[str, HandRemark | None]:
    """Return what a break has to say of absent teams; it knows who is withdrawn."""
    return {one.team: HandRemark(one.remark) for one in leaving if one.remark == Remark.ABSENT}


def _read(unit: ReadUnit, tournament_id: int, category: str) -> BreakInput:
    found = breaks.read_input(unit, get_tournament(unit, tournament_id))
    found.category(category)
    return found


def _stored(found: BreakInput, category: str) -> StoredBreak:
    stored = found.stored.get(category)
    if stored is None:
        raise UserError("break_not_made", category=found.category(category).title)
    return stored


def _check_team(found: BreakInput, team: str) -> None:
    if team not in {one.id for one in found.data.teams}:
        raise UserError("record_unknown", kind="team", ref=team)


def _store(unit: WriteUnit, found: BreakInput, category: str, made: BreakList) -> Remade:
    """Store a break, and those that have to follow it."""
    before = found.settled.get(category, frozenset())
    made, *others = with_followers(found, made)
    breaks.store(unit, found, [made, *others], breaks.sealed(found))
    return Remade(
        came_in=names(found, made.breaking - before),
        went_out=names(found, before - made.breaking),
        tied=names(found, [row.team for row in made.rows if row.remark == Remark.TIED]),
        also=tuple(found.category(one.category).title for one in others),
    )
