"""Forecasts mean what they say: of teams that were given 70 %, about 70 % break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reliability_of_forecasts import Table, is_unlikely, table_of


@pytest.fixture(scope="module")
def bp() -> Table:
    return table_of("bp", teams=32, rounds=5, left=1, count=16, runs=400)


@pytest.fixture(scope="module")
def two_team() -> Table:
    return table_of("australs", teams=24, rounds=5, left=2, count=16, runs=400)


def wrong(table: Table) -> list[tuple[float, float]]:
    """Return the bins in which fewer or more broke than chance explains."""
    return [
        (given, came) for given, came, broke, count in table.bins()
        if is_unlikely(min(max(given, 0.002), 0.998), broke, count, level=0.002)]


@pytest.mark.parametrize("name", ["bp", "two_team"])
def test_as_many_break_as_were_foreseen(name: str, request: pytest.FixtureRequest) -> None:
    table: Table = request.getfixturevalue(name)
    assert wrong(table) == []
    assert len([one for one in table.said if 0.05 < one.p < 0.95]) > 80
    assert table.brier < table.brier_if_right * 1.25


def test_the_table_finds_forecasts_that_promise_too_much(bp: Table) -> None:
    """A forecast that is twice as sure as it may be does not pass."""
    bold = Table([
        replace(one, p=min(max(0.5 + 2.5 * (one.p - 0.5), 0.0), 1.0)) for one in bp.said])
    timid = Table([replace(one, p=0.5 + 0.4 * (one.p - 0.5)) for one in bp.said])
    assert wrong(bold)
    assert wrong(timid)
