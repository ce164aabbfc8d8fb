"""Who is expected to rate whom in a debate (rules.md, section 11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabapp.domain.formats import Settings
from tabapp.domain.types import Role


@dataclass(frozen=True, slots=True)
class Path:
    """One piece of feedback that is expected: from a team or a judge, on one of the targets.

    Several targets: the source rates whichever of them spoke for the panel.
    """

    source: str
    from_team: bool
    targets: tuple[str, ...]


def judge_paths(panel: Sequence[tuple[Role, str]], settings: Settings) -> Iterator[Path]:
    """Yield which judges of a panel rate which, by the setting ``feedback_paths``."""
    wanted = settings.feedback_paths
    for role, source in panel:
        for other, target in panel:
            if source != target and _rates(wanted, role, other):
                yield Path(source, False, (target,))


def _rates(wanted: str, role: Role, target: Role) -> bool:
    if wanted == "no-adjs":
        return False
    if wanted == "all-adjs" or role is Role.CHAIR:
        return True
    if wanted == "minimal":
        return False
    if role is Role.TRAINEE:
        return target is Role.CHAIR and wanted in ("with-t-on-c", "with-p-on-p")
    return target is Role.CHAIR or (wanted == "with-p-on-p" and target is Role.PANELLIST)


def team_paths(
    teams: Sequence[str], panel: Sequence[tuple[Role, str]], settings: Settings, *, silent: bool
) -> Iterator[Path]:
    """Yield which judges the teams rate, by ``feedback_from_teams``; nobody in silent rounds.

    For the one who announced the decision a team has one form, on which any voting judge can be
    meant: who that was is not known before.
    """
    if silent or settings.feedback_from_teams == "no-one":
        return
    voters = tuple(judge for role, judge in panel if role is not Role.TRAINEE)
    for team in teams:
        if settings.feedback_from_teams == "all-adjs":
            yield from (Path(team, True, (judge,)) for _role, judge in panel)
        elif voters:
            yield Path(team, True, voters)
