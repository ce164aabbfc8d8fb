"""Drawing an elimination round: who stands in it, and what keeps it from being drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.draw import ENGINE, PreviousRoom, draw_elimination, quality_of
from tabapp.domain.records import draw_snapshot
from tabapp.domain.types import DrawType, ResultData, Stage
from tabapp.services import break_edits, breaks
from tabapp.services.drawn import AuditFailed, DrawInput, DrawnRound, EliminationInput
from tabapp.services.elimination_case import EliminationCase, audit
from tabapp.services.elimination_rounds import bracket_teams
from tabapp.services.elimination_shape import PAIR, ROOM, has_bracket, shape_of
from tabapp.services.elimination_why import reasons
from tabapp.store import topics
from tabapp.store.availability import present_teams
from tabapp.store.break_rows import StoredBreak, read_breaks, read_categories
from tabapp.store.draw_rows import NewDebate, RoundProgress
from tabapp.store.elimination_rows import RoomOutcome, read_outcomes, teams_beside
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit

SHOWN = 8


def rounds_of(rounds: Sequence[RoundRow], category: str | None) -> list[RoundRow]:
    """Return the elimination rounds of a category by sequence."""
    return [
        one for one in rounds
        if one.stage == Stage.ELIMINATION and one.category == category
    ]


def case_of(
    category: BreakCategory, ranks: Mapping[str, int], previous: Sequence[RoomOutcome] | None,
    sides: int,
) -> EliminationCase:
    """Make the case of a round from its break and the rooms of the round before."""
    return EliminationCase(
        category=category.slug, size=category.size, break_ranks=ranks, sides=sides,
        previous=None if previous is None else tuple(
            PreviousRoom(room.room_rank, tuple(team for _side, team in room.teams),
                         room.advancing)
            for room in previous
        ),
    )


def read_input(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, data: ResultData,
    progress: Sequence[RoundProgress],
) -> DrawInput:
    """Read what the draw of an elimination round needs; refuse what cannot be drawn now."""
    name = round_.name or f"Round {round_.seq}"
    sides = owner.settings.teams_in_debate
    if sides not in (PAIR, ROOM):
        raise UserError("elimination_sides", sides=sides)
    category = next(
        one for one in read_categories(unit, owner.id) if one.slug == round_.category)
    names = team_names(unit, owner.id)
    stored = _finished_break(unit, owner, round_, category, names)
    made = rounds_of(list_rounds(unit, owner.id), round_.category)
    before = [one for one in made if one.seq < round_.seq]
    outcomes = _previous(unit, before[-1], round_, names, sides) if before else None
    case = case_of(category, stored.ranks, outcomes, sides)
    called = _name(before[-1]) if before else ""
    taking_part = _taking_part(case)
    away = sorted(
        names[team] for team in taking_part - present_teams(unit, owner.id, round_.id))
    if away and before:
        raise UserError("elimination_absent_later", teams=_list(away), round=name)
    if away:
        raise UserError(
            "elimination_absent", teams=_list(away), category=category.name, round=name)
    _check_beside(unit, round_, taking_part, names)
    if case.follows_byes:
        _check_waiting(case, name, called, category, names)
    warnings: tuple[str, ...] = ()
    if not before:
        warnings = (
            *_warn_of_results(unit, owner, data, category, name),
            *_warn_of_rounds(category, stored, sides, len(made)))
    return DrawInput(
        owner=owner, round=round_, drawn=any(
            one.debates for one in progress if one.seq == round_.seq),
        snapshot=draw_snapshot(
            data, owner.settings, round_seq=round_.seq, draw_type=DrawType.ELIMINATION,
            present=taking_part),
        revision=unit.revision(
            owner.id, topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.ROUNDS,
            topics.DRAWS, topics.BREAK, topics.availability_of(round_.seq)),
        elimination=EliminationInput(
            case=case, names=names, previous=called,
            warnings=warnings),
    )


def _name(round_: RoundRow) -> str:
    return round_.name or f"Round {round_.seq}"


def _finished_break(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, category: BreakCategory,
    names: Mapping[str, str],
) -> StoredBreak:
    """Return the break; refuse one that is not made, not decided or too small for a room."""
    called, name = category.title, _name(round_)
    stored = read_breaks(unit, owner.id).get(category.slug)
    if stored is None:
        raise UserError("elimination_break_missing", category=called, round=name)
    if stored.tied:
        raise UserError(
            "elimination_tied", teams=_list([names[team] for team in stored.tied]),
            category=called, round=name)
    if len(stored.breaking) < 2:
        raise UserError(
            "elimination_too_few", count=len(stored.breaking), category=called, round=name,
            size=owner.settings.teams_in_debate)
    return stored


def _previous(
    unit: ReadUnit, before: RoundRow, round_: RoundRow, names: Mapping[str, str], sides: int
) -> list[RoomOutcome]:
    """Return the rooms of the round before; refuse them unless half of each room advances."""
    rooms = read_outcomes(unit, [before.id]).get(before.id, [])
    if not rooms:
        raise UserError("earlier_round_not_drawn", earlier=_name(before), round=round_.seq)
    facts = {"previous": _name(before), "round": _name(round_)}
    missing = [room for room in rooms if not room.decided]
    if missing:
        raise UserError(
            "elimination_results_missing", count=len(missing),
            rooms=_list([room_words(room, names) for room in missing]), **facts)
    if len(rooms) == 1 and rooms[0].room_rank == 1:
        raise UserError("draw_final_done")
    wanted = sides // 2
    wrong = [room for room in rooms if len(room.advancing) != wanted]
    if wrong:
        raise UserError(
            "elimination_advancing", **facts, wanted=wanted, rooms=_list([
                f"{room_words(room, names)}: {len(room.advancing)} advance" for room in wrong]))
    return rooms


def room_words(room: RoomOutcome, names: Mapping[str, str]) -> str:
    """Return a room with its teams, as people know it."""
    teams = ", ".join(names[team] for _side, team in room.teams)
    return f"{room.venue or f'room {room.room_rank}'} ({teams})"


def _list(parts: Sequence[str]) -> str:
    shown = ", ".join(parts[:SHOWN])
    return f"{shown} and {len(parts) - SHOWN} others" if len(parts) > SHOWN else shown


def _taking_part(case: EliminationCase) -> frozenset[str]:
    """Return the teams that will stand in the round: seeds, and who advances."""
    if case.previous is None:
        seeds = sorted(case.break_ranks.values())
        above = seeds[:case.away]
        return frozenset(
            team for team, rank in case.break_ranks.items() if not above or rank >= above[-1])
    played = {team for room in case.previous for team in room.teams}
    advancing = {team for room in case.previous for team in room.advancing}
    if case.follows_byes:
        advancing |= case.break_ranks.keys() - played
    return frozenset(advancing)


def _check_beside(
    unit: ReadUnit, round_: RoundRow, taking_part: frozenset[str], names: Mapping[str, str]
) -> None:
    """Refuse teams that stand in a round of another category at the same time."""
    beside = teams_beside(unit, round_.id, round_.slot_id)
    twice = sorted(taking_part & beside.keys())
    if twice:
        raise UserError(
            "elimination_beside", teams=_list(sorted(names[team] for team in twice)),
            other=_list(sorted({beside[team] for team in twice})), round=_name(round_))


def _check_waiting(
    case: EliminationCase, name: str, previous: str, category: BreakCategory,
    names: Mapping[str, str],
) -> None:
    """Refuse a break under which others wait than those who did when the round was drawn."""
    played = {team for room in case.previous or () for team in room.teams}
    needed = case.away
    found = sorted(case.break_ranks.keys() - played)
    best = sorted(case.break_ranks.values())[:needed]
    if sorted(case.break_ranks[team] for team in found) != best:
        strange = [team for team in found if not best or case.break_ranks[team] > best[-1]]
        raise UserError(
            "elimination_break_changed", category=category.name, previous=previous, round=name,
            waiting=_list([names[team] for team in strange or found]) or "nobody", needed=needed)


def _warn_of_results(
    unit: ReadUnit, owner: TournamentRow, data: ResultData, category: BreakCategory, name: str
) -> tuple[str, ...]:
    """Tell where the results say by now that others break."""
    found = breaks.with_results(unit, owner, data)
    changed = break_edits.difference(found, category.slug)
    if changed is None:
        return ()
    return (word("elimination_warn_results", {
        "category": category.title, "round": name,
        "change": f" ({words})" if (words := change_words(changed)) else ""}),)


def _warn_of_rounds(
    category: BreakCategory, stored: StoredBreak, sides: int, present: int
) -> tuple[str, ...]:
    """Tell that the bracket of those who break takes other rounds than were made."""
    teams = bracket_teams(category, stored, sides)
    if not has_bracket(teams, sides) or shape_of(teams, sides).rounds == present:
        return ()
    return (word("elimination_warn_rounds", {
        "count": teams, "category": category.title,
        "needed": shape_of(teams, sides).rounds, "present": present}),)


def change_words(changed: break_edits.Difference) -> str:
    """Return who would break by now and who would not, "" where only ranks moved."""
    parts = []
    if changed.would_break:
        parts.append(f"{', '.join(changed.would_break)} would break")
    if changed.would_not:
        parts.append(f"{', '.join(changed.would_not)} would not")
    return ", ".join(parts)


def draw_round(found: DrawInput, asked: EliminationInput, *, seed: int) -> DrawnRound:
    """Draw, check and explain an elimination round; it has no archive ids yet."""
    case = asked.case
    debates = draw_elimination(
        case.break_ranks, break_size=case.size, previous=case.previous, seed=seed,
        sides=case.sides)
    checks = audit(case, debates)
    failed = [one for one in checks if one.status == "failed"]
    if failed:
        raise AuditFailed(failed)
    # positions before the break decide nothing any more, meetings are worth knowing
    quality = replace(
        quality_of(debates, found.snapshot, optimum=0.0), position_cost=0.0, side_imbalance=0)
    return DrawnRound(
        seq=found.round.seq, seed=seed,
        rule={
            "draw_type": found.round.draw_type, "category": case.category,
            "break_size": case.size, "breaking": len(case.break_ranks),
        },
        debates=tuple(
            NewDebate(ref="", drawn=one, why=reasons(one, asked)) for one in debates),
        quality=asdict(quality), audit=checks,
        certificate={
            "input_sha256": case.seal(), "engine": ENGINE, "seed": seed, "cost": 0.0},
        warnings=asked.warnings,
    )
