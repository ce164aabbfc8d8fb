"""The order of the draw: teams that are level stand by lot, for the engine and its auditor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import generate
from tabapp.domain.draw.field import order_teams
from tabapp.domain.draw.lots import Lots
from tests.domain.draw.two_team_rooms import failed, level, snapshot_of

THIRDS = level([3.0, 3.0, 3.0, 3.0])
LEVEL = tuple(
    replace(team, points=3.0 - number * 1e-8) for number, team in enumerate(THIRDS))
"""Sums of thirds, as it were, that differ in their last digits."""


def test_points_that_differ_in_their_last_digits_do_not_order_teams_of_one_rank() -> None:
    firsts = {order_teams(LEVEL, Lots(seed))[0].id for seed in range(40)}
    assert firsts == {"A", "B", "C", "D"}


@pytest.mark.parametrize("seed", range(6))
def test_the_auditor_puts_them_in_the_order_in_which_they_were_drawn(seed: int) -> None:
    snapshot = snapshot_of(LEVEL, draw_avoid_conflicts="off", draw_odd_bracket="pullup_top")
    debates = generate(snapshot, seed=seed).debates
    assert failed(audit_draw(snapshot, debates, seed=seed)) == {}
