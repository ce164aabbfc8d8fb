"""Why a room of an elimination round looks as it does, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tabapp.core.messages import word
from tabapp.domain.types import DrawnDebate
from tabapp.services.drawn import EliminationInput
from tabapp.services.elimination_case import EliminationCase
from tabapp.services.elimination_shape import PAIR, shape_of


def reasons(debate: DrawnDebate, asked: EliminationInput) -> tuple[str, ...]:
    """Return the sentences of one room of a round that was just drawn."""
    case, names = asked.case, asked.names
    seeds = sorted(
        (team for team in debate.teams if _is_seed(case, team)),
        key=lambda team: (case.break_ranks[team], names[team]))
    if case.previous is None:
        sentences = _first(debate, asked, seeds)
    elif case.sides == PAIR:
        sentences = [_pair(debate, asked, seeds)]
    else:
        sentences = [_four(debate, asked, seeds)]
    counts = Counter(case.break_ranks.values())
    for rank in sorted({case.break_ranks[team] for team in seeds}):
        if counts[rank] > 1:
            sharing = sorted(
                names[team] for team, own in case.break_ranks.items() if own == rank)
            sentences.append(word(
                "why_elimination_shared", {"teams": _and(sharing), "rank": rank}))
    return (*sentences, word("why_elimination_sides", {}))


def _first(
    debate: DrawnDebate, asked: EliminationInput, seeds: Sequence[str]
) -> list[str]:
    case = asked.case
    facts = {
        "seeds": _and([str(one) for one in shape_of(case.teams, case.sides).seeds(
            0, debate.room_rank)]),
        "count": case.teams - case.away, "teams": _and([asked.names[team] for team in seeds])}
    two = case.sides == PAIR
    sentences = [word("why_elimination_fold_two" if two else "why_elimination_fold", facts)]
    if case.away == 1:
        sentences.append(word("why_elimination_bye_one", {}))
    elif case.away:
        sentences.append(word("why_elimination_bye", {"count": case.away}))
    return sentences


def _pair(debate: DrawnDebate, asked: EliminationInput, seeds: Sequence[str]) -> str:
    """Say from where the two teams of a later room come."""
    case, names = asked.case, asked.names
    facts: dict[str, object] = {"previous": asked.previous}
    whole = len(case.previous or ()) + (case.away if case.follows_byes else 0)
    high, low = debate.room_rank, whole + 1 - debate.room_rank
    if len(seeds) == PAIR:
        return word("why_elimination_waited", facts | {
            "first": names[seeds[0]], "second": names[seeds[1]], "high": high, "low": low})
    won = {
        room.room_rank: names[room.advancing[0]] for room in case.previous or ()
        if room.room_rank in (high, low)}
    if seeds:
        return word("why_elimination_meets", facts | {
            "first": names[seeds[0]], "high": high, "second": won[low], "low": low})
    return word("why_elimination_pair", facts | {
        "first": won[high], "high": high, "second": won[low], "low": low})


def _four(debate: DrawnDebate, asked: EliminationInput, seeds: Sequence[str]) -> str:
    """Say from where the four teams of a later room come."""
    names = asked.names
    here = {*debate.teams}
    won = {
        room.room_rank: [names[team] for team in room.teams if team in room.advancing]
        for room in sorted(asked.case.previous or ()) if here & {*room.advancing}
    }
    facts: dict[str, object] = {"previous": asked.previous}
    if seeds:
        (room, (third, fourth)), = won.items()
        return word("why_elimination_join", facts | {
            "first": names[seeds[0]], "second": names[seeds[1]], "high": debate.room_rank,
            "low": asked.case.away + 1 - debate.room_rank, "third": third, "fourth": fourth,
            "room": room})
    (high, (first, second)), (low, (third, fourth)) = won.items()
    return word("why_elimination_winners", facts | {
        "first": first, "second": second, "third": third, "fourth": fourth, "high": high,
        "low": low})


def _is_seed(case: EliminationCase, team: str) -> bool:
    """Tell whether a team stands here by its break rank, not because it won a room."""
    return case.previous is None or all(team not in room.advancing for room in case.previous)


def _and(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
