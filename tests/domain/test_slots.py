"""Which rounds run at the same time."""

from __future__ import annotations

from tabapp.domain.archive import Round
from tabapp.domain.slots import slots


def elimination(seq: int, category: str, at: str | None = "14:30") -> Round:
    return Round(seq=seq, stage="elimination", starts_at=at, break_category=category)


def test_finals_of_different_categories_that_start_together_run_at_once() -> None:
    assert slots([elimination(1, "open"), elimination(2, "esl")]) == [0, 0]


def test_two_rounds_of_one_category_never_run_at_once_whatever_their_times() -> None:
    rounds = [
        elimination(1, "open"), elimination(2, "esl"), elimination(3, "open"),
        elimination(4, "esl")]
    assert slots(rounds) == [0, 0, 2, 2]


def test_rounds_without_a_time_and_preliminary_ones_run_alone() -> None:
    early = Round(seq=1, starts_at="14:30")
    assert slots([early, elimination(2, "open", None), elimination(3, "esl", None)]) == [0, 1, 2]
