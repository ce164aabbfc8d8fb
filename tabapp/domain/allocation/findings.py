"""What a tab director should know about an allocation of judges."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.core.errors import Problem
from tabapp.domain.allocation.costs import Options
from tabapp.domain.allocation.types import Panel, PanelJudge, PanelSnapshot
from tabapp.domain.types import id_key


def find_problems(
    panels: Sequence[Panel],
    snapshot: PanelSnapshot,
    voting: Sequence[PanelJudge],
    sizes: Sequence[int],
    options: Options,
) -> tuple[Problem, ...]:
    """List warnings: too few judges, rooms without one, judges without a room, odd scores."""
    found: list[Problem] = []
    debates = len(panels)
    if len(voting) < debates:
        found.append(Problem.of(
            "warning", "", "allocate_few_judges", judges=len(voting), debates=debates,
        ))
    elif options.per_adj and not options.no_panellists and any(size < 3 for size in sizes):
        found.append(Problem.of(
            "warning", "", "allocate_short_panels",
            judges=len(voting), debates=debates, panels=sum(size >= 3 for size in sizes),
        ))
    for panel in panels:
        if panel.chair is None:
            found.append(Problem.of(
                "warning", panel.debate, "allocate_room_without_judge", debate=panel.debate,
            ))
    placed = {judge for panel in panels for judge in panel.members}
    for judge in sorted(voting, key=lambda judge: id_key(judge.id)):
        if judge.id not in placed:
            found.append(Problem.of(
                "warning", judge.id, "allocate_judge_not_placed", name=judge.name or judge.id,
            ))
    for judge in sorted(snapshot.judges, key=lambda judge: id_key(judge.id)):
        if not options.min_score <= judge.score <= options.max_score:
            found.append(Problem.of(
                "warning", judge.id, "allocate_score_out_of_range",
                name=judge.name or judge.id, score=f"{judge.score:g}",
                low=f"{options.min_score:g}", high=f"{options.max_score:g}",
            ))
    return tuple(found)
