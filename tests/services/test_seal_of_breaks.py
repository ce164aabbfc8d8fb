"""What a break was made from: whatever decides it is in its seal."""

from __future__ import annotations

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.formats import resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data
from tabapp.services.break_seal import changed_since, seal


def test_the_rounds_that_teams_debated_count_where_so_many_are_a_condition() -> None:
    archive = generate_tournament(preset="bp", teams=8, rounds=2, seed=1)
    category = BreakCategory("open", "Open", 4, general=True)
    for minimum in (0, 2):
        settings = resolve("bp", {"break_min_rounds": minimum})
        data = result_data(archive, settings)
        then, now = (
            seal(data, [category], (), settings, {"T1": debated})["open"] for debated in (2, 1))
        assert bool(changed_since(then, now)) is bool(minimum)
