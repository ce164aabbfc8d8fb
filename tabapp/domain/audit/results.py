"""Check stored results and standings against a recount of the archive.

Nothing here is shared with the code that made them: see ``recount``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from tabapp.domain.archive import Archive
from tabapp.domain.audit.breaks import audit_break
from tabapp.domain.audit.figures import ASCENDING, team_figures
from tabapp.domain.audit.recount import (
    Recount,
    confirmed,
    recount,
    verdict,
)
from tabapp.domain.audit.verdicts import outcome
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import Check, StandingRow, Standings, Value

__all__ = ["Stored", "audit_break", "audit_results", "audit_standings"]

TOLERANCE = 1e-6
BLANK = "n/a"
"""What a who-beat-whom column shows where it says nothing."""

Stored = Mapping[str, Mapping[str, tuple[float | None, float | None]]]


def audit_results(
    archive: Archive, stored: Stored, settings: Settings | None = None
) -> tuple[Check, ...]:
    """Recompute every debate from its confirmed ballot; one check a round.

    ``stored`` maps debate id to team id to (points, team score). Without ``settings`` those of
    the archive hold.
    """
    rules = settings or resolve(archive.tournament.preset, archive.tournament.settings)
    checks = []
    for rnd in sorted(archive.rounds, key=lambda r: r.seq):
        wrong = []
        for debate in rnd.debates:
            ballot = confirmed(debate, archive.tournament.criteria)
            kept = stored.get(debate.id, {})
            if ballot is None:
                scored = [team for team, pair in kept.items() if pair != (None, None)]
                if scored and len(debate.sides) > 1:
                    wrong.append(f"{debate.id} has stored results but no confirmed ballot")
            else:
                prelim = rnd.stage == "preliminary"
                expected = outcome(debate, ballot, rules, prelim=prelim)
                wrong += _differences(debate.id, expected, kept)
        checks.append(verdict("results follow from the ballots", f"round {rnd.seq}", wrong))
    return tuple(checks)


def _differences(
    debate: str,
    expected: Mapping[str, tuple[float | None, float | None]],
    kept: Mapping[str, tuple[float | None, float | None]],
) -> list[str]:
    found = [f"{debate}: {team} is stored but not in it" for team in kept if team not in expected]
    for team, pair in expected.items():
        if team not in kept:
            found.append(f"{debate}: nothing is stored for {team}")
            continue
        for what, wanted, value in zip(("points", "score"), pair, kept[team], strict=True):
            if not _same(wanted, value):
                found.append(f"{debate}: {team} has {what} {value}, the ballot says {wanted}")
    return found


def audit_standings(
    archive: Archive, standings: Standings, settings: Settings, until: int | None = None
) -> tuple[Check, ...]:
    """Hold the values and ranks of a team or speaker table against a recount.

    Every column of teams; total, average, count and ranks of speakers, whose other columns are
    checked only for their order.
    """
    counted = recount(archive, settings, until)
    scope = standings.kind
    if scope == "teams":
        figures = _team_figures(archive, counted, standings)
    elif scope == "speakers":
        figures = _speaker_figures(counted)
    else:
        return (Check("standings", scope, "skipped", "there is no recount of this table"),)
    checks = [verdict("ranks follow from the values", scope, _wrong_ranks(standings))]
    everyone = {one.id for one in (archive.teams if scope == "teams" else archive.speakers)}
    wrong = [f"{row.id} is not in the tournament" for row in standings.rows
             if row.id not in everyone]  # fmt: skip
    if len({row.id for row in standings.rows}) != len(standings.rows):
        wrong.append("a row stands there twice")
    for row in (row for row in standings.rows if row.id in everyone):
        for key, figure in figures.items():
            if key in row.values and not _same(figure(row.id), row.values[key]):
                wrong.append(
                    f"{row.id} has {key} {row.values[key]}, the ballots say {figure(row.id)}"
                )
    return (*checks, verdict("values follow from the ballots", scope, wrong))


def _team_figures(
    archive: Archive, counted: Recount, standings: Standings
) -> dict[str, Callable[[str], float | None]]:
    precedence = ["wbw" if one.startswith("wbw") else one for one in standings.metrics]
    found = team_figures(
        counted, precedence, standings.extra,
        members={row.id for row in standings.rows if row.rank is not None},
        homes={team.id: team.institution for team in archive.teams})
    return {label: column.get for label, column in found.columns.items()}


def _speaker_figures(counted: Recount) -> dict[str, Callable[[str], float | None]]:
    def marks(speaker: str) -> list[float]:
        return counted.marks.get(speaker, [])

    return {
        "total": lambda s: sum(marks(s)),
        "average": lambda s: sum(marks(s)) / len(marks(s)) if marks(s) else None,
        "count": lambda s: len(marks(s)),
        "srank": lambda s: sum(counted.ranks[s]) if s in counted.ranks else None,
    }


def _sort_key(row: StandingRow, metrics: Sequence[str]) -> tuple[tuple[int, float], ...]:
    key = []
    for metric in metrics:
        value = row.values[metric]
        if isinstance(value, int | float):
            rounded = round(float(value), 6)
            key.append((0, rounded if metric in ASCENDING else -rounded))
        else:
            key.append((1, 0.0))
    return tuple(key)


def _wrong_ranks(standings: Standings) -> list[str]:
    ranked = [row for row in standings.rows if row.rank is not None]
    keys = {row.id: _sort_key(row, standings.metrics) for row in ranked}
    order = sorted(keys.values())
    wrong = []
    for row in ranked:
        rank = bisect_left(order, keys[row.id]) + 1
        if rank != row.rank:
            wrong.append(f"{row.id} has rank {row.rank}, its values give {rank}")
        if row.tied != (order.count(keys[row.id]) > 1):
            wrong.append(f"{row.id} is {'' if row.tied else 'not '}marked as tied")
    return wrong


def _same(wanted: float | None, value: Value) -> bool:
    if wanted is None or not isinstance(value, int | float):
        return wanted is None and value in (None, BLANK)
    return abs(wanted - value) <= TOLERANCE
