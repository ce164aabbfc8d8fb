"""Check drawn preliminary rounds against the rules, by other means than the engine's."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.audit.draw_bp import bp_rules, optimal_position_cost
from tabapp.domain.audit.draw_ground import (
    GROUND,
    GROUND_BROKEN,
    Drawn,
    Finding,
    Look,
    Skipped,
    Unclear,
    judged,
    structure,
)
from tabapp.domain.audit.round_robin import round_robin_rules
from tabapp.domain.audit.two_team import two_team_rules
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Check, DrawnDebate, DrawSnapshot, DrawType

__all__ = ["audit_draw", "optimal_position_cost"]

def audit_draw(
    snapshot: DrawSnapshot, debates: Sequence[DrawnDebate], *, seed: int | None = None
) -> tuple[Check, ...]:
    """Check a drawn preliminary round; every check is listed, passed or not.

    What a draw type does not promise is ``skipped``; what cannot be judged, because teams or
    rooms are wrong already or the ``seed`` would be needed, is ``unclear``.
    """
    scope = f"round {snapshot.round_seq}"
    if snapshot.sides not in (BP_SIDES, TWO_SIDES):
        return (Check("draw", scope, "skipped", "draws of this format are not checked here"),)
    if snapshot.draw_type is DrawType.ELIMINATION:
        return (Check("draw", scope, "skipped", "elimination rounds have checks of their own"),)
    if snapshot.draw_type is DrawType.MANUAL and not debates:
        return (Check("draw", scope, "skipped", "nothing has been drawn by hand yet"),)
    drawn = Drawn(snapshot, debates, seed)
    found = [judged(name, scope, look()) for name, look in structure(drawn)]
    broken = any(one.status == "failed" and one.name in GROUND for one in found)
    for name, look in _rules(drawn):
        unclear = broken and look is not _only_power
        found.append(judged(name, scope, Unclear(GROUND_BROKEN) if unclear else look()))
    return tuple(found)


def _rules(drawn: Drawn) -> list[Look]:
    kind = drawn.snapshot.draw_type
    if kind is DrawType.ROUND_ROBIN:
        return round_robin_rules(drawn)
    if drawn.snapshot.sides == TWO_SIDES:
        return two_team_rules(drawn)
    if kind is not DrawType.POWER:
        return [(name, _only_power) for name, _look in bp_rules(drawn)]
    return bp_rules(drawn)


def _only_power() -> Finding:
    return Skipped("only power-paired draws promise this")
