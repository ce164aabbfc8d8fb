"""Who clashes with whom, by person or by institution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol


class TeamTies(Protocol):
    """A team's conflicts, as in the archive."""

    @property
    def id(self) -> str: ...
    @property
    def institution_conflicts(self) -> Sequence[str]: ...


class JudgeTies(TeamTies, Protocol):
    """A judge's conflicts, as in the archive."""

    @property
    def team_conflicts(self) -> Sequence[str]: ...
    @property
    def adjudicator_conflicts(self) -> Sequence[str]: ...


def team_clashes(
    judges: Iterable[JudgeTies], teams: Iterable[TeamTies]
) -> Mapping[str, frozenset[str]]:
    """Return for each judge the teams that it may not judge.

    A clash is a personal conflict, or any institution that stands in both lists of conflicts. The
    own institution stands in the lists (by default), so that a person can take it out.
    """
    by_institution: dict[str, set[str]] = defaultdict(set)
    for team in teams:
        for institution in team.institution_conflicts:
            by_institution[institution].add(team.id)
    clashes: dict[str, frozenset[str]] = {}
    for judge in judges:
        shared = (by_institution.get(place, set()) for place in judge.institution_conflicts)
        clashes[judge.id] = frozenset(judge.team_conflicts).union(*shared)
    return clashes


def judge_clashes(judges: Iterable[JudgeTies]) -> Mapping[str, frozenset[str]]:
    """Return for each judge the judges that it may not sit with.

    Personal conflicts only, symmetric whoever declared them; a shared institution of two judges
    is worth a warning on the screen, never a bar.
    """
    known = {judge.id: judge for judge in judges}
    clashes: dict[str, set[str]] = {judge: set() for judge in known}
    for judge in known.values():
        for other in judge.adjudicator_conflicts:
            if other != judge.id and other in known:
                clashes[judge.id].add(other)
                clashes[other].add(judge.id)
    return {judge: frozenset(others) for judge, others in clashes.items()}
