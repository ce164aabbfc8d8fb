"""Drawing an elimination round: who stands in it, what keeps it from being drawn, and why so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.draw import ENGINE, PreviousRoom, draw_elimination, quality_of
from tabapp.domain.records import draw_snapshot
from tabapp.domain.types import DrawnDebate, DrawType, ResultData, Stage
from tabapp.services import break_edits, breaks
from tabapp.services.drawn import AuditFailed, DrawInput, DrawnRound, EliminationInput
from tabapp.services.elimination_case import ROOM, EliminationCase, audit, waiting
from tabapp.store import topics
from tabapp.store.availability import present_teams
from tabapp.store.break_rows import StoredBreak, read_breaks, read_categories
from tabapp.store.draw_rows import NewDebate, RoundProgress
from tabapp.store.elimination_rows import RoomOutcome, read_outcomes
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
    category: BreakCategory, ranks: Mapping[str, int], previous: Sequence[RoomOutcome] | None
) -> EliminationCase:
    """Make the case of a round from its break and the rooms of the round before."""
    return EliminationCase(
        category=category.slug, size=category.size, break_ranks=ranks,
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
    if not owner.settings.is_bp:
        raise UserError("elimination_two_team", what=name)
    category = next(
        one for one in read_categories(unit, owner.id) if one.slug == round_.category)
    names = team_names(unit, owner.id)
    stored = _finished_break(unit, owner, round_, category, names)
    before = [
        one for one in rounds_of(list_rounds(unit, owner.id), round_.category)
        if one.seq < round_.seq
    ]
    outcomes = _previous(unit, before[-1], round_, names) if before else None
    case = case_of(category, stored.ranks, outcomes)
    called = _name(before[-1]) if before else ""
    taking_part = _taking_part(case)
    _check_present(taking_part, present_teams(unit, owner.id, round_.id), name, category, names)
    if outcomes is not None and min((room.room_rank for room in outcomes), default=1) > 1:
        _check_waiting(case, name, called, category, names)
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
            warnings=() if before else _warnings(unit, owner, data, category, name)),
    )


def _name(round_: RoundRow) -> str:
    return round_.name or f"Round {round_.seq}"


def _finished_break(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, category: BreakCategory,
    names: Mapping[str, str],
) -> StoredBreak:
    """Return the break; refuse one that is not made, not decided or too small for a room."""
    called, name = category.name or category.slug, _name(round_)
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
            size=ROOM)
    return stored


def _previous(
    unit: ReadUnit, before: RoundRow, round_: RoundRow, names: Mapping[str, str]
) -> list[RoomOutcome]:
    """Return the rooms of the round before; refuse them without two advancing teams each."""
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
    wrong = [room for room in rooms if len(room.advancing) != 2]
    if wrong:
        raise UserError(
            "elimination_advancing", **facts, rooms=_list([
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
        above = seeds[:waiting(case.size)]
        return frozenset(
            team for team, rank in case.break_ranks.items() if not above or rank >= above[-1])
    played = {team for room in case.previous for team in room.teams}
    advancing = {team for room in case.previous for team in room.advancing}
    if min((room.room_rank for room in case.previous), default=1) > 1:
        advancing |= case.break_ranks.keys() - played
    return frozenset(advancing)


def _check_present(
    taking_part: frozenset[str], present: frozenset[str], name: str, category: BreakCategory,
    names: Mapping[str, str],
) -> None:
    away = sorted(names[team] for team in taking_part - present)
    if away:
        raise UserError(
            "elimination_absent", teams=_list(away), category=category.name, round=name)


def _check_waiting(
    case: EliminationCase, name: str, previous: str, category: BreakCategory,
    names: Mapping[str, str],
) -> None:
    """Refuse a break under which others wait than those who did when the round was drawn."""
    played = {team for room in case.previous or () for team in room.teams}
    needed = waiting(case.size)
    found = sorted(case.break_ranks.keys() - played)
    best = sorted(case.break_ranks.values())[:needed]
    if sorted(case.break_ranks[team] for team in found) != best:
        strange = [team for team in found if not best or case.break_ranks[team] > best[-1]]
        raise UserError(
            "elimination_break_changed", category=category.name, previous=previous, round=name,
            waiting=_list([names[team] for team in strange or found]) or "nobody", needed=needed)


def _warnings(
    unit: ReadUnit, owner: TournamentRow, data: ResultData, category: BreakCategory, name: str
) -> tuple[str, ...]:
    """Tell where the results say by now that others break."""
    found = breaks.with_results(unit, owner, data)
    changed = break_edits.difference(found, category.slug)
    if changed is None:
        return ()
    return (word("elimination_warn_results", {
        "category": category.name or category.slug, "round": name,
        "change": f" ({words})" if (words := change_words(changed)) else ""}),)


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
        case.break_ranks, break_size=case.size, previous=case.previous, seed=seed)
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
            NewDebate(ref="", drawn=one, why=_why(one, asked)) for one in debates),
        quality=asdict(quality), audit=checks,
        certificate={
            "input_sha256": case.seal(), "engine": ENGINE, "seed": seed, "cost": 0.0},
        warnings=asked.warnings,
    )


def _why(debate: DrawnDebate, asked: EliminationInput) -> tuple[str, ...]:
    """Return the sentences of one room."""
    case, names = asked.case, asked.names
    sentences: list[str] = []
    seeds = [team for team in debate.teams if _is_seed(case, team)]
    by_seed = sorted(seeds, key=lambda team: (case.break_ranks[team], names[team]))
    if case.previous is None:
        away = waiting(case.size)
        rooms = (case.size - away) // ROOM
        place = debate.room_rank - away
        places = (place, 2 * rooms + 1 - place, 2 * rooms + place, 4 * rooms + 1 - place)
        sentences.append(word("why_elimination_fold", {
            "seeds": _and([str(away + one) for one in places]), "count": case.size - away,
            "teams": _and([names[team] for team in by_seed])}))
        if away:
            sentences.append(word("why_elimination_bye", {"count": away}))
    else:
        sentences.append(_why_later(debate, asked, by_seed))
    counts = Counter(case.break_ranks.values())
    for rank in sorted({case.break_ranks[team] for team in seeds}):
        if counts[rank] > 1:
            sharing = sorted(
                names[team] for team, own in case.break_ranks.items() if own == rank)
            sentences.append(word(
                "why_elimination_shared", {"teams": _and(sharing), "rank": rank}))
    return (*sentences, word("why_elimination_sides", {}))


def _why_later(
    debate: DrawnDebate, asked: EliminationInput, seeds: Sequence[str]
) -> str:
    names = asked.names
    here = {*debate.teams}
    won = {
        room.room_rank: [names[team] for team in room.teams if team in room.advancing]
        for room in sorted(asked.case.previous or ()) if here & {*room.advancing}
    }
    facts: dict[str, object] = {"previous": asked.previous}
    if seeds:
        (room, (third, fourth)), = won.items()
        away = waiting(asked.case.size)
        return word("why_elimination_join", facts | {
            "first": names[seeds[0]], "second": names[seeds[1]], "high": debate.room_rank,
            "low": away + 1 - debate.room_rank, "third": third, "fourth": fourth, "room": room})
    (high, (first, second)), (low, (third, fourth)) = won.items()
    return word("why_elimination_winners", facts | {
        "first": first, "second": second, "third": third, "fourth": fourth, "high": high,
        "low": low})


def _is_seed(case: EliminationCase, team: str) -> bool:
    """Tell whether a team stands here by its break rank, not because it won a room."""
    return case.previous is None or all(team not in room.advancing for room in case.previous)


def _and(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
